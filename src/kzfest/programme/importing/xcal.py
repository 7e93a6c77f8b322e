"""Read xCal: iCalendar as XML (RFC 6321), and as Pentabarf and frab write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.i18n import _
from kzfest.programme.importing import vcalendar
from kzfest.programme.importing.components import Component, Property, calendar_of
from kzfest.programme.importing.limits import MOST_LEVELS
from kzfest.programme.importing.xml_text import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kzfest.programme.importing.entries import Reading

_CLOCK = re.compile(r"(\d{2})(\d{2})(\d{2})")
"""A duration as Pentabarf writes it."""
_PENTABARF = "http://pentabarf.org"
_COMPONENTS = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY", "VALARM"}) | {
    "STANDARD",
    "DAYLIGHT",
}
_WRAPPERS = frozenset({"properties", "components"})


def read(text: str) -> Reading:
    """Return the programme in *text*. Raises SyntaxError if nothing in it can be read."""
    tree, remarks = parsed(text, complete={"vevent"})
    root = _component(tree, 0)
    calendars = [calendar_of(part) for part in root.parts if part.name == "VCALENDAR"] or [calendar_of(root)]
    reading = vcalendar.reading_of_calendar(calendars, kind=_("xCal"))
    reading.remarks[:0] = remarks
    return reading


def _component(element: Element, depth: int) -> Component:
    """Return the component *element*, whose children may stand in <properties> and <components>."""
    component = Component(_name(element), {}, [])
    children = [inner for child in element for inner in (child if _name(child).lower() in _WRAPPERS else [child])]
    for child in children:
        name = _name(child)
        if name in _COMPONENTS:
            if depth < MOST_LEVELS:
                component.parts.append(_component(child, depth + 1))
        else:
            component.properties.setdefault(name, []).append(_property(child))
    return component


def _property(element: Element) -> Property:
    """Return the property *element*: text, or elements named after the types of their values."""
    parameters = {key.upper(): value for key, value in element.attrib.items()}
    values = []
    for child in element:
        if _name(child) == "PARAMETERS":
            parameters |= {_name(each): "".join(each.itertext()).strip() for each in child}
        elif _name(child) in {"RECUR", "PERIOD"}:
            values.append(_structured(child))
        else:
            values.append((child.text or "").strip())
    if len(element) and _name(element) == "GEO":
        values = [";".join(values)]
    values = values or [(element.text or "").strip()]
    if _name(element) == "DURATION" and (clock := _CLOCK.fullmatch(values[0])):
        values = ["PT{}H{}M{}S".format(*clock.groups())]
    return Property(values, parameters)


def _structured(element: Element) -> str:
    """Return a rule as FREQ=DAILY;COUNT=2, and a period as two moments."""
    if _name(element) == "PERIOD":
        return "/".join((child.text or "").strip() for child in element)
    parts: dict[str, list[str]] = {}
    for child in element:
        text = (child.text or "").strip()
        is_moment = _name(child) == "UNTIL"
        parts.setdefault(_name(child), []).append(text.replace("-", "").replace(":", "") if is_moment else text)
    return ";".join(f"{name}={','.join(values)}" for name, values in parts.items())


def _name(element: Element) -> str:
    """Return the name of *element* in capitals; a name of Pentabarf's own namespace gets a prefix."""
    space, _brace, name = element.tag.rpartition("}")
    return ("X-PENTABARF-" if _PENTABARF in space else "") + name.upper()
