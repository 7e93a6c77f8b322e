"""What a visitor writes for a day or a range of days, read as dates: "17 dec", "weekend", "15–17 желтоқсан".

The tokens of one day (`datetokens.py`) become a mapping, `Side`, and the kinds in it decide what it
means (`dayspans.py`), in whatever order and language they came; what is left out is guessed (`dayguesses.py`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from kzfest.core.datetokens import ReadingError, tokens_of
from kzfest.core.datewords import AND, BETWEEN, DASH, FROM, NOW, UNTIL, Token
from kzfest.core.dayguesses import Known, likeliest_days
from kzfest.core.days import ONE_DAY, Days
from kzfest.core.dayspans import Side, unclear
from kzfest.core.errors import UsageError, one_of
from kzfest.core.layouts import relaid
from kzfest.core.texts import quoted
from kzfest.core.words import _

if TYPE_CHECKING:
    from datetime import date, datetime

_WORD = re.compile(r"[^\W\d_]{3}")
"""What tells a text in another keyboard layout: «в» may be any slip of the finger, «дек» is none."""

_SAID_BY = {
    "days": {"day", "weekday", "weekend", "shift"},
    "months": {"month"},
    "years": {"year"},
    "which": {"coming"},
}
"""Kinds that say nothing beside others: «17 желтоқсан күні», "this coming sunday"."""


def read_when(text: str, *, now: datetime, first: date | None, last: date | None) -> Days:
    """Return the days that *text* names, in a programme that covers *first* to *last*.

    *now* is aware, in the programme's zone. A year that is not said is the programme's, not this one:

    >>> from datetime import date, datetime, timezone
    >>> now = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    >>> days = read_when("15–17 желтоқсан", now=now, first=date(2023, 12, 1), last=date(2024, 1, 31))
    >>> print(days.first, days.last, days.inferred)
    2023-12-15 2023-12-17 True
    """
    known = Known(now, first, last)
    try:
        return _read(text, known)
    except ReadingError as reason:
        for meant in filter(_WORD.search, relaid(text)):
            with suppress(ReadingError):
                return _read(meant, known)
        raise _usage_error(text, str(reason)) from None


def examples() -> list[str]:
    """Return what may be written for days, in the language that is spoken."""
    return _("17 dec | 17.12.2023 | 2023-12 | saturday | weekend | +3d | 15..17 dec").split(" | ")


def _usage_error(text: str, why: str) -> UsageError:
    """Return the error for *text*, with what would have been understood."""
    message = _("{text} cannot be read as days: {why}; write for example {examples}")
    return UsageError(message.format(text=quoted(text), why=why, examples=one_of(examples())))


def _read(text: str, known: Known) -> Days:
    """Return the days that *text* names. Raises ReadingError."""
    try:
        return _range(_in_english_order(tokens_of(text)), known)
    except OverflowError:
        raise ReadingError(_("they are outside the years 1 to 9999")) from None


# Ranges, open and closed


def _in_english_order(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with what Kazakh says after a day before it, and with a mark for what "from" leaves open.

    >>> for text in (
    ...     "17 желтоқсанға дейін",
    ...     "15-нен 17 желтоқсанға дейін",
    ...     "17 желтоқсаннан кейін",
    ...     "3 күннен кейін",
    ...     "between 15 and 17 dec",
    ...     "from 17 dec",
    ...     "from 15 to 17 dec",
    ... ):
    ...     print(text, [f"{kind} {value}" for kind, value in _in_english_order(tokens_of(text))], sep=": ")
    17 желтоқсанға дейін: ['to 1', 'day 17', 'month 12']
    15-нен 17 желтоқсанға дейін: ['day 15', 'to 1', 'day 17', 'month 12']
    17 желтоқсаннан кейін: ['beyond 1', 'day 17', 'month 12']
    3 күннен кейін: ['count 3', 'days 1', 'sign 1']
    between 15 and 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    from 17 dec: ['day 17', 'month 12', 'to 1']
    from 15 to 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    """
    has_two_ends = UNTIL in tokens or DASH in tokens
    match tokens:
        case [*named, ("till", _)]:
            return named if has_two_ends else [UNTIL, *named]
        case [*named, ("to", 1), ("sign", way)]:  # one Kazakh word says "in" of a length, and "after" of a day
            return [*named, ("sign", way)] if _is_length(named) else [("beyond", way), *named]
    if BETWEEN in tokens and (has_two_ends or AND in tokens):
        return [UNTIL if token == AND else token for token in tokens if token != BETWEEN]
    if FROM in tokens:
        named = [token for token in tokens if token != FROM]
        return named if has_two_ends else [*named, UNTIL]
    return tokens


def _is_length(tokens: list[Token]) -> bool:
    """Whether *tokens* name a length of time, as "3 days" and "a week" do, and "next week" does not."""
    said = dict(tokens)
    return "count" in said or ("week" in said and "which" not in said)


def _range(tokens: list[Token], known: Known) -> Days:
    """Return the days that *tokens* name: one day or stretch of days, or those from one to another."""
    if opened := _open_range(tokens, known):
        return opened
    marks = [at for at, (kind, _value) in enumerate(tokens) if kind == "to"]
    match marks:
        case []:
            return _one(tokens, known)
        case [at]:
            left, right = _side(tokens[:at], "begin"), _side(tokens[at + 1 :], "end")
            return likeliest_days(left, right, known, in_a_row=tokens[at] == AND)
    raise unclear()


def _open_range(tokens: list[Token], known: Known) -> Days | None:
    """Return the days up to the programme's first or last, where *tokens* leave one end open."""
    first, last = known.first, known.last
    match tokens:
        case [("beyond", 1), *named]:
            first = _one(named, known).last + ONE_DAY
        case [("beyond", -1), *named]:
            last = _one(named, known).first - ONE_DAY
        case [("to", 1), *named]:
            last = _one(named, known, "end").last
        case [*named, ("to", 1)] | [*named, ("to", 1), ("end", _)]:
            first = _one(named, known, "begin").first
        case _:
            return None
    if first is None or last is None:
        raise ReadingError(_("this programme has no days to end an open range"))
    if first > last:
        raise ReadingError(_("the programme has no such days"))
    return Days(first, last, inferred=True)


def _one(tokens: list[Token], known: Known, edge: str = "") -> Days:
    """Return the days that *tokens* name, which make no range."""
    if tokens == [NOW]:
        return Days(known.today, known.today, inferred=True, moment=known.now)
    side = _side(tokens, edge)
    return likeliest_days(side, side, known)


# One end of a range


def _side(tokens: list[Token], edge: str = "") -> Side:
    """Return what *tokens* say of one day, or of that *edge* of a range: "until the end of december"."""
    said: Side = {}
    for kind, value in tokens:
        if kind in said:
            raise unclear()
        said[kind] = value
    side = {kind: value for kind, value in said.items() if not _is_idle(kind, said) and kind != edge}
    if not side:
        raise unclear()
    return {"which": 0} | side if edge in said and side.keys() <= {"week", "months", "years"} else side


def _is_idle(kind: str, said: Side) -> bool:
    """Whether *kind* says nothing beside what else is *said*: the "in" of "in december", not that of "in 3 days"."""
    return "count" not in said if kind == "in" else not said.keys().isdisjoint(_SAID_BY.get(kind, ()))
