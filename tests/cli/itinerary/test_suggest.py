"""`kzfest itinerary suggest`: the best plan against every plan there is, its reasons, and what keeps it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzfest.core.clashes import Stop, clashes
from kzfest.core.model import Location
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

KEEP = "`kzfest itinerary suggest … --save` saves it\n"
SEE = "See `kzfest itinerary suggest --help`."
BACK = "to undo: `kzfest itinerary undo`\n"

THREE_DAYS = """\
Suggested

Time            Visit            Where       Why                                            Id
Friday 15 December 2023
any time        Old paintings    Museum      one of 3 possible days; closed on 18 Dec 2023  paintings
08:00–09:30     Skating for all  City park   of these days, only on this one                skating

Saturday 16 December 2023
19:00–21:30     Swan Lake        Opera       only on this day                               swan
00:30–03:00     Long night       Night club  only on this day                               night

Sunday 17 December 2023
hour not known  Sledge race      Lake camp   only on this day                               sledges
11:00–12:00     Puppets          City park   one of 2 possible days                         puppets

Left out
Event                Why
Songs of the steppe  16 Dec 2023: clashes with Swan Lake
Photographs          18 Dec 2023: closed
"""

ONE_A_DAY = """\
Suggested

Time            Visit            Where      Why                              Id
Friday 15 December 2023
08:00–09:30     Skating for all  City park  of these days, only on this one  skating

Saturday 16 December 2023
19:00–21:30     Swan Lake        Opera      only on this day                 swan

Sunday 17 December 2023
hour not known  Sledge race      Lake camp  only on this day                 sledges

Monday 18 December 2023
18:00–19:00     Puppets          Opera      one of 2 possible days           puppets

Left out
Event                Why
Old paintings        15–17 Dec 2023: full, with 1 visit a day (--per-day); 18 Dec 2023: closed
Songs of the steppe  16 Dec 2023: clashes with Swan Lake
Long night           16 Dec 2023: full, with 1 visit a day (--per-day)
Photographs          18 Dec 2023: closed
"""


@pytest.mark.parametrize(("args", "page"), [([], THREE_DAYS), (["--per-day", "1"], ONE_A_DAY)])
def test_plan_says_why_each_was_chosen_and_what_was_left_out(mine: Run, args: list[str], page: str) -> None:
    assert mine("suggest", "--from", "2023-12-15", "--to", "2023-12-18", *args) == (0, page, KEEP)


def document(outcome: tuple[int, str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return why each event is proposed, and why others are not."""
    assert outcome[0] == 0
    found = json.loads(outcome[1])
    return tuple({each["event"]: each["why"] for each in found[key]} for key in ("visits", "left_out"))  # type: ignore[return-value]


WITH_SWAN, WITH_SONGS = (f"16 Dec 2023: clashes with {title}" for title in ("Swan Lake", "Songs of the steppe"))
FULL = "16 Dec 2023: full, with 1 visit a day (--per-day)"
ONLY, MUST = "only on this day", "must: only on this day"
ALSO, LEFT = "on other days as well", "of these days, only on this one"
UNKNOWN = "must: no date is known"
OTHER_DAYS = "not known to be on in these days"
NO_CALENDAR = "this cannot be written as a calendar; -f ics works with list, export, show and itinerary"


