"""Options that all commands share, before or after their names, and the checks and completions of other options."""

from collections.abc import Callable
from functools import partial
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
        from kzfest.cli.terminal.console import use_notes
        from kzfest.core.command_line import OPTIONS_OF_PROGRAMME

        try:
            use_notes(wanted=False)  # they would stand in the middle of the prompt
            session = Session(**{name: given_for(ctx, name) for name in OPTIONS_OF_PROGRAMME})
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


def check_value(value: Given) -> Given:
    """Return the values of an option. Raises BadParameter if one is empty, for example from an unset variable."""
    if "" in (value if isinstance(value, list) else [value]):
        raise typer.BadParameter(_("the value is empty; give one, or leave the option out"))
    return value


def programme_ids(incomplete: str) -> list[str]:
    """Return the ids of known programmes that begin with *incomplete*."""
    from kzfest.paths import PROGRAMMES
    from kzfest.programme.library import Library, shared_id

    library = Library()
    own = (key for key, files in library.own.files.items() if shared_id(key, files) is None)
    known = dict.fromkeys([*PROGRAMMES, *library.kept_names, *own])
    return [key for key in known if key.startswith(incomplete)]


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"kzfest {__version__}")
        raise typer.Exit


_global = partial(typer.Option, rich_help_panel=GLOBAL_PANEL)
_of_reading = partial(typer.Option, rich_help_panel=READING_PANEL)

ProgrammeOption = Annotated[
    Optional[str],
    _global(
        "--programme",
        "-p",
        metavar=_("ID"),
        help=_("The programme to use (see `kzfest programmes`)."),
        autocompletion=programme_ids,
        callback=check_name,
    ),
]
DataOption = Annotated[
    Optional[str],
    _global(
        "--data",
        metavar=_("FILE"),
        help=_("A programme file, as a festival publishes it or your own; - is standard input [KZFEST_DATA]."),
        callback=check_name,
    ),
]
ZoneOption = Annotated[
    Optional[str],
    _of_reading(
        "--zone",
        metavar=_("ZONE"),
        help=_("The time zone of a file that names none, such as Europe/Berlin."),
        callback=check_value,
    ),
]
TimesOption = Annotated[
    Optional[str],
    _of_reading(
        "--times",
        metavar="as-written",
        help=_("Local times, although the file writes them as UTC."),
        autocompletion=complete_from("as-written"),
        callback=check_value,
    ),
]
DatesOption = Annotated[
    Optional[str],
    _of_reading(
        "--dates",
        metavar="day-first|month-first",
        help=_("Whether 5/3 is 5 March or 3 May."),
        autocompletion=complete_from("day-first", "month-first"),
        callback=check_value,
    ),
]
ColumnsOption = Annotated[
    Optional[str],
    _of_reading(
        "--columns",
        metavar=_("FIELD=HEADING,..."),
        help=_("What the columns of a table are, such as start=Beginn,title=Was."),
        callback=check_value,
    ),
]
MapOption = Annotated[
    Optional[str],
    _of_reading(
        "--map",
        metavar=_("FILE"),
        help=_("What the keys of a JSON file are (see `kzfest manual other-formats`)."),
        callback=check_name,
    ),
]
LangOption = Annotated[
    Optional[str],
    _global(
        "--lang",
        metavar="en|kk|ru",
        help=_("The language of the answer [KZFEST_LANG, else the locale's]."),
        autocompletion=complete_from("en", "kk", "ru"),
        callback=check_value,
    ),
]
NowOption = Annotated[
    Optional[str],
    _global(
        "--now",
        metavar=_("WHEN"),
        help=_("Set the current time, such as 2023-12-17T18:30 in the programme's time zone [KZFEST_NOW]."),
        callback=check_value,
    ),
]
ColorOption = Annotated[
    Optional[str],
    _global(
        "--color",
        "--colour",
        metavar=_("MODE"),
        help=_("Colour: auto (on terminals only), always or never. It obeys NO_COLOR and TERM=dumb."),
        autocompletion=complete_from("auto", "always", "never"),
        callback=check_value,
    ),
]
QuietOption = Annotated[
    bool,
    _global(
        "--quiet",
        "-q",
        help=_("Print the answer and errors, but no notes."),
    ),
]
VersionOption = Annotated[
    bool,
    _global(
        "--version",
        help=_("Print the version."),
        is_eager=True,
        callback=_show_version,
    ),
]
NewFileOption = Annotated[
    Optional[str],
    typer.Option(
        "--output", "-o", metavar=_("FILE"), help=_("Write to FILE, completely or not at all."), callback=check_name
    ),
]
