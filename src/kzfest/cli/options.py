"""Options that several commands share, and what a shell offers to complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from kzfest import __version__
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.itineraries.store import Store
    from kzfest.programme.catalogue import Catalogue, Kind, Label

_ACTS_IN_A_SHELL = frozenset("'\"`$\\&|;<>()[]{}*?!#~")
"""A name with one of these is not offered: a shell would take it for something else."""


def _from_catalogue(ask: Callable[[Catalogue, str], list[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Return a completion that asks the programme which the command line names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from kzfest.cli.session import Session

        named = {name: _given(ctx, name) for name in ("programme", "data")}
        try:
            return [each for each in ask(Session(**named).catalogue, incomplete) if not _ACTS_IN_A_SHELL & set(each)]
        except Exception:  # noqa: BLE001  # a shell has nowhere to show what went wrong; the command itself will say
            return []

    return complete


def _names(kind: Kind) -> Any:
    return _from_catalogue(lambda catalogue, begun: catalogue.completions(kind, begun))


def _labels(kind: Label) -> Any:
    return _from_catalogue(lambda catalogue, begun: catalogue.completions(kind, begun))


def _visits(ctx: typer.Context, incomplete: str) -> list[str]:
    return _of_store(ctx, incomplete, lambda store, name: [visit.id for visit in store.itinerary(name).visits])


def _itineraries(ctx: typer.Context, incomplete: str) -> list[str]:
    return _of_store(ctx, incomplete, lambda store, _name: [each.name for each in store.all()])


def _of_store(ctx: typer.Context, incomplete: str, ask: Callable[[Store, str], list[str]]) -> list[str]:
    """Return what the store offers for the itinerary that the command line names."""
    from kzfest.cli.itineraries import store_in
    from kzfest.folders import itinerary_folder

    try:
        store = store_in(itinerary_folder())
        offered = ask(store, _given(ctx, "itinerary") or store.current())
    except Exception:  # noqa: BLE001  # a shell has nowhere to show what went wrong; the command itself will say
        return []
    return [each for each in offered if each.startswith(incomplete) and not _ACTS_IN_A_SHELL & set(each)]


def _given(ctx: Any, name: str) -> Any:
    """Return what the command line gives for a shared option, before or behind the command's name."""
    given = None
    while ctx is not None:
        given = given or ctx.params.get(name)
        ctx = ctx.parent
    return given


def _words(*choices: str) -> Callable[[str], list[str]]:
    return lambda incomplete: [choice for choice in choices if choice.startswith(incomplete)]


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
        metavar="ID",
        help=_("The programme to ask (see `kzfest programmes`)."),
        autocompletion=_programmes,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
