"""Options about itineraries and exports, and their shell completions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.common import ACTS_IN_A_SHELL, ANSWER_PANEL, check_name, complete_from, given_for, names_of
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.itineraries.store import Store


def _visits(ctx: typer.Context, incomplete: str) -> list[str]:
    return _of_store(ctx, incomplete, lambda store, name: [visit.id for visit in store.itinerary(name).visits])


def _itineraries(ctx: typer.Context, incomplete: str) -> list[str]:
    return _of_store(ctx, incomplete, lambda store, _name: [each.name for each in store.all()])


def _of_store(ctx: typer.Context, incomplete: str, ask: Callable[[Store, str | None], list[str]]) -> list[str]:
    """Return what *ask* finds in the store, for the itinerary of the command line."""
    from kzfest.itineraries.store import PATIENCE_OF_COMPLETION, Store
    from kzfest.paths import itinerary_folder

    folder = itinerary_folder()
    if folder is None:
        return []
    try:
        store = Store(folder, patience=PATIENCE_OF_COMPLETION)
        offered = ask(store, given_for(ctx, "itinerary"))
    except Exception:  # noqa: BLE001  # a shell cannot show an error; the command itself will
        return []
    return [each for each in offered if each.startswith(incomplete) and not ACTS_IN_A_SHELL & set(each)]


EventsArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[EVENT]..."),
        help=_("Ids, titles or parts of titles, in any script. Quote a title of several words."),
        autocompletion=names_of("event"),
        show_default=False,
    ),
]
VisitArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("VISIT"),
        help=_("A visit's id, as `kzfest itinerary` prints it, or an event that has one visit."),
        autocompletion=_visits,
        show_default=False,
    ),
]
VisitsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("VISIT..."),
        help=_("Ids of visits, as `kzfest itinerary` prints them, or events that have one visit."),
        autocompletion=_visits,
        show_default=False,
    ),
]
ItineraryOption = Annotated[
    Optional[str],
    typer.Option(
        "--itinerary",
        metavar=_("NAME"),
        help=_("The itinerary to use instead of the current one (see `kzfest itinerary list`)."),
        autocompletion=_itineraries,
    ),
]
DayOption = Annotated[Optional[str], typer.Option("--on", metavar=_("WHEN"), help=_("The day of the visit."))]
AtOption = Annotated[
    Optional[str],
    typer.Option(
        "--at",
        metavar=_("TIME"),
        help=_("Start time, such as 14:00. Times before 05:00 belong to the night after the day."),
    ),
]
ForOption = Annotated[
    Optional[str], typer.Option("--for", metavar=_("LENGTH"), help=_("How long it lasts, such as 2h, 90m or 1h30."))
]
NoteOption = Annotated[Optional[str], typer.Option("--note", metavar=_("TEXT"), help=_("A note of your own."))]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="walk|car",
        help=_("How you travel between venues."),
        autocompletion=complete_from("walk", "car"),
    ),
]
RemindOption = Annotated[
    Optional[str],
    typer.Option(
        "--remind",
        metavar=_("LENGTH"),
        help=_("Add a reminder this long before, such as 30m; for whole days at 09:00."),
        rich_help_panel=ANSWER_PANEL,
    ),
]
VdirOption = Annotated[
    Optional[str],
    typer.Option(
        "--vdir",
        metavar=_("FOLDER"),
        help=_("Write one file per entry into FOLDER, for vdirsyncer and khal. It replaces only its own files."),
        callback=check_name,
        rich_help_panel=ANSWER_PANEL,
    ),
]
QrOption = Annotated[
    bool,
    typer.Option(
        "--qr",
        help=_("Draw a QR code on the terminal, or with -o in an SVG or PNG file."),
        rich_help_panel=ANSWER_PANEL,
    ),
]
InvertOption = Annotated[
    bool,
    typer.Option("--invert", help=_("With --qr, for a light terminal without colours."), rich_help_panel=ANSWER_PANEL),
]
OnlyVisitsOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--visit",
        metavar=_("VISIT"),
        help=_("Only this visit, by its id or its event; repeatable."),
        autocompletion=_visits,
        rich_help_panel=ANSWER_PANEL,
    ),
]
