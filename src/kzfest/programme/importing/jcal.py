"""Read jCal (RFC 7265): iCalendar as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzfest.i18n import _
from kzfest.programme.importing import vcalendar
from kzfest.programme.importing.components import Component, Property, calendar_of
from kzfest.programme.importing.limits import LONGEST_LIST, MOST_LEVELS

if TYPE_CHECKING:
    from kzfest.programme.importing.entries import Reading


def fits(value: Any) -> bool:
    """Whether *value* is a calendar, or a list of such."""
    return bool(_calendars(value))


def read(value: Any) -> Reading:
    """Return the programme in *value*, which `fits`."""
    calendars = [calendar_of(_component(each, 0)) for each in _calendars(value)]
    return vcalendar.reading_of_calendar(calendars, kind=_("jCal"))


def _calendars(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        return []
    if isinstance(value[0], str):
        return [value] if value[0].lower() == "vcalendar" else []
    return [each for each in value if isinstance(each, list) and each[:1] and str(each[0]).lower() == "vcalendar"]


def _component(value: list[Any], depth: int) -> Component:
    name, properties, parts = ([*value, *[None] * 3])[:3]
    component = Component(str(name).upper(), {}, [])
    for given in properties if isinstance(properties, list) else ():
        if isinstance(given, list) and len(given) > 3 and isinstance(given[0], str):
            parameters = given[1] if isinstance(given[1], dict) else {}
            texts = {str(key).upper(): _text(each) for key, each in parameters.items()}
            found = Property([_text(each) for each in given[3 : 3 + LONGEST_LIST]], texts)
            component.properties.setdefault(given[0].upper(), []).append(found)
    for part in parts if isinstance(parts, list) and depth < MOST_LEVELS else ():
        if isinstance(part, list) and part:
            component.parts.append(_component(part, depth + 1))
    return component


def _text(value: Any) -> str:
    """Return *value* as iCalendar writes it: rules as FREQ=DAILY;COUNT=2, a period as two moments."""
    if isinstance(value, dict):
        return ";".join(f"{key}={_rule_values(each)}" for key, each in value.items())
    if isinstance(value, list):
        is_period = len(value) == 2 and isinstance(value[0], str) and "T" in value[0]
        return ("/" if is_period else ";").join(map(str, value[:LONGEST_LIST]))
    return "" if value is None else str(value)


def _rule_values(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    return ",".join(str(each).replace("-", "").replace(":", "") if "T" in str(each) else str(each) for each in values)
