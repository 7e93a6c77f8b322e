"""Options about events, which several commands share."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kzfest.cli.options.common import ANSWER_PANEL, EVENTS_PANEL, check_name, check_value, complete_from, names_of
from kzfest.i18n import _

FormatOption = Annotated[
    Optional[str],
    typer.Option(
        "--format",
        "-f",
        metavar=_("FORMAT"),
        help=_("table, json, jsonl, csv or markdown."),
        autocompletion=complete_from("table", "json", "jsonl", "csv", "markdown"),
        rich_help_panel=ANSWER_PANEL,
    ),
]
CalendarFormatOption = Annotated[
    Optional[str],
    typer.Option(
        "--format",
        "-f",
        metavar=_("FORMAT"),
        help=_("table, json, jsonl, csv, markdown, or ics for calendars."),
        autocompletion=complete_from("table", "json", "jsonl", "csv", "markdown", "ics"),
        rich_help_panel=ANSWER_PANEL,
    ),
]
OutputOption = Annotated[
    Optional[str],
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("Write to FILE, completely or not at all. Without -f, its extension sets the format."),
        callback=check_name,
        rich_help_panel=ANSWER_PANEL,
    ),
]
SourcesOption = Annotated[
    bool,
    typer.Option(
        "--sources",
        help=_("List the sources in full. JSON always has them."),
        show_default=False,
        rich_help_panel=ANSWER_PANEL,
    ),
]
WhenArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[WHEN]..."),
        help=_("A day or days: 2023-12-17, 17 dec, weekend, 15..17 dec, now."),
        show_default=False,
    ),
]
OnOption = Annotated[
    Optional[str],
    typer.Option("--on", metavar=_("WHEN"), help=_("On this day or these days."), rich_help_panel=EVENTS_PANEL),
]
FromOption = Annotated[
    Optional[str],
    typer.Option("--from", metavar=_("WHEN"), help=_("From this day on, or from now."), rich_help_panel=EVENTS_PANEL),
]
ToOption = Annotated[
    Optional[str],
    typer.Option("--to", metavar=_("WHEN"), help=_("Up to and including this day."), rich_help_panel=EVENTS_PANEL),
]
VenueOption = Annotated[
    Optional[str],
    typer.Option(
        "--venue",
        metavar=_("NAME"),
        help=_("At this venue."),
        autocompletion=names_of("venue"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
NearOption = Annotated[
    Optional[str],
    typer.Option(
        "--near",
        metavar=_("PLACE"),
        help=_("Near this venue, or near a point such as 51.13,71.43."),
        autocompletion=names_of("venue"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
WithinOption = Annotated[
    Optional[str],
    typer.Option(
        "--within",
        metavar=_("KM"),
        help=_("Radius in kilometres, straight line; 2 by default."),
        rich_help_panel=EVENTS_PANEL,
    ),
]
CategoryOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--category",
        "-c",
        metavar=_("WORD"),
        help=_("In this category; repeatable."),
        autocompletion=names_of("category"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
NotCategoryOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--not-category",
        metavar=_("WORD"),
        help=_("Not in this category; repeatable."),
        autocompletion=names_of("category"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
CityOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--city",
        metavar=_("WORD"),
        help=_("In this city; repeatable."),
        autocompletion=names_of("city"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
TagOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--tag",
        metavar=_("WORD"),
        help=_("With this tag; repeatable."),
        autocompletion=names_of("tag"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
NotTagOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--not-tag",
        metavar=_("WORD"),
        help=_("Without this tag; repeatable."),
        autocompletion=names_of("tag"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
NotVenueOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--not-venue",
        metavar=_("NAME"),
        help=_("Not at this venue; repeatable."),
        autocompletion=names_of("venue"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
TrackOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--track",
        metavar=_("WORD"),
        help=_("In this track; repeatable."),
        autocompletion=names_of("track"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
LanguageOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--language",
        metavar=_("CODE"),
        help=_("In this language, such as kk; repeatable."),
        autocompletion=names_of("language"),
        rich_help_panel=EVENTS_PANEL,
    ),
]
FreeOption = Annotated[
    bool, typer.Option("--free", help=_("Only events that cost nothing."), rich_help_panel=EVENTS_PANEL)
]
PriceToOption = Annotated[
    Optional[str],
    typer.Option(
        "--price-to",
        metavar=_("AMOUNT"),
        help=_('For at most this price, such as 5000 or "20 EUR".'),
        callback=check_value,
        rich_help_panel=EVENTS_PANEL,
    ),
]
AgeOption = Annotated[
    Optional[int],
    typer.Option(
        "--age",
        metavar="N",
        min=0,
        max=150,
        help=_("Open to a visitor of this age."),
        show_default=False,
        rich_help_panel=EVENTS_PANEL,
    ),
]
AfterOption = Annotated[
    Optional[str],
    typer.Option(
        "--after",
        metavar=_("TIME"),
        help=_("Beginning at this time or later, such as 18:00."),
        callback=check_value,
        rich_help_panel=EVENTS_PANEL,
    ),
]
BeforeOption = Annotated[
    Optional[str],
    typer.Option(
        "--before",
        metavar=_("TIME"),
        help=_("Beginning before this time."),
        callback=check_value,
        rich_help_panel=EVENTS_PANEL,
    ),
]
UnknownOption = Annotated[
    bool,
    typer.Option(
        "--unknown",
        help=_("Also events of which price, age, language or time are not known."),
        rich_help_panel=EVENTS_PANEL,
    ),
]
SearchOption = Annotated[
    Optional[str],
    typer.Option(
        "--search",
        "-s",
        metavar=_("TEXT"),
        help=_("Containing these words, in any script."),
        callback=check_value,
        rich_help_panel=EVENTS_PANEL,
    ),
]
StartingOption = Annotated[
    bool, typer.Option("--starting", help=_("Only events that begin on those days."), rich_help_panel=EVENTS_PANEL)
]
UndatedOption = Annotated[
    bool, typer.Option("--undated", help=_("Only events without a known date."), rich_help_panel=EVENTS_PANEL)
]
SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar=_("ORDER"),
        help=_("Sort by time, title, venue, category, or distance (needs --near)."),
        autocompletion=complete_from("time", "title", "venue", "category", "distance"),
        rich_help_panel=ANSWER_PANEL,
    ),
]
LimitOption = Annotated[
    Optional[int],
    typer.Option(
        "--limit",
        "-n",
        metavar="N",
        min=0,
        max=1_000_000,
        help=_("Show at most N."),
        show_default=False,
        rich_help_panel=ANSWER_PANEL,
    ),
]
EventArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("EVENT..."),
        help=_("An id, a title or part of a title, in any script."),
        autocompletion=names_of("event"),
        show_default=False,
    ),
]
VenueArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("NAME..."),
        help=_("An id, a name, an alias or part of one, in any script."),
        autocompletion=names_of("venue"),
        show_default=False,
    ),
]
