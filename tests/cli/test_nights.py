"""The night in which the clocks go back: all commands and formats tell the same instants of its events and visits."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest
from icalendar import Calendar

from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

HALF_HOUR = timedelta(minutes=30)
USUAL = timedelta(hours=2)
"""How long a concert lasts where no source gives its end."""

NIGHTS = {
    "Europe/Berlin": date(2026, 10, 24),
    "America/New_York": date(2026, 10, 31),
    "Australia/Lord_Howe": date(2026, 4, 4),
    "Africa/Casablanca": date(2026, 2, 14),
}
"""By zone, the evening of such a night."""


class Concert(NamedTuple):
    """A concert as its file has it, by the clock; of an hour that happens twice, the first time is meant."""

    id: str
    start: datetime
    end: datetime | None
    over: datetime
    """When a visit of it ends."""

    @property
    def line(self) -> str:
        end = f", end: {self.end:%Y-%m-%d %H:%M}" if self.end else ""
        return f"  - {{id: {self.id}, title: {self.id}, category: concert, start: {self.start:%Y-%m-%d %H:%M}{end}}}"


def concerts(timezone: str) -> list[Concert]:
    return [*_concerts(timezone)]


def _concerts(timezone: str) -> Iterator[Concert]:
    """Yield for each half hour of the night a concert of an hour and a half by the clock, and one without an end."""
    evening, here = NIGHTS[timezone], zone(timezone)
    for number in range(11):
        start = datetime.combine(evening, time(22), here) + number * HALF_HOUR
        end = start + 3 * HALF_HOUR
        yield Concert(f"known-{number}", start, end, end)
        yield Concert(f"open-{number}", start, None, (start.astimezone(UTC) + USUAL).astimezone(here))


def instants(*moments: datetime | str | None) -> tuple[datetime | None, ...]:
    """Return *moments*, or those that texts of JSON name, in UTC."""
    read = [datetime.fromisoformat(each) if isinstance(each, str) else each for each in moments]
    return tuple(each and each.astimezone(UTC) for each in read)


def hours(concert: Concert) -> str:
    return f"{concert.start:%H:%M}–{concert.over:%H:%M}"


@pytest.fixture(name="at")
def _at(kzfest: Run, tmp_path: Path) -> Callable[..., Callable[..., str]]:
    """Return a function that writes the night of a zone, and gives what runs the program with it in some home."""

    def at(timezone: str, home: str = "mine") -> Callable[..., str]:
        file = tmp_path / "night.yaml"
        head = f"format: 1\nprogramme: {{id: night, title: Night, timezone: {timezone}, revised: 2026-01-01}}\nevents:"
        file.write_text("\n".join([head, *(each.line for each in concerts(timezone)), ""]), encoding="utf-8")
        environment = {"KZFEST_HOME": str(tmp_path / home), "KZFEST_DATA": str(file), "KZFEST_NOW": "2026-01-01T12:00"}

        def said(*args: str) -> str:
            code, stdout, stderr = kzfest(*args, **environment)
            assert code in {0, 5}, stderr  # 5: the concerts overlap
            return stdout

        return said

    return at


def entries(calendar: str) -> dict[str, tuple[datetime | None, ...]]:
    """Return by their summaries when the entries of a *calendar* start and end, in UTC."""
    found: list[Any] = Calendar.from_ical(calendar).events
    return {str(entry["SUMMARY"]): instants(entry.start, entry.end) for entry in found}


@pytest.mark.parametrize("timezone", NIGHTS)
def test_instants_of_the_programme_are_the_same_everywhere(
    at: Callable[..., Callable[..., str]], timezone: str
) -> None:
    said = at(timezone)
    wanted = concerts(timezone)

    shown = [json.loads(said("show", each.id, "-f", "json"))["event"] for each in wanted]
    pages = [re.search(r"When +.*, (\d.*)", said("show", each.id)) for each in wanted]
    calendar = entries(said("export"))

    assert [instants(each["start"], each["end"]) for each in shown] == [instants(w.start, w.end) for w in wanted]
    assert [page and page[1] for page in pages] == [hours(w) if w.end else f"{w.start:%H:%M}" for w in wanted]
    assert calendar == {w.id: instants(w.start, w.over) for w in wanted}


@pytest.mark.parametrize("timezone", NIGHTS)
def test_instants_of_a_plan_are_the_same_everywhere(at: Callable[..., Callable[..., str]], timezone: str) -> None:
    said = at(timezone)
    wanted = concerts(timezone)

    added = said("itinerary", "add", *(each.id for each in wanted))
    edited = said("itinerary", "edit", "open-8", "--note", "Row 7")
    shown = json.loads(said("itinerary", "show", "-f", "json"))["visits"]
    table = said("itinerary", "show")
    calendar = entries(said("itinerary", "export"))

    told = dict(re.findall(r"(\S+)  \w{5} · [^,]+, (\d\d:\d\d–\d\d:\d\d)", added))
    assert told == {w.id: hours(w) for w in wanted}
    assert f"{hours(wanted[17])} in the night" in edited
    assert {each["event"]: instants(each["start"], each["end"]) for each in shown} == {
        w.id: instants(w.start, w.over) for w in wanted
    }
    rows = re.findall(r"^(\d\d:\d\d–\d\d:\d\d) .*?  (\S+-\d+) ·", table, re.MULTILINE)
    assert {name: when for when, name in rows} == {w.id: hours(w) for w in wanted}
    assert calendar == {w.id: instants(w.start, w.over) for w in wanted}


@pytest.mark.parametrize("timezone", NIGHTS)
def test_visits_to_that_night_are_equal_to_themselves(
    at: Callable[..., Callable[..., str]], timezone: str, tmp_path: Path
) -> None:
    mine, theirs = at(timezone), at(timezone, "theirs")
    names = [each.id for each in concerts(timezone)]
    mine("itinerary", "add", *names)
    token = mine("itinerary", "share").strip()
    theirs("itinerary", "merge", token)
    (tmp_path / "plan.ics").write_text(mine("itinerary", "export"), encoding="utf-8")

    changes = [
        mine("itinerary", "add", *names),
        mine("itinerary", "import", str(tmp_path / "plan.ics")),
        mine("itinerary", "edit", "known-8", "--follow"),
        theirs("itinerary", "merge", token),
        theirs("itinerary", "merge", "--replace", token),
    ]
    difference = theirs("itinerary", "merge", "--diff", token)

    assert changes == [""] * len(changes)
    assert "they:" not in difference
    assert "MOVED" not in mine("itinerary", "check")


def tea_in(folder: Path, start: str, end: str) -> str:
    """Return a calendar file in *folder* that has a tea of one's own from *start* to *end*."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:own.abcde@own.kzfest.invalid"]
    lines += [f"DTSTART:{start}", f"DTEND:{end}", "SUMMARY:Tea", "END:VEVENT", "END:VCALENDAR", ""]
    file = folder / "tea.ics"
    file.write_text("\r\n".join(lines), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("start", "end"),
    [("20261025T004500Z", "20261025T011500Z"), ("20261025T001500Z", "20261025T011500Z")],
    ids=["02:45 to 02:15", "02:15 to 02:15"],
)
def test_imported_appointment_may_end_in_the_second_of_two_equal_hours(
    at: Callable[..., Callable[..., str]], tmp_path: Path, start: str, end: str
) -> None:
    said = at("Europe/Berlin")
    file = tea_in(tmp_path, start, end)

    said("itinerary", "import", file)
    again = said("itinerary", "import", file)

    (tea,) = json.loads(said("itinerary", "show", "-f", "json"))["visits"]
    assert (again, instants(tea["start"], tea["end"])) == ("", instants(start, end))


