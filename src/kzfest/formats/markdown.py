"""Pages as Markdown (CommonMark, with the tables of GitHub's)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.formats.page import Fields, Heading, Paragraph, Table, with_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.formats.page import Block, Cell, Line, Page

_SPACES = re.compile(r"\s+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LIST_START = re.compile(r"^(\d+)([.)])|^([-+])")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def markdown_text(page: Page) -> str:
    """Return *page* as Markdown in which no letter of the data acts as markup; an empty page as nothing."""
    return "\n".join("".join(f"{text}\n" for text in _block(block)) for block in with_addresses(page))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_line(block.line)}"
        case Paragraph():
            yield _line(block.line)
        case Fields():
            yield from (f"- **{_safe(label)}:** {_cell(cell)}".rstrip() for label, cell in block.rows)
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    """Yield each section as a table of its own: Markdown has no headings inside one."""
    titles = [_safe(column.title) for column in table.columns]
    for position, section in enumerate(table.sections):
        if position:
            yield ""
        if section.title:
            yield from (f"**{_safe(section.title)}**", "")
        yield _row(titles)
        yield _row(["---"] * len(titles))
        yield from (_row([_cell(cell) for cell in row]) for row in section.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return " · ".join(_line(line) for line in cell)


def _line(line: Line) -> str:
    """Return *line* with its links as links, and its letters as letters."""
    return _begun("".join(_link(text) if style == "link" else _escaped(text) for text, style, _to in line))


def _link(text: str) -> str:
    """Return *text* as a link where it is an address; a bar would end the cell of a table."""
    return f"<{text.replace('|', '%7C')}>" if _ADDRESS.fullmatch(text) else _escaped(text)


def _safe(text: str) -> str:
    r"""Return *text* with every letter that Markdown would act on escaped.

    >>> _safe("a|b *c*"), _safe("1. May"), _safe("R&amp;B")
    ('a\\|b \\*c\\*', '1\\. May', 'R\\&amp;B')
    """
    return _begun(_escaped(text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))


def _begun(text: str) -> str:
    """Return *text*, without the spaces around it, so that its beginning makes no list."""
    return _LIST_START.sub(lambda found: (found[1] or "") + "\\" + (found[2] or found[3]), text.strip())