DataOption = Annotated[
    Optional[str],
    typer.Option(
        "--data",
        metavar="FILE",
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
        autocompletion=_words("en", "kk", "ru"),
        rich_help_panel=GLOBAL_PANEL,
    ),
]
NowOption = Annotated[
    Optional[str],
    typer.Option(
        "--now",
        metavar="WHEN",
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
        autocompletion=_words("auto", "always", "never"),
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

_FORMULAS = _("In CSV an apostrophe stands before a cell that a spreadsheet would run as a formula.")
FormatOption = Annotated[
    Optional[str],
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("table, json, jsonl, csv or markdown. {formulas}").format(formulas=_FORMULAS),
        autocompletion=_words("table", "json", "jsonl", "csv", "markdown"),
    ),
]
CalendarFormatOption = Annotated[
    Optional[str],
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("table, json, jsonl, csv, markdown, or ics for calendars. {formulas}").format(formulas=_FORMULAS),
        autocompletion=_words("table", "json", "jsonl", "csv", "markdown", "ics"),
    ),
]
OutputOption = Annotated[
    Optional[str],
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to FILE, whole or not at all; its ending chooses the format where -f does not."),
    ),
]
WhenArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar="[WHEN]...",
        help=_("A day or days: 2023-12-17, 17 dec, weekend, 15..17 dec, now."),
        show_default=False,
    ),
]
OnOption = Annotated[Optional[str], typer.Option("--on", metavar="WHEN", help=_("On that day, or in those days."))]
FromOption = Annotated[Optional[str], typer.Option("--from", metavar="WHEN", help=_("From that day on, or from now."))]
ToOption = Annotated[Optional[str], typer.Option("--to", metavar="WHEN", help=_("To that day, included."))]
VenueOption = Annotated[
    Optional[str],
    typer.Option("--venue", metavar="NAME", help=_("At that venue."), autocompletion=_names("venue")),
]
NearOption = Annotated[
    Optional[str],
    typer.Option(
        "--near",
        metavar="NAME",
        help=_("At venues around that one, as far as their places are known."),
        autocompletion=_names("venue"),
    ),
]
WithinOption = Annotated[
    Optional[float],
    typer.Option(
        "--within", metavar="KM", help=_("How far around, in kilometres as the crow flies; 2 unless said."), min=0
    ),
]
CategoryOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--category",
        "-c",
        metavar="WORD",
        help=_("Of that category; may be given again."),
        autocompletion=_labels("category"),
    ),
]
NotCategoryOption = Annotated[
    Optional[list[str]],
    typer.Option("--not-category", metavar="WORD", help=_("Not of that category."), autocompletion=_labels("category")),
]
CityOption = Annotated[
    Optional[list[str]],
    typer.Option("--city", metavar="WORD", help=_("In that city."), autocompletion=_labels("city")),
]
TagOption = Annotated[
    Optional[list[str]],
    typer.Option("--tag", metavar="WORD", help=_("With that tag."), autocompletion=_labels("tag")),
]
SearchOption = Annotated[
    Optional[str],
    typer.Option("--search", "-s", metavar="TEXT", help=_("With these words anywhere, in any script.")),
]
SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help=_("By time, title, venue or category."),
        autocompletion=_words("time", "title", "venue", "category"),
    ),
]
LimitOption = Annotated[
    Optional[int],
    typer.Option("--limit", "-n", metavar="N", min=0, max=1_000_000, help=_("At most so many."), show_default=False),
]
EventArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="EVENT...",
        help=_("An id, a title or a part of one, in any script."),
        autocompletion=_names("event"),
        show_default=False,
    ),
]
VenueArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME...",
        help=_("An id, a name, an alias or a part of one, in any script."),
        autocompletion=_names("venue"),
        show_default=False,
    ),
]
EventsArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar="[EVENT]...",
        help=_("Ids, titles or parts of them, in any script; quote one of several words."),
        autocompletion=_names("event"),
        show_default=False,
    ),
]
VisitArgument = Annotated[
    str,
    typer.Argument(
        metavar="VISIT",
        help=_("A visit's id, as `kzfest itinerary` prints it, or an event that has one visit."),
        autocompletion=_visits,
        show_default=False,
    ),
]
VisitsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="VISIT...",
        help=_("Ids of visits, as `kzfest itinerary` prints them, or events that have one visit."),
        autocompletion=_visits,
        show_default=False,
    ),
]
ItineraryOption = Annotated[
    Optional[str],
    typer.Option(
        "--itinerary",
        metavar="NAME",
        help=_("The itinerary, where it is not the current one (see `kzfest itinerary list`)."),
        autocompletion=_itineraries,
        rich_help_panel=GLOBAL_PANEL,
    ),
]
DayOption = Annotated[Optional[str], typer.Option("--on", metavar="WHEN", help=_("The day of the visit."))]
AtOption = Annotated[
    Optional[str],
    typer.Option(
        "--at", metavar="TIME", help=_("When it starts, as 14:00; before 05:00 is the night that ends the day.")
    ),
]
ForOption = Annotated[
    Optional[str], typer.Option("--for", metavar="LENGTH", help=_("How long it lasts, as 2h, 90m or 1h30."))
]
NoteOption = Annotated[Optional[str], typer.Option("--note", metavar="TEXT", help=_("A note of your own."))]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="walk|car",
        help=_("How you get from place to place."),
        autocompletion=_words("walk", "car"),
    ),
]
RemindOption = Annotated[
    Optional[str],
    typer.Option("--remind", metavar="LENGTH", help=_("Remind so long before, as 30m; whole days at 09:00.")),
]
ChangedSinceOption = Annotated[
    Optional[str],
    typer.Option("--changed-since", metavar="WHEN", help=_("Only what was changed on that day or later.")),
]
VdirOption = Annotated[
    Optional[str],
    typer.Option(
        "--vdir",
        metavar="FOLDER",
        help=_("Write one file an entry into FOLDER, for vdirsyncer and khal; only files of its own are replaced."),
    ),
]
