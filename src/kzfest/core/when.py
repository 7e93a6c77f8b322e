"""What a visitor writes for a day or a range of days, read as dates: "17 dec", "weekend", "15–17 желтоқсан".

The tokens of one day (`datewords.py`) become a mapping, `Side`, and the kinds in it decide what it
means, in whatever order and language they came.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kzfest.core.datewords import DASH, UNTIL, ReadingError, Token, day_name, quoted, tokens_of
from kzfest.core.daynames import weekdays
from kzfest.core.days import Days, festival_day
from kzfest.core.errors import UsageError, one_of
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = ("17 dec", "17.12.2023", "2023-12", "saturday", "weekend", "+3d", "15..17 dec")
YEARS_AROUND = 12
"""How far around now and the programme's ends a year is looked for: leap years are up to 8 years apart,
and any other day falls on a given weekday at least once in 12."""

Side: TypeAlias = dict[str, int]
"""What is said of one day, or of one end of a range: kind to value, with kinds like day, month and shift."""
Span: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_DATE_KINDS = {"day", "month", "year", "weekday", "guessed"}


class _Known(NamedTuple):
    """What relative words, open ends and missing years go by."""

    today: date
    first: date | None
    last: date | None

    def gap(self, span: Span) -> timedelta:
        """Return how far *span* is from the programme's days: zero where they meet."""
        after = span[0] - (self.last or date.max)
        before = (self.first or date.min) - span[1]
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
    first: date
    last: date
    dated: Span
    """The part that was said as dates: what counts from now is no hint at the programme's year."""

    def misfit(self) -> tuple[date, int] | None:
        """Return a day that is not the weekday it is said to be, and that weekday."""
        for side, day in ((self.left, self.first), (self.right, self.last)):
            if side.keys() > {"day", "weekday"} and day.weekday() != side["weekday"]:
                return day, side["weekday"]
        return None

    def inferred(self) -> bool:
        """Whether anything was filled in."""
        return any(not _is_date(side) or "guessed" in side for side in (self.left, self.right))


def read_when(text: str, *, now: datetime, first: date | None, last: date | None) -> Days:
    """Return the days that *text* names, in a programme that covers *first* to *last*.

    *now* is aware, in the programme's zone. A year that is not said is the programme's, not this one:

    >>> from datetime import timezone
    >>> now = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    >>> days = read_when("15–17 желтоқсан", now=now, first=date(2023, 12, 1), last=date(2024, 1, 31))
    >>> print(days.first, days.last, days.inferred)
    2023-12-15 2023-12-17 True
    """
    try:
        sides = _sides(tokens_of(text))
        days = _days(sides, _Known(festival_day(now), first, last))
    except ReadingError as reason:
        raise _usage_error(text, str(reason)) from None
    except OverflowError:
        raise _usage_error(text, _("they are outside the years 1 to 9999")) from None
    return days._replace(moment=now) if sides == [{"now": 0}] else days


def _usage_error(text: str, why: str) -> UsageError:
    """Return the error for *text*, with what would have been understood."""
    message = _("{text} cannot be read as days: {why}; write for example {examples}")
    return UsageError(message.format(text=quoted(text), why=why, examples=one_of(EXAMPLES)))


def _unclear() -> ReadingError:
    """Return the reason for words that are known, and together mean nothing or too much."""
    return ReadingError(_("it is not clear which ones are meant"))


# From tokens to the day, or the two ends, that they name


def _sides(tokens: list[Token]) -> list[Side]:
    """Return what is said of the day, or of both ends of a range: nothing, where that end is open."""
    tokens = _with_range_marked(tokens)
    sides: list[Side] = [{}]
    for kind, value in tokens:
        if kind == "to":
            sides.append({})
        elif kind in sides[-1]:
            raise _unclear()
        else:
            sides[-1][kind] = value
    sides = [_without_idle_in(side) for side in sides]
    if len(sides) > 2 or sides.count({}) > tokens.count(UNTIL):
        raise _unclear()
    return sides


