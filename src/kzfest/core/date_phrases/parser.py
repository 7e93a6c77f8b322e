"""Read a day or a range of days in words: "17 dec", "weekend", "15–17 желтоқсан".

`tokenizer.py` turns text into tokens, and the tokens of one day become a mapping, `Side`. Its kinds decide the meaning
(`spans.py`), whatever their order and language. `inference.py` guesses what is left out.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.date_phrases.agreement import refuse_other_than_week, said_twice
from kzfest.core.date_phrases.day_tokens import side_of, split
from kzfest.core.date_phrases.grammar import grammar
from kzfest.core.date_phrases.inference import NOTHING_MORE, DateContext, RangeOptions, likeliest_days
from kzfest.core.date_phrases.offsets import moved
from kzfest.core.date_phrases.spans import is_said_twice
from kzfest.core.date_phrases.token_kinds import ABLATIVE, AND, DASH, NOW, THROUGH, TIGHT_COMMA, TURN, UNTIL, Token
from kzfest.core.date_phrases.tokenizer import ReadingError, tokens_of, unclear
from kzfest.core.date_phrases.word_order import in_english_order, unfinished
from kzfest.core.errors import UsageError, one_of
from kzfest.core.festival_day import ONE_DAY, DateRange, festival_day
from kzfest.core.keyboard import other_keyboard_readings
from kzfest.core.safe_text import quoted
from kzfest.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from kzfest.core.date_phrases.spans import Side

_WORD = re.compile(r"[^\W\d_]{3}")
"""Text in another keyboard layout counts only if it has a word: «дек» is one, «в» may be a typing error."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
"""A moment in ISO 8601, as in our JSON."""
_STRETCHES = {"month", "months", "year", "years", "week", "weekend", "isoweek", "decade"}
"""Kinds that name a period, unless a day stands beside them."""
_MONTHS = 12


def read_when(text: str, *, now: datetime, first: date | None, last: date | None) -> DateRange:
    """Return the days that *text* names, for a programme that covers *first* to *last*. Raises UsageError.

    *now* is aware, in the programme's time zone. A missing year is the programme's, not the current one:

    >>> from datetime import date, datetime, timezone
    >>> now = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    >>> days = read_when("15–17 желтоқсан", now=now, first=date(2023, 12, 1), last=date(2024, 1, 31))
    >>> print(days.first, days.last, days.inferred)
    2023-12-15 2023-12-17 True
    """
    known = DateContext(now, first, last)
    try:
        return _read_phrase(text, known)
    except ReadingError as reason:
        for meant in filter(_WORD.search, other_keyboard_readings(text)):
            with suppress(ReadingError):
                return _read_phrase(meant, known)
        message = _("{text} cannot be read as days: {why}; write for example {examples}")
        told = message.format(text=quoted(text), why=reason, examples=one_of(examples()))
        raise UsageError(told) from None


def examples() -> list[str]:
    """Return examples of dates in words, in the current language."""
    return _("17 dec | 17.12.2023 | 2023-12 | saturday | weekend | +3d | 15..17 dec").split(" | ")


def _read_phrase(text: str, known: DateContext) -> DateRange:
    try:
        if _MOMENT.fullmatch(text.strip()):
            return _day_of_moment(text.strip(), known)
        return _range(grammar(tokens_of(text)), known)
    except OverflowError:
        raise ReadingError(_("they are outside the years 1 to 9999")) from None


def _day_of_moment(text: str, known: DateContext) -> DateRange:
    try:
        moment = datetime.fromisoformat(text)
        day = festival_day(moment.astimezone(known.now.tzinfo) if moment.tzinfo else moment)
    except ValueError:
        raise ReadingError(_("there is no such moment")) from None
    return DateRange(day, day, inferred=True)


# Ranges, open and closed


