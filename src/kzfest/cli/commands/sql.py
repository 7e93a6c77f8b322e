"""`kzfest sql`."""

from __future__ import annotations

import sys
from itertools import chain, islice
from math import isnan
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import ItineraryOption
from kzfest.cli.output import Answer, write
from kzfest.cli.terminal.console import END_OF_INPUT, note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.pages.overviews import rows_page
from kzfest.programme.database.sql_query import run_query

if TYPE_CHECKING:
    from typing import Any

    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record

LONGEST_QUERY = 1_000_000
"""Characters, as SQLite allows."""
SECONDS = 30.0
"""What a query may compute without --timeout."""
ROWS_SHOWN = 10_000
"""The rows of a table, whose widths depend on all of them."""

QueryArgument = Annotated[
    list[str],
    typer.Argument(metavar=_("QUERY..."), help=_("A query in SQLite's SQL, or - to read it from standard input.")),
]


def _check_timeout(value: float) -> float:
    if isnan(value):  # which is neither too small nor too large
        raise typer.BadParameter("")  # `usage_errors` says what is allowed
    return value


TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar=_("SECONDS"),
        min=0,
        max=1_000_000,
        callback=_check_timeout,
        help=_("Stop the query after so many seconds of computing; 0 means never."),
    ),
]


@command(
    "kzfest sql \"select title, start from events where category = 'concert' order by start\"",
    'kzfest sql "select venue, count(*) from showings group by venue" -f csv',
    'kzfest sql "select * from columns"',
)
def sql(
    ctx: CommandContext,
    query: QueryArgument,
    timeout: TimeoutOption = SECONDS,
    itinerary: ItineraryOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Ask the programme and your itinerary in SQL.

    Views: `events`, `showings`, `venues`, `people`, `sources`, `disputes`, `visits`; `columns` lists their columns.
    """
    session = ctx.obj
    if itinerary is not None:
        session.itinerary = itinerary
    if query == ["-"] and sys.stdin.isatty():
        note(_("type the query, then press Enter and {keys}").format(keys=END_OF_INPUT))
    text = sys.stdin.read(LONGEST_QUERY + 1) if query == ["-"] else " ".join(query)
    visits = _visits(session) if "visits" in text.casefold() else []
    found = run_query(text, session.context.catalogue, visits=visits, language=session.language, seconds=timeout)
    shown: list[Record] = []

    def page() -> Page:
        shown.extend(islice(chain.from_iterable(found.batches), ROWS_SHOWN + 1))
        return rows_page(found.columns, shown[:ROWS_SHOWN])

    answer = Answer(
        document=lambda: {"columns": found.columns},
        items="rows",
        fields=found.columns,
        page=page,
        batches=found.batches,
    )
    write(answer, session, format_=format_, output=output)
    if len(shown) > ROWS_SHOWN:
        note(_("only the first {n} rows are shown; -f csv and -f jsonl write all of them").format(n=ROWS_SHOWN))


def _visits(session: Session) -> list[tuple[Any, ...]]:
    """Return the rows of the view of visits."""
    from kzfest.cli.commands.itinerary.plan_answer import (
        flat_visit,
        visit_record_of,
    )  # most queries do not need the itinerary
    from kzfest.itineraries.plan import build_plan
    from kzfest.programme.database.sql_views import VIEWS

    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context)
    rows = []
    for planned in plan.visits:
        record = flat_visit(visit_record_of(planned, session.language))
        record |= {
            "venue": record["venue"] and record["venue"]["id"],
            "travel_minutes": record["way"],
            "clashes": planned.clash_count,
        }
        rows.append(tuple(record[name] for name in VIEWS["visits"].columns))
    return rows
