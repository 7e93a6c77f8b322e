"""What a visitor writes for a day or a range of days, read as dates: "17 dec", "weekend", "15–17 желтоқсан".

The tokens of one day (`datetokens.py`) become a mapping, `Side`, and the kinds in it decide what it
means (`dayspans.py`), in whatever order and language they came; what is left out is guessed (`dayguesses.py`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.datekinds import (
    ABLATIVE,
    AND,
    BETWEEN,
    DASH,
    DOTS,
    NOW,
    ONTO,
    ONWARDS,
    SINCE,
    THROUGH,
    TIGHT_COMMA,
    TURN,
    UNTIL,
    Token,
)
from kzfest.core.datetokens import ReadingError, tokens_of, unclear
from kzfest.core.daydistances import moved
from kzfest.core.daygrammar import grammar
from kzfest.core.dayguesses import NOTHING_MORE, Asked, Known, likeliest_days
from kzfest.core.days import ONE_DAY, Days, festival_day
from kzfest.core.errors import UsageError, one_of
from kzfest.core.layouts import relaid
from kzfest.core.texts import quoted
from kzfest.core.words import _

if TYPE_CHECKING:
    from datetime import date

    from kzfest.core.dayspans import Side

_WORD = re.compile(r"[^\W\d_]{3}")
"""What tells a text in another keyboard layout: «в» may be any slip of the finger, «дек» is none."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
"""A moment in ISO 8601, as our own JSON has it."""
_SAID_BY = {
    "days": {"day", "weekday", "weekend", "shift", "rest"},
    "months": {"month"},
    "years": {"year"},
    "which": {"coming"},
}
"""Kinds that say nothing beside others: «17 желтоқсан күні», "this coming sunday"."""
_STRETCHES = {"month", "months", "year", "years", "week", "weekend", "isoweek", "decade"}
"""Kinds that name more than a day, where no day is named beside them."""
_MONTHS = 12
_BY_THEMSELVES = {"week", "months", "years", "weekend"}
"""Kinds that are this one's where all of it is meant, or an edge of it: all week, until the end of the month."""


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
        if _MOMENT.fullmatch(text.strip()):
            return _day_of_moment(text.strip(), known)
        return _range(grammar(tokens_of(text)), known)
    except OverflowError:
        raise ReadingError(_("they are outside the years 1 to 9999")) from None


def _day_of_moment(text: str, known: Known) -> Days:
    """Return the festival day of a moment."""
    try:
        moment = datetime.fromisoformat(text)
        day = festival_day(moment.astimezone(known.now.tzinfo) if moment.tzinfo else moment)
    except ValueError:
        raise ReadingError(_("there is no such moment")) from None
    return Days(day, day, inferred=True)


# Ranges, open and closed


def _range(tokens: list[Token], known: Known) -> Days:
    """Return the days that *tokens* name: one day or stretch of days, those from one to another, or a list."""
    bare = len(tokens) == 1 and tokens[0][0] == "day"
    if [kind for kind, _value in tokens] == ["day", "to", "day"] and tokens[1] == DASH and tokens[2][1] <= _MONTHS:
        raise unclear()  # 3-12 may be a day and a month
    tokens = _in_english_order(moved(tokens, lambda named: _listed(named, known, NOTHING_MORE)))
    if opened := _open_range(tokens, known):
        return opened
    marks = [at for at, token in enumerate(tokens) if token[0] == "to" and token != AND]
    match marks:
        case [at] if tokens[at] == ABLATIVE:  # «жұмадан жексенбі» lacks its «дейін»
            raise unclear()
        case []:
            return _listed(tokens, known, Asked(bare=bare))
        case [at]:
            return _closed_range(tokens[:at], tokens[at], tokens[at + 1 :], known)
    raise unclear()


