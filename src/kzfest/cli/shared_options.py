"""Options that all commands share, before or behind their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest import __version__
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Callable


def words(*choices: str) -> Callable[[str], list[str]]:
    """Return a completion that offers *choices*."""
    return lambda incomplete: [choice for choice in choices if choice.startswith(incomplete)]


def a_name(value: Optional[str]) -> Optional[str]:
    """Return the name of a file or folder. Raises BadParameter where it is empty, as an unset variable leaves it."""
    if value is not None and not value:
        raise typer.BadParameter(_("there is no name here"))
    return value


def _programmes(incomplete: str) -> list[str]:
    from kzfest.cli.session import own_programmes
    from kzfest.programme.bundled import PROGRAMMES

    known = [*PROGRAMMES, *(key for key, _file in own_programmes())]
    return [key for key in known if key.startswith(incomplete)]


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"kzfest {__version__}")
        raise typer.Exit


GLOBAL_PANEL = _("Global options")

ProgrammeOption = Annotated[
    Optional[str],
    typer.Option(
        "--programme",
        "-p",
        metavar=_("ID"),
        help=_("The programme to ask (see `kzfest programmes`)."),
        autocompletion=_programmes,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
DataOption = Annotated[
    Optional[str],
    typer.Option(
        "--data",
        metavar=_("FILE"),
        help=_("A programme file of your own [KZFEST_DATA]."),
        rich_help_panel=GLOBAL_PANEL,
    ),
]
LangOption = Annotated[
    Optional[str],
    typer.Option(
        "--lang",
        metavar="en|kk|ru",
        help=_("The language of the answer [KZFEST_LANG, else the locale's]."),
        autocompletion=words("en", "kk", "ru"),
        rich_help_panel=GLOBAL_PANEL,
    ),
]
NowOption = Annotated[
    Optional[str],
    typer.Option(
        "--now",
        metavar=_("WHEN"),
        help=_("Set the clock, as 2023-12-17T18:30 in the programme's zone [KZFEST_NOW]."),
        rich_help_panel=GLOBAL_PANEL,
    ),
]
ColorOption = Annotated[
    Optional[str],
    typer.Option(
        "--color",
        metavar="auto|always|never",
        help=_("Colour: on a terminal, always or never (NO_COLOR and TERM=dumb are obeyed)."),
        autocompletion=words("auto", "always", "never"),
        rich_help_panel=GLOBAL_PANEL,
    ),
]
VersionOption = Annotated[
    bool,
    typer.Option(
        "--version",
        help=_("Print the version."),
        is_eager=True,
        callback=_show_version,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
