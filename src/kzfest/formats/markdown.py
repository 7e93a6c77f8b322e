"""Pages as Markdown: CommonMark with GitHub's tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.formats.page import Drawing, Fields, Heading, Paragraph, Table, with_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.formats.page import Block, Cell, Line, Page

_SPACES = re.compile(r"\s+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LIST_START = re.compile(r"^(\d+)([.)])|^([-+])")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def markdown_text(page: Page) -> str:
    """Return *page* as Markdown, with the data escaped; an empty page gives an empty string."""
    return "\n".join("".join(f"{text}\n" for text in _block(block)) for block in with_addresses(page))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_line(block.line)}"
        case Paragraph():
            yield "\\\n".join(map(_line, (block.line, *block.more)))
        case Fields():
            yield from (f"- **{_plain(label)}:** {_cell(cell)}".rstrip() for label, cell in block.rows)
        case Table():
            yield from _table(block)
        case Drawing():
            yield from _table(block.table)


def _table(table: Table) -> Iterator[str]:
    """Yield each section as a separate table, because Markdown tables cannot contain headings."""
    titles = [_plain(column.title) for column in table.columns]
    for position, section in enumerate(table.sections):
        if position:
            yield ""
        if section.title:
            yield from (f"**{_plain(section.title)}**", "")
        yield _row(titles)
        yield _row(["---"] * len(titles))
        yield from (_row([_cell(cell) for cell in row]) for row in section.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return " · ".join(_line(line) for line in cell)


def _line(line: Line) -> str:
    """Return *line* with links as Markdown links and the rest escaped."""
    return _not_a_list("".join(_link(span.text) if span.style == "link" else _escaped(span.text) for span in line))


def _link(text: str) -> str:
    """Return *text* as a link if it is an address, with | encoded because it would end a table cell."""
    return f"<{text.replace('|', '%7C')}>" if _ADDRESS.fullmatch(text) else _escaped(text)


def _plain(text: str) -> str:
    r"""Return *text* with all Markdown markup escaped.

    >>> _plain("a|b *c*"), _plain("1. May"), _plain("R&amp;B")
    ('a\\|b \\*c\\*', '1\\. May', 'R\\&amp;B')
    """
    return _not_a_list(_escaped(text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))


def _not_a_list(text: str) -> str:
    """Return *text* stripped, with a list marker at its beginning escaped."""
    return _LIST_START.sub(lambda found: (found[1] or "") + "\\" + (found[2] or found[3]), text.strip())
