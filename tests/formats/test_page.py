"""What pages are made of: lines and cells drop what is empty, and read plainly."""

from __future__ import annotations

from kzfest.formats.page import StyledText, cell, line, plain


def test_line_drops_what_is_empty() -> None:
    assert line("a", None, "", StyledText("", "strong"), StyledText("b", "faint")) == (
        StyledText("a"),
        StyledText("b", "faint"),
    )


def test_cell_drops_what_is_empty() -> None:
    made = cell(
        "a", None, "", (), StyledText("", "faint"), StyledText("b", "faint"), line("c", StyledText("d", "strong"))
    )

    assert made == ((StyledText("a"),), (StyledText("b", "faint"),), (StyledText("c"), StyledText("d", "strong")))


def test_plain_text_has_the_lines_of_a_cell_after_each_other() -> None:
    assert plain(cell("a", line("b", StyledText("c", "strong")))) == "a · bc"
    assert plain(line("a", StyledText("b", "strong"))) == "ab"
    assert (plain(line()), plain(cell())) == ("", "")
