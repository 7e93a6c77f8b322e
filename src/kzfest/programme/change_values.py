"""Changes of events as plain values of JSON, to keep them in a file, and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kzfest.core.known_event import KnownEvent, KnownShowing
from kzfest.core.model import STATUSES
from kzfest.core.revisions import CHANGE_KINDS, EventChange

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kzfest.core.model import Texts

_T = TypeVar("_T")
_DAY = len("2023-12-17")


def values_of_change(change: EventChange) -> dict[str, Any]:
    """Return *change* as values of JSON, without what is empty or usual. `change_of_values` gives it back."""
    return _unusual(
        {
            "kinds": list(change.kinds),
            "before": change.before and _event_values(change.before),
            "after": change.after and _event_values(change.after),
            **{name: list(map(_showing_values, getattr(change, name))) for name in ("dropped", "added", "past")},
        }
    )


def _event_values(event: KnownEvent) -> dict[str, Any]:
    values = event._asdict() | {
        "title": dict(event.title),
        "showings": list(map(_showing_values, event.showings)),
        "places": list(map(dict, event.places)),
        "people": list(map(dict, event.people)),
        "changed": event.changed and event.changed.isoformat(),
        "status": None if event.status == "scheduled" else event.status,
    }
    return {"id": event.id, "key": event.key} | _unusual(values)


def _showing_values(showing: KnownShowing) -> dict[str, Any]:
    values = showing._asdict() | {
        "start": showing.start.isoformat(),
        "end": showing.end and showing.end.isoformat(),
        "places": list(map(dict, showing.places)),
        "status": None if showing.status == "scheduled" else showing.status,
    }
    return {"id": showing.id} | _unusual(values)


def _unusual(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def change_of_values(values: Mapping[str, Any]) -> EventChange:
    """Return the change of which `values_of_change` made *values*.

    Raises ValueError, KeyError or TypeError if they are damaged; keys of later versions of kzfest are ignored.
    """
    before, after = (_event(values[name]) if name in values else None for name in ("before", "after"))
    if before is None and after is None:
        raise ValueError("malformed")
    return EventChange(
        tuple(_one_of(CHANGE_KINDS, kind) for kind in _list(values, "kinds")),
        before,
        after,
        *(tuple(map(_showing, _list(values, name))) for name in ("dropped", "added", "past")),
    )


def _event(values: Mapping[str, Any]) -> KnownEvent:
    return KnownEvent(
        id=_is(str, values["id"]),
        key=_is(str, values["key"]),
        title=_texts(values["title"]),
        showings=tuple(map(_showing, _list(values, "showings"))),
        places=tuple(map(_texts, _list(values, "places"))),
        rule=_is(str, values.get("rule", "")),
        revision=_is(int, values.get("revision", 0)),
        changed=_when(values["changed"], date.fromisoformat) if "changed" in values else None,
        people=tuple(map(_texts, _list(values, "people"))),
        status=_one_of(STATUSES, values.get("status", "scheduled")),
    )


def _showing(values: Mapping[str, Any]) -> KnownShowing:
    return KnownShowing(
        id=_is(str, values["id"]),
        start=_when(values["start"], _day_or_moment),
        end=_when(values["end"], _day_or_moment) if "end" in values else None,
        open_end=_is(bool, values.get("open_end", False)),
        places=tuple(map(_texts, _list(values, "places"))),
        status=_one_of(STATUSES, values.get("status", "scheduled")),
    )


def _day_or_moment(text: str) -> date:
    if len(text) == _DAY:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("malformed")
    return moment


def _when(value: object, read: Callable[[str], date]) -> date:
    """Return the day or moment that *value* gives; festival days and other zones need those around it."""
    found = read(_is(str, value))
    if not date.min < date(found.year, found.month, found.day) < date.max:
        raise ValueError("malformed")
    return found


def _texts(value: object) -> Texts:
    texts = {_is(str, language): _is(str, text) for language, text in _is(dict, value).items()}
    if not texts:
        raise ValueError("malformed")
    return texts


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    return _is(list, values.get(name, []))


def _is(kind: type[_T], value: object) -> _T:
    """Return *value* if it is exactly of this *kind*: True is no number."""
    if type(value) is not kind:
        raise TypeError("malformed")
    return value


def _one_of(words: Collection[_T], value: object) -> _T:
    if value not in words:
        raise ValueError("malformed")
    return cast("_T", value)
