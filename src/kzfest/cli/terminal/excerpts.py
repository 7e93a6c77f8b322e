"""Faults of a file: on a terminal with the line, a caret under the place and a remedy; elsewhere each on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from kzfest.cli.terminal.console import WIDEST, print_lines, width
from kzfest.cli.terminal.tables import wrap
from kzfest.core.errors import FAULTS_SHOWN, more_problems, shown_problems
from kzfest.core.safe_text import visible
from kzfest.formats.page import StyledText as Styled
from kzfest.formats.page import line
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from kzfest.core.errors import Problem
    from kzfest.formats.page import Line

TAB = 4
"""The columns of a tab."""
CUT = "…"
MOST_BEFORE = 0.6
"""The share of the terminal that a long line may take before the place of its fault."""
LINES_OF_A_REMEDY = 3
"""Lines of the terminal. Of a longer remedy, only the part that changes is shown."""


def print_problems(problems: Sequence[Problem], stream: TextIO) -> None:
    """Print the first *problems* on *stream*, and how many more there are."""
    columns = width(stream)
    if columns is None:
        print_lines([line(told) for told in shown_problems(problems)], stream)
    else:
        print_lines(_explained(problems, columns), stream)


def _explained(problems: Sequence[Problem], columns: int) -> Iterator[Line]:
    for number, problem in enumerate(problems[:FAULTS_SHOWN]):
        if number:
            yield ()
        yield from wrap(line(Styled(problem.place, "strong"), f" {problem.sentence}"), columns)
        yield from _excerpt(problem, columns)
        yield from _correction(problem, columns)
    if more := more_problems(problems):
        yield from ((), *wrap(line(more), columns))


def _excerpt(problem: Problem, columns: int) -> Iterator[Line]:
    """Yield the line of *problem*, cut to so many *columns* around its place, and carets under the place."""
    if not problem.text.strip():
        return
    begin, end = problem.column - 1, problem.column - 1 + problem.width
    parts = (
        problem.text[max(begin - WIDEST, 0) : begin],
        problem.text[begin:end][:WIDEST],
        problem.text[end:][:WIDEST],
    )
    before, wrong, after = map(_shown, parts)
    if cell_len(before + wrong + after) > columns:
        before = _end_of(before, int(columns * MOST_BEFORE))
    room = columns - cell_len(before)
    yield line(_beginning_of(before + wrong + after, columns))
    yield line(" " * cell_len(before), Styled("^" * max(min(cell_len(wrong), room), 1), "bad"))


def _correction(problem: Problem, columns: int) -> Iterator[Line]:
    """Yield the remedy or the example of *problem*, on a line of its own, so that people can copy it."""
    if problem.remedy is not None:
        told, text = _("write:"), problem.remedy
        if cell_len(text) > columns * LINES_OF_A_REMEDY:
            begin, end = problem.column - 1, len(problem.text) - (problem.column - 1 + problem.width)
            text = text[begin : len(text) - end]
    elif problem.example is not None:
        told, text = _("for example:"), problem.example
    else:
        return
    yield line(Styled(told, "faint"))
    yield line(Styled(_shown(text), "good"))


def _shown(text: str) -> str:
    """Return *text* as a terminal may have it, with its tabs as spaces."""
    return visible(text.replace("\t", " " * TAB))


def _end_of(text: str, columns: int) -> str:
    """Return *text*, or as much of its end as fits into *columns*."""
    if cell_len(text) <= columns:
        return text
    cut = text[-columns:]
    while cell_len(cut) > columns - len(CUT):
        cut = cut[1:]
    return CUT + cut


def _beginning_of(text: str, columns: int) -> str:
    """Return *text*, or as much of its beginning as fits into *columns*."""
    if cell_len(text) <= columns:
        return text
    return set_cell_size(text, columns - len(CUT)).rstrip() + CUT
