"""What pages are made of: lines and cells drop what is empty, and read plainly."""

from __future__ import annotations

from kzfest.formats.page import Span, cell, line, plain


def test_line_drops_what_is_empty() -> None:
    assert line("a", None, "", Span("", "strong"), Span("b", "faint")) == (Span("a"), Span("b", "faint"))


def test_cell_drops_what_is_empty() -> None:
    made = cell("a", None, "", (), Span("", "faint"), Span("b", "faint"), line("c", Span("d", "strong")))

    assert made == ((Span("a"),), (Span("b", "faint"),), (Span("c"), Span("d", "strong")))


def test_plain_text_has_the_lines_of_a_cell_after_each_other() -> None:
    assert plain(cell("a", line("b", Span("c", "strong")))) == "a · bc"
    assert plain(line("a", Span("b", "strong"))) == "ab"
    assert (plain(line()), plain(cell())) == ("", "")
