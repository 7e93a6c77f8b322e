"""`kzfest way`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.common import names_of
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.resolve_place import find_place
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.travel import BY, metres_between, way_between
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.way import route_link, way_page

if TYPE_CHECKING:
    from kzfest.cli.resolve_place import NamedPlace

WAY_FIELDS = ("by", "minutes", "estimate")


def _places(ctx: typer.Context, incomplete: str) -> list[str]:
    offered: list[str] = names_of("venue")(ctx, incomplete) + names_of("event")(ctx, incomplete)
    return offered


HereArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("FROM"),
        help=_("A venue, an event, or a point such as 51.13,71.43. Quote a name of several words."),
        autocompletion=_places,
        show_default=False,
    ),
]
ThereArgument = Annotated[
    str, typer.Argument(metavar=_("TO"), help=_("The same."), autocompletion=_places, show_default=False)
]


@command(
    "kzfest way national-museum dialogue",
    'kzfest way "Astana Opera" 51.13,71.43',
)
def way(
    ctx: CommandContext,
    here: HereArgument,
    there: ThereArgument,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show how far it is from one place to another, and how long it takes on foot and by car."""
    session = ctx.obj
    places = [find_place(session.context, text, of_events=True) for text in (here, there)]
    start, end = (each.location for each in places)
    ways = [way_between(start, end, by) for by in BY]
    answer = Answer(
        document=lambda: {
            "programme": records.programme_record(session.context.catalogue.head, session.language),
            "from": _record(places[0]),
            "to": _record(places[1]),
            "distance_m": metres_between(start, end),
            "ways": [{"by": each.by, "minutes": each.minutes, "estimate": each.estimate} for each in ways],
            "map": route_link(start, end),
        },
        items="ways",
        fields=WAY_FIELDS,
        page=lambda: way_page((places[0].name, places[1].name), start, end, ways, session.language),
    )
    write(answer, session, format_=format_, output=output)


def _record(place: NamedPlace) -> records.Record:
    return {
        "name": place.name,
        "venue": place.venue and place.venue.id,
        "event": place.event and place.event.id,
        "latitude": place.location.latitude,
        "longitude": place.location.longitude,
        "accuracy": place.location.accuracy,
    }
