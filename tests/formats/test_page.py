"""What pages are made of: lines and cells drop what is empty, and read plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.formats.page import (
    Canvas,
    Column,
    Drawing,
    Section,
    StyledText,
    Table,
    cell,
    line,
    plain,
    with_addresses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.formats.page import Line


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


def wrapped(text: Line, room: int) -> Iterator[Line]:
    """Yield *text* in lines of *room* letters."""
    (span,) = text
    yield from (line(span._replace(text=span.text[at : at + room])) for at in range(0, len(span.text), room))


CANVAS = Canvas(40, len, wrapped)


def test_canvas_cuts_after_its_last_line() -> None:
    text = line(StyledText("abcdefghij", "strong"))

    assert [plain(each) for each in CANVAS.lines(text, 4, 3)] == ["abcd", "efgh", "ij"]
    assert CANVAS.lines(text, 4, 2) == [line(StyledText("abcd", "strong")), line(StyledText("efg", "strong"), "…")]
    assert plain(CANVAS._replace(ellipsis="...").lines(text, 4, 2)[1]) == "e..."
    assert plain(CANVAS._replace(ellipsis="...").lines(text, 2, 1)[0]) == ".."


def test_canvas_fills_a_line_with_spaces() -> None:
    assert plain(CANVAS.padded(line("ab", StyledText("c", "bad")), 5)) == "abc  "
    assert plain(CANVAS.padded(line("abcde"), 5)) == "abcde"


def test_drawing_has_the_addresses_of_its_table() -> None:
    def table(*lines: StyledText) -> Table:
        return Table((Column("Event"),), (Section("", ((cell(*lines),),)),))

    linked = StyledText("Fair", "", "https://kzfest.invalid/")
    drawing = Drawing(lambda _canvas: [], table(linked))

    written = table(StyledText("Fair"), StyledText("https://kzfest.invalid/", "link"))
    assert with_addresses([drawing]) == [drawing._replace(table=written)]
