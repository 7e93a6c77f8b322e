"""When an event is on: the answers of a catalogue against a plain model that counts minutes.

The model knows nothing of the program: it has its own festival day, its own clock of Almaty (six hours ahead of
UTC, five since 1 March 2024), and it compares every stretch with every question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from kzfest.programme.database.catalogue import ListedEvent

DAY = timedelta(days=1)
CLOCKS_GO_BACK = datetime.combine(date(2024, 3, 1), time())
EARLY, LATE = timezone(timedelta(hours=6)), timezone(timedelta(hours=5))
FOREVER = 10**9

STARTING, ONGOING, POSSIBLE, PERMANENT, UNDATED = range(5)
ASSUMED_MINUTES = {"opera": 180, "talk": 120}


def minutes(wall: datetime) -> int:
    """Return the minutes since 1970 of what the clocks of Almaty show, the first time that they do."""
    ahead = EARLY if wall < CLOCKS_GO_BACK else LATE
    return int(wall.replace(tzinfo=ahead).timestamp()) // 60


def opening(day: date) -> int:
    return minutes(datetime.combine(day, time(5)))


def day_of(wall: datetime) -> date:
    return (wall - timedelta(hours=5)).date()


class Stretch(NamedTuple):
    """Minutes in which an event is on, or may be: from *start* to before *end*."""

    showing: str
    start: int
    end: int
    certain: bool = True
    timed: bool = False


@dataclass(frozen=True)
class Shown:
    """One showing, as the file writes it."""

    id: str
    start: date
    end: date | None = None
    open_end: bool = False

    def text(self) -> str:
        parts = [f"id: {self.id}"] if self.id else []
        parts.append(f"start: {written(self.start)}")
        if self.end or self.open_end:
            parts.append(f"end: {written(self.end) if self.end else 'unknown'}")
        return ", ".join(parts)

    def stretches(self, category: str, last: date) -> Iterator[Stretch]:
        timed = isinstance(self.start, datetime)
        first = day_of(self.start) if isinstance(self.start, datetime) else self.start
        start = minutes(self.start) if isinstance(self.start, datetime) else opening(first)
        if isinstance(self.end, datetime):
            yield Stretch(self.id, start, minutes(self.end), timed=True)
        elif timed and not self.open_end:
            yield Stretch(self.id, start, min(start + ASSUMED_MINUTES[category], opening(first + DAY)), timed=True)
        else:
            yield Stretch(self.id, start, opening((self.end or first) + DAY), timed=timed)
        if self.open_end and last > first:
            yield Stretch(self.id, opening(first + DAY), opening(last + DAY), certain=False)


@dataclass(frozen=True)
class Made:
    """One event, as the file writes it."""

    category: str
    showings: list[Shown] = field(default_factory=list)
    every: int = 0
    times: int = 0
    undated: str = ""
    disputed: tuple[str, date] | None = None
    """Field and day that another source gives."""

    def text(self, number: int) -> str:
        if self.undated:
            when = self.undated
        elif self.every:
            when = f"{self.showings[0].text()}, repeats: FREQ=DAILY;INTERVAL={self.every};COUNT={self.times}"
        elif not self.showings[0].id:
            when = self.showings[0].text()
        else:
            when = f"showings: [{', '.join(f'{{{each.text()}}}' for each in self.showings)}]"
        if self.disputed:
            field, day = self.disputed
            when += f", disputes: [{{field: {field}, value: {day}, source: s}}]"
        return f"- {{id: e{number}, title: T, category: {self.category}, {when}}}\n"

    def shown(self) -> list[Shown]:
        if not self.every:
            return self.showings
        (first,) = self.showings
        moves = [timedelta(days=self.every * n) for n in range(self.times)]
        return [
            Shown(f"{first.start + move:%Y-%m-%d}", first.start + move, first.end and first.end + move)
            for move in moves
        ]

    def stretches(self, last: date) -> list[Stretch]:
        found = [stretch for shown in self.shown() for stretch in shown.stretches(self.category, last)]
        return found + list(self.doubtful(found)) if self.disputed else found

    def doubtful(self, found: list[Stretch]) -> Iterator[Stretch]:
        """Yield the days that another source gives, before the first or after the last of the one showing."""
        assert self.disputed
        field, day = self.disputed
        certain = found[0]
        if field == "start" and opening(day + DAY) <= certain.start:
            until = next(each for each in days_from(day) if opening(each + DAY) > certain.start)
            yield Stretch("", opening(day), opening(until), certain=False)
        elif len(found) == 1 and not self.showings[0].open_end and opening(day) >= certain.end:
            since = next(
                each
                for each in days_from(day_of(aware(certain.start).replace(tzinfo=None)))
                if opening(each) >= certain.end
            )
            yield Stretch("", opening(since), opening(day + DAY), certain=False)


@dataclass(frozen=True)
class Festival:
    """One programme, as the file writes it."""

    events: list[Made]
    first: date | None
    last: date | None

    def text(self) -> str:
        days = f", first: {self.first}, last: {self.last}" if self.first else ""
        head = f"format: 1\nprogramme: {{id: p, title: P, timezone: Asia/Almaty, revised: 2024-01-01{days}}}\n"
        head += "sources: {s: {title: S}}\n"
        return head + "events:\n" + "".join(event.text(number) for number, event in enumerate(self.events))

    @cached_property
    def last_day(self) -> date:
        """Return the last day of the programme: the one given, else the last on which anything is certainly on."""
        ends = [s.end for event in self.events for s in event.stretches(date.min) if s.certain]
        on = (day for day in days_from(date(2024, 2, 1)) if all(end <= opening(day + DAY) for end in ends))
        return self.last or next(on)


def written(start: date) -> str:
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start:%Y-%m-%d}"


def days_from(first: date) -> Iterator[date]:
    return (first + n * DAY for n in count())


class Window(NamedTuple):
    """What a question asks, in minutes: a stretch lies in it that begins before *end* and ends after *start*."""

    start: int
    end: int
    begins: int
    """Before this minute, a stretch with an hour began earlier than what is asked."""
    first: int
    last: int
    """From the first minute of the days asked, before which whole days began earlier, to the one after them."""


def window(question: EventQuery) -> Window:
    end = opening(question.last + DAY) if question.last else FOREVER
    moment = question.moment or question.since
    if moment:
        at = int(moment.timestamp()) // 60
        today = day_of(moment.replace(tzinfo=None))
        if question.moment:
            return Window(at, at + 1, opening(today), opening(today), opening(today + DAY))
        return Window(at, end, at, opening(today), end)
    start = opening(question.first) if question.first else -FOREVER
    return Window(start, end, start, start, end)


class Answer(NamedTuple):
    """What is said of one event."""

    event: str
    certainty: str
    section: int
    speaks: tuple[str, int, int] | None
    """The showing that put it there, and its minutes."""
    showings: list[str]
    parts: list[tuple[str, bool]]
    """The showings of all stretches in what is asked, as far as they are among those, and whether they are certain."""


def expected(festival: Festival, question: EventQuery) -> list[Answer]:
    """Return what is on, in order."""
    asked = window(question)
    rows: list[tuple[int, int, int, str, tuple[str, int, int] | None, list[tuple[str, bool]]]] = []
    for number, event in enumerate(festival.events):
        found = []
        for stretch in event.stretches(festival.last_day):
            if stretch.start >= asked.end or stretch.end <= asked.start:
                continue
            began = ONGOING if stretch.start < (asked.begins if stretch.timed else asked.first) else STARTING
            section = began if stretch.certain else POSSIBLE
            if section == STARTING or not question.starting:
                found.append((not stretch.certain, stretch.start, section, stretch))
        if found:
            uncertain, start, section, best = min(found)
            shown = shown_of(festival, event, question)
            on_progress = (each for *_order, each in sorted(found, key=lambda row: row[1]) if each.showing in shown)
            parts = [(each.showing, each.certain) for each in on_progress]
            order = best.end if section == ONGOING else start
            certainty = "possible" if uncertain else "certain"
            rows.append((section, order, number, certainty, (best.showing, best.start, best.end), parts))
        elif event.undated == "when: permanent" and not question.starting:
            rows.append((PERMANENT, 0, number, "permanent", None, []))
        elif event.undated and not any(question.days) and not question.starting:
            certainty = "reported" if "reported" in event.undated else "unannounced"
            rows.append((UNDATED, 0, number, certainty, None, []))
    return [
        Answer(f"e{number}", certainty, section, speaks, shown_of(festival, festival.events[number], question), parts)
        for section, _order, number, certainty, speaks, parts in sorted(rows)
    ]


def shown_of(festival: Festival, event: Made, question: EventQuery) -> list[str]:
    """Return the ids of the showings that come with an answer: of a repeating event those in the days asked."""
    if not event.every:
        return [shown.id for shown in event.showings]
    asked = window(question if any(question.days) else EventQuery(first=festival.first, last=festival.last))
    stretches = event.stretches(festival.last_day)
    return [each.showing for each in stretches if each.start < asked.last and each.end > asked.first]


def given_by(listed: ListedEvent) -> Answer:
    speaks = None
    if listed.start_minute is not None and listed.end_minute is not None:
        showing = listed.showing.id if listed.showing else "?"
        speaks = (showing, listed.start_minute, listed.end_minute)
    showings = [showing.id for showing in listed.showings]
    parts = [(part.showing.id, part.certain) for part in listed.parts]
    return Answer(listed.event.id, listed.certainty, listed.section, speaks, showings, parts)


DAYS = st.dates(date(2024, 2, 20), date(2024, 3, 8))
CLOCK = st.sampled_from([(0, 30), (4, 59), (5, 0), (5, 1), (12, 0), (19, 0), (22, 45), (23, 0), (23, 30)])
NIGHT_OF_THE_CLOCKS = [datetime.combine(date(2024, 2, 29), time(hour, 30)) for hour in (20, 21, 22, 23)]
WALLS = st.sampled_from(NIGHT_OF_THE_CLOCKS) | st.builds(
    lambda day, clock: datetime.combine(day, time(*clock)),
    DAYS,
    CLOCK | st.tuples(st.integers(0, 23), st.integers(0, 59)),
)
LENGTHS = st.sampled_from([1, 30, 60, 90, 300, 360, 1_440, 4_000]).map(lambda n: timedelta(minutes=n))


@st.composite
def showings(draw: st.DrawFn, *, name: str = "", may_open: bool = True) -> Shown:
    """Draw whole days or moments, with an end, without one, or with an open one."""
    start = draw(DAYS | WALLS)
    open_end = may_open and draw(st.integers(0, 3)) == 0
    if open_end or draw(st.booleans()):
        return Shown(name, start, open_end=open_end)
    length = draw(LENGTHS) if isinstance(start, datetime) else draw(st.integers(0, 9)) * DAY
    return Shown(name, start, start + length)


@st.composite
def events(draw: st.DrawFn, *, may_repeat: bool) -> Made:
    """Draw an event that says when in any of the ways."""
    category = draw(st.sampled_from(["opera", "talk"]))
    way = draw(st.sampled_from(["one", "one", "several", "repeats", "undated"]))
    if way == "undated":
        return Made(
            category, undated=draw(st.sampled_from(["when: permanent", "when: unannounced", "reported: 2024-02-25"]))
        )
    if way == "repeats" and may_repeat:
        first = draw(showings(may_open=False))
        return Made(category, [first], draw(st.integers(1, 7)), draw(st.integers(1, 12)))
    if way == "several":
        drawn = [draw(showings(name=f"s{n}")) for n in range(draw(st.integers(2, 4)))]
        apart = {min(s.start for s in each.stretches(category, date.min)): each for each in drawn}
        return Made(category, list(apart.values()))
    shown = draw(showings())
    disputed = draw(st.none() | st.tuples(st.sampled_from(["start", "end"]), DAYS))
    return Made(category, [shown], disputed=disputed)


@st.composite
def festivals(draw: st.DrawFn) -> Festival:
    """Draw a programme, with days of its own or without."""
    has_days = draw(st.booleans())
    made = draw(st.lists(events(may_repeat=has_days), min_size=1, max_size=8))
    if not has_days:
        return Festival(made, None, None)
    return Festival(made, date(2024, 2, 10), draw(st.dates(date(2024, 3, 8), date(2024, 3, 20))))


def aware(minute: int) -> datetime:
    """Return the moment that is *minute* minutes after 1970, as the clocks of Almaty show it."""
    clocks_moved = CLOCKS_GO_BACK.replace(tzinfo=EARLY).timestamp() // 60
    return datetime.fromtimestamp(minute * 60, EARLY if minute < clocks_moved else LATE)


@st.composite
def questions(draw: st.DrawFn, festival: Festival) -> EventQuery:
    """Draw a day, a range that may be open, a moment, or all from a moment on; moments often at an edge."""
    edges = [edge for event in festival.events for s in event.stretches(festival.last_day) for edge in (s.start, s.end)]
    moments = (st.sampled_from([0, *edges]).filter(bool) | WALLS.map(minutes)).flatmap(
        lambda minute: st.sampled_from([minute - 1, minute, minute, minute + 60]).map(aware)
    )
    starting = draw(st.integers(0, 3)) == 0
    way = draw(st.sampled_from(["day", "range", "moment", "since"]))
    if way == "moment":
        return EventQuery(moment=draw(moments), starting=starting)
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 9).map(lambda n: first + n * DAY))
    if way == "since":
        since = draw(moments)
        last = last and max(last, day_of(since.replace(tzinfo=None)))
        return EventQuery(since=since, last=last, starting=starting)
    if way == "day":
        return EventQuery(first=first, last=first, starting=starting)
    return EventQuery(first=draw(st.sampled_from([first, first, None])), last=last, starting=starting)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Festival, list[EventQuery]]:
    festival = draw(festivals())
    return festival, draw(st.lists(questions(festival), min_size=4, max_size=8))


@settings(max_examples=3 * settings().max_examples)
@given(case=cases())
def test_what_is_on_is_what_the_model_says(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[Festival, list[EventQuery]]
) -> None:
    festival, asked = case
    folder = tmp_path_factory.mktemp("festival")
    (folder / "p.yaml").write_text(festival.text(), encoding="utf-8")

    catalogue = Catalogue(folder / "p.yaml", folder=folder / "cache")

    for question in asked:
        assert [given_by(each) for each in catalogue.events(question)] == expected(festival, question)
