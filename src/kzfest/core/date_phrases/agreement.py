"""Ranges that are given twice, once as dates: "15–17 december (fri–sun)", "next week, 18–20 december".

A comma or brackets separate the two, and they must agree. `spans.py` handles single days that are given twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.date_phrases.inference import dates_of
from kzfest.core.date_phrases.tokenizer import disagreement, unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.core.date_phrases.token_kinds import Token
    from kzfest.core.festival_day import DateRange

_DAYS = {"day", "date"}
_BETWEEN_DAYS = {"to", "from", "between", "till", "comma"}
_OF_DATES = {"month", "year", "guessed", "weekday"} | _DAYS | _BETWEEN_DAYS
_STRETCHES = {"which", "coming", "sign", "in", "shift", "isoweek"}
"""Kinds of tokens that name a period around the dates."""
_NOT_BESIDE_DATES = {"month", "year", "counted", "beyond", "now"} | _DAYS


def said_twice(tokens: list[Token], days_of: Callable[[list[Token]], DateRange]) -> DateRange | None:
    """Return the range of *tokens* if a comma separates dates from other words for them, else None.

    Raises ReadingError if they disagree.
    """
    for at, token in enumerate(tokens):
        if token[0] != "comma":
            continue
        dates, words = sorted((tokens[:at], tokens[at + 1 :]), key=lambda half: not _kinds(half) & _DAYS)
        kinds = _kinds(words)
        has_dates = sum(kind in _DAYS for kind, _value in dates) > 1 and _kinds(dates) <= _OF_DATES
        if not has_dates or kinds & _NOT_BESIDE_DATES:
            continue
        weekdays = [token for token in words if token[0] == "weekday"]
        if len(weekdays) > 1 and kinds <= _BETWEEN_DAYS | {"weekday"}:
            length = days_of(words)
            places = [at for at, (kind, _value) in enumerate(dates) if kind in _DAYS]
            beside = {places[0]: [weekdays[0]], places[-1]: [weekdays[-1]]}
            days = days_of([each for at, date in enumerate(dates) for each in (date, *beside.get(at, []))])
            if days.last - days.first != length.last - length.first:
                raise unclear()
            return days
        if kinds - {"comma"} in ({"week"}, {"weekend"}):
            days = days_of(dates)
            refuse_other_than_week(days, first_weekday=5 if "weekend" in kinds else 0)
            return days
        if kinds & _STRETCHES and (meant := days_of(words)).first < meant.last:
            days = days_of(dates)
            if not meant.first <= days.first <= days.last <= meant.last:
                raise disagreement(dates_of((meant.first, meant.last)), dates_of((days.first, days.last)))
            return days
    return None


def refuse_other_than_week(days: DateRange, *, first_weekday: int) -> None:
    """Raise ReadingError unless *days* run from *first_weekday*, 0 for Monday, to Sunday."""
    if (days.first.weekday(), (days.last - days.first).days) != (first_weekday, 6 - first_weekday):
        raise unclear()


def _kinds(tokens: list[Token]) -> set[str]:
    return {kind for kind, _value in tokens}