def _with_range_marked(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with one mark between the ends of the range, if it is one.

    "From" without "to" leaves the end open; «дейін» (until, which comes last), the beginning.
    """
    mark = [] if UNTIL in tokens or DASH in tokens else [UNTIL]
    if tokens and tokens[0][0] == "from":
        return [*tokens[1:], *mark]
    if tokens and tokens[-1][0] == "till":
        return [*mark, *tokens[:-1]]
    return tokens


def _without_idle_in(side: Side) -> Side:
    """Return *side* without the "in" of "in december", which says nothing; that of "in 3 days" does."""
    return side if "count" in side else {kind: value for kind, value in side.items() if kind != "in"}


def _is_date(side: Side) -> bool:
    """Whether *side* is said as a date; a weekday alone counts from now."""
    return side.keys() <= _DATE_KINDS and side.keys() != {"weekday"}


def _shared(side: Side, other: Side) -> Side:
    """Return *side* with the month and year that only the *other* end says, as in 15..17 dec 2023."""
    if not _is_date(side) or not _is_date(other):
        return side
    if "day" in side and "month" not in side and "day" not in other:
        raise _unclear()  # "17 - december": one day, or the rest of the month?
    shared = {"month", "year", "guessed"} if "day" in side else {"year", "guessed"}
    return {kind: value for kind, value in other.items() if kind in shared} | side


def _closed(side: Side, end: date | None) -> Side:
    """Return *side*, or the programme's *end* where it is open."""
    if side:
        return side
    if end is None:
        raise ReadingError(_("this programme has no days to end an open range"))
    return {"fixed": end.toordinal()}


# From there to days


def _days(sides: list[Side], known: _Known) -> Days:
    """Return the days that *sides* name, with the best guess at what they leave out."""
    left, right = _closed(sides[0], known.first), _closed(sides[-1], known.last)
    pairs = _filled(_shared(left, right), _shared(right, left), known)
    wrapped = (_wrapped(*pair, left, right) for pair in pairs)
    guesses = [guess for pair in wrapped if (guess := _guess(*pair, known.today))]
    if not guesses:
        raise _impossible(_shared(left, right), _shared(right, left))
    forward = [guess for guess in guesses if guess.first <= guess.last]
    if not forward:
        raise ReadingError(_("the range ends before it begins"))
    return _best(forward, known)


def _filled(left: Side, right: Side, known: _Known) -> Iterator[tuple[Side, Side]]:
    """Yield *left* and *right* with each year, and for a bare day each month, that may be meant."""
    lacking = [side for side in (left, right) if _is_date(side) and "year" not in side]
    months = range(1, 13) if any("month" not in side for side in lacking) else [0]
    for year in known.years() if lacking else [0]:
        for month in months:
            guess = {"year": year, "month": month, "guessed": 1}
            yield guess | left if left in lacking else left, guess | right if right in lacking else right


def _wrapped(left: Side, right: Side, said_left: Side, said_right: Side) -> tuple[Side, Side]:
    """Return both ends, with the turn of the year between them where the months say so: 15 dec - 3 jan."""
    if left.get("year") != right.get("year") or left.get("month", 1) <= right.get("month", 12):
        return left, right
    if "year" not in said_right:
        return left, right | {"year": right["year"] + 1, "guessed": 1}
    if "year" not in said_left:
        return left | {"year": left["year"] - 1, "guessed": 1}, right
    return left, right


def _guess(left: Side, right: Side, today: date) -> _Guess | None:
    """Return the range from *left* to *right*, or None where the calendar has no such days."""
    start = _span(left, today, today)
    end = start and _span(right, today, max(today, start[0]))
    if not start or not end:
        return None
    dated = (start if _is_date(left) else end)[0], (end if _is_date(right) else start)[1]
    return _Guess(left, right, start[0], end[1], dated)


def _best(guesses: list[_Guess], known: _Known) -> Days:
    """Return the likeliest of *guesses*: in the programme's days, then on the weekday said, then near.

    Of several in the programme's days it is the next from now, else the latest.
    """

    def rank(guess: _Guess) -> tuple[bool, bool, timedelta, bool, timedelta]:
        gap, last = known.gap(guess.dated), guess.dated[1]
        return bool(gap), guess.misfit() is not None, gap, last < known.today, abs(last - known.today)

    best = min(guesses, key=rank)
    if misfit := best.misfit():
        raise _contradiction(*misfit)
    return Days(best.first, best.last, best.inferred())


def _contradiction(day: date, said: int) -> ReadingError:
    """Return the reason why *day* cannot be the weekday that was *said*."""
    name = day_name(day.day, day.month, day.year)
    weekday, wrong = weekdays()[day.weekday()], weekdays()[said]
    return ReadingError(_("{day} is a {weekday}, not a {wrong}").format(day=name, weekday=weekday, wrong=wrong))


def _impossible(left: Side, right: Side) -> Exception:
    """Return the reason why neither guess nor calendar has days for *left* and *right*."""
    for side in filter(_is_date, (left, right)):
        year, month, day = side.get("year"), side.get("month"), side.get("day")
        if not _dated(year or 2000, month, day):
            return ReadingError(_("there is no {day}").format(day=day_name(day, month, year)))
    return OverflowError()


# From one side to its days


def _span(side: Side, today: date, after: date) -> Span | None:
    """Return the days of *side*, or None where the calendar has none such.

    Relative words count from *today*; a weekday from *after*, which is later where it ends a range.
    """
    match sorted(side.keys() - {"guessed"}):
        case ["year"] | ["month", "year"] | ["day", "month", "year"] | ["day", "month", "weekday", "year"]:
            return _dated(side["year"], side.get("month"), side.get("day"))
        case ["now"] | ["shift"] | ["after", "days", "shift"]:
            day = today + timedelta(days=side.get("shift", 0) + side.get("after", 0))
        case ["count", "days", "in" | "sign"]:
            day = today + timedelta(days=side["count"] * side.get("sign", 1))
        case ["count", "in" | "sign", "week"] | ["sign", "week"]:
            day = today + timedelta(weeks=side.get("count", 1) * side.get("sign", 1))
        case ["weekday"]:
            day = after + timedelta(days=(side["weekday"] - after.weekday()) % 7)
        case ["fixed"]:
            day = date.fromordinal(side["fixed"])
        case _:
            return _stretch(side, today)
    return day, day


def _stretch(side: Side, today: date) -> Span | None:
    """Return the days of *side*, which counts weeks, months or years from those of *today*."""
    which = side.get("which", 0)
    monday = today + timedelta(days=7 * which - today.weekday())
    match sorted(side):
        case ["week", "which"]:
            return monday, monday + timedelta(days=6)
        case ["weekend"] | ["weekend", "which"]:
            return monday + timedelta(days=5), monday + timedelta(days=6)
        case ["weekday", "which"] | ["week", "weekday", "which"]:
            day = monday + timedelta(days=side["weekday"])
            return day, day
        case ["months", "which"]:
            months = today.year * 12 + today.month - 1 + which
            return _dated(months // 12, months % 12 + 1)
        case ["which", "years"]:
            return _dated(today.year + which)
    raise _unclear()


def _dated(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    """Return a day, or all days of a month or a year; None where the calendar has none such."""
    first = _day(year, month or 1, 1 if day is None else day)
    if first is None:
        return None
    if day is not None:
        return first, first
    lasts = (_day(year, month or 12, last) for last in (31, 30, 29, 28))
    return first, next(filter(None, lasts))


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, or None where it has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