def test_hour_that_happens_twice_tells_two_showings_apart(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(
        "format: 1\n"
        "programme: {id: two, title: Two, timezone: Europe/Berlin, revised: 2026-01-01}\n"
        "events:\n"
        "  - id: two\n"
        "    title: Two\n"
        "    category: concert\n"
        "    showings:\n"
        "      - {id: long, start: 2026-10-25 02:00, end: 2026-10-25 04:00}\n"
        "      - {id: late, start: 2026-10-25 02:30, end: 2026-10-25 02:45}\n",
        encoding="utf-8",
    )
    home = str(tmp_path / "home")

    code, stdout, _stderr = kzfest(
        "--data", str(file), "itinerary", "add", "two", "--on", "2026-10-24", "--at", "2:30", KZFEST_HOME=home
    )

    assert (code, re.findall(r"\d\d:\d\d–\d\d:\d\d", stdout)) == (0, ["02:30–02:45"])


def test_visit_in_the_second_of_two_equal_hours_moves_to_the_hour_after_one_that_is_left_out(
    at: Callable[..., Callable[..., str]], tmp_path: Path
) -> None:
    said = at("Europe/Berlin")
    said("itinerary", "import", tea_in(tmp_path, "20261025T013000Z", "20261025T014500Z"))

    said("itinerary", "edit", "tea", "--on", "2027-03-27")  # its night has no 02:30

    (tea,) = json.loads(said("itinerary", "show", "-f", "json"))["visits"]
    assert (tea["start"], tea["end"]) == ("2027-03-28T03:30:00+02:00", "2027-03-28T03:45:00+02:00")
