"""Days at a distance from another day: "two days before new year", «31 желтоқсаннан екі күн бұрын».

Each token becomes one letter, so that a regular expression can describe each form in each language.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.date_phrases.token_kinds import ABLATIVE, NAMED, UNTIL, Token
from kzfest.core.date_phrases.tokenizer import unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.core.festival_day import DateRange

_BOUNDARIES = {"to", "comma", "from", "between", "till"}
"""Kinds that separate one day from the next."""
_IGNORED_BEFORE = {"in", "onto", "beyond"}
"""Kinds that may stand before a distance without changing it: «на выходных после»."""
_LETTERS: dict[Token, str] = {
    ("sign", 1): "+",
    ("sign", -1): "-",
    ("beyond", 1): "a",
    ("beyond", -1): "b",
    ("beyond", -2): "b",
    ABLATIVE: "<",
    UNTIL: "u",
    ("from", 1): "f",
    ("which", 1): "x",
    ("which", -1): "v",
    ("counted", -1): "v",
    ("plus", 1): "p",
    ("days", 2): "D",
}
_LETTERS_OF_KINDS = {
    "count": "n",
    "counted": "c",
    "days": "d",
    "week": "w",
    "weekday": "y",
    "weekend": "k",
    "ahead": "z",
    "left": "l",
    "morrow": "m",
    "eve": "e",
}
_BEFORE_A_DAY = (
    (re.compile("zn?[dDw]u"), -1),  # за два дня до, за день до
    (re.compile(r"\+n?[dDw]a"), 1),  # через два дня после, через неделю после
    (re.compile(r"n[dDw]\+?a"), 1),  # two days after, два дня спустя после
    (re.compile("n[dDw]b"), -1),  # two days before
    (re.compile("x?da"), 1),  # the next day after
    (re.compile("db"), -1),  # the day before
    (re.compile("e"), -1),  # the eve of, накануне
    (re.compile("(?P<beside>[cx]?y|[cx]?k|w)a"), 1),  # the (second) saturday after, the week after
    (re.compile("(?P<beside>v?y|v?k|w)b"), -1),  # the (last) saturday before, the week before
)
_BEFORE_A_DAY_FROM_NOW = re.compile("n[dDw]f")
"""As in "a week from tomorrow". Dates are excluded: "3 days from 5 dec" may be a period of three days."""
_FROM_NOW = {"shift", "now", "weekday", "which"}
_AFTER_A_DAY = (
    (re.compile(r"<\+?n[dDw]<?\+"), 1),  # -дан екі күн кейін, -дан кейін екі күннен соң
    (re.compile("<n[dDw]<?-"), -1),  # -дан екі күн бұрын
    (re.compile(r"<\+d"), 1),  # -дан кейінгі күні
    (re.compile("<-d"), -1),  # -дан бұрынғы күні
    (re.compile("n[dDw]l"), -1),  # -ға екі күн қалғанда
    (re.compile("pn[dDw]"), 1),  # 17 dec + 2 days
    (re.compile("m"), 1),  # -ның ертеңіне
    (re.compile("e"), -1),  # -ның қарсаңында
    (re.compile(r"<\+(?P<beside>c?y|c?k|w)"), 1),  # -дан кейінгі (екінші) сенбі
    (re.compile("<-(?P<beside>v?y|v?k|w)"), -1),  # -дан бұрынғы сенбі
)
"""Patterns and directions. A group *beside* is not a length but the next one of its kind."""
_SATURDAY, _SUNDAY = 5, 6


class _Distance(NamedTuple):
    """The tokens from *start* to *end*, which give a distance from the day *named* among them."""

    start: int
    end: int
    named: list[Token]
    said: dict[str, int]
    """The kinds and values of the tokens of the distance."""
    way: int
    """1 for after the named days, -1 for before them."""
    is_beside: bool
    """Whether it is the next one of its kind: "the saturday after", "the week before"."""


def moved(tokens: list[Token], days_of: Callable[[list[Token]], DateRange]) -> list[Token]:
    """Replace each day at a distance from another in *tokens* by its date."""
    letters = "".join(_LETTERS.get(token) or _LETTERS_OF_KINDS.get(token[0], ".") for token in tokens)
    for at in range(len(tokens)):
        found = _distance_before_day(tokens, letters, at) or _distance_after_day(tokens, letters, at)
        if found:
            return moved([*tokens[: found.start], *_date_at(found, days_of), *tokens[found.end :]], days_of)
    return tokens


def _distance_before_day(tokens: list[Token], letters: str, at: int) -> _Distance | None:
    """Return the distance that begins at *at* and counts from a day after it."""
    if at and tokens[at - 1][0] not in _BOUNDARIES | _IGNORED_BEFORE:
        return None
    forms = ((form.match(letters, at), way) for form, way in _BEFORE_A_DAY)
    match, way = next(((match, way) for match, way in forms if match), (None, 1))
    if match is None:
        match = _BEFORE_A_DAY_FROM_NOW.match(letters, at)
        if match is None or dict(tokens[match.end() : match.end() + 1]).keys().isdisjoint(_FROM_NOW):
            return None
    end = next((i for i in range(match.end(), len(tokens)) if tokens[i][0] in _BOUNDARIES), len(tokens))
    return _distance(tokens, match, way, named=(match.end(), end))


def _distance_after_day(tokens: list[Token], letters: str, at: int) -> _Distance | None:
    """Return the distance that begins at *at* and counts from a day before it."""
    forms = ((form.match(letters, at), way) for form, way in _AFTER_A_DAY)
    match, way = next(((match, way) for match, way in forms if match), (None, 1))
    if match is None:
        return None
    start = next((i + 1 for i in reversed(range(at)) if tokens[i][0] in _BOUNDARIES), 0)
    return _distance(tokens, match, way, named=(start, at))


def _distance(tokens: list[Token], match: re.Match[str], way: int, *, named: tuple[int, int]) -> _Distance | None:
    """Return the distance of *match* from the tokens in the slice *named*, or None if that is empty."""
    if named[0] == named[1]:
        return None
    ends = (min(match.start(), named[0]), max(match.end(), named[1]))
    said = dict(tokens[slice(*match.span())])
    return _Distance(*ends, tokens[slice(*named)], said, way, "beside" in match.groupdict())


def _date_at(distance: _Distance, days_of: Callable[[list[Token]], DateRange]) -> list[Token]:
    """Return the tokens of the date at *distance*, after the last or before the first of the named days."""
    named, said = days_of(distance.named), distance.said
    edge = named.last if distance.way > 0 else named.first
    if "week" in said and named.first != named.last:
        raise unclear()
    if distance.is_beside:
        return _beside(edge, said, distance.way)
    return _date(edge + timedelta(days=distance.way * said.get("count", 1) * (7 if "week" in said else 1)))


def _beside(edge: date, said: dict[str, int], way: int) -> list[Token]:
    """Return the tokens of the next weekday, weekend or week after *edge*, or before it.

    A week is accepted only if it is unambiguous: after a weekend, or before a Monday.
    """
    if "week" in said:
        if edge.weekday() not in ({_SATURDAY, _SUNDAY} if way > 0 else {0}):
            raise unclear()
        return [*_date(edge + timedelta(days=7 * way)), ("week", 7)]
    weekday = said.get("weekday", _SATURDAY if way > 0 else _SUNDAY)
    nearest = way * ((way * (weekday - edge.weekday()) - 1) % 7 + 1)
    day = edge + timedelta(days=nearest + 7 * way * (abs(said.get("counted", 1)) - 1))
    return _date(day) + ([("weekend", 0)] if "weekend" in said else [])


def _date(day: date) -> list[Token]:
    """Return the tokens of *day*; `NAMED` allows a date beside it that repeats the same day."""
    return [NAMED, ("day", day.day), ("month", day.month), ("year", day.year), ("guessed", 1)]
