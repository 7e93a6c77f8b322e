"""Parse XML that anybody may have written: no DOCTYPE, no other file, and what is broken is mended or read so far."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser

from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_UNREADABLE = f"{_FORBIDDEN}|&#(?:x(?P<hex>[0-9a-fA-F]{{1,6}})|(?P<number>[0-9]{{1,7}}));"
_FED_AT_ONCE = 100_000
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


def root_name(text: str) -> str | None:
    """Return the name of the first element of *text* without its namespace, or None. Raises SyntaxError.

    A DOCTYPE is refused, because it can make a small file huge or name other files; HTML has a harmless one.
    """
    start = _BEFORE_ROOT.match(text)
    after = text[(begun := start.end() if start else 0) : begun + 1_000]
    if after[:9].upper() == "<!DOCTYPE":
        if "html" in after[9:60].casefold():
            return "html"
        raise SyntaxError(_("the file has a DOCTYPE, which kzfest does not read; remove it"))
    found = _NAME.match(after)
    return found[1] if found else None


def parsed(text: str, *, complete: AbstractSet[str]) -> tuple[Element, list[str]]:
    """Return the tree of *text*, and sentences about what was mended in it. Raises SyntaxError.

    Of a file that breaks off, the tree has the elements before that, if one of those named *complete* is among them.
    """
    root_name(text)
    text = text.lstrip()  # a declaration must be the first thing
    try:
        return _tree(text), []
    except ParseError:
        remarks = []
    mended, lines = _without_forbidden(text)
    if lines:
        places = _ranges(lines)
        remarks.append(_("removed control characters that XML forbids, in the lines {lines}").format(lines=places))
        try:
            return _tree(mended), remarks
        except ParseError:
            pass
    return _tree_so_far(mended, complete, remarks)


def _tree(text: str) -> Element:
    parser: Any = XMLParser()  # noqa: S314  # `root_name` has refused a DOCTYPE, without which no entity grows
    parser.feed(text)
    root: Element = parser.close()
    return root


def _tree_so_far(text: str, complete: AbstractSet[str], remarks: list[str]) -> tuple[Element, list[str]]:
    """Return the tree of the part of *text* that can be parsed. Raises SyntaxError if that is nothing."""
    parser: Any = XMLPullParser(("start", "end"))
    unclosed: list[Element] = []
    root: Element | None = None
    whole = 0
    line = 1
    try:
        for start in range(0, len(text), _FED_AT_ONCE):
            parser.feed(text[start : start + _FED_AT_ONCE])
        parser.close()
    except ParseError as error:
        line = error.position[0]
    for event, element in parser.read_events():
        if event == "start":
            root = element if root is None else root
            unclosed.append(element)
        else:
            unclosed.pop()
            whole += _local_name(element) in complete
    if root is None or not whole:
        raise SyntaxError(_("line {line}: it is not well-formed XML").format(line=line))
    for parent, child in pairwise(unclosed):
        if _local_name(child) in complete:
            parent.remove(child)
            break
    message = _("the file breaks off at line {line}; {n} entries before that were read")
    return root, [*remarks, message.format(line=line, n=whole)]


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _without_forbidden(text: str) -> tuple[str, list[int]]:
    """Return *text* without characters that XML forbids, written or as references, and the lines that had any."""

    def remove(found: re.Match[str]) -> str:
        number = int(found["hex"], 16) if found["hex"] else int(found["number"] or 0)
        return "" if not number or number > 0x10FFFF or re.match(_FORBIDDEN, chr(number)) else found[0]

    lines = text.split("\n")
    mended = [re.sub(_UNREADABLE, remove, line) for line in lines]
    changed = [number for number, pair in enumerate(zip(lines, mended, strict=True), 1) if pair[0] != pair[1]]
    return "\n".join(mended), changed


def _ranges(numbers: list[int]) -> str:
    """Return *numbers*, in order, with ranges: 1, 3–5."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number <= ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{first}–{last}" if last > first else str(first) for first, last in ranges]
    return ", ".join([*shown[:10], *(["…"] if len(shown) > 10 else [])])
