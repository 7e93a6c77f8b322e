"""Days that are said by their distance from another: "two days before new year", «31 желтоқсаннан екі күн бұрын».

Each token is a letter here, so that the forms of all languages are patterns of letters, one a row.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.datekinds import ABLATIVE, UNTIL, Token
from kzfest.core.datetokens import unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.core.days import Days

_BOUNDARIES = {"to", "comma", "from", "between", "till"}
"""Kinds that end what is said of one day."""
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
    ("plus", 1): "p",
}
_LETTERS_OF_KINDS = {"count": "n", "days": "d", "week": "w", "ahead": "z", "left": "l", "morrow": "m", "eve": "e"}
_BEFORE_A_DAY = (
    (re.compile("zn?[dw]u"), -1),  # за два дня до, за день до
    (re.compile(r"\+n?[dw]a"), 1),  # через два дня после, через неделю после
    (re.compile(r"n[dw]\+?a"), 1),  # two days after, два дня спустя после
    (re.compile("n[dw]b"), -1),  # two days before
    (re.compile("x?da"), 1),  # the next day after
    (re.compile("db"), -1),  # the day before
    (re.compile("e"), -1),  # the eve of, накануне
)
_BEFORE_A_DAY_FROM_NOW = re.compile("n[dw]f")
"""A week from tomorrow; "3 days from 5 dec" may be a stretch of three days as well."""
_AFTER_A_DAY = (
    (re.compile(r"<\+?n[dw]<?\+"), 1),  # -дан екі күн кейін, -дан кейін екі күннен соң
    (re.compile("<n[dw]<?-"), -1),  # -дан екі күн бұрын
    (re.compile(r"<\+d"), 1),  # -дан кейінгі күні
    (re.compile("<-d"), -1),  # -дан бұрынғы күні
    (re.compile("n[dw]l"), -1),  # -ға екі күн қалғанда
    (re.compile("pn[dw]"), 1),  # 17 dec + 2 days
    (re.compile("m"), 1),  # -ның ертеңіне
    (re.compile("e"), -1),  # -ның қарсаңында
)


class _Distance(NamedTuple):
    """The tokens from *start* to *end*, which say how far a day is from what is *named* among them."""

    start: int
    end: int
    named: list[Token]
    length: timedelta
    is_of_weeks: bool


def moved(tokens: list[Token], days_of: Callable[[list[Token]], Days]) -> list[Token]:
    """Return *tokens* with the date for each day that is said by its distance from another."""
    letters = "".join(_LETTERS.get(token) or _LETTERS_OF_KINDS.get(token[0], ".") for token in tokens)
    for at in range(len(tokens)):
        found = _said_before(tokens, letters, at) or _said_after(tokens, letters, at)
        if found:
            return moved([*tokens[: found.start], *_date_at(found, days_of), *tokens[found.end :]], days_of)
    return tokens


def _said_before(tokens: list[Token], letters: str, at: int) -> _Distance | None:
    """Return the distance that begins at *at*, where the day it counts from comes after it."""
    if at and tokens[at - 1][0] not in _BOUNDARIES:
        return None
    forms = ((form.match(letters, at), way) for form, way in _BEFORE_A_DAY)
    match, way = next(((match, way) for match, way in forms if match), (None, 1))
    if match is None:
        match = _BEFORE_A_DAY_FROM_NOW.match(letters, at)
        if match is None or tokens[match.end() : match.end() + 1] == [] or not _is_from_now(tokens[match.end()]):
            return None
    end = next((i for i in range(match.end(), len(tokens)) if tokens[i][0] in _BOUNDARIES), len(tokens))
    return _distance(tokens, (at, match.end()), way, named=(match.end(), end))


def _said_after(tokens: list[Token], letters: str, at: int) -> _Distance | None:
    """Return the distance that begins at *at*, where the day it counts from comes before it."""
    forms = ((form.match(letters, at), way) for form, way in _AFTER_A_DAY)
    match, way = next(((match, way) for match, way in forms if match), (None, 1))
    if match is None:
        return None
    start = next((i + 1 for i in reversed(range(at)) if tokens[i][0] in _BOUNDARIES), 0)
    return _distance(tokens, (at, match.end()), way, named=(start, at))


def _is_from_now(token: Token) -> bool:
    """Whether *token* begins a day that counts from now."""
    return token[0] in {"shift", "now", "weekday", "which"}


def _distance(tokens: list[Token], said: tuple[int, int], way: int, *, named: tuple[int, int]) -> _Distance | None:
    """Return the distance that the tokens *said* tell of those *named*."""
    if named[0] == named[1]:
        return None
    kinds = dict(tokens[slice(*said)])
    length = timedelta(days=way * kinds.get("count", 1) * (7 if "week" in kinds else 1))
    ends = (min(said[0], named[0]), max(said[1], named[1]))
    return _Distance(*ends, tokens[slice(*named)], length, "week" in kinds)


def _date_at(distance: _Distance, days_of: Callable[[list[Token]], Days]) -> list[Token]:
    """Return the date at a *distance*; days count from the last or before the first of several."""
    days = days_of(distance.named)
    if distance.is_of_weeks and days.first != days.last:
        raise unclear()
    day = (days.last if distance.length > timedelta(0) else days.first) + distance.length
    return [("day", day.day), ("month", day.month), ("year", day.year), ("guessed", 1)]
