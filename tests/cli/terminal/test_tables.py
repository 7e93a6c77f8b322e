"""Laws of the layout: nothing is lost, nothing is too wide, and what stands in columns stays in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import render, wrap
from kzfest.formats.page import (
    Column,
    Drawing,
    Fields,
    Heading,
    Paragraph,
    Section,
    StyledText,
    Table,
    cell,
    line,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzfest.formats.page import Block, Line, Page

WORDS = st.one_of(
    st.text("abcdefgh,.–", min_size=1, max_size=12),
    st.text("әғқңөұүһіЖМ", min_size=1, max_size=12),
    st.text("祭典の夜市音楽会", min_size=1, max_size=12),
    st.sampled_from(["café", "naïve", "🎉", "🎉🎊🎈", "a🎉b", "ý" * 9, "Pneumonoultramicroscopic"]),
)
SOME_WORDS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.one_of(st.just(""), SOME_WORDS)
STYLES = st.sampled_from(["", "strong", "faint", "warning"])
SPANS = st.builds(StyledText, st.builds("{}{}".format, st.sampled_from(["", " ", ", "]), SOME_WORDS), STYLES)
LINES = st.lists(SPANS, max_size=4).map(lambda spans: line(*spans))
CELLS = st.lists(LINES, max_size=3).map(lambda lines: cell(*lines))
WIDTHS = st.integers(20, 120)


@st.composite
def tables(draw: st.DrawFn, *, fixed: bool = True) -> Table:
    """Return a table of up to five columns, of which some may be *fixed*, and some sections of rows."""
    wraps = st.booleans() if fixed else st.just(value=True)
    columns = draw(st.lists(st.builds(Column, TEXTS, st.just(0), wraps), min_size=1, max_size=5))
    row = st.tuples(*[CELLS] * len(columns))
    sections = st.builds(Section, TEXTS, st.lists(row, max_size=4).map(tuple))
    return Table(tuple(columns), tuple(draw(st.lists(sections, max_size=3))))


FIELDS = st.builds(Fields, st.lists(st.tuples(SOME_WORDS, CELLS), max_size=4).map(tuple), STYLES)
HEADINGS = st.builds(Heading, LINES, st.integers(1, 2))
PARAGRAPHS = st.builds(Paragraph, LINES, CELLS)


def letters(text: str) -> Counter[str]:
    """Return how often each letter stands in *text*, without spaces and rules."""
    return Counter(text.replace(" ", "").replace("─", "").replace("·", ""))


def printed(lines: Iterable[Line]) -> list[str]:
    """Return *lines* as they are printed."""
    return [plain(each) for each in lines]


def text_of(block: Block) -> str:
    """Return all that *block* says."""
    match block:
        case Heading():
            return plain(block.line)
        case Paragraph():
            return "".join(map(plain, (block.line, *block.more)))
        case Fields():
            return "".join(label + plain(value) for label, value in block.rows)
        case Table():
            rows = [plain(each) for section in block.sections for row in section.rows for each in row]
            titles = [section.title for section in block.sections] + [column.title for column in block.columns]
            return "".join(rows + titles)
        case Drawing():
            return text_of(block.table)


@given(LINES, WIDTHS)
def test_wrapped_line_says_the_same_words(text: Line, width: int) -> None:
    lines = printed(wrap(text, width))

    longest = max((cell_len(word) for word in plain(text).split()), default=0)
    if longest <= width:
        assert " ".join(lines).split() == plain(text).split()
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")


@given(LINES, st.integers(2, 120))
def test_wrapped_line_fits(text: Line, width: int) -> None:
    lines = printed(wrap(text, width))

    assert [each for each in lines if cell_len(each) > width] == []


@given(LINES, WIDTHS)
def test_wrapped_line_keeps_the_style_of_each_letter(text: Line, width: int) -> None:
    wrapped = wrap(text, width)

    styled = [(letter, span.style) for each in wrapped for span in each for letter in span.text if letter != " "]
    assert styled == [(letter, span.style) for span in text for letter in span.text if letter != " "]


DATES = st.sampled_from(
    [
        *("16 Dec 2023", "16–30 Dec", "16 Dec –", "7 Jan 2024", "10 min"),
        *("2023\u00a0ж. 16 жел.", "7 қаң. дейін", "16 дек. 2023 г.", "по 7 янв.", "с 16 дек. 2023 г."),
    ]
)


@given(st.lists(st.one_of(WORDS, DATES), min_size=1, max_size=12), st.integers(24, 60))
def test_no_line_ends_within_a_date(words: list[str], width: int) -> None:
    lines = printed(wrap(line(" ".join(words)), width))

    dates = [word for word in words if " " in word]
    assert [each for each in dates if not any(each in shown for shown in lines)] == []


@given(LINES)
def test_wrap_without_a_width_changes_nothing(text: Line) -> None:
    assert list(wrap(text, None)) == [text]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (line("one two three"), 7, ["one two", "three"]),
        (line("one two  three"), 8, ["one two", "three"]),
        (line("two words"), 9, ["two words"]),
        (line("unbreakable"), 4, ["unbr", "eaka", "ble"]),
        (line("a unbreakable b"), 4, ["a", "unbr", "eaka", "ble", "b"]),
        (line("the hall", ", ", "Astana"), 8, ["the", "hall,", "Astana"]),
        (line("the Hall", StyledText(" [kk]", "faint")), 8, ["the Hall", "[kk]"]),
        (line(StyledText("https://kzfest.invalid/a/long/way", "link")), 8, ["https://kzfest.invalid/a/long/way"]),
        (
            line("at ", StyledText("https://kzfest.invalid", "link"), " it is"),
            8,
            ["at", "https://kzfest.invalid", "it is"],
        ),
        (line("祭典の夜市"), 5, ["祭典", "の夜", "市"]),
        (line("e\u0301e\u0301e\u0301"), 2, ["e\u0301e\u0301", "e\u0301"]),
        (line("не больше", " ", "двадцати"), 20, ["не больше двадцати"]),
        (line("10 000 tenge"), 7, ["10 000", "tenge"]),
        ((), 5, [""]),
    ],
)
def test_wrap_breaks_between_words(text: Line, width: int, lines: list[str]) -> None:
    assert printed(wrap(text, width)) == lines


@given(st.lists(st.one_of(HEADINGS, PARAGRAPHS, FIELDS, tables(fixed=False)), max_size=4), WIDTHS)
def test_page_is_no_wider_than_the_terminal(page: Page, width: int) -> None:
    lines = printed(render(page, width))

    assert [each for each in lines if cell_len(each) > width] == []


@given(st.lists(st.one_of(HEADINGS, PARAGRAPHS, FIELDS, tables()), max_size=4), st.one_of(st.none(), WIDTHS))
def test_page_says_every_letter_once(page: Page, width: int | None) -> None:
    lines = printed(render(page, width))

    assert letters("".join(lines)) == letters("".join(map(text_of, page)))


@given(st.lists(st.one_of(HEADINGS, PARAGRAPHS, FIELDS, tables()), max_size=4), st.one_of(st.none(), WIDTHS))
def test_line_has_no_space_at_its_end(page: Page, width: int | None) -> None:
    lines = printed(render(page, width))

    assert [each for each in lines if each != each.rstrip(" ")] == []


@given(tables())
def test_row_is_one_line_where_there_is_no_terminal(table: Table) -> None:
    lines = printed(render([table], None))

    rows = sum(len(section.rows) for section in table.sections)
    titles = [section.title for section in table.sections if section.title]
    blanks = sum(1 for section in table.sections[1:] if section.title)
    assert len(lines) == 1 + rows + len(titles) + blanks


@given(FIELDS)
def test_field_is_one_line_where_there_is_no_terminal(fields: Fields) -> None:
    lines = printed(render([fields], None))

    assert len(lines) == len(fields.rows)


@given(tables(), WIDTHS)
def test_unbreakable_cells_stay_on_one_line_of_the_terminal(table: Table, width: int) -> None:
    lines = printed(render([table], width))

    fixed = [i for i, column in enumerate(table.columns) if not column.wraps]
    cells = [
        plain(each).rstrip(" ") for section in table.sections for row in section.rows for i in fixed for each in row[i]
    ]
    whole = [each for each in cells if cell_len(each) <= width or " " not in each.strip()]
    assert [each for each in whole if not any(each in shown for shown in lines)] == []
    words = {word for each in (*cells, *(column.title for column in table.columns)) for word in each.split()}
    assert [each for each in lines if cell_len(each) > width and each.strip() not in words] == []


def test_range_of_moments_breaks_after_its_dash_where_it_is_wider_than_the_terminal() -> None:
    stay = cell("21:00 – 19 Dec 2023, 02:00", StyledText("end assumed", "faint"))
    table = Table(
        (Column("Time", wraps=False), Column("Visit"), Column("Id", wraps=False)),
        (Section("", ((stay, cell("The long night"), cell("k3f9")),)),),
    )

    assert printed(render([table], 24))[4:] == [
        "21:00 –",
        "19 Dec 2023, 02:00",
        "end assumed",
        "  The long night",
        "  k3f9",
    ]


@pytest.mark.parametrize("width", [None, 20, 40, 80, 200])
def test_table_looks_alike_for_few_rows_and_for_many(width: int | None) -> None:
    rows = (
        (
            cell("16–30 Dec 2023", StyledText("day 2 of 15", "faint")),
            cell("Dialogue: international exhibition"),
            cell("a"),
        ),
        (cell("17 Dec 2023"), cell("Тәуелсіздік жолында"), cell()),
        (cell(), cell("祭典の夜 🎉"), cell("now-i-see-you")),
    )
    columns = (Column("When"), Column("Event"), Column("Id", wraps=False))

    few = list(render([Table(columns, (Section("", rows),))], width))
    many = list(render([Table(columns, (Section("", rows[:2] + rows * 1_333),))], width))

    head, body = (few[:1], few[1:]) if width is None else (few[: -_body_height(few)], few[-_body_height(few) :])
    again = body if width is None else [*body, ()]
    assert many[: len(head)] == head
    assert many[-len(body) :] == body
    assert many[-len(body) - len(again) : -len(body)] == again


def _body_height(lines: list[Line]) -> int:
    """Return how many lines stand below the rule."""
    (rule,) = (i for i, text in enumerate(printed(lines)) if set(text) == {"─"})
    return len(lines) - rule - 1


SMALL = Table(
    (Column("When"), Column("Event"), Column("Address", from_width=60), Column("Id", from_width=20, wraps=False)),
    (
        Section("Sunday", ((cell("17 Dec", "last day"), cell("The fair"), cell("Main St"), cell("fair")),)),
        Section("Later", ((cell("18 Dec"), cell(), cell(), cell("dance")),)),
    ),
)


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            None,
            [
                "When               Event     Address  Id",
                "Sunday",
                "17 Dec · last day  The fair  Main St  fair",
                "",
                "Later",
                "18 Dec                                dance",
            ],
        ),
        (
            60,
            [
                "When      Event     Address  Id",
                "─" * 34,
                "Sunday",
                "17 Dec    The fair  Main St  fair",
                "last day",
                "",
                "Later",
                "18 Dec                       dance",
            ],
        ),
        (
            30,
            [
                "When      Event     Id",
                "─" * 25,
                "Sunday",
                "17 Dec    The fair  fair",
                "last day",
                "",
                "Later",
                "18 Dec              dance",
            ],
        ),
        (
            16,
            [
                "When     Event",
                "─" * 16,
                "Sunday",
                "17 Dec   The",
                "last     fair",
                "day",
                "",
                "Later",
                "18 Dec",
            ],
        ),
        (
            12,
            [
                "When",
                "  Event",
                "  Address",
                "  Id",
                "─" * 12,
                "Sunday",
                "17 Dec",
                "last day",
                "  The fair",
                "  Main St",
                "  fair",
                "",
                "Later",
                "18 Dec",
                "  dance",
            ],
        ),
    ],
)
def test_table_has_the_columns_that_have_room(width: int | None, lines: list[str]) -> None:
    assert printed(render([SMALL], width)) == lines


COMMAND = StyledText("`kzfest itinerary edit abcde --follow`", "command")
MOVED = Table(
    (Column("Time", wraps=False), Column("Visit"), Column("Id", wraps=False)),
    (
        Section(
            "",
            (
                (
                    cell("18:00"),
                    cell("The fair", line("MOVED, now tomorrow: ", COMMAND, StyledText("", "warning"), " and so on")),
                    cell("abcde"),
                ),
                (cell("20:00"), cell("The dance"), cell("fghij")),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            48,
            [
                "Time   Visit                               Id",
                "─" * 48,
                "18:00  The fair                            abcde",
                "       MOVED, now tomorrow:",
                "       `kzfest itinerary edit abcde --follow`",
                "       and so on",
                "",
                "20:00  The dance                           fghij",
            ],
        ),
        (
            38,
            [
                "Time   Visit                     Id",
                "─" * 38,
                "18:00  The fair                  abcde",
                "       MOVED, now tomorrow:",
                "`kzfest itinerary edit abcde --follow`",
                "       and so on",
                "",
                "20:00  The dance                 fghij",
            ],
        ),
    ],
)
def test_command_wider_than_its_column_stands_whole_below_its_row(width: int, lines: list[str]) -> None:
    assert printed(render([MOVED], width)) == lines


def test_fields_stand_beside_their_labels() -> None:
    fields = Fields(
        (
            ("When", cell("17 Dec 2023", StyledText("last day", "warning"))),
            ("Address", cell("54 Tauelsizdik Avenue")),
            ("A label that is very long indeed", cell("short")),
            ("Empty", ()),
        )
    )

    assert printed(render([fields], 30)) == [
        "When             17 Dec 2023",
        "                 last day",
        "Address          54",
        "                 Tauelsizdik",
        "                 Avenue",
        "A label that is very long",
        "indeed",
        "                 short",
        "Empty",
    ]
    assert printed(render([fields], None)) == [
        "When                              17 Dec 2023 · last day",
        "Address                           54 Tauelsizdik Avenue",
        "A label that is very long indeed  short",
        "Empty",
    ]


def test_running_text_is_no_wider_than_one_reads() -> None:
    page: Page = [Paragraph(line("word " * 60)), Fields((("Notes", cell("word " * 60)),))]

    widths = [cell_len(text) for text in printed(render(page, 200))]

    assert max(widths) <= 100


def test_blocks_stand_apart_and_text_close_to_its_heading() -> None:
    page: Page = [
        Heading(line("Title"), level=1),
        Paragraph(line("What it is.")),
        Heading(line("Notes")),
        Paragraph(line("How it was.")),
        Heading(line("Sources")),
        Fields((("1", cell("A guide")),)),
    ]

    assert printed(render(page, None)) == [
        "Title",
        "",
        "What it is.",
        "",
        "Notes",
        "How it was.",
        "",
        "Sources",
        "1  A guide",
    ]


def test_heading_is_styled_where_its_text_is_not() -> None:
    heading = Heading(line(StyledText("Title", "strong"), " [en]"))

    assert list(render([heading], 80)) == [(StyledText("Title", "strong"), StyledText(" [en]", "heading"))]


def test_empty_page_has_no_line() -> None:
    assert list(render([], 80)) == []


BARS = Drawing(
    lambda canvas: [line("━" * (canvas.width - 1)), line(StyledText("●", "mark"), " Концерт")],
    Table((Column("Event"),), (Section("", ((cell("Концерт"),),)),)),
    from_width=30,
)


def test_drawing_is_a_table_where_it_does_not_fit() -> None:
    assert printed(render([BARS], None)) == printed(render([BARS.table], None))
    assert printed(render([BARS], 29)) == printed(render([BARS.table], 29))
    assert printed(render([BARS], 30)) == ["━" * 29, "● Концерт"]


def test_marks_replace_the_characters_of_drawings_only() -> None:
    marks = {ord("━"): "=", ord("●"): "o"}
    title = Heading(line("● Fair"))

    assert printed(render([title, BARS], 30, drawn_in=lambda: marks)) == ["● Fair", "=" * 29, "o Концерт"]