def _range(tokens: list[Token], known: DateContext) -> DateRange:
    """Return the days that *tokens* name: a day, a period, a range or a list."""
    kinds = [kind for kind, _value in tokens]
    if kinds == ["day", "to", "day"] and tokens[1] == DASH and tokens[2][1] <= _MONTHS:
        raise ReadingError(_("it may be a date or a range of days, write the month in letters"))
    tokens = moved(tokens, lambda named: _listed(named, known, NOTHING_MORE))
    if twice := said_twice(tokens, lambda named: _range(named, known)):
        return twice
    tokens = in_english_order(tokens)
    if opened := _open_range(tokens, known):
        return opened
    marks = [at for at, token in enumerate(tokens) if token[0] == "to" and token != AND]
    if not marks:
        return _listed(tokens, known, RangeOptions(bare=kinds == ["day"]))
    at = marks[0]
    if len(marks) > 1 or tokens[at] == ABLATIVE:  # «жұмадан жексенбі» needs «дейін»
        raise unclear()
    return _closed_range(tokens[:at], tokens[at], tokens[at + 1 :], known)


def _closed_range(left: list[Token], mark: Token, right: list[Token], known: DateContext) -> DateRange:
    if AND in left or AND in right:
        raise unclear()
    if not right and mark in {UNTIL, THROUGH}:
        raise unfinished()
    named = [token for token in left if token[0] not in {"week", "weekend", "commencing"} or "day" not in dict(left)]
    start, end = side_of(named, "begin"), side_of(right, "end")
    same = bool(start.keys() & end.keys() & _STRETCHES) and "day" not in start
    ends_before = mark == UNTIL and not same and _is_turn_or_stretch(right, end)
    days = likeliest_days([start, end], known, RangeOptions(ends_before=ends_before))
    if named != left:  # выходные 23–24 декабря, неделя с 18 по 24 декабря
        refuse_other_than_week(days, first_weekday=5 if "weekend" in dict(left) else 0)
    return days


def _is_turn_or_stretch(tokens: list[Token], side: Side) -> bool:
    """Whether "until" excludes these *tokens*: a month, a week, a weekend, a year, or New Year."""
    if {"whole", "end"} & dict(tokens).keys():
        return False
    is_of_a_day = "day" in side and bool(side.keys() & {"week", "weekend"}) and not is_said_twice(side)
    is_stretch = side.keys() & _STRETCHES and not side.keys() & {"day", "weekday", "count", "days", "sign", "in"}
    return TURN in tokens or bool(is_stretch) or is_of_a_day


def _open_range(tokens: list[Token], known: DateContext) -> DateRange | None:
    """Return the days from the programme's first or to its last if *tokens* are an open range, else None."""
    first, last = known.first, known.last
    match tokens:
        case [("beyond", 1), *named]:
            first = _single(named, known).last + ONE_DAY
        case [("beyond", -1), *named]:
            last = _single(named, known).first - ONE_DAY
        case [("to", 1), *named] if "begin" in dict(named):
            last = _single(named, known, "begin").first - ONE_DAY
        case [("to", 1), *named] if named and _is_turn_or_stretch(named, side_of(named, "end")):
            last = _single(named, known).first - ONE_DAY
        case [("to", 1 | 3 | 4), *named] if named:
            last = _single(named, known, "end").last
        case [("from", -1), *named]:
            first = _single(named, known, "begin", RangeOptions(looks_back=True)).first
        case [*named, ("to", 4)] | [*named, ("to", 4), ("end", _)] if named:
            first = _single(named, known, "begin").first
        case _:
            return None
    if first is None or last is None:
        raise ReadingError(_("an open range needs a programme with dates"))
    if first > last:
        raise ReadingError(_("the programme does not cover these days"))
    return DateRange(first, last, inferred=True)


def _single(tokens: list[Token], known: DateContext, edge: str = "", asked: RangeOptions = NOTHING_MORE) -> DateRange:
    return likeliest_days([side_of(tokens, edge)], known, asked)


# Lists


def _listed(tokens: list[Token], known: DateContext, asked: RangeOptions) -> DateRange:
    if tokens == [NOW]:
        return DateRange(known.today, known.today, inferred=True, moment=known.now)
    if TIGHT_COMMA in tokens and {kind for kind, _value in tokens} == {"day", "comma"}:
        raise unclear()  # 16,12 may be a date
    parts = split(tokens)
    if AND not in tokens and sorted("named" in dict(part) for part in parts) == [False, True]:
        parts = [tokens]  # 16 december, independence day
    return likeliest_days([side_of(part) for part in parts], known, asked._replace(in_a_row=len(parts) > 1))
