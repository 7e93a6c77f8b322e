"""Lines, fields and paragraphs of the page model as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.formats.page import Fields, Heading, Paragraph
from kzfest.html.elements import NO_MARKUP, Markup, between, direction, element, in_language, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzfest.formats.page import Block, Cell, Line, StyledText

_ELEMENTS = {"faint": "small", "strong": "", "warning": "em", "bad": "strong", "good": "em", "command": "code"}
"""The elements of the styles: small print, stress, importance."""
BREAK = element("br")


def html_of_line(line: Line) -> Markup:
    """Return *line* as HTML. The language of a text is its attribute, so its mark in brackets is left out."""
    parts = []
    before: StyledText | None = None
    for span in line:
        if not (before and before.language and span.text == f" [{before.language}]"):
            parts.append(_span(span))
        before = span
    return together(*parts)


def _span(span: StyledText) -> str:
    text: str = span.text
    attributes = {"lang": in_language(span.language) if span.language else None, "dir": direction(text)}
    if span.link:
        return element("a", text, href=span.link, **attributes)
    name = _ELEMENTS.get(span.style, "")
    if not name and not any(attributes.values()):
        return text
    return element(name or "span", text, **attributes)


def html_of_cell(lines: Cell) -> Markup:
    """Return the *lines* of a cell, each on its own."""
    return between(map(html_of_line, lines), BREAK)


def definition_list(rows: Iterable[tuple[str, Cell | Markup]]) -> Markup:
    """Return labels with their values; rows without a value are skipped."""
    told: list[Markup] = []
    for label, value in rows:
        if value:
            shown = value if isinstance(value, Markup) else html_of_cell(value)
            told += (element("dt", label), element("dd", shown))
    return element("dl", *told) if told else NO_MARKUP


def blocks(page: Iterable[Block], level: int) -> Iterator[Markup]:
    """Yield headings of this *level*, paragraphs and fields of *page*."""
    for block in page:
        match block:
            case Heading():
                yield element(f"h{level}", html_of_line(block.line))
            case Paragraph():
                yield element("p", between(map(html_of_line, (block.line, *block.more)), BREAK))
            case Fields():
                yield definition_list(block.rows)