@pytest.mark.parametrize(
    ("args", "chosen", "left_out"),
    [
        (["-c", "concert"], {"songs": ONLY}, {}),
        (["-c", "concert", "-c", "ballet"], {"swan": ONLY}, {"songs": WITH_SWAN}),
        (["-c", "ballet", "--must", "songs"], {"songs": MUST}, {"swan": WITH_SONGS}),
        (["-c", "concert", *("--must", "swan") * 2], {"swan": MUST}, {"songs": WITH_SWAN}),
        (["-c", "ballet", "--must", "gala"], {"swan": ONLY}, {"gala": "cancelled"}),
        (["-c", "ballet", "--must", "sledges"], {"swan": ONLY}, {"sledges": OTHER_DAYS}),
        (["-c", "ballet", "--must", "jam"], {"jam": UNKNOWN, "swan": ONLY}, {}),
        (["-c", "ballet", "--must", "jam", "--per-day", "1"], {"jam": UNKNOWN}, {"swan": FULL}),
        (["-c", "ballet", "--must", "panorama"], {"panorama": "must: on any day", "swan": ONLY}, {}),
        (["--search", "озеро"], {"swan": ONLY}, {}),
        (["--venue", "museum"], {"paintings": ALSO}, {}),
        (["--city", "Burabay"], {}, {}),
        (["-c", "news"], {}, {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_plan_of_a_saturday(mine: Run, args: list[str], chosen: dict[str, str], left_out: dict[str, str]) -> None:
    outcome = mine("suggest", "2023-12-16", *args, "-f", "json")

    assert document(outcome) == (chosen, left_out)


def test_day_on_which_the_venue_is_closed_is_left_out(mine: Run) -> None:
    page = "Nothing can be suggested.\n\nLeft out\nEvent          Why\n"
    page += "Photographs    18 Dec 2023: closed\nOld paintings  18 Dec 2023: closed\n"

    code, stdout, stderr = mine("suggest", "2023-12-18", "-c", "exhibition")

    assert (code, sorted(stdout.splitlines()), stderr) == (0, sorted(page.splitlines()), "")


def test_what_may_be_over_is_not_proposed_unless_it_must_be(mine: Run) -> None:
    without = mine("suggest", "2023-12-20", "-c", "exhibition", "-f", "json")
    must = mine("suggest", "2023-12-20", "-c", "exhibition", "--must", "photos", "-f", "json")

    assert document(without) == ({"paintings": ALSO}, {})
    assert document(must) == (
        {"paintings": ALSO, "photos": "must: on other days as well"},
        {},
    )


def test_day_on_which_it_may_be_over_is_no_way_out(mine: Run) -> None:
    outcome = mine("suggest", "2023-12-18..2023-12-20", "--search", "photographs", "-f", "json")

    assert document(outcome) == ({}, {"photos": "18 Dec 2023: closed"})


def test_plan_goes_around_what_is_planned(mine: Run) -> None:
    mine("add", "songs")
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "10:30", "--for", "3h")

    outcome = mine("suggest", "2023-12-16..2023-12-17", "--must", "songs", "-f", "json")

    chosen, left_out = document(outcome)
    assert chosen == {
        "night": ONLY,
        "paintings": "one of 2 possible days",
        "puppets": LEFT,
        "sledges": ONLY,
    }
    assert left_out == {"swan": "16 Dec 2023: clashes with Songs of the steppe"}


def test_what_is_planned_counts_for_the_day_and_own_appointments_do_not(mine: Run) -> None:
    mine("add", "swan")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "10:00")

    one = mine("suggest", "2023-12-16", "-c", "party", "--per-day", "1", "-f", "json")
    two = mine("suggest", "2023-12-16", "-c", "party", "--per-day", "2", "-f", "json")

    assert document(one) == ({}, {"night": FULL})
    assert document(two) == ({"night": ONLY}, {})


PLANNED = """\
Suggested

Time            Visit                Where      Why              Id
Saturday 16 December 2023
10:00–11:00     Tea                             planned already  id002
21:00–23:00     Songs of the steppe  City park  planned already  id001

Sunday 17 December 2023
hour not known  Sledge race          Lake camp  only on this day  sledges
11:00–12:00     Puppets              City park  planned already   id003
"""


def test_what_is_planned_already_is_shown_in_its_place(mine: Run) -> None:
    mine("add", "songs")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "10:00")
    mine("add", "puppets", "--on", "2023-12-17", "--at", "11:00")

    code, stdout, stderr = mine(
        "suggest", "2023-12-16..2023-12-17", "-c", "sport", "-c", "concert", "--must", "puppets"
    )
    planned = json.loads(mine("suggest", "2023-12-16", "-f", "json")[1])["planned"]

    rows = [re.split("  +", line) for line in stdout.splitlines()]
    assert (code, rows, stderr) == (0, [re.split("  +", line) for line in PLANNED.splitlines()], KEEP)
    assert [(each["id"], each["event"]) for each in planned] == [("id002", None), ("id001", "songs")]


def test_what_is_planned_on_another_day_is_left_out_with_it(mine: Run) -> None:
    mine("add", "paintings", "--on", "2023-12-15")
    mine("add", "paintings", "--on", "2023-12-16")

    asked = document(mine("suggest", "2023-12-17", "-c", "exhibition", "-f", "json"))
    must = mine("suggest", "2023-12-17", "-c", "ballet", "--must", "paintings")

    assert asked == ({}, {"paintings": "planned already: 15–16 Dec 2023"})
    told = "Nothing can be suggested.\n\nLeft out\nEvent                 Why\n"
    assert must == (0, f"{told}Old paintings (must)  planned already: 15–16 Dec 2023\n", "")


UNATTENDED = """\
  - {id: day, title: The day, category: holiday, place: Everywhere, start: 2023-12-16}
  - {id: funds, title: Funds, category: charity, tags: [ceremony], city: Astana, start: 2023-12-16}
  - {id: medals, title: Medals, category: ceremony, place: Hall, start: 2023-12-16}
"""


def test_what_nobody_attends_gets_no_slot(mine: Run, programme: Callable[..., str]) -> None:
    """A holiday is no visit, nor is a ceremony without a place; who names them all the same is believed."""
    file = programme(UNATTENDED)

    suggested = mine("suggest", "2023-12-16", "-f", "json", KZFEST_DATA=file)
    named = mine("suggest", "2023-12-16", "--must", "day", "--per-day", "1", "-f", "json", KZFEST_DATA=file)
    gap = json.loads(mine("gaps", "2023-12-16", "-f", "json", KZFEST_DATA=file)[1])["gaps"][0]
    added = mine("add", "--all", "--on", "2023-12-16", KZFEST_DATA=file)

    holiday, ceremony = "a holiday, nothing to go to", "a ceremony without a known place"
    assert document(suggested) == ({"medals": ONLY}, {"day": holiday, "funds": ceremony})
    assert document(named) == ({"day": MUST}, {"medals": FULL, "funds": ceremony})
    assert [each["id"] for each in gap["fits"]] == ["medals"]
    assert (added[1].count("added"), added[2]) == (
        1,
        f"left out: The day: {holiday}\nleft out: Funds: {ceremony}\n{BACK}",
    )


def test_save_keeps_the_plan_as_one_change(mine: Run, visits: Visits) -> None:
    code, stdout, stderr = mine("suggest", "2023-12-16..2023-12-17", "--must", "swan", "--save")
    saved = visits()
    again = mine("suggest", "2023-12-16..2023-12-17", "--must", "swan", "--save")
    taken_back = mine("undo")

    told = [line.split("  ")[0] for line in stdout.splitlines() if line.startswith("added")]
    assert (code, told, stderr) == (0, ["added"] * 5, BACK)
    assert [(each["event"], each["must"], each["changes"]) for each in saved] == [
        ("paintings", False, 0),
        ("swan", True, 0),
        ("night", False, 0),
        ("sledges", False, 0),
        ("puppets", False, 0),
    ]
    assert again[2] == ""
    assert [line.split("  ")[0] for line in taken_back[1].splitlines()] == ["removed"] * 5
    assert visits() == []
    assert mine("undo") == (0, "", "nothing to undo\n")


def test_nothing_is_kept_where_nothing_fits(mine: Run, visits: Visits) -> None:
    assert mine("suggest", "2024-05-01", "--save") == (0, "Nothing can be suggested.\n", "")
    assert visits() == []


def test_days_are_those_of_the_itinerary_where_none_are_said(mine: Run) -> None:
    mine("add", "songs")

    chosen, _left_out = document(mine("suggest", "-f", "json"))

    assert set(chosen) == {"night", "paintings"}


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        ([], 2, "the itinerary 'main' is empty; say which days"),
        (["2023-12-01..2024-03-01"], 2, "92 days are too many; the limit is 62"),
        (["2023-12-16", "--by", "bus"], 2, "unknown travel mode 'bus'; choose walk or car"),
        (
            ["2023-12-16", "--must", "xyz"],
            3,
            "no event called 'xyz'; `kzfest search xyz` searches the texts of all events",
        ),
        (["2023-12-16", "-f", "ics"], 2, NO_CALENDAR),
        (
            ["2023-12-16", "--per-day", "0"],
            2,
            f"Invalid value for '--per-day': expected a whole number from 1 to 50. {SEE}",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(mine: Run, args: list[str], code: int, sentence: str) -> None:
    assert mine("suggest", *args) == (code, "", f"kzfest: {sentence}\n")


ALMATY = zone("Asia/Almaty")
FIRST = datetime(2023, 12, 15, tzinfo=ALMATY)
PLACES = {
    "hall": (Location(latitude=51.135, longitude=71.41, accuracy="building"), {}),
    "yard": (Location(latitude=51.1185, longitude=71.4697, accuracy="building"), {"sat": "closed"}),
}
HALLS = """\
  - {id: hall, name: Hall, city: Astana, location: {latitude: 51.135, longitude: 71.41, accuracy: building}}
  - id: yard
    name: Yard
    city: Astana
    location: {latitude: 51.1185, longitude: 71.4697, accuracy: building}
    hours: {sat: closed}
"""


@dataclass(frozen=True)
class Choice:
    """A visit that could be chosen: a whole day, or from an hour on that day."""

    event: str
    day: int
    venue: str
    hour: float | None

    @property
    def text(self) -> str:
        """The showing, as a programme has it."""
        day = FIRST + timedelta(days=self.day)
        if self.hour is None:
            return f"{{id: s, start: {day:%Y-%m-%d}, venue: {self.venue}}}"
        start, end = self.span
        return f"{{id: s, start: {start:%Y-%m-%d %H:%M}, end: {end:%Y-%m-%d %H:%M}, venue: {self.venue}}}"

    @property
    def span(self) -> tuple[datetime, datetime]:
        start = FIRST + timedelta(days=self.day, hours=self.hour or 0)
        return start, start + timedelta(minutes=90)

    @property
    def stop(self) -> Stop | None:
        if self.hour is None:
            return None
        start, end = self.span
        return Stop(key=repr(self), start=start, end=end, place=self.venue, location=PLACES[self.venue][0])

    @property
    def is_closed(self) -> bool:
        """Whether the venue is closed on the day of a visit without an hour: 16 December 2023 was a Saturday."""
        return self.hour is None and self.venue == "yard" and self.day == 1


CHOICES = st.tuples(
    st.integers(0, 2), st.sampled_from(["hall", "yard"]), st.none() | st.sampled_from([10.0, 10.5, 11.5, 12.0, 24.5])
)
PROGRAMMES = st.lists(st.lists(CHOICES, min_size=1, max_size=2, unique=True), min_size=1, max_size=5)


def possible(choices: tuple[Choice, ...], per_day: int) -> bool:
    days = [each.day for each in choices]
    stops = [each.stop for each in choices if each.stop]
    return max((days.count(day) for day in days), default=0) <= per_day and not list(clashes(stops, "car"))


def best(events: dict[str, list[Choice]], must: set[str], per_day: int) -> tuple[int, int]:
    """Return the most must events that a plan can have, and the most events then, after looking at every plan."""
    plans = (
        plan
        for size in range(len(events) + 1)
        for names in combinations(events, size)
        for plan in product(*(events[name] for name in names))
    )
    return max(
        (len(must & {each.event for each in plan}), len(plan))
        for plan in plans
        if not any(each.is_closed for each in plan) and possible(plan, per_day)
    )


@settings(max_examples=settings().max_examples * 6 // 10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PROGRAMMES, st.integers(1, 3), st.data())
def test_plan_is_as_good_as_the_best_of_all(
    kzfest: Run, tmp_path: Path, drawn: list[list[tuple[int, str, float | None]]], per_day: int, data: st.DataObject
) -> None:
    events = {f"e{n}": [Choice(f"e{n}", *values) for values in choices] for n, choices in enumerate(drawn)}
    must = data.draw(st.sets(st.sampled_from(sorted(events)), max_size=2))
    lines = "".join(
        f"  - {{id: {name}, title: {name}, category: fair, showings: ["
        + ", ".join(each.text.replace("id: s", f"id: s{n}") for n, each in enumerate(choices))
        + "]}\n"
        for name, choices in events.items()
    )
    head = "format: 1\nprogramme: {id: any, title: Any, timezone: Asia/Almaty, revised: 2023-12-01}\n"
    file = tmp_path / "any.yaml"
    file.write_text(f"{head}venues:\n{HALLS}events:\n{lines}", encoding="utf-8")
    asked = [part for name in sorted(must) for part in ("--must", name)]

    outcome = kzfest(
        "itinerary", "suggest", "2023-12-15..2023-12-17", "--per-day", str(per_day), *asked, "-f", "json",
        KZFEST_HOME=str(tmp_path / "home"), KZFEST_DATA=str(file),
    )  # fmt: skip
    found = json.loads(outcome[1])
    chosen = found["visits"]
    stops = [
        Stop(
            key=str(number),
            start=datetime.fromisoformat(each["start"]),
            end=datetime.fromisoformat(each["end"]),
            place=each["venue"]["id"],
            location=PLACES[each["venue"]["id"]][0],
        )
        for number, each in enumerate(chosen)
        if "T" in each["start"]
    ]

    names = [each["event"] for each in chosen]
    assert (outcome[0], list(clashes(stops, "car"))) == (0, [])
    assert (len(must & set(names)), len(names)) == best(events, must, per_day)
    assert sorted(names + [each["event"] for each in found["left_out"]]) == sorted(events)
    assert (
        max((sum(each["day"] == day for each in chosen) for day in {each["day"] for each in chosen}), default=0)
        <= per_day
    )


@pytest.mark.skipif(sys.platform != "linux", reason="no other system makes a pipe this short")
def test_plan_is_not_saved_where_the_itinerary_has_changed_meanwhile(
    mine: Run, visits: Visits, home: Path, fair: Path, unmeasured: dict[str, str]
) -> None:
    environment = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"}
    days = ("--from", "2023-12-15", "--to", "2023-12-18")
    command = [sys.executable, "-m", "kzfest", "itinerary", "suggest", *days, "--save", "-f", "json"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0, "pipesize": 4096}
    with subprocess.Popen(command, env=unmeasured | environment, **pipes) as process:
        assert process.stdout
        first = process.stdout.read(1)  # the suggestion is being written, and waits for who reads it
        mine("add", "swan")
        said, told = process.communicate()

    assert len(json.loads(first + said)["visits"]) == 6
    sentence = "kzfest: the itinerary has changed meanwhile, so nothing was saved; run the command again\n"
    assert (process.returncode, told.decode()) == (1, sentence)
    assert [each["event"] for each in visits()] == ["swan"]


def test_plan_that_is_saved_is_still_json(mine: Run, visits: Visits) -> None:
    code, stdout, stderr = mine("suggest", "2023-12-16..2023-12-17", "--save", "-f", "json")

    assert (code, [each["event"] for each in json.loads(stdout)["visits"]]) == (0, [each["event"] for each in visits()])
    assert stderr == BACK
