"""Turn checked plain values of `data/history.yaml` into the model of the history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kzfest.core.history import Chapter, History, Law, Milestone, Precision, Recognition, Votes
from kzfest.programme.decode import dates, decode_moment, disputes_of, source_of, tuples

if TYPE_CHECKING:
    from kzfest.programme.decode import Values


def history_of(values: Values) -> History:
    """Return the history that *values* describe, by section of the file."""
    return History(
        revised=date.fromisoformat(values["history"]["revised"]),
        sources={key: source_of(key, each) for key, each in values["sources"].items()},
        milestones=tuple(_milestone_of(each) for each in values["milestones"]),
        recognitions=tuple(
            Recognition(**each | dates(each, "on") | tuples(each, "sources")) for each in values["recognitions"]
        ),
        law=_law_of(values["law"]),
    )


def _milestone_of(values: Values) -> Milestone:
    at, precision = values["at"], precision_of(values["at"])
    if precision == "minute":
        at = decode_moment(at, values["timezone"]).isoformat()
    return Milestone(
        **values | tuples(values, "sources") | {"at": at, "precision": precision, "disputes": disputes_of(values)}
    )


def precision_of(at: str) -> Precision:
    """Return the precision of a date, which its length shows.

    >>> precision_of("1992-03")
    'month'
    """
    by_length: dict[int, Precision] = {len("1993"): "year", len("1992-03"): "month", len("1991-12-16"): "day"}
    return by_length.get(len(at), "minute")


def _law_of(values: Values) -> Law:
    times = {key: decode_moment(values[key], values["timezone"]) for key in ("adopted", "signed")}
    return Law(
        **values
        | times
        | dates(values, "passed")
        | tuples(values, "sources")
        | {
            "votes": _votes_of(values["votes"]),
            "chapters": tuple(Chapter(**each | {"number": int(each["number"])}) for each in values["chapters"]),
        }
    )


def _votes_of(values: Values) -> Votes:
    numbers = {key: int(number) for key, number in values.items()}
    return Votes(in_favour=numbers.pop("for"), **numbers)