def _closed_range(left: list[Token], mark: Token, right: list[Token], known: Known) -> Days:
    """Return the days from *left* to *right*."""
    if AND in left or AND in right:
        raise unclear()
    if not right and mark in {UNTIL, THROUGH}:
        raise _unfinished()
    named = [token for token in left if token[0] not in {"week", "weekend", "commencing"} or "day" not in dict(left)]
    start, end = _side(named, "begin"), _side(right, "end")
    same = bool(start.keys() & end.keys() & _STRETCHES) and "day" not in start
    ends_before = mark == UNTIL and not same and _is_turn_or_stretch(right, end)
    days = likeliest_days([start, end], known, Asked(ends_before=ends_before))
    if named != left:  # выходные 23–24 декабря, неделя с 18 по 24 декабря
        _check_week(days, first_weekday=5 if "weekend" in dict(left) else 0)
    return days


def _check_week(days: Days, *, first_weekday: int) -> None:
    """Raise ReadingError where *days* are no weekend, or no week."""
    if (days.first.weekday(), (days.last - days.first).days) != (first_weekday, 6 - first_weekday):
        raise unclear()


def _is_turn_or_stretch(tokens: list[Token], side: Side) -> bool:
    """Whether "until" these *tokens* ends before them: a month, a week, a weekend, a year, or New Year."""
    if {"whole", "end"} & {kind for kind, _value in tokens}:
        return False
    return TURN in tokens or (bool(side.keys() & _STRETCHES) and not side.keys() & {"day", "weekday", "count", "days"})


def _unfinished() -> ReadingError:
    """Return the reason for words like "17 to", which want another day after them."""
    return ReadingError(_("no day comes after the last word"))


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
    ...     print(text, [f"{kind} {value}" for kind, value in _in_english_order(grammar(tokens_of(text)))], sep=": ")
    17 желтоқсанға дейін: ['to 1', 'day 17', 'month 12']
    15-нен 17 желтоқсанға дейін: ['day 15', 'to 1', 'day 17', 'month 12']
    17 желтоқсаннан кейін: ['beyond 1', 'day 17', 'month 12']
    3 күннен кейін: ['count 3', 'days 1', 'sign 1']
    between 15 and 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    from 17 dec: ['day 17', 'month 12', 'to 4']
    from 15 to 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    """
    tokens = _from_one_to_next(tokens)
    has_two_ends = bool({UNTIL, DASH, DOTS, THROUGH} & set(tokens))
    turned = _with_postpositions_before(tokens, has_two_ends=has_two_ends)
    if turned:
        return turned
    if BETWEEN in tokens and (has_two_ends or AND in tokens):
        return [UNTIL if token == AND else token for token in tokens if token != BETWEEN]
    if "from" in dict(tokens):
        return _without_from(tokens, has_two_ends=has_two_ends)
    return [*tokens[:-1], DOTS] if tokens[-1:] == [ABLATIVE] else tokens


def _with_postpositions_before(tokens: list[Token], *, has_two_ends: bool) -> list[Token] | None:
    """Return *tokens* with the Kazakh words at their end before what they speak of; None where they have none."""
    match tokens:
        case [*named, ("to", 5), ("till", 3)]:
            return [THROUGH, *named]
        case [*named, ("to", 5), ("from", -1)]:
            return [SINCE, *named]
        case [*named, ("till", _)] if ABLATIVE in named:
            return [UNTIL if token == ABLATIVE else token for token in named]
        case [*named, ("till", 1)]:
            return named if has_two_ends else [UNTIL, *named]
        case [*named, ("to", 5), ("sign", way)]:  # one Kazakh word says "in" of a length, and "after" of a day
            return [*named, ("sign", way)] if _is_length(named) else [("beyond", way), *named]
    return None


def _without_from(tokens: list[Token], *, has_two_ends: bool) -> list[Token]:
    """Return *tokens* without their "from", and with a mark for the end that it leaves open."""
    if tokens[-1][0] == "from" and tokens[-1] != ONWARDS:
        raise _unfinished()
    named = [token for token in tokens if token[0] != "from"]
    if has_two_ends:
        return named
    return [SINCE, *named] if SINCE in tokens else [*named, DOTS]


def _from_one_to_next(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with "and" for the Russian «с 16 на 17», whose «на» says nothing elsewhere."""
    with_from = "from" in dict(tokens[: tokens.index(ONTO)]) if ONTO in tokens else False
    joined = [AND if token == ONTO and with_from else token for token in tokens]
    if with_from:
        joined = [token for token in joined if token[0] != "from"]
    return [token for token in joined if token != ONTO]


