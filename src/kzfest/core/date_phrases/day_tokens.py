"""Split tokens into days, and turn the tokens of one day into a mapping, its `Side`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.date_phrases.token_kinds import AND, TURN, Token
from kzfest.core.date_phrases.tokenizer import disagreement, unclear
from kzfest.i18n import day_name

if TYPE_CHECKING:
    from kzfest.core.date_phrases.spans import Side

_REDUNDANT_BESIDE = {
    "days": {"day", "weekday", "weekend", "shift", "rest"},
    "months": {"month"},
    "years": {"year"},
    "which": {"coming"},
}
"""Kind to other kinds that make it redundant: «17 желтоқсан күні», "this coming sunday"."""
_CURRENT = {"week", "months", "years", "weekend"}
"""Kinds that mean the current one in phrases such as "all week" and "until the end of the month"."""


def split(tokens: list[Token]) -> list[list[Token]]:
    """Return *tokens* by day. A comma begins a new day only if both sides have the same kind of token."""
    days: list[list[Token]] = [[]]
    after_comma = False
    for token in tokens:
        if token == AND:
            if not days[-1]:
                raise unclear()
            days.append([])
        elif token[0] != "comma":
            kinds = [kind for kind, _value in days[-1]]
            is_again = token[0] in kinds and (after_comma or "named" in kinds or token[0] == kinds[-1] == "weekday")
            if is_again or (token[0] == "named" and "day" in kinds):
                days.append([])
            days[-1].append(token)
        after_comma = token[0] == "comma"
    if len(days) > 1 and not days[-1]:
        raise unclear()
    return [day for day in days if day] or [[]]


def side_of(tokens: list[Token], edge: str = "") -> Side:
    """Return *tokens* of one day as a mapping; *edge* says which end of a range it is: "until the end of december"."""
    parts = split(tokens) if "named" in dict(tokens) and AND not in tokens else []
    if len(parts) > 1:
        return _with_name(parts, edge)
    said: Side = {}
    for kind, value in tokens:
        if kind in {"comma", "named"}:
            continue
        name = "day" if kind == "date" else kind
        if name in said:
            raise unclear()
        said[name] = value
    side = {kind: value for kind, value in said.items() if not _is_redundant(kind, said) and kind != edge}
    if not side or ("week" in side and TURN in tokens):
        raise unclear()
    whole = side.pop("whole", None) is not None
    own = edge in said or whole or "rest" in side or "counted" in side
    is_this = own and side.keys() & _CURRENT and not side.keys() & {"which", "month", "year", "day", "isoweek"}
    return {"which": 0} | side if is_this else side


def _with_name(parts: list[list[Token]], edge: str) -> Side:
    """Return the date of a day that has its name beside it: "16 december, independence day"."""
    if sorted("named" in dict(part) for part in parts) != [False, True]:
        raise unclear()
    date, named = (side_of(part, edge) for part in sorted(parts, key=lambda part: "named" in dict(part)))
    if "day" not in date or not {"day", "month"} <= named.keys():
        raise unclear()
    if any(date.get(kind, named[kind]) != named[kind] for kind in ("day", "month")):
        raise disagreement(*(day_name(side["day"], side.get("month"), None) for side in (named, date)))
    return named | date


def _is_redundant(kind: str, said: Side) -> bool:
    """Whether the rest of *said* makes *kind* redundant: the "in" of "in december", but not of "in 3 days"."""
    if kind == "around":
        return "day" not in said
    if kind == "days" and "count" in said:
        return False
    if kind == "in":
        return "count" not in said or "counted" in said
    return not said.keys().isdisjoint(_REDUNDANT_BESIDE.get(kind, ()))
