"""Visits as JSON in the store. Records of older versions must stay readable."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kzfest.core.model import Showing
from kzfest.core.visit import Visit

_DAY = len("2023-12-17")


def record_of(visit: Visit) -> dict[str, Any]:
    """Return the record of *visit*, without default values."""
    values = {name: getattr(visit, name) for name in Visit.__slots__}
    usual = {"end": None, "assumed": False, "status": "scheduled", "revision": 0, "must": False, "changes": 0}
    values |= {
        "title": dict(visit.title),
        "start": visit.start.isoformat(),
        "end": visit.end and visit.end.isoformat(),
        "showing": visit.showing and _showing_record(visit.showing),
        "changed": visit.changed.isoformat(),
        "imported": visit.imported and visit.imported.isoformat(),
    }
    return {name: value for name, value in values.items() if value != usual.get(name)}


def visit_of(record: dict[str, Any]) -> Visit:
    """Return the visit of a *record*. Raises ValueError, KeyError, TypeError or AttributeError if it is invalid."""
    values = dict(record) | {"start": _when(record["start"])}
    values |= {key: datetime.fromisoformat(record[key]) for key in ("end", "changed", "imported") if key in record}
    if "showing" in record:
        values["showing"] = _showing_of(record["showing"])
    return Visit(**values)


def _showing_record(showing: Showing) -> dict[str, Any]:
    values = {
        "id": showing.id,
        "start": showing.start.isoformat(),
        "end": showing.end and showing.end.isoformat(),
        "open_end": showing.open_end or None,
        "venue": showing.venue,
        "zone": showing.zone,
        "drop_in": showing.drop_in or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _showing_of(record: dict[str, Any]) -> Showing:
    values = dict(record) | {"start": _when(record["start"])}
    if "end" in record:
        values["end"] = _when(record["end"])
    return Showing(**values)


def _when(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == _DAY else datetime.fromisoformat(text)
