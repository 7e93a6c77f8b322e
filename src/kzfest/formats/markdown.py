"""Pages as Markdown (CommonMark, with the tables of GitHub's)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.formats.layout import Fields, Heading, Paragraph, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.formats.layout import Block, Page

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_LIST_START = re.compile(r"^(\d+)([.)])|^([-+])")


def markdown_text(page: Page) -> str:
    """Return *page* as Markdown in which no letter of the data acts as markup."""
    return "\n\n".join("\n".join(_block(block)) for block in page) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_safe(plain(block.line))}"
        case Paragraph():
            yield _safe(plain(block.line))
        case Fields():
            for label, cell in block.rows:
                yield f"- **{_safe(label)}:** {_safe(plain(cell))}"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    """Yield each section as a table of its own: Markdown has no headings inside one."""
    titles = [column.title for column in table.columns]
    for position, section in enumerate(table.sections):
        if position:
            yield ""
        if section.title:
            yield from (f"**{_safe(section.title)}**", "")
        yield _row(titles)
        yield _row(["---"] * len(titles), safe=False)
        yield from (_row([plain(cell) for cell in row]) for row in section.rows)


def _row(cells: list[str], *, safe: bool = True) -> str:
    return f"| {' | '.join(_safe(cell) if safe else cell for cell in cells)} |"


def _safe(text: str) -> str:
    r"""Return *text* with every letter that Markdown would act on escaped.

    >>> _safe("a|b *c*"), _safe("1. May")
    ('a\\|b \\*c\\*', '1\\. May')
    """
    one_line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST_START.sub(lambda found: (found[1] or "") + "\\" + (found[2] or found[3]), one_line)
