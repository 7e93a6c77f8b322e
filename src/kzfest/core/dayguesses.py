"""What a visitor leaves out of a day, filled in: the year, the month, and the turn of the year inside a range."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.datetokens import ReadingError
from kzfest.core.daynames import day_name, weekdays
from kzfest.core.days import ONE_DAY, Days, festival_day
from kzfest.core.dayspans import Side, Span, calendar_days, dated, is_date, span, unclear
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS_AROUND = 12
"""How far around now and the programme's ends a year is looked for: leap years are up to 8 years apart,
and any other day falls on a given weekday at least once in 12."""


class Known(NamedTuple):
    """What relative words, open ends and missing years go by."""

    now: datetime
    first: date | None
    last: date | None

    @property
    def today(self) -> date:
        """The festival day of now."""
        return festival_day(self.now)

    def gap(self, days: Span) -> timedelta:
        """Return how far *days* are from the programme's: zero where they meet."""
        after = days[0] - (self.last or date.max)
        before = (self.first or date.min) - days[1]
        return max(after, before, timedelta(0))

    def years(self) -> list[int]:
        """Return the years that may be meant where none is said."""
        years = {day.year for day in (self.today, self.first, self.last) if day}
        near = {year + offset for year in years for offset in range(-YEARS_AROUND, YEARS_AROUND + 1)}
        return [year for year in sorted(near) if MINYEAR <= year <= MAXYEAR]


class _Guess(NamedTuple):
    """Both ends of a range, or a day as both, with one way to fill in what was not said."""

    left: Side
    right: Side
    start: Span
    end: Span

    @property
    def dated(self) -> Span:
        """The part that was said as dates: what counts from now is no hint at the programme's year."""
        return (self.start if is_date(self.left) else self.end)[0], (self.end if is_date(self.right) else self.start)[1]

    def misfit(self) -> tuple[date, int] | None:
        """Return a day that is not the weekday it is said to be, and that weekday."""
        for side, (day, _last) in ((self.left, self.start), (self.right, self.end)):
            if side.keys() > {"day", "weekday"} and day.weekday() != side["weekday"]:
                return day, side["weekday"]
        return None

    def days(self) -> Days:
        """Return the range, which is inferred where anything was filled in."""
        sides = (self.left, self.right)
        return Days(self.start[0], self.end[1], any(not is_date(side) or "guessed" in side for side in sides))


def likeliest_days(left: Side, right: Side, known: Known, *, in_a_row: bool = False) -> Days:
    """Return the days from *left* to *right*, with the best guess at what they leave out."""
    left, right = dated(left, known.today), dated(right, known.today)
    pairs = _filled(_shared(left, right), _shared(right, left), known)
    wrapped = (_wrapped(*pair, left, right) for pair in pairs)
    guesses = [guess for pair in wrapped if (guess := _guess(*pair, known.today))]
    if not guesses:
        raise _impossible(_shared(left, right), _shared(right, left))
    forward = [guess for guess in guesses if guess.start[0] <= guess.end[1]]
    if not forward:
        raise ReadingError(_("the range ends before it begins"))
    fitting = [guess for guess in forward if not in_a_row or guess.start[1] + ONE_DAY == guess.end[0]]
    if not fitting:
        raise ReadingError(_("these days are not in a row, ask for each of them"))
    return _best(fitting, known)


def _shared(side: Side, other: Side) -> Side:
    """Return *side* with the month and year that only the *other* end says, as in 15..17 dec 2023."""
    if not is_date(side) or not is_date(other):
        return side
    if "day" in side and "month" not in side and "day" not in other:
        raise unclear()  # "17 - december": one day, or the rest of the month?
    shared = {"month", "year", "guessed"} if "day" in side else {"year", "guessed"}
    return {kind: value for kind, value in other.items() if kind in shared} | side


def _filled(left: Side, right: Side, known: Known) -> Iterator[tuple[Side, Side]]:
    """Yield *left* and *right* with each year, and for a bare day each month, that may be meant."""
    lacking = [side for side in (left, right) if is_date(side) and "year" not in side]
    months = range(1, 13) if any("month" not in side for side in lacking) else [0]
    for year in known.years() if lacking else [0]:
        for month in months:
            guess = {"year": year, "month": month, "guessed": 1}
            yield guess | left if left in lacking else left, guess | right if right in lacking else right


def _wrapped(left: Side, right: Side, said_left: Side, said_right: Side) -> tuple[Side, Side]:
    """Return both ends, with the turn of the year between them where the months say so: 15 dec - 3 jan."""
    year = left.get("year")
    if year is None or year != right.get("year") or left.get("month", 1) <= right.get("month", 12):
        return left, right
    if "year" not in said_right:
        return left, right | {"year": year + 1, "guessed": 1}
    if "year" not in said_left:
        return left | {"year": year - 1, "guessed": 1}, right
    return left, right


def _guess(left: Side, right: Side, today: date) -> _Guess | None:
    """Return the range from *left* to *right*, or None where the calendar has no such days."""
    start = span(left, today, today)
    end = start and span(right, today, max(today, start[0]))
    return _Guess(left, right, start, end) if start and end else None


def _best(guesses: list[_Guess], known: Known) -> Days:
    """Return the likeliest of *guesses*: in the programme's days, then on the weekday said, then near.

    Of several in the programme's days it is the next from now, else the latest.
    """

    def rank(guess: _Guess) -> tuple[bool, bool, timedelta, bool, timedelta]:
        gap, last = known.gap(guess.dated), guess.dated[1]
        return bool(gap), guess.misfit() is not None, gap, last < known.today, abs(last - known.today)

    best = min(guesses, key=rank)
    if misfit := best.misfit():
        raise _contradiction(*misfit)
    return best.days()


def _contradiction(day: date, said: int) -> ReadingError:
    """Return the reason why *day* cannot be the weekday that was *said*."""
    name = day_name(day.day, day.month, day.year)
    weekday, wrong = weekdays()[day.weekday()], weekdays()[said]
    return ReadingError(_("{day} is a {weekday}, not a {wrong}").format(day=name, weekday=weekday, wrong=wrong))


def _impossible(left: Side, right: Side) -> Exception:
    """Return the reason why neither guess nor calendar has days for *left* and *right*."""
    for side in filter(is_date, (left, right)):
        year, month, day = side.get("year"), side.get("month"), side.get("day")
        if day is not None and not calendar_days(year or 2000, month, day):
            return ReadingError(_("there is no {day}").format(day=day_name(day, month, year)))
    return OverflowError()
