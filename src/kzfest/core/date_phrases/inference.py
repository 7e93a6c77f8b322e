"""Infer what a phrase leaves out: the year, the month, and the turn of the year within a range."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.date_phrases.spans import (
    PARTS_OF_A_MONTH,
    DaySpan,
    Side,
    calendar_days,
    dated,
    is_date,
    is_said_twice,
    other_words,
    span,
)
from kzfest.core.date_phrases.tokenizer import ReadingError, disagreement, unclear
from kzfest.core.errors import one_of
from kzfest.core.festival_day import ONE_DAY, DateRange, festival_day
from kzfest.i18n import _, day_name, weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS_AROUND = 12
"""Years to try before and after now and the programme's days. Leap years are up to 8 years apart, and any other date
falls on a given weekday at least once in 12."""

_WEEKS_OF_EACH_YEAR = 52
"""Some years have a 53rd week."""
_NAMED_AT_MOST = 3
"""How many possible dates an error message names."""


class DateContext(NamedTuple):
    """What relative words, open ranges and missing years depend on: now and the programme's days."""

    now: datetime
    first: date | None
    last: date | None

    @property
    def today(self) -> date:
        """The festival day of now."""
        return festival_day(self.now)

    def gap(self, days: DaySpan) -> timedelta:
        """Return the distance from *days* to the programme's days: zero if they overlap."""
        after = days[0] - (self.last or date.max)
        before = (self.first or date.min) - days[1]
        return max(after, before, timedelta(0))

    def years(self) -> list[int]:
        """Return the candidates for a missing year."""
        years = {day.year for day in (self.today, self.first, self.last) if day}
        near = {year + offset for year in years for offset in range(-YEARS_AROUND, YEARS_AROUND + 1)}
        return [year for year in sorted(near) if MINYEAR <= year <= MAXYEAR]


class RangeOptions(NamedTuple):
    """How to read a range, beside its days."""

    in_a_row: bool = False
    """Whether the days must be consecutive: "16 and 17 december"."""
    ends_before: bool = False
    """Whether the range excludes its last side: "until january"."""
    looks_back: bool = False
    """Whether the day must be in the past: "since monday"."""
    bare: bool = False
    """Whether the phrase is a number only, without a hint at the month."""


NOTHING_MORE = RangeOptions()


class _Guess(NamedTuple):
    """The sides of a phrase with one choice of the missing years and months."""

    sides: list[Side]
    spans: list[DaySpan]

    @property
    def dated(self) -> DaySpan:
        """The range of the sides that are dates; relative words are no hint at the year."""
        spans = [span for side, span in zip(self.sides, self.spans, strict=True) if is_date(side)] or self.spans
        return spans[0][0], spans[-1][1]

    def misfit(self) -> tuple[date, int] | None:
        """Return a date that contradicts the weekday beside it, and that weekday; else None."""
        for side, (day, _last) in zip(self.sides, self.spans, strict=True):
            if side.keys() > {"day", "weekday"} and day.weekday() != side["weekday"]:
                return day, side["weekday"]
        return None

    def days(self, asked: RangeOptions) -> DateRange:
        """Return the range; it is inferred if anything was assumed. Raises ReadingError if it ends before it begins."""
        last = self.spans[-1][0] - ONE_DAY if asked.ends_before else self.spans[-1][1]
        if last < self.spans[0][0]:
            raise _backwards(self.sides)
        return DateRange(self.spans[0][0], last, any(not is_date(side) or "guessed" in side for side in self.sides))


