"""What neighbouring words for days make of each other: "twenty" "third", "two" "weeks", "third" "sunday".

The rules are the same for every language; the words are in its table (`datewords.py`).
"""

from __future__ import annotations

from itertools import pairwise

from kzfest.core.datekinds import AT, FROM, MANY, TILL, UNTIL, A, Token
from kzfest.core.datetokens import ReadingError, unclear
from kzfest.core.words import _

_COUNTED_KINDS = {"weekday", "weekend", "week", "days", "decade"}
"""What may be the third of a month."""
_HOURS = range(25)
_NOON = 12
"""Up to this, two bare figures are rather hours than days: from 7 to 9."""
_KINDS_BESIDE_AN_HOUR = {"day", "to", "from", "till", "sign", "beyond"}
_MOST_IN_A_MONTH = 5
"""How many times a month has a weekday at most."""


def grammar(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with what several words say together as one.

    >>> grammar([("number", 20), ("nth", 3), ("month", 12)])
    [('date', 23), ('month', 12)]
    >>> grammar([("nth", 3), ("weekday", 6), ("month", 12)])
    [('counted', 3), ('weekday', 6), ('month', 12)]
    >>> grammar([("in", 1), ("number", 2), ("week", 7)])
    [('in', 1), ('count', 2), ('week', 7)]
    """
    tokens = _with_counts(_with_whole_numbers(tokens))
    _refuse_hours(tokens)
    _refuse_figure_before_weekday(tokens)
    return _with_ordinals([token for token in tokens if token not in {AT, A}])


def _with_whole_numbers(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with one number for "thirty-first" and «жиырма үш»."""
    whole: list[Token] = []
    for kind, value in tokens:
        is_unit = kind in {"number", "nth", "date"} and 1 <= value <= 9
        tens = [at for at in (-1, -2) if len(whole) >= -at and whole[at] in {("number", 20), ("number", 30)}]
        if is_unit and tens and (tens[0] == -1 or whole[-1] == ("to", 0)):
            whole[tens[0] :] = [(kind, whole[tens[0]][1] + value)]
        else:
            whole.append((kind, value))
    return whole


def _with_counts(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with a count where a number stands before days or weeks, and with the number of a week."""
    counted: list[Token] = []
    for at, (kind, value) in enumerate(tokens):
        before = counted[-1] if counted else ("", 0)
        after = tokens[at + 1] if at + 1 < len(tokens) else ("", 0)
        figures_count = before[0] == "day" and (value or (counted[-2:-1] and counted[-2][0] in {"nth", "many"}))
        if kind in {"days", "week"} and (figures_count or before[0] == "number"):
            counted[-1] = ("count", abs(before[1]))
            counted.append((kind, value))
        elif kind == "day" and before == ("week", 7) and counted[-2:-1] != [AT] and _is_alone(counted, after):
            counted[-1] = ("isoweek", value)
        elif (kind, value) == FROM and before == ("week", 7) and "count" not in dict(counted):
            counted.append(("commencing", 1))
        elif kind == "month" and before[0] == "number" and before != A:
            counted[-1:] = [("date", before[1]), (kind, value)]
        elif kind == "number" and before[0] == "month" and value > 0 and after[0] not in {"days", "week"}:
            counted.append(("date", value))
        else:
            counted.append((kind, value))
    return counted


def _is_alone(before: list[Token], after: Token) -> bool:
    """Whether a figure says nothing but the number of the week before it: no month comes after it."""
    return after[0] != "month" and "month" not in dict(before) and "count" not in dict(before)


def _refuse_hours(tokens: list[Token]) -> None:
    """Refuse bare figures that may be hours: at 7, after 6, from 7 to 9."""
    for at, token in enumerate(tokens[:-1]):
        kind, value = tokens[at + 1]
        is_dated = tokens[at + 2 : at + 3] and tokens[at + 2][0] == "month"
        if token == AT and kind in {"day", "number"} and value in _HOURS and not is_dated:
            raise _hour(value)
    kinds = [kind for kind, _value in tokens]
    figures = [value for kind, value in tokens if kind == "day"]
    may_be_hour = len(figures) == 1 and figures[0] in _HOURS and set(kinds) <= _KINDS_BESIDE_AN_HOUR
    is_limited = {UNTIL, TILL} & set(tokens) or {"beyond", "from"} & set(kinds) or {"to", "sign"} <= set(kinds)
    if may_be_hour and is_limited and tokens[-1:] not in ([UNTIL], [FROM]):
        raise _hour(figures[0])
    is_pair = len(figures) == 2 and max(figures) <= _NOON and set(kinds) <= _KINDS_BESIDE_AN_HOUR
    if is_pair and {UNTIL, TILL} & set(tokens):
        raise _hour(figures[0])


def _hour(figure: int) -> ReadingError:
    """Return the reason to refuse a *figure* that is an hour as well as a day."""
    return ReadingError(_("{figure} may be an hour, write the month too").format(figure=figure))


def _refuse_figure_before_weekday(tokens: list[Token]) -> None:
    """Refuse "3 sunday december", which is the day or the third of them."""
    for (kind, value), (follower, _value) in pairwise(tokens):
        if kind == "day" and value <= _MOST_IN_A_MONTH and follower == "weekday":
            raise unclear()


def _with_ordinals(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with each ordinal as a date, or as what tells the third sunday from others."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token[0] == "nth":
            found.append(_ordinal(token[1], rest))
        elif token == ("which", -1) and _is_last_of(rest):
            found.append(("counted", -1))
        elif token != MANY and not (token == ("week", 7) and found[-1:] and found[-1][0] == "isoweek"):
            found.append(token)
    return found


def _ordinal(value: int, rest: list[Token]) -> Token:
    """Return what an ordinal says before *rest*: the date, the week of the year, or which of several is meant."""
    is_plural = rest[:1] == [MANY]
    kind = next((kind for kind, _value in rest if kind != "many"), "")
    counts = kind in _COUNTED_KINDS | {"count"}
    if (is_plural and kind not in {"count", "weekend"}) or (value < 0 and not counts):
        raise unclear()
    if kind == "week" and value > _MOST_IN_A_MONTH + 1:
        return "isoweek", value
    return ("counted" if counts else "date"), value


def _is_last_of(rest: list[Token]) -> bool:
    """Whether a "last" before *rest* is the last of a month or year, not the one before now: last sunday of may."""
    kinds = [kind for kind, _value in rest if kind not in {"in", "around"}]
    if kinds[:1] == ["count"]:
        kinds = kinds[1:]
    if not kinds or kinds[0] not in _COUNTED_KINDS:
        return False
    container = kinds[1:3] if kinds[1:2] == ["which"] else kinds[1:2]
    return bool(container) and container[-1] in {"month", "months", "year", "years"}
