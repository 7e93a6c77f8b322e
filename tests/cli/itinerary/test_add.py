"""`kzfest itinerary add`: which visit comes of which words, what is refused, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

BACK = "to undo: `kzfest itinerary undo`\n"
SWAN = "added  Swan Lake  id001 · Saturday 16 December 2023, 19:00–21:30 · Opera, 1 Qonaev Street, Astana\n"
TOLD = {
    "swan": SWAN,
    "paintings": "added  Old paintings  id001 · {when} · Museum, 54 Tauelsizdik Avenue, Astana\n",
    "photos": "added  Photographs  id001 · {when} · Museum, 54 Tauelsizdik Avenue, Astana\n",
    "panorama": "added  Panorama  id001 · {when} · Museum, 54 Tauelsizdik Avenue, Astana\n",
    "puppets": "added  Puppets  id001 · {when} · {where}\n",
    "skating": "added  Skating for all  id001 · {when} · City park, Astana\n",
    "jam": "added  Jam session  id001 · {when} · Night club, Astana\n",
    "rinks": "added  Ice rinks  id001 · {when} · Five yards, Astana\n",
}
PARK, OPERA = "City park, Astana", "Opera, 1 Qonaev Street, Astana"


@pytest.mark.parametrize(
    "name",
    ["swan", "SWAN", "Swan Lake", "swan lake", "Аққулар көлі", "аққулар", "Лебединое озеро", "лебединое", "swan lak"],
)
def test_event_is_found_by_id_title_and_part_in_three_languages(mine: Run, name: str) -> None:
    assert mine("add", name) == (0, SWAN, BACK)


def test_event_of_a_near_miss_is_taken_and_said(mine: Run) -> None:
    assert mine("add", "swann lake") == (0, SWAN, f"assuming 'Swan Lake' for 'swann lake'\n{BACK}")


@pytest.mark.parametrize(
    ("args", "when", "remarks"),
    [
        (["swan"], "", ""),
        (["swan", "--on", "2023-12-16"], "", ""),
        (["paintings", "--on", "2023-12-16"], "Saturday 16 December 2023, any time", ""),
        (
            ["paintings", "--on", "16", "dec"],
            "Saturday 16 December 2023, any time",
            "16 dec: Saturday 16 December 2023\n",
        ),
        (
            ["paintings", "--on", "2023-12-16", "--at", "11:00"],
            "Saturday 16 December 2023, 11:00–12:30, end assumed",
            "",
        ),
        (
            ["paintings", "--on", "2023-12-16", "--at", "11", "--for", "2h"],
            "Saturday 16 December 2023, 11:00–13:00",
            "",
        ),
        (
            ["paintings", "--on", "2023-12-17", "--at", "19:00", "--for", "1h30"],
            "Sunday 17 December 2023, 19:00–20:30",
            "Old paintings: outside the venue's usual hours: 10:00–18:00\n",
        ),
        (
            ["paintings", "--on", "2023-12-18"],
            "Monday 18 December 2023, any time",
            "Old paintings: usually closed on Monday\n",
        ),
        (
            ["photos", "--on", "2023-12-18"],
            "Monday 18 December 2023, any time",
            "Photographs: usually closed on Monday\n",
        ),
        (
            ["photos", "--on", "2023-12-20"],
            "Wednesday 20 December 2023, any time",
            "Photographs: may have closed by then; the closing day was not published\n",
        ),
        (["panorama", "--on", "2023-12-16"], "Saturday 16 December 2023, any time", ""),
        (
            ["panorama", "--on", "2024-05-01", "--at", "12:00"],
            "Wednesday 1 May 2024, 12:00–14:00, end assumed",
            "",
        ),
        (
            ["jam", "--on", "2023-12-16", "--at", "01:00"],
            "Saturday 16 December 2023, 01:00–03:00 in the night to 17 Dec 2023, end assumed",
            "Jam session: no source gives its date; you chose the day\n",
        ),
        (
            ["rinks", "--on", "2023-12-20"],
            "Wednesday 20 December 2023, any time",
            "Ice rinks: no source gives its date; you chose the day\n",
        ),
        (["skating", "--on", "2023-12-22"], "Friday 22 December 2023, 08:00–09:30", ""),
        (["skating", "--on", "2024-06-07"], "Friday 7 June 2024, 08:00–09:30", ""),
        (["puppets", "--on", "2023-12-17", "--at", "11:00"], "Sunday 17 December 2023, 11:00–12:00", ""),
        (["puppets", "--on", "2023-12-17", "--at", "14:00"], "Sunday 17 December 2023, 14:00–15:00", ""),
        (["puppets", "--on", "2023-12-17", "--at", "14:30"], "Sunday 17 December 2023, 14:30–15:00", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_visit_is_on_the_day_and_at_the_hour_asked(mine: Run, args: list[str], when: str, remarks: str) -> None:
    expected = TOLD[args[0]].format(when=when, where=PARK)

    assert mine("add", *args) == (0, expected, remarks + BACK)


def test_showing_at_another_venue_is_a_visit_there(mine: Run) -> None:
    expected = TOLD["puppets"].format(when="Monday 18 December 2023, 18:00–19:00", where=OPERA)

    assert mine("add", "puppets", "--on", "2023-12-18") == (0, expected, BACK)


DAYS_OF_SKATING = "15 Dec 2023, 22 Dec 2023, 29 Dec 2023"


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["paintings"], 2, "'Old paintings' is on several days; choose one with --on: 15–20 Dec 2023"),
        (["puppets"], 2, "'Puppets' is on several days; choose one with --on: 17 Dec 2023, 18 Dec 2023"),
        (["skating"], 2, f"'Skating for all' is on several days; choose one with --on: {DAYS_OF_SKATING}"),
        (
            ["photos"],
            2,
            "'Photographs' is on several days; choose one with --on: 18 Dec 2023, perhaps until 31 Dec 2023",
        ),
        (
            ["swan", "--on", "2023-12-17"],
            2,
            "'Swan Lake' is not on Sunday 17 December 2023; it is on 16 Dec 2023",
        ),
        (
            ["paintings", "--on", "2023-12-25"],
            2,
            "'Old paintings' is not on Monday 25 December 2023; it is on 15–20 Dec 2023",
        ),
        (
            ["skating", "--on", "2023-12-23"],
            2,
            f"'Skating for all' is not on Saturday 23 December 2023; it is on {DAYS_OF_SKATING}",
        ),
        (
            ["photos", "--on", "2023-12-17"],
            2,
            "'Photographs' is not on Sunday 17 December 2023; it is on 18 Dec 2023, perhaps until 31 Dec 2023",
        ),
        (
            ["puppets", "--on", "2023-12-17"],
            2,
            "'Puppets' is on several times that day; choose one with --at: 11:00, 14:00",
        ),
        (
            ["puppets", "--on", "2023-12-17", "--at", "13:00"],
            2,
            "'Puppets' is on several times that day; choose one with --at: 11:00, 14:00",
        ),
        (["panorama"], 2, "'Panorama' is permanent; say which day with --on"),
        (["jam"], 2, "no date of 'Jam session' is known; if you know the day, say it with --on"),
        (["rinks"], 2, "no date of 'Ice rinks' is known; if you know the day, say it with --on"),
        (["gala"], 2, "'The gala' has been cancelled"),
        (["swan", "--at", "25:00"], 2, "'25:00' is not a valid time; write it as 14:00 or 2 pm"),
        (["swan", "--for", "soon"], 2, "'soon' is not a valid duration; write it as 2h, 90m or 1h30"),
        (["swan", "--for", "0"], 2, "'0' is not a valid duration; write it as 2h, 90m or 1h30"),
        (
            ["paintings", "--on", "2023-12-16", "--for", "1h"],
            2,
            "--for needs --at, because the start is not known",
        ),
        (
            ["paintings", "--on", "2023-12-16..2023-12-17"],
            2,
            "a visit takes one day, but '2023-12-16..2023-12-17' means 16–17 Dec 2023",
        ),
        (["panorama", "--on", "9999-12-31"], 2, "Friday 31 December 9999 is too far away for a visit"),
        (["panorama", "--on", "0001-01-01"], 2, "Monday 1 January 1 is too far away for a visit"),
        (["nothing"], 3, "no event called 'nothing'; `kzfest search nothing` searches the texts of all events"),
        (["swan", "xyz"], 3, "no event called 'xyz'; `kzfest search xyz` searches the texts of all events"),
        ([], 2, 'name events, or give one of --all and --own "Dinner"'),
        (["swan", "--all"], 2, 'name events, or give one of --all and --own "Dinner"'),
        (["swan", "--own", "Tea"], 2, 'name events, or give one of --all and --own "Dinner"'),
        (["--all", "--own", "Tea"], 2, 'name events, or give one of --all and --own "Dinner"'),
        (["swan", "--category", "ballet"], 2, "event filters work only with --all"),
        (["swan", "--venue", "opera"], 2, "event filters work only with --all"),
        (["swan", "--from", "2023-12-16"], 2, "event filters work only with --all"),
        (["--own", "Tea", "--on", "2023-12-16", "--tag", "x"], 2, "event filters work only with --all"),
        (["--own", "Tea"], 2, "an appointment needs a day: --on"),
        (["--own", " ", "--on", "2023-12-16"], 2, 'an appointment needs a name: --own "Dinner"'),
        (["--own", "\u200b\x1b", "--on", "2023-12-16"], 2, 'an appointment needs a name: --own "Dinner"'),
        (["--own", "x" * 1_001, "--on", "2023-12-16"], 2, "the name is too long: 1001 characters; the limit is 1000"),
        (["swan", "--note", "x" * 20_001], 2, "the note is too long: 20001 characters; the limit is 20000"),
        (
            ["--own", "Tea", "--on", "2023-12-16", "--for", "1h"],
            2,
            "--for needs --at, because the start is not known",
        ),
        (
            ["--own", "Tea", "--on", "9999-12-31", "--at", "23:30"],
            2,
            "Friday 31 December 9999 is too far away for a visit",
        ),
        (
            ["--own", "Tea", "--on", "2023-12-16", "--venue", "xyz"],
            3,
            "no venue called 'xyz'; `kzfest venues` lists them all",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_with_what_can(
    mine: Run, visits: Visits, args: list[str], code: int, sentence: str
) -> None:
    assert mine("add", *args) == (code, "", f"kzfest: {sentence}\n")
    assert visits() == []


def test_event_on_several_showings_at_one_hour_is_asked_for_its_venue_no_further(mine: Run, rewrite: Run) -> None:
    rewrite(
        "start: 2023-12-17 14:00, end: 2023-12-17 15:00", "start: 2023-12-17 11:00, end: 2023-12-17 12:00, venue: opera"
    )

    sentence = "kzfest: 'Puppets' is on several times that day; choose one with --at: 11:00, 11:00\n"
    assert mine("add", "puppets", "--on", "2023-12-17", "--at", "11:00") == (2, "", sentence)


def test_several_events_are_added_at_once(mine: Run) -> None:
    told = (
        "added  Swan Lake  id001 · Saturday 16 December 2023, 19:00–21:30 · Opera, 1 Qonaev Street, Astana\n"
        "added  Songs of the steppe  id002 · Saturday 16 December 2023, 21:00–23:00, end assumed · City park, Astana\n"
        "added  Long night  id003 · Saturday 16 December 2023, 00:30–03:00 in the night to 17 Dec 2023 · "
        "Night club, Astana\n"
    )
    remarks = (
        "Swan Lake: CLASH: overlaps with Songs of the steppe\n"
        "Songs of the steppe: CLASH: overlaps with Swan Lake\n" + BACK
    )

    assert mine("add", "swan", "songs", "night") == (0, told, remarks)
    assert mine("undo")[0] == 0
    assert mine("undo") == (0, "", "nothing to undo\n")


@pytest.mark.parametrize("wrong", [["swan", "paintings"], ["swan", "gala"], ["swan", "xyz"], ["xyz", "swan"]])
def test_of_several_events_all_or_none_are_added(mine: Run, visits: Visits, wrong: list[str]) -> None:
    code, stdout, _stderr = mine("add", *wrong)

    assert (code in {2, 3}, stdout, visits()) == (True, "", [])


def test_of_several_events_one_there_at_another_time_stops_all(mine: Run, visits: Visits) -> None:
    mine("add", "swan")

    sentence = "kzfest: 'Swan Lake' is already planned on that day; `kzfest itinerary edit id001` changes it\n"
    assert mine("add", "songs", "swan", "--at", "20:00") == (2, "", sentence)
    assert [each["event"] for each in visits()] == ["swan"]


def test_what_is_there_is_not_added_again(mine: Run, visits: Visits) -> None:
    mine("add", "swan")

    assert mine("add", "swan") == (
        0,
        "",
        "'Swan Lake' is already planned on that day (id001)\nnothing has changed\n",
    )
    assert mine("add", "swan", "swan", "night")[2] == "'Swan Lake' is already planned on that day (id001)\n" * 2 + BACK
    assert [each["event"] for each in visits()] == ["swan", "night"]


def test_two_days_and_two_showings_of_an_event_are_two_visits(mine: Run, visits: Visits) -> None:
    for day in ("2023-12-16", "2023-12-17"):
        mine("add", "paintings", "--on", day)
    for at in ("11:00", "14:00"):
        mine("add", "puppets", "--on", "2023-12-17", "--at", at)

    found = [(each["event"], each["start"]) for each in visits()]

    assert found == [
        ("paintings", "2023-12-16"),
        ("paintings", "2023-12-17"),
        ("puppets", "2023-12-17T11:00:00+06:00"),
        ("puppets", "2023-12-17T14:00:00+06:00"),
    ]


def test_must_and_note_are_kept(mine: Run, visits: Visits) -> None:
    mine("add", "swan", "night", "--must", "--note", "Row 7\nAnna")

    assert [(each["must"], each["note"]) for each in visits()] == [(True, "Row 7\nAnna")] * 2


@pytest.mark.parametrize(
    ("args", "told", "remarks"),
    [
        (["--on", "2023-12-16"], "Saturday 16 December 2023, any time", ""),
        (["--on", "2023-12-16", "--at", "13:00"], "Saturday 16 December 2023, 13:00–14:00, end assumed", ""),
        (["--on", "2023-12-16", "--at", "1 pm", "--for", "90m"], "Saturday 16 December 2023, 13:00–14:30", ""),
        (
            ["--on", "2023-12-16", "--at", "04:30", "--for", "1h"],
            "Saturday 16 December 2023, 04:30–05:30 in the night to 17 Dec 2023",
            "",
        ),
        (
            ["--on", "2023-12-18", "--at", "13:00", "--for", "1h", "--venue", "музей"],
            "Monday 18 December 2023, 13:00–14:00 · Museum, 54 Tauelsizdik Avenue, Astana",
            "Long lunch: usually closed on Monday\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_own_appointment_is_added(mine: Run, args: list[str], told: str, remarks: str) -> None:
    assert mine("add", "--own", " Long  lunch", *args) == (0, f"added  Long lunch  id001 · {told}\n", remarks + BACK)


def test_own_appointment_counts_in_clashes(mine: Run) -> None:
    mine("add", "swan")

    _code, _stdout, told = mine("add", "--own", "Call", "--on", "2023-12-16", "--at", "21:00", "--for", "45m")

    assert told == f"Call: CLASH: overlaps with Swan Lake\n{BACK}"


@pytest.mark.parametrize(
    ("args", "events"),
    [
        (["--on", "2023-12-16"], ["panorama", "paintings", "swan", "songs", "night"]),
        (["--on", "2023-12-16", "--category", "ballet"], ["swan"]),
        (["-c", "ballet", "-c", "concert", "--from", "2023-12-16", "--to", "2023-12-16"], ["swan", "songs"]),
        (
            ["--on", "2023-12-16", "--not-category", "news", "--not-category", "party"],
            ["panorama", "paintings", "swan", "songs"],
        ),
        (["--venue", "opera", "--on", "2023-12-16"], ["swan"]),
        (["--near", "opera", "--within", "3", "--on", "2023-12-16"], ["swan", "songs"]),
        (["--city", "Burabay"], ["sledges"]),
        (["--tag", "tchaikovsky"], ["swan"]),
        (["--search", "озеро"], ["swan"]),
        (["--from", "2023-12-17", "--to", "2023-12-17", "-c", "sport"], ["sledges"]),
    ],
    ids=" ".join,
)
def test_all_that_a_filter_finds_is_added(mine: Run, visits: Visits, args: list[str], events: list[str]) -> None:
    code, _stdout, _stderr = mine("add", "--all", *args)

    assert code == 0
    assert {each["event"] for each in visits()} == set(events)


def test_all_leaves_out_what_needs_a_day_and_says_why(mine: Run) -> None:
    told = (
        "added  Songs of the steppe  id001 · Saturday 16 December 2023, 21:00–23:00, end assumed · City park, Astana\n"
    )
    remarks = "left out: 'The gala' has been cancelled\n" + BACK

    assert mine("add", "--all", "--category", "concert", "--from", "2023-12-15", "--to", "2023-12-31") == (
        0,
        told,
        remarks,
    )


def test_all_leaves_out_what_is_too_far_away(mine: Run, visits: Visits) -> None:
    _code, stdout, stderr = mine("add", "--all", "--on", "7026-06-06", "-c", "museum-hall")

    assert (stdout, stderr.splitlines(), visits()) == (
        "",
        ["left out: Tuesday 6 June 7026 is too far away for a visit", "no matching event can be added"],
        [],
    )


def test_all_finds_nothing_and_says_so(mine: Run) -> None:
    left = "left out: 'The gala' has been cancelled\nno matching event can be added\n"

    assert mine("add", "--all", "--category", "concert", "--on", "2023-12-17") == (0, "", left)


def test_all_passes_over_what_is_there_at_another_time(mine: Run, visits: Visits) -> None:
    mine("add", "swan", "--at", "20:00")

    code, _stdout, told = mine("add", "--all", "--on", "2023-12-16", "-c", "ballet", "-c", "party")

    assert (code, told) == (0, f"'Swan Lake' is already planned on that day (id001)\n{BACK}")
    assert [(each["event"], each["start"][11:16]) for each in visits()] == [("swan", "20:00"), ("night", "00:30")]