def likeliest_days(sides: list[Side], known: DateContext, asked: RangeOptions = NOTHING_MORE) -> DateRange:
    """Return the days that *sides* name together, with the best guess at what they leave out. Raises ReadingError.

    One side is a day or a period, two are a range, more are a list.
    """
    said = [dated(side, known.today) for side in sides]
    sides = [_with_year(side, known) for side in _shared(said)]
    wrapped = (_wrapped(filled, said) for filled in _filled(sides, known))
    guesses = [guess for each in wrapped if (guess := _guess(each, known.today, asked))]
    if not guesses:
        raise _impossible(sides, known)
    if any(side.get("isoweek", 0) > _WEEKS_OF_EACH_YEAR and "year" not in side for side in sides):
        raise unclear()
    forward = [guess for guess in guesses if guess.spans[0][0] <= guess.spans[-1][1]]
    if not forward:
        raise _backwards(said)
    fitting = [
        guess
        for guess in forward
        if not asked.in_a_row or all(one[1] + ONE_DAY == other[0] for one, other in pairwise(guess.spans))
    ]
    if not fitting:
        raise ReadingError(_("these days are not consecutive, ask for each of them"))
    _refuse_two_meanings(fitting, sides, known, asked)
    best = _best(fitting, known, asked)
    if asked.looks_back and "month" not in said[0] and best.first >= known.today:
        raise unclear()
    return best


def _backwards(said: list[Side]) -> ReadingError:
    if "day" in said[-1] and "month" not in said[-1]:
        return ReadingError(_("the range ends before it begins, write the month of each day"))
    return ReadingError(_("the range ends before it begins"))


def _shared(sides: list[Side]) -> list[Side]:
    """Give each of *sides* the month, year and week that only its neighbour has, the next one first: "15..17 dec"."""
    shared = list(sides)
    for at in reversed(range(len(sides) - 1)):
        shared[at] = _with_shared(shared[at], shared[at + 1])
    for at in range(1, len(sides)):
        shared[at] = _with_shared(shared[at], shared[at - 1])
    return shared


def _with_shared(side: Side, other: Side) -> Side:
    """Return *side* with the month, year or week that only *other* has: "mon to wed next week"."""
    if side.keys() == {"which"} and other.keys() > {"which"}:  # this and next week
        return other | side
    is_of_week = side.keys() == {"weekday"} and other.keys() == {"which", "week", "weekday"}
    if is_of_week and side["weekday"] < other["weekday"]:
        return other | side
    if not is_date(side) or not is_date(other):
        return side
    if "day" in side and "month" not in side and not other.keys() & {"day", "counted"}:
        raise unclear()  # "17 - december": one day, or the rest of the month?
    shared = {"month", "year", "guessed"} if side.keys() & {"day", "counted"} else {"year", "guessed"}
    return {kind: value for kind, value in other.items() if kind in shared} | side


def _with_year(side: Side, known: DateContext) -> Side:
    """Return *side* with its year if it counts within a month or day of that year: "the fifth sunday of may"."""
    plain = {kind: value for kind, value in side.items() if kind in {"day", "month"}}
    if "month" not in side or "year" in side or is_said_twice(side) or not side.keys() & PARTS_OF_A_MONTH:
        return side
    return side | {"year": likeliest_days([plain], known).first.year, "guessed": 1}


def _filled(sides: list[Side], known: DateContext) -> Iterator[list[Side]]:
    """Yield *sides* with each candidate for the missing year, and for a day without a month each month."""
    lacking = [is_date(side) and "year" not in side for side in sides]
    months = range(1, 13) if any("day" in side and "month" not in side for side in sides) else [0]
    for year in known.years() if any(lacking) else [0]:
        for month in months:
            yield [
                {"year": year, "guessed": 1} | ({"month": month} if "day" in side else {}) | side if lacks else side
                for side, lacks in zip(sides, lacking, strict=True)
            ]


