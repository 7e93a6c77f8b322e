"""Combine neighbouring tokens: "twenty" "third", "two" "weeks", "third" "sunday".

The rules are the same for every language; `vocabulary.py` has the words.
"""

from __future__ import annotations

from kzfest.core.date_phrases.token_kinds import (
    ABLATIVE,
    AND,
    AT,
    DASH,
    FROM,
    MANY,
    SINCE,
    SLASH,
    THE,
    TILL,
    UNTIL,
    A,
    Token,
)
from kzfest.core.date_phrases.tokenizer import ReadingError, check_month, unclear
from kzfest.i18n import _

_COUNTED_KINDS = {"weekday", "weekend", "week", "days", "decade"}
"""Kinds that an ordinal can count in a month: the third sunday."""
_SEVERAL = {"count", "weekend", "weekday", "comma"}
"""Kinds after which a plural still names definite days."""
_LENGTHS = {"days", "week"}
"""Units of length, which numbers count."""
_WEEK = ("week", 7)
_HOURS = range(25)
_NOON = 12
"""Two bare numbers up to this may be hours: "from 7 to 9"."""
_FIGURES = {"day", "number"}
_KINDS_BESIDE_AN_HOUR = {"day", "number", "to", "from", "till", "sign", "beyond"}
_MOST_IN_A_MONTH = 5
"""The largest number of times that a month has a weekday."""


