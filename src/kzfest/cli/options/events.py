"""Options about events, which several commands share."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Optional

import typer

from kzfest.cli.options.common import ANSWER_PANEL, EVENTS_PANEL, check_name, check_value, complete_from, names_of
from kzfest.i18n import _

_filter = partial(typer.Option, rich_help_panel=EVENTS_PANEL)
_answer = partial(typer.Option, rich_help_panel=ANSWER_PANEL)

FormatOption = Annotated[
    Optional[str],
    _answer(
        "--format",
        "-f",
        metavar=_("FORMAT"),
        help=_("table, json, jsonl, csv or markdown."),
        autocompletion=complete_from("table", "json", "jsonl", "csv", "markdown"),
    ),
]
CalendarFormatOption = Annotated[
    Optional[str],
    _answer(
        "--format",
        "-f",
        metavar=_("FORMAT"),
        help=_("table, json, jsonl, csv, markdown, or ics for calendars."),
        autocompletion=complete_from("table", "json", "jsonl", "csv", "markdown", "ics"),
    ),
]
OutputOption = Annotated[
    Optional[str],
    _answer(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("Write to FILE, completely or not at all. Without -f, its extension sets the format."),
        callback=check_name,
    ),
]
SourcesOption = Annotated[
    bool, _answer("--sources", help=_("List the sources in full. JSON always has them."), show_default=False)
]
WhenArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[WHEN]..."),
        help=_("A day or days: 2023-12-17, 17 dec, weekend, 15..17 dec, now."),
        show_default=False,
    ),
]
OnOption = Annotated[Optional[str], _filter("--on", metavar=_("WHEN"), help=_("On this day or these days."))]
FromOption = Annotated[Optional[str], _filter("--from", metavar=_("WHEN"), help=_("From this day on, or from now."))]
ToOption = Annotated[Optional[str], _filter("--to", metavar=_("WHEN"), help=_("Up to and including this day."))]
VenueOption = Annotated[
    Optional[str], _filter("--venue", metavar=_("NAME"), help=_("At this venue."), autocompletion=names_of("venue"))
]
NearOption = Annotated[
    Optional[str],
    _filter(
        "--near",
        metavar=_("PLACE"),
        help=_("Near this venue, or near a point such as 51.13,71.43."),
        autocompletion=names_of("venue"),
    ),
]
WithinOption = Annotated[
    Optional[str], _filter("--within", metavar=_("KM"), help=_("Radius in kilometres, straight line; 2 by default."))
]
CategoryOption = Annotated[
    Optional[list[str]],
    _filter(
        "--category",
        "-c",
        metavar=_("WORD"),
        help=_("In this category; repeatable."),
        autocompletion=names_of("category"),
    ),
]
NotCategoryOption = Annotated[
    Optional[list[str]],
    _filter(
        "--not-category",
        metavar=_("WORD"),
        help=_("Not in this category; repeatable."),
        autocompletion=names_of("category"),
    ),
]
CityOption = Annotated[
    Optional[list[str]],
    _filter("--city", metavar=_("WORD"), help=_("In this city; repeatable."), autocompletion=names_of("city")),
]
TagOption = Annotated[
    Optional[list[str]],
    _filter("--tag", metavar=_("WORD"), help=_("With this tag; repeatable."), autocompletion=names_of("tag")),
]
NotTagOption = Annotated[
    Optional[list[str]],
    _filter("--not-tag", metavar=_("WORD"), help=_("Without this tag; repeatable."), autocompletion=names_of("tag")),
]
NotVenueOption = Annotated[
    Optional[list[str]],
    _filter(
        "--not-venue", metavar=_("NAME"), help=_("Not at this venue; repeatable."), autocompletion=names_of("venue")
    ),
]
TrackOption = Annotated[
    Optional[list[str]],
    _filter("--track", metavar=_("WORD"), help=_("In this track; repeatable."), autocompletion=names_of("track")),
]
LanguageOption = Annotated[
    Optional[list[str]],
    _filter(
        "--language",
        metavar=_("CODE"),
        help=_("In this language, such as kk; repeatable."),
        autocompletion=names_of("language"),
    ),
]
FreeOption = Annotated[bool, _filter("--free", help=_("Only events that cost nothing."))]
PriceToOption = Annotated[
    Optional[str],
    _filter(
        "--price-to",
        metavar=_("AMOUNT"),
        help=_('For at most this price, such as 5000 or "20 EUR".'),
        callback=check_value,
    ),
]
AgeOption = Annotated[
    Optional[int],
    _filter("--age", metavar="N", min=0, max=150, help=_("Open to a visitor of this age."), show_default=False),
]
AfterOption = Annotated[
    Optional[str],
    _filter(
        "--after", metavar=_("TIME"), help=_("Beginning at this time or later, such as 18:00."), callback=check_value
    ),
]
BeforeOption = Annotated[
    Optional[str], _filter("--before", metavar=_("TIME"), help=_("Beginning before this time."), callback=check_value)
]
ChangedSinceOption = Annotated[
    Optional[str],
    _filter(
        "--changed-since",
        metavar=_("WHEN"),
        help=_("Changed on this day or later; `last` is the last update of a programme that you keep."),
    ),
]
UnknownOption = Annotated[
    bool, _filter("--unknown", help=_("Also events of which price, age, language, time or last change are not known."))
]
SearchOption = Annotated[
    Optional[list[str]],
    _filter(
        "--search",
        "-s",
        metavar=_("TEXT"),
        help=_("Containing these words, in any script; repeatable."),
        callback=check_value,
    ),
]
StartingOption = Annotated[bool, _filter("--starting", help=_("Only events that begin on those days."))]
UndatedOption = Annotated[bool, _filter("--undated", help=_("Only events without a known date."))]
SortOption = Annotated[
    str,
    _answer(
        "--sort",
        metavar=_("ORDER"),
        help=_("Sort by time, title, venue, category, or distance (needs --near)."),
        autocompletion=complete_from("time", "title", "venue", "category", "distance"),
    ),
]
LimitOption = Annotated[
    Optional[int],
    _answer("--limit", "-n", metavar="N", min=0, max=1_000_000, help=_("Show at most N."), show_default=False),
]
GroupByOption = Annotated[
    Optional[str],
    _answer(
        "--by",
        metavar="category|track|venue",
        help=_("Show a line for each category, track or venue, with how many events are on."),
        autocompletion=complete_from("category", "track", "venue"),
    ),
]
EachOption = Annotated[bool, _answer("--each", help=_("Show a line for each event, however many there are."))]
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
