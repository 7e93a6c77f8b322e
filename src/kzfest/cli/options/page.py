"""The options of a page in HTML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, Optional

import typer

from kzfest.cli.options.common import ANSWER_PANEL, check_name, complete_from
from kzfest.cli.terminal.console import note
from kzfest.core.errors import UsageError, one_of
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from kzfest.html.whole_page import Look

SIZES = ("a4", "a5", "a6", "letter")
KILOBYTE = 1024
HTML_SUFFIXES = ("", ".html", ".htm")
"""The extensions of a page; a file without one is taken at its word."""

PageFileOption = Annotated[
    Optional[str],
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("Write to FILE, completely or not at all. Without it, the page goes to standard output."),
        rich_help_panel=ANSWER_PANEL,
        callback=check_name,
    ),
]
PaperOption = Annotated[
    str,
    typer.Option(
        "--paper",
        metavar=_("SIZE"),
        help=_("The paper to print on: a4, a5, a6 for a booklet, or letter."),
        autocompletion=complete_from(*SIZES),
        rich_help_panel=ANSWER_PANEL,
    ),
]
LargeOption = Annotated[
    bool, typer.Option("--large", help=_("In large print."), rich_help_panel=ANSWER_PANEL, show_default=False)
]
LongNotesOption = Annotated[
    bool,
    typer.Option(
        "--notes",
        help=_("With further facts, tags and the long notes of the events."),
        rich_help_panel=ANSWER_PANEL,
        show_default=False,
    ),
]


class PageOptions(NamedTuple):
    """The values of the options of a page."""

    output: PageFileOption = None
    paper: PaperOption = "a4"
    large: LargeOption = False
    notes: LongNotesOption = False

    def look(self) -> Look:
        """Return how the page looks. Raises UsageError for another paper, and without a file for a page."""
        from kzfest.html.whole_page import Look  # for the commands that write a page

        if self.output is None and sys.stdout.isatty():
            raise UsageError(_("a page is for a browser: name its file, as in `-o page.html`"))
        if self.output and Path(self.output).suffix.lower() not in HTML_SUFFIXES:
            raise UsageError(_("a page is HTML: -o takes a file that ends in .html"))
        paper = self.paper.casefold()
        if paper not in SIZES:
            message = _("unknown paper '{paper}'; choose {choices}")
            raise UsageError(message.format(paper=self.paper, choices=one_of(SIZES)))
        return Look(paper=paper, large=self.large, notes=self.notes)

    def write(self, page: str, *, months_left_out: int = 0) -> None:
        """Write *page* to the file, or to standard output, and say what is not in it."""
        from kzfest.cli.output import write_file  # see above

        if months_left_out:
            told = ngettext(
                "the page is without {n} month in which nothing begins or ends",
                "the page is without {n} months in which nothing begins or ends",
                months_left_out,
            )
            note(told.format(n=months_left_out))
        if self.output is None or self.output == "-":  # without -o, `look` has refused a terminal
            typer.echo(page.encode("utf-8", "backslashreplace"), nl=False)
            return
        write_file(Path(self.output), page)
        size = len(page.encode("utf-8", "backslashreplace"))
        note(_("{file}: {n} KB; open it in a browser").format(file=self.output, n=-(-size // KILOBYTE)))
