"""`kzfest itinerary edit`: each option, what stays as it was, and visits whose event has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

BACK = "to undo: `kzfest itinerary undo`\n"
MUSEUM = "Museum, 54 Tauelsizdik Avenue, Astana"
NIGHT = "02:30–04:00 in the night to 18 Dec 2023, end assumed"
SWAN = "Saturday 16 December 2023, 19:00–21:30 · Opera, 1 Qonaev Street, Astana"

TEA = (
    "kzf1:eNqLVspNzMxT0omOzivNydFRcizOTNR3zMlNLKlUio0FCiuV6ZakJirpGOhYmJsa6IBVoREGOsji1UqpeUpWS"
    "iEgTUpFpUDmheUXNlzYqVQbGxsLAOm6JeE"
)
"""An appointment that has a name in English and in Russian."""


@pytest.fixture(name="planned")
def _planned(mine: Run) -> Run:
    """Return a function as `mine`, with a concert, a day at the museum and a lunch planned."""
    mine("add", "swan")
    mine("add", "paintings", "--on", "2023-12-16")
    mine("add", "--own", "Lunch", "--on", "2023-12-16", "--at", "13:00", "--for", "45m")
    return mine


@pytest.mark.parametrize(
    ("args", "told", "remarks"),
    [
        (["swan", "--at", "19:30"], "Swan Lake  id001 · {day}, 19:30–21:30 · {opera}", ""),
        (
            ["swan", "--at", "18:00", "--for", "1h"],
            "Swan Lake  id001 · {day}, 18:00–19:00 · {opera}",
            "Swan Lake: outside its hours: 16 Dec 2023, 19:00–21:30\n",
        ),
        (["swan", "--for", "45"], "Swan Lake  id001 · {day}, 19:00–19:45 · {opera}", ""),
        (["swan", "--at", "any", "--for", "1h"], "Swan Lake  id001 · {day}, 19:00–20:00 · {opera}", ""),
        (["swan", "--must"], "Swan Lake  id001 · {day}, 19:00–21:30 · {opera}", ""),
        (["swan", "--note", "Row 7"], "Swan Lake  id001 · {day}, 19:00–21:30 · {opera}", ""),
        (["лебединое", "--note", "Row 7"], "Swan Lake  id001 · {day}, 19:00–21:30 · {opera}", ""),
        (["id002", "--at", "11"], "Old paintings  id002 · {day}, 11:00–12:30, end assumed · {museum}", ""),
        (["old", "--at", "11", "--for", "2h"], "Old paintings  id002 · {day}, 11:00–13:00 · {museum}", ""),
        (
            ["paintings", "--on", "2023-12-18"],
            "Old paintings  id002 · Monday 18 December 2023, any time · {museum}",
            "Old paintings: usually closed on Monday\n",
        ),
        (
            ["paintings", "--on", "17", "dec", "--at", "2:30"],
            "Old paintings  id002 · Sunday 17 December 2023, {night} · {museum}",
            "17 dec: Sunday 17 December 2023\nOld paintings: outside the venue's usual hours: 10:00–18:00\n",
        ),
        (["lunch", "--on", "2023-12-17"], "Lunch  id003 · Sunday 17 December 2023, 13:00–13:45", ""),
        (["lunch", "--at", "12:00"], "Lunch  id003 · {day}, 12:00–12:45", ""),
        (["lunch", "--at", "any"], "Lunch  id003 · {day}, any time", ""),
        (["lunch", "--own", " Late  lunch "], "Late lunch  id003 · {day}, 13:00–13:45", ""),
        (["lunch", "--venue", "park"], "Lunch  id003 · {day}, 13:00–13:45 · City park, Astana", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_said_changes_and_the_rest_stays(planned: Run, args: list[str], told: str, remarks: str) -> None:
    line = told.format(
        day="Saturday 16 December 2023", opera="Opera, 1 Qonaev Street, Astana", museum=MUSEUM, night=NIGHT
    )

    assert planned("edit", *args) == (0, f"changed  {line}\n", remarks + BACK)


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["swan"], 2, "say what to change: --on, --at, --for, --must, --note, --follow, --own or --venue"),
        (["swan", "--on", "2023-12-17"], 2, "'Swan Lake' is not on Sunday 17 December 2023; it is on 16 Dec 2023"),
        (
            ["paintings", "--on", "2023-12-22"],
            2,
            "'Old paintings' is not on Friday 22 December 2023; it is on 15–20 Dec 2023",
        ),
        (["paintings", "--for", "1h"], 2, "--for needs --at, because the start is not known"),
        (
            ["paintings", "--at", "any", "--for", "1h"],
            2,
            "--for needs --at, because the start is not known",
        ),
        (["lunch", "--at", "any", "--for", "1h"], 2, "--for needs --at, because the start is not known"),
        (["swan", "--at", "soon"], 2, "'soon' is not a valid time; write it as 14:00 or 2 pm"),
        (["swan", "--own", "Goose"], 2, "only your own appointments can be renamed or moved to another venue"),
        (["swan", "--venue", "park"], 2, "only your own appointments can be renamed or moved to another venue"),
        (["lunch", "--venue", "xyz"], 3, "no venue called 'xyz'; `kzfest venues` lists them all"),
        (["lunch", "--follow"], 2, "your own appointment is not linked to a programme"),
        (
            ["xyz", "--must"],
            3,
            (
                "no visit called 'xyz'; the itinerary has:\n"
                "  id002  Old paintings · Saturday 16 December 2023, any time\n"
                "  id003  Lunch · Saturday 16 December 2023, 13:00–13:45\n"
                "  id001  Swan Lake · Saturday 16 December 2023, 19:00–21:30"
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    planned: Run, visits: Visits, args: list[str], code: int, sentence: str
) -> None:
    before = visits()

    assert planned("edit", *args) == (code, "", f"kzfest: {sentence}\n")
    assert visits() == before


def test_visit_of_an_event_that_has_two_is_not_guessed(planned: Run) -> None:
    planned("add", "paintings", "--on", "2023-12-17")

    told = (
        "kzfest: 'paintings' matches several visits:\n  id002  Old paintings · Saturday 16 December 2023, any time\n"
        "  id004  Old paintings · Sunday 17 December 2023, any time\n"
    )
    assert planned("edit", "paintings", "--must") == (3, "", told)
    assert planned("edit", "id004", "--must")[0] == 0


def test_nothing_in_an_empty_itinerary_can_be_edited(mine: Run) -> None:
    assert mine("edit", "swan", "--must") == (3, "", "kzfest: the itinerary 'main' is empty\n")


def test_edit_that_changes_nothing_says_so(planned: Run, visits: Visits) -> None:
    before = visits()

    outcomes = [
        planned("edit", "swan", *args) for args in (["--at", "19:00"], ["--no-must"], ["--note", " "], ["--follow"])
    ]

    assert outcomes == [(0, "", "nothing has changed\n")] * 4
    assert visits() == before


def test_must_and_note_come_and_go(planned: Run, visits: Visits) -> None:
    states = []
    for args in (["--must", "--note", " Row 7 "], ["--no-must"], ["--note", ""]):
        planned("edit", "swan", *args)
        (swan,) = (each for each in visits() if each["event"] == "swan")
        states.append((swan["must"], swan["note"], swan["changes"]))

    assert states == [(True, "Row 7", 1), (False, "Row 7", 2), (False, None, 3)]


def test_hour_of_ones_own_is_kept_on_another_day_and_assumed_ends_are_assumed_anew(
    planned: Run, visits: Visits
) -> None:
    planned("edit", "paintings", "--at", "11:00")
    planned("edit", "paintings", "--on", "2023-12-17")

    found = [(each["start"], each["end"], each["end_assumed"]) for each in visits() if each["event"] == "paintings"]

    assert found == [("2023-12-17T11:00:00+06:00", "2023-12-17T12:30:00+06:00", True)]


def test_visit_at_the_hours_of_a_showing_takes_those_of_the_other_day(mine: Run) -> None:
    mine("add", "puppets", "--on", "2023-12-17", "--at", "14:00")

    told = "changed  Puppets  id001 · Monday 18 December 2023, 18:00–19:00 · Opera, 1 Qonaev Street, Astana\n"
    assert mine("edit", "puppets", "--on", "2023-12-18") == (0, told, BACK)


def test_clash_that_an_edit_makes_is_told(planned: Run) -> None:
    assert planned("edit", "lunch", "--at", "19:00")[2] == f"Lunch: CLASH: overlaps with Swan Lake\n{BACK}"


FOLLOWED = "changed  {title}  id001 · {now}\n"


@pytest.mark.parametrize(
    ("added", "old", "new", "now"),
    [
        (
            ["swan"],
            "start: 2023-12-16 19:00\n    end: 2023-12-16 21:30",
            "start: 2023-12-17 18:00\n    end: 2023-12-17 20:00",
            "Swan Lake  id001 · Sunday 17 December 2023, 18:00–20:00 · Opera, 1 Qonaev Street, Astana",
        ),
        (
            ["swan", "--at", "20:00"],
            "venue: opera\n    start: 2023-12-16 19:00",
            "venue: park\n    start: 2023-12-16 19:00",
            "Swan Lake  id001 · Saturday 16 December 2023, 19:00–21:30 · City park, Astana",
        ),
        (
            ["puppets", "--on", "2023-12-17", "--at", "14:00"],
            "start: 2023-12-17 14:00, end: 2023-12-17 15:00",
            "start: 2023-12-18 14:30, end: 2023-12-18 15:30",
            "Puppets  id001 · Monday 18 December 2023, 14:30–15:30 · City park, Astana",
        ),
        (
            ["puppets", "--on", "2023-12-18"],
            "end: 2023-12-18 19:00, venue: opera",
            "end: 2023-12-18 19:00",
            "Puppets  id001 · Monday 18 December 2023, 18:00–19:00 · City park, Astana",
        ),
        (
            ["paintings", "--on", "2023-12-17"],
            "venue: museum, start: 2023-12-15, end: 2023-12-20",
            "venue: opera, start: 2023-12-15, end: 2023-12-20",
            "Old paintings  id001 · Sunday 17 December 2023, any time · Opera, 1 Qonaev Street, Astana",
        ),
        (
            ["photos", "--on", "2023-12-20"],
            "venue: museum, start: 2023-12-18, end: unknown",
            "venue: opera, start: 2023-12-18, end: unknown",
            "Photographs  id001 · Wednesday 20 December 2023, any time · Opera, 1 Qonaev Street, Astana",
        ),
        (
            ["jam", "--on", "2023-12-19"],
            "when: unannounced",
            "start: 2023-12-20 20:00",
            "Jam session  id001 · Wednesday 20 December 2023, 20:00–22:00, end assumed · Night club, Astana",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_follow_takes_what_the_programme_has_now(  # noqa: PLR0913, PLR0917  # before, between and after
    mine: Run, rewrite: Run, visits: Visits, added: list[str], old: str, new: str, now: str
) -> None:
    mine("add", *added)
    rewrite(old, new)
    assert [each["state"] for each in visits()] == ["moved"]

    code, stdout, _stderr = mine("edit", "id001", "--follow")

    assert (code, stdout) == (0, f"changed  {now}\n")
    assert [each["state"] for each in visits()] == ["same"]
    assert mine("edit", "id001", "--follow") == (0, "", "nothing has changed\n")


@pytest.mark.parametrize(
    ("added", "old", "new", "sentence"),
    [
        (["swan"], "    end: 2023-12-16 21:30", "    status: cancelled", "'Swan Lake' has been cancelled"),
        (
            ["paintings", "--on", "2023-12-17"],
            "start: 2023-12-15, end: 2023-12-20",
            "start: 2023-12-21, end: 2023-12-24",
            "'Old paintings' is on several days; choose one with --on: 21–24 Dec 2023",
        ),
        (
            ["panorama", "--on", "2023-12-17"],
            "id: panorama",
            "id: panorama-hall",
            "the programme no longer has 'Panorama'; `kzfest itinerary remove id001` removes it",
        ),
    ],
    ids=["cancelled", "other-days", "gone"],
)
def test_follow_of_what_cannot_be_followed_says_why(  # noqa: PLR0913, PLR0917  # before, between and after
    mine: Run, rewrite: Run, added: list[str], old: str, new: str, sentence: str
) -> None:
    mine("add", *added)
    rewrite(old, new)

    assert mine("edit", "id001", "--follow") == (2, "", f"kzfest: {sentence}\n")


def test_note_of_a_visit_whose_programme_is_gone_can_be_changed(mine: Run, fair: Path) -> None:
    mine("add", "swan")
    fair.unlink()
    no_fair = {"KZFEST_DATA": ""}

    noted = mine("edit", "swan", "--note", "Row 7", "--must", **no_fair)
    moved = mine("edit", "swan", "--at", "20:00", **no_fair)

    assert noted == (
        0,
        f"changed  Swan Lake  id001 · {SWAN}\n",
        f"Swan Lake: no programme 'fair' found; pass its file with --data\n{BACK}",
    )
    assert moved == (2, "", "kzfest: no programme 'fair' found; pass its file with --data\n")


def test_day_without_a_year_is_in_the_days_of_the_visits_programme(mine: Run, programme: Callable[..., str]) -> None:
    other = programme(
        "  - {id: reeds, title: Reeds, category: exhibition, start: 2025-06-01, end: 2025-06-30}", key="other"
    )
    mine("add", "reeds", "--on", "2025-06-10", "--data", other)

    told = "changed  Reeds  id001 · Thursday 12 June 2025, any time\n"
    assert mine("edit", "reeds", "--on", "12 jun") == (0, told, f"12 jun: Thursday 12 June 2025\n{BACK}")


def test_appointment_with_names_in_two_languages_can_be_moved(mine: Run) -> None:
    mine("merge", TEA)

    told = "changed  Tea  v-tea · Saturday 16 December 2023, 11:00–12:00, end assumed\n"
    assert mine("edit", "tea", "--at", "11:00") == (0, told, BACK)


def test_imported_appointment_keeps_its_place_when_it_is_moved(mine: Run, visits: Visits, tmp_path: Path) -> None:
    file = str(tmp_path / "dinner.ics")
    mine("add", "--own", "Dinner", "--on", "2023-12-17", "--at", "20:00", "--venue", "opera", "--note", "Table 4")
    mine("export", "-o", file)
    mine("use", "other")
    mine("import", file)
    (before,) = visits()

    mine("edit", "dinner", "--at", "20:30")

    (after,) = visits()
    place = "Opera, 1 Qonaev Street, Astana"
    assert (before["place"], before["start"][11:16], before["end"][11:16]) == (place, "20:00", "21:00")
    assert (after["place"], after["start"][11:16], after["end"][11:16]) == (place, "20:30", "21:30")
    assert {**after, "start": None, "end": None} == {
        **before,
        "start": None,
        "end": None,
        "changes": after["changes"],
        "changed": after["changed"],
    }


def test_visit_in_the_second_of_two_equal_hours_stays_there(mine: Run, visits: Visits, tmp_path: Path) -> None:
    file = tmp_path / "late.ics"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:own.abcde@own.kzfest.invalid",
        "DTSTART:20240229T183000Z",
        "DTEND:20240229T190000Z",
        "SUMMARY:Late",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    file.write_text("\r\n".join(lines), encoding="utf-8")
    mine("import", str(file))

    mine("edit", "late", "--for", "15m")

    assert [(each["start"], each["end"]) for each in visits()] == [
        ("2024-02-29T23:30:00+05:00", "2024-02-29T23:45:00+05:00")
    ]