def _is_length(tokens: list[Token]) -> bool:
    """Whether *tokens* name a length of time, as "3 days" and "a week" do, and "next week" does not."""
    said = dict(tokens)
    return "count" in said or ("week" in said and "which" not in said)


def _open_range(tokens: list[Token], known: Known) -> Days | None:
    """Return the days up to the programme's first or last, where *tokens* leave one end open."""
    first, last = known.first, known.last
    match tokens:
        case [("beyond", 1), *named]:
            first = _one(named, known).last + ONE_DAY
        case [("beyond", -1), *named]:
            last = _one(named, known).first - ONE_DAY
        case [("to", 1), *named] if "begin" in dict(named):
            last = _one(named, known, "begin").first - ONE_DAY
        case [("to", 1), *named] if named and _is_turn_or_stretch(named, _side(named, "end")):
            last = _one(named, known).first - ONE_DAY
        case [("to", 1 | 3 | 4), *named] if named:
            last = _one(named, known, "end").last
        case [("from", -1), *named]:
            first = _one(named, known, "begin", Asked(looks_back=True)).first
        case [*named, ("to", 4)] | [*named, ("to", 4), ("end", _)] if named:
            first = _one(named, known, "begin").first
        case _:
            return None
    if first is None or last is None:
        raise ReadingError(_("this programme has no days to end an open range"))
    if first > last:
        raise ReadingError(_("the programme has no such days"))
    return Days(first, last, inferred=True)


def _one(tokens: list[Token], known: Known, edge: str = "", asked: Asked = NOTHING_MORE) -> Days:
    """Return the days that *tokens* name, which make no range."""
    return likeliest_days([_side(tokens, edge)], known, asked)


# Lists


def _listed(tokens: list[Token], known: Known, asked: Asked) -> Days:
    """Return the days that *tokens* list, or the one that they name."""
    if tokens == [NOW]:
        return Days(known.today, known.today, inferred=True, moment=known.now)
    if TIGHT_COMMA in tokens and {kind for kind, _value in tokens} == {"day", "comma"}:
        raise unclear()  # 16,12 may be a date as well
    parts = [part for part in _split(tokens) if part]
    return likeliest_days(
        [_side(part) for part in parts] or [_side([])], known, asked._replace(in_a_row=len(parts) > 1)
    )


def _split(tokens: list[Token]) -> list[list[Token]]:
    """Return *tokens* day by day: what a comma parts is one day, unless both parts say the same kind of thing."""
    days: list[list[Token]] = [[]]
    after_comma = False
    for token in tokens:
        if token == AND:
            if not days[-1]:
                raise unclear()
            days.append([])
        elif token[0] != "comma":
            kinds = [kind for kind, _value in days[-1]]
            if token[0] in kinds and (after_comma or token[0] == kinds[-1] == "weekday"):
                days.append([])
            days[-1].append(token)
        after_comma = token[0] == "comma"
    if len(days) > 1 and not days[-1]:
        raise unclear()
    return days


# One end of a range


def _side(tokens: list[Token], edge: str = "") -> Side:
    """Return what *tokens* say of one day, or of that *edge* of a range: "until the end of december"."""
    said: Side = {}
    for kind, value in tokens:
        if kind == "comma" or (kind, value) == TURN:
            continue
        name = "day" if kind == "date" else kind
        if name in said:
            raise unclear()
        said[name] = value
    side = {kind: value for kind, value in said.items() if not _is_idle(kind, said) and kind != edge}
    if not side or ("week" in side and TURN in tokens):
        raise unclear()
    whole = side.pop("whole", None) is not None
    own = edge in said or whole or "rest" in side or "counted" in side
    is_this = own and side.keys() & _BY_THEMSELVES and not side.keys() & {"which", "month", "year", "day", "isoweek"}
    return {"which": 0} | side if is_this else side


def _is_idle(kind: str, said: Side) -> bool:
    """Whether *kind* says nothing beside what else is *said*: the "in" of "in december", not that of "in 3 days"."""
    if kind == "around":
        return "day" not in said
    if kind == "in":
        return "count" not in said or "counted" in said
    return not said.keys().isdisjoint(_SAID_BY.get(kind, ()))
