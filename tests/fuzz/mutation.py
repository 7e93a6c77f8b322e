"""Change a file as its syntax allows: a value, an element or a line is removed, repeated, or becomes another one.

Bytes that are changed at random are rarely JSON or XML afterwards, so that most of them never reach a reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_PARTS = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|</?(?P<name>[\w:.-]+)[^<>]*>|(?P<bracket>[\[\]{}])|(?:(?<=>)|(?<==))[^<>"]+|[^\s"<>\[\]{},:;=]+'
)
"""Texts, tags, brackets, what stands between tags, and words."""
_PAIRS = {"]": "[", "}": "{"}
_JOINTS = ("", ",", ", ", "\n")
_ODD = (
    *("", '""', '" "', "null", "true", "0", "-1", "1e9", "0.5", "[]", "{}", "[[]]", '[""]', '{"": ""}', "9" * 25),
    *('"9999-12-31T23:59:59Z"', '"0001-01-01"', "0001-01-01T00:00:00+14:00", "9999-12-31", "24:00", "99999:59"),
    *('"\\u0000"', '"\\ud800"', "&#0;", "&#x202e;", "<![CDATA[<b>]]>", "<a/>", "P9999Y", "-PT1H", "∞", "\u202e"),
)
"""What readers may not expect."""


def mutated(data: bytes, random: Random) -> bytes:
    """Return *data* with one of its parts changed; the choice is that of *random*."""
    text = data.decode("utf-8", "surrogateescape")
    spans = _spans(text)
    if not spans:
        return data
    begun, end = random.choice(spans)
    part = text[begun:end]
    other = text[slice(*random.choice(spans))]
    changed = random.choice((other, random.choice(_ODD), "", f"{part}{random.choice(_JOINTS)}{part}"))
    return f"{text[:begun]}{changed}{text[end:]}".encode("utf-8", "surrogateescape")


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the parts of *text* begin and end: its lines, values and elements, with what is inside them."""
    spans = [found.span() for found in re.finditer("[^\n]+", text)]
    opened: list[tuple[str, int]] = []
    for found in _PARTS.finditer(text):
        spans.append(found.span())
        kind = found["name"] or found["bracket"]
        if not kind:
            continue
        if found["bracket"] in {"[", "{"} or (found["name"] and found[0][1] != "/"):
            opened.append((kind, found.start()))
            continue
        kinds = [each for each, _start in opened]
        if (kind := _PAIRS.get(kind, kind)) in kinds:
            at = len(kinds) - 1 - kinds[::-1].index(kind)
            spans.append((opened[at][1], found.end()))
            del opened[at:]
    return spans