def grammar(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with groups that have one meaning combined. Raises ReadingError if the meaning is unclear.

    >>> grammar([("number", 20), ("nth", 3), ("month", 12)])
    [('date', 23), ('month', 12)]
    >>> grammar([("nth", 3), ("weekday", 6), ("month", 12)])
    [('counted', 3), ('weekday', 6), ('month', 12)]
    >>> grammar([("in", 1), ("number", 2), ("week", 7)])
    [('in', 1), ('count', 2), ('week', 7)]
    """
    tokens = _without_articles(_with_slashes(tokens))
    tokens = _with_counts(_with_dates_in_words(_with_whole_numbers(tokens)))
    _refuse_hours(tokens)
    _refuse_unclear_weekdays(tokens)
    return _with_ordinals([token for token in tokens if token not in {AT, A}])


def _without_articles(tokens: list[Token]) -> list[Token]:
    """Remove "the". Refuse "the two days after new year", a period, which would read as "two days after", one day."""
    for at, token in enumerate(tokens):
        kinds = [kind for kind, _value in tokens[at + 1 : at + 4]]
        is_length = kinds[:1] in (["number"], ["day"]) and kinds[1:2] in (["days"], ["week"])
        if token == THE and is_length and kinds[2:] in (["beyond"], ["from"]):
            raise unclear()
    return [token for token in tokens if token != THE]


def _with_slashes(tokens: list[Token]) -> list[Token]:
    """Replace slashes: a month (16/12), "and" (16/17 dec) or a range of ISO dates."""
    said: list[Token] = []
    for at, (kind, value) in enumerate(tokens):
        if (kind, value) == SLASH:
            said.append(DASH if "year" in dict(said) else AND)
        elif kind != "slashed":
            said.append((kind, value))
        elif "month" in dict(tokens[at + 1 : at + 2]) or "month" in dict(said[-2:-1]):
            said += [AND, ("day", value)]
        else:
            check_month(value)
            said.append(("month", value))
    return said


def _with_whole_numbers(tokens: list[Token]) -> list[Token]:
    """Combine tens and units: "thirty-first", «жиырма үш»."""
    whole: list[Token] = []
    for kind, value in tokens:
        is_unit = kind in {"number", "nth", "date"} and 1 <= value <= 9
        tens = [at for at in (-1, -2) if len(whole) >= -at and whole[at] in {("number", 20), ("number", 30)}]
        if is_unit and tens and (tens[0] == -1 or whole[-1] == ("to", 0)):
            whole[tens[0] :] = [(kind, whole[tens[0]][1] + value)]
        else:
            whole.append((kind, value))
    return whole


def _with_dates_in_words(tokens: list[Token]) -> list[Token]:
    """Turn numbers in words beside a month into dates: "december twenty-four", «он жеті желтоқсан»."""
    dated: list[Token] = []
    for at, (kind, value) in enumerate(tokens):
        is_number = kind == "number" and (kind, value) != A
        before, after = _kind_at(tokens, at - 1) if at else "", _kind_at(tokens, at + 1)
        is_date = is_number and (after == "month" or (before == "month" and after not in _LENGTHS))
        dated.append(("date", value) if is_date else (kind, value))
    return dated


def _with_counts(tokens: list[Token]) -> list[Token]:
    """Turn numbers into counts of days or weeks, ISO week numbers, or the first day of a week."""
    counted: list[Token] = []
    for at, token in enumerate(tokens):
        before, said = counted[-1] if counted else ("", 0), dict(counted)
        kind_after = _kind_at(tokens, at + 1)
        # in «17 күні» the number is a date, in "first 17 days" a count
        is_date = before[0] == "day" and token == ("days", 0) and _kind_at(counted, -2) not in {"nth", "many"}
        # "week 51" is an ISO week, "week of 18 december" is not
        is_week = counted[-2:-1] != [AT] and kind_after != "month" and not said.keys() & {"month", "count"}
        if token[0] in _LENGTHS and before[0] in _FIGURES and not is_date:
            counted[-1:] = [("count", abs(before[1])), token]
        elif before == _WEEK and token[0] == "day" and is_week:
            counted[-1] = ("isoweek", token[1])
        elif before == _WEEK and token == FROM and "count" not in said:
            counted.append(("commencing", 1))
        elif token[0] == "sign" and before == ABLATIVE and _kind_at(counted, -3) == "count":
            counted[-1] = token  # екі аптадан кейін
        else:
            counted.append(token)
    return counted


def _kind_at(tokens: list[Token], at: int) -> str:
    """Return the kind of the token at index *at*, or "" outside the list."""
    return tokens[at][0] if -len(tokens) <= at < len(tokens) else ""


def _refuse_hours(tokens: list[Token]) -> None:
    """Refuse bare numbers that may be hours: "at 7", "after 6", "from 7 to 9", "sunday after 7"."""
    kinds = [kind for kind, _value in tokens]
    figures = [at for at, (kind, value) in enumerate(tokens) if kind in _FIGURES and value in _HOURS]
    values = [tokens[at][1] for at in figures]
    for at in figures:
        if tokens[at - 1 : at] == [AT] and _kind_at(tokens, at + 1) != "month":
            raise _hour(tokens[at][1])
    is_limited = bool({UNTIL, TILL, FROM, SINCE} & set(tokens) or "beyond" in kinds or {"to", "sign"} <= set(kinds))
    is_pair = len(figures) > 1 and max(values) <= _NOON
    if is_pair and DASH in tokens and "month" not in kinds and set(kinds) - _KINDS_BESIDE_AN_HOUR == {"weekday"}:
        raise _hour(values[0])  # saturday 6-9
    if not is_limited or not figures or "month" in kinds or tokens[-1:] in ([UNTIL], [FROM]):
        return
    others = set(kinds) - _KINDS_BESIDE_AN_HOUR - {"at"}
    may_be_hours = len(figures) == 1 or (is_pair and bool({UNTIL, TILL} & set(tokens)))
    is_of_a_day = others in ({"weekday"}, {"shift"}) and kinds.count("weekday") < 2
    ends_range = any(  # "sunday until 7" may mean an hour, "until sunday 17" not
        _kind_at(tokens, at - 1) in {"to", "from", "beyond"} or _kind_at(tokens, at + 1) in {"to", "till"}
        for at in figures
    )
    if may_be_hours and (not others or (is_of_a_day and ends_range)):
        raise _hour(values[0])


def _hour(figure: int) -> ReadingError:
    """Return the error for a *figure* that may be an hour or a day."""
    return ReadingError(_("{figure} may be an hour, write the month too").format(figure=figure))


def _refuse_unclear_weekdays(tokens: list[Token]) -> None:
    """Refuse "3 sunday december", which may be the 3rd or the third sunday, and a weekday that is no range.

    «в понедельник до 18 декабря» means one Monday.
    """
    for at, (kind, value) in enumerate(tokens):
        may_count = kind == "day" and value <= _MOST_IN_A_MONTH
        is_one_day = (kind, value) == AT and tokens[at + 2 : at + 3] == [UNTIL]
        if _kind_at(tokens, at + 1) == "weekday" and (may_count or is_one_day):
            raise unclear()


def _with_ordinals(tokens: list[Token]) -> list[Token]:
    """Turn ordinals into dates, or into the "third" of "third sunday"."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token[0] == "nth":
            found.append(_ordinal(token[1], rest))
        elif token[0] in {"which", "coming"} and rest[:1] == [MANY] and rest[1:2] and rest[1][0] not in _SEVERAL:
            raise unclear()  # следующие недели
        elif token == ("which", -1) and _is_last_of(rest):
            found.append(("counted", -1))
        elif token != MANY and not (token == ("week", 7) and found[-1:] and found[-1][0] == "isoweek"):
            found.append(token)
    return found


def _ordinal(value: int, rest: list[Token]) -> Token:
    """Return the token of an ordinal before *rest*: a date, an ISO week, or which one of several."""
    is_plural = rest[:1] == [MANY]
    kind = next((kind for kind, _value in rest if kind != "many"), "")
    counts = kind in _COUNTED_KINDS | {"count"}
    if (is_plural and kind not in {"count", "weekend"}) or (value < 0 and not counts):
        raise unclear()
    if kind == "week" and value > _MOST_IN_A_MONTH + 1:
        return "isoweek", value
    return ("counted" if counts else "date"), value


def _is_last_of(rest: list[Token]) -> bool:
    """Whether "last" before *rest* counts within a month or year ("last sunday of may") and not back from now."""
    kinds = [kind for kind, _value in rest if kind not in {"in", "around"}]
    if kinds[:1] == ["count"]:
        kinds = kinds[1:]
    if not kinds or kinds[0] not in _COUNTED_KINDS:
        return False
    container = kinds[1:3] if kinds[1:2] == ["which"] else kinds[1:2]
    return bool(container) and container[-1] in {"month", "months", "year", "years"}