def _wrapped(filled: list[Side], said: list[Side]) -> list[Side]:
    """Return *filled* with another year on one side if the months show the turn of the year: "15 dec - 3 jan".

    The other sides follow the last side if that has a year in the phrase, else the first.
    """
    backwards = "year" in said[-1]
    wrapped = list(filled)
    for at in reversed(range(len(wrapped) - 1)) if backwards else range(1, len(wrapped)):
        near = wrapped[at + 1 if backwards else at - 1]
        side = wrapped[at]
        if "year" in said[at] or "year" not in side or "year" not in near:
            continue
        earlier, later = (side, near) if backwards else (near, side)
        turn = earlier.get("month", 1) > later.get("month", 12)
        year = near["year"] + (-turn if backwards else turn)
        if year != side["year"]:
            wrapped[at] = side | {"year": year, "guessed": 1}
    return wrapped


def _guess(sides: list[Side], today: date, asked: RangeOptions) -> _Guess | None:
    """Return the days of *sides*, or None if the calendar does not have them."""
    spans: list[DaySpan] = []
    for at, side in enumerate(sides):
        again = at > 0 and side.keys() == {"weekday"} and side == sides[at - 1]  # "sat to sat" takes a week
        after = max(today, spans[-1][0] + ONE_DAY * again) if spans else today
        found = span(side, today, after - 6 * ONE_DAY if asked.looks_back else after)
        if found is None:
            return None
        spans.append(found)
    return _Guess(sides, spans)


def _refuse_two_meanings(guesses: list[_Guess], sides: list[Side], known: DateContext, asked: RangeOptions) -> None:
    """Refuse a day without a month if several months of the programme have it and none of them is clearly next."""
    first, last = known.first, known.last
    if first is None or last is None or not all("day" in side and "month" not in side for side in sides):
        return
    if asked.looks_back or (first <= known.today <= last and not asked.bare):
        return
    fitting = [guess.dated for guess in guesses if not guess.misfit()]
    meant = sorted(days for days in fitting if first <= days[0] <= days[1] <= last)
    if len(meant) > 1:
        named = [dates_of(days) if n < _NAMED_AT_MOST else "…" for n, days in enumerate(meant[: _NAMED_AT_MOST + 1])]
        raise ReadingError(_("it may be {days}").format(days=one_of(named)))


def dates_of(days: DaySpan) -> str:
    """Return *days* as text: one date, or the first and the last."""
    return " – ".join(dict.fromkeys(map(_date, days)))


def _date(day: date) -> str:
    return day_name(day.day, day.month, day.year)


def _best(guesses: list[_Guess], known: DateContext, asked: RangeOptions) -> DateRange:
    """Return the likeliest of *guesses*: in the programme's days, then on the right weekday, then near now.

    Of several in the programme's days, the next from now wins, else the latest; with `looks_back`, the latest past one.
    """

    def rank(guess: _Guess) -> tuple[bool, bool, timedelta, bool, timedelta]:
        gap, last = known.gap(guess.dated), guess.dated[1]
        wrong_way = last > known.today if asked.looks_back else last < known.today
        return bool(gap), guess.misfit() is not None, gap, wrong_way, abs(last - known.today)

    best = min(guesses, key=rank)
    if misfit := best.misfit():
        day, said = misfit
        weekday, wrong = weekdays()[day.weekday()], weekdays()[said]
        message = _("{day} is a {weekday}, not a {wrong}")
        raise ReadingError(message.format(day=_date(day), weekday=weekday, wrong=wrong))
    return best.days(asked)


def _impossible(sides: list[Side], known: DateContext) -> Exception:
    """Return the error for *sides* that no calendar has; OverflowError if their year is out of range."""
    for side in filter(is_date, sides):
        if "isoweek" in side:
            return unclear()
        year, month, day = side.get("year"), side.get("month"), side.get("day")
        if day is not None and not calendar_days(year or 2000, month, day):
            return ReadingError(_("there is no {day}").format(day=day_name(day, month, year)))
    for side in filter(is_said_twice, sides):
        meant = span(other_words(side), known.today, known.today)
        days = likeliest_days([{kind: side[kind] for kind in ("day", "month", "year") if kind in side}], known)
        if meant:
            return disagreement(dates_of(meant), dates_of((days.first, days.last)))
    return OverflowError()
