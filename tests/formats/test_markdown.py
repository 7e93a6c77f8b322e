"""Markdown: what a page says reads the same once rendered, and no letter of the data acts as markup."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # which Rich brings along

from kzfest.formats.markdown import markdown_text
from kzfest.formats.page import Column, Fields, Heading, Paragraph, Section, StyledText, Table, cell, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from kzfest.formats.page import Block

TEXTS = st.text("|*_[]<>`#~&\\!()+-=.:;/'\"$%^{}@? 019abЖқ\n", max_size=30)
SOME_TEXTS = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
PLAIN = {"text", "strong_open", "strong_close"}


def seen(text: str) -> list[tuple[str, str]]:
    """Return each text that a reader of Markdown sees, with the tag of its block; its markup where there is any."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [(before.tag, plain(token)) for before, token in pairwise(tokens) if token.type == "inline"]


def plain(token: Token) -> str:
    """Return the letters of an inline token, with the names of what is more than letters between question marks."""
    return "".join(child.content if child.type in PLAIN else f"?{child.type}?" for child in token.children or [])


@given(SOME_TEXTS)
def test_letters_of_a_paragraph_are_no_markup(text: str) -> None:
    assert seen(markdown_text([Paragraph(line(text))])) == [("p", text)]


@given(SOME_TEXTS, st.integers(1, 2))
def test_letters_of_a_heading_are_no_markup(text: str, level: int) -> None:
    assert seen(markdown_text([Heading(line(text), level)])) == [(f"h{level}", text)]


@given(st.lists(st.tuples(SOME_TEXTS, SOME_TEXTS), min_size=1, max_size=4))
def test_letters_of_fields_are_no_markup(rows: Sequence[tuple[str, str]]) -> None:
    fields = Fields(tuple((label, cell(value)) for label, value in rows))

    assert seen(markdown_text([fields])) == [("p", f"{label}: {value}") for label, value in rows]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), SOME_TEXTS)
def test_letters_of_a_table_are_no_markup(rows: Sequence[tuple[str, str]], title: str) -> None:
    cells = tuple(tuple(cell(value) for value in row) for row in rows)
    table = Table((Column("When"), Column(title)), (Section(title, cells),))

    in_rows = [("td", " ".join(value.split())) for row in rows for value in row]
    assert seen(markdown_text([table])) == [("p", title), ("th", "When"), ("th", title), *in_rows]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Heading(line("Now, I See You"), level=1), "# Now, I See You\n"),
        (Heading(line("C#")), "## C\\#\n"),
        (
            Paragraph(line("a|b *c* _d_ [e](f) <g> `h` ~i~ &amp;")),
            "a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\<g\\> \\`h\\` \\~i\\~ \\&amp;\n",
        ),
        (Paragraph(line("1. May")), "1\\. May\n"),
        (Paragraph(line("- no list")), "\\- no list\n"),
        (Paragraph(line("2023-12-17 is no list")), "2023-12-17 is no list\n"),
        (Paragraph(line("two\nlines  and   spaces")), "two lines and spaces\n"),
        (Paragraph(line("Title", StyledText(" [kk]", "faint"))), "Title \\[kk\\]\n"),
        (
            Fields((("When", cell("17 Dec 2023", StyledText("last day", "warning"))),)),
            "- **When:** 17 Dec 2023 · last day\n",
        ),
        (Fields((("Price", ()),)), "- **Price:**\n"),
        (
            Fields((("Link", cell(StyledText("https://kzfest.invalid/a_b?c=1&d=2#e", "link"))),)),
            "- **Link:** <https://kzfest.invalid/a_b?c=1&d=2#e>\n",
        ),
        (Paragraph(line(StyledText("https://kzfest.invalid/a|b", "link"))), "<https://kzfest.invalid/a%7Cb>\n"),
        (Paragraph(line(StyledText("no address_at_all", "link"))), "no address\\_at\\_all\n"),
    ],
)
def test_block_in_markdown(block: Block, text: str) -> None:
    assert markdown_text([block]) == text


def test_table_has_one_row_for_each_event() -> None:
    columns = (Column("When"), Column("Event", from_width=100), Column("Id", wraps=False))
    rows = ((cell("17 Dec", "last day"), cell("The fair"), cell("fair")), (cell("18 Dec"), cell(), cell("dance")))
    table = Table(columns, (Section("Sunday", rows), Section("", rows[:1])))

    assert markdown_text([Heading(line("Fair"), level=1), table]) == (
        "# Fair\n"
        "\n"
        "**Sunday**\n"
        "\n"
        "| When | Event | Id |\n"
        "| --- | --- | --- |\n"
        "| 17 Dec · last day | The fair | fair |\n"
        "| 18 Dec |  | dance |\n"
        "\n"
        "| When | Event | Id |\n"
        "| --- | --- | --- |\n"
        "| 17 Dec · last day | The fair | fair |\n"
    )


def test_empty_page_is_an_empty_text() -> None:
    assert markdown_text([]) == ""
