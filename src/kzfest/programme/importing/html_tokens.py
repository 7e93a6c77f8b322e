"""The tags of HTML that anybody may have written, in time proportional to its length.

Python's own `html.parser` takes 18 seconds for a hostile page of 50 kB, and raises AssertionError for others.
"""

from __future__ import annotations

import re
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARKUP = re.compile(r"<(?:(?P<other>!--|[!?])|/(?P<end>[a-zA-Z][^\s/>]*+)|(?P<start>[a-zA-Z][^\s/>]*+))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+"""
)
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "textarea", "title")
}
"""The elements whose content is text up to their end tag, whatever it looks like, and what finds that tag."""


class Tag(NamedTuple):
    """A start tag or an end tag, or a comment or declaration, which has no name. What is between tags is text."""

    begins: int
    ends: int
    """The first position behind it."""
    name: str = ""
    """In small letters."""
    is_end: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of *text* in order. No part of *text* is looked at twice."""
    position = 0
    raw = ""
    while found := (_RAW[raw] if raw else _MARKUP).search(text, position):
        begins, behind = found.span()
        if raw or found["end"]:
            tag = Tag(begins, _after(text, ">", behind), raw or found["end"].lower(), is_end=True)
            raw = ""
        elif found["start"]:
            is_bare = text[behind : behind + 1] == ">"
            tag = Tag(begins, behind + 1, found["start"].lower()) if is_bare else _start_tag(text, found)
            is_empty = text[tag.ends - 2 : tag.ends] == "/>"  # as in XHTML
            raw = tag.name if tag.name in _RAW and not is_empty else ""
        else:
            tag = Tag(begins, _after(text, "-->", begins + 2) if found["other"] == "!--" else _after(text, ">", behind))
        yield tag
        position = tag.ends
    if raw:
        yield Tag(len(text), len(text), raw, is_end=True)


def _start_tag(text: str, found: re.Match[str]) -> Tag:
    attributes: dict[str, str] = {}
    position = found.end()
    while attribute := _ATTRIBUTE.match(text, position):
        position = attribute.end()
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(attribute["name"].lower(), unescape(value) if "&" in value else value)
    return Tag(found.start(), _after(text, ">", position), found["start"].lower(), attributes=attributes)


def _after(text: str, mark: str, position: int) -> int:
    """Return the position behind the next *mark*, or the end of *text*."""
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)
