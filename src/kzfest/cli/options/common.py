"""Options that all commands share, before or after their names, and the checks and completions of other options."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar

import typer

from kzfest import __version__
from kzfest.cli.typer_ext.lazy_groups import GLOBAL_PANEL, READING_PANEL
from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.programme.database.catalogue import Label
    from kzfest.programme.database.search import Kind

EVENTS_PANEL = _("Which events")
ANSWER_PANEL = _("The answer")
"""The headings in the help over the filters, and over what says how an answer looks and where it goes."""

ACTS_IN_A_SHELL = frozenset("'\"`$\\&|;<>()[]{}*?!#~")
"""Completion skips names with one of these characters, which a shell would interpret."""


def complete_from(*choices: str) -> Callable[[str], list[str]]:
    """Return a completion that offers *choices*."""
    return lambda incomplete: [choice for choice in choices if choice.startswith(incomplete)]


def names_of(kind: "Kind | Label") -> Any:
    """Return a completion of the ids and names, or of the labels, of that *kind* in the programme."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from kzfest.cli.session import Session

        try:
            session = Session(programme=given_for(ctx, "programme"), data=given_for(ctx, "data"))
            offered = session.context.catalogue.completions(kind, incomplete)
        except Exception:  # noqa: BLE001  # a shell cannot show an error; the command itself will
            return []
        return [each for each in offered if not ACTS_IN_A_SHELL & set(each)]

    return complete


def given_for(ctx: Any, name: str) -> Any:
    """Return the value of a shared option, which may stand before or after the command's name."""
    given = None
    while ctx is not None:
        given = given or ctx.params.get(name)
        ctx = ctx.parent
    return given


Given = TypeVar("Given", "str | None", "list[str] | None")


def check_name(value: Given) -> Given:
    """Return names of files or folders. Raises BadParameter if one is empty, for example from an unset variable."""
    if "" in (value if isinstance(value, list) else [value]):
        raise typer.BadParameter(_("the name is empty"))
    return value


def check_value(value: str | None) -> str | None:
    """Return the value of an option. Raises BadParameter if it is empty, for example from an unset variable."""
    if value == "":
        raise typer.BadParameter(_("the value is empty; give one, or leave the option out"))
    return value


def _programmes(incomplete: str) -> list[str]:
    from kzfest.paths import PROGRAMMES
    from kzfest.programme.library import Library, shared_id

    known = [*PROGRAMMES, *(key for key, files in Library().own.files.items() if shared_id(key, files) is None)]
    return [key for key in known if key.startswith(incomplete)]


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"kzfest {__version__}")
        raise typer.Exit


ProgrammeOption = Annotated[
    Optional[str],
    typer.Option(
        "--programme",
        "-p",
        metavar=_("ID"),
        help=_("The programme to use (see `kzfest programmes`)."),
        autocompletion=_programmes,
        callback=check_name,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
DataOption = Annotated[
    Optional[str],
    typer.Option(
        "--data",
        metavar=_("FILE"),
        help=_("A programme file, as a festival publishes it or your own; - is standard input [KZFEST_DATA]."),
        callback=check_name,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
ZoneOption = Annotated[
    Optional[str],
    typer.Option(
        "--zone",
        metavar=_("ZONE"),
        help=_("The time zone of a file that names none, such as Europe/Berlin."),
        callback=check_value,
        rich_help_panel=READING_PANEL,
    ),
]
TimesOption = Annotated[
    Optional[str],
    typer.Option(
        "--times",
        metavar="as-written",
        help=_("Local times, although the file writes them as UTC."),
        autocompletion=complete_from("as-written"),
        callback=check_value,
        rich_help_panel=READING_PANEL,
    ),
]
DatesOption = Annotated[
    Optional[str],
    typer.Option(
        "--dates",
        metavar="day-first|month-first",
        help=_("Whether 5/3 is 5 March or 3 May."),
        autocompletion=complete_from("day-first", "month-first"),
        callback=check_value,
        rich_help_panel=READING_PANEL,
    ),
]
ColumnsOption = Annotated[
    Optional[str],
    typer.Option(
        "--columns",
        metavar=_("FIELD=HEADING,..."),
        help=_("What the columns of a table are, such as start=Beginn,title=Was."),
        callback=check_value,
        rich_help_panel=READING_PANEL,
    ),
]
MapOption = Annotated[
    Optional[str],
    typer.Option(
        "--map",
        metavar=_("FILE"),
        help=_("What the keys of a JSON file are (see `kzfest manual other-formats`)."),
        callback=check_name,
        rich_help_panel=READING_PANEL,
    ),
]
LangOption = Annotated[
    Optional[str],
    typer.Option(
        "--lang",
        metavar="en|kk|ru",
        help=_("The language of the answer [KZFEST_LANG, else the locale's]."),
        autocompletion=complete_from("en", "kk", "ru"),
        callback=check_value,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
NowOption = Annotated[
    Optional[str],
    typer.Option(
        "--now",
        metavar=_("WHEN"),
        help=_("Set the current time, such as 2023-12-17T18:30 in the programme's time zone [KZFEST_NOW]."),
        callback=check_value,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
ColorOption = Annotated[
    Optional[str],
    typer.Option(
        "--color",
        "--colour",
        metavar=_("MODE"),
        help=_("Colour: auto (on terminals only), always or never. It obeys NO_COLOR and TERM=dumb."),
        autocompletion=complete_from("auto", "always", "never"),
        callback=check_value,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help=_("Print the answer and errors, but no notes."),
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
