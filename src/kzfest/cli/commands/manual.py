"""`kzfest manual`."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.manual import for_reading, manual_pages, page_called
from kzfest.cli.terminal.console import note, print_page
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import NotFoundError
from kzfest.core.safe_text import quoted
from kzfest.formats.page import Column, Paragraph, Section, StyledText, Table, cell, line
from kzfest.i18n import _
from kzfest.paths import manual_folder

if TYPE_CHECKING:
    from kzfest.cli.manual import ManualPage
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page


def _names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    return (
        []
        if ctx.params.get("page")
        else [(each.name, each.about) for each in manual_pages() if each.name.startswith(incomplete)]
    )


PageArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[PAGE]"),
        help=_("A page, such as `quickstart` or `finding-things`."),
        autocompletion=_names,
        show_default=False,
    ),
]


@command("kzfest manual", "kzfest manual quickstart")
def manual(ctx: CommandContext, page: PageArgument = None) -> None:
    """Show a page of the manual, or list its pages.

    In a pipe, and in a file, the page is Markdown.
    """
    if not page:
        print_page(_contents(), ctx.obj.colour)
        tell_language(ctx.obj)
        return
    found = page_called(page)
    if found is None:
        name = " ".join(page)
        near = get_close_matches(name.casefold(), [each.name for each in manual_pages()])
        message = _("the manual has no page {name}; `kzfest manual` lists its pages")
        if near:
            message = _("the manual has no page {name}; did you mean {guesses}?")
        raise NotFoundError(message.format(name=quoted(name), guesses=", ".join(map(quoted, near))))
    show_manual_page(found, ctx.obj)


def show_manual_page(page: ManualPage, session: Session) -> None:
    """Print *page*."""
    from kzfest.cli.terminal.manual_page import print_manual_page

    tell_language(session)
    print_manual_page(for_reading(page))


def tell_language(session: Session) -> None:
    """Say that the manual is in English if *session* has another language."""
    if session.language != "en":
        note(_("the manual is in English"))


def _contents() -> Page:
    """Return the page that lists those of the manual."""
    sections = [
        Section(part, tuple((cell(StyledText(each.name, "command")), cell(each.about)) for each in pages))
        for part, pages in groupby(manual_pages(), lambda each: each.part)
    ]
    folder = manual_folder()
    where = StyledText(str(folder), "link", folder.as_uri())
    columns = Column(_("Page"), wraps=False), Column(_("What it tells"))
    return [
        Table(columns, tuple(sections)),
        Paragraph(line(_("To read one:"), " ", StyledText("kzfest manual quickstart", "command"))),
        Paragraph(line(_("As files:"), " ", where)),
    ]
