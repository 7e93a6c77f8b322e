"""`kzfest venues`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, distance_from, write
from kzfest.cli.query import ListFilters, question_of_any_day, tell_left_out
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.cli.word_counts import venue_counts
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.overviews import venues_page

VENUE_FIELDS = (
    "id", "name", "aliases", "address", "city", "country", "latitude", "longitude", "accuracy", "hours_note", "url",
    "notes", "sources", "accessibility", "rooms",
)  # fmt: skip


@command(
    "kzfest venues",
    "kzfest venues 17 dec --category concert",
    "kzfest venues --near 51.13,71.43 --within 3",
    "kzfest venues -f csv -o venues.csv",
    cls=DaysCommand,
)
def venues(ctx: CommandContext, asked: ListFilters, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List venues, each with its number of events.

    With the filters of `kzfest list`, it lists venues with matching events. Without days, events of any day count.
    """
    session = ctx.obj
    catalogue = session.context.catalogue
    question = question_of_any_day(asked, session)
    found, labels, language = venue_counts(asked, question, session), catalogue.head.labels, session.language

    def document() -> records.Record:
        sources = catalogue.sources()
        return {
            "programme": records.programme_record(catalogue.head, language),
            "venues": [
                records.venue_record(venue, sources=sources, labels=labels, language=language)
                | {"events": count, "distance_m": distance_from(question.near, venue)}
                for venue, count in found
            ],
        }

    answer = Answer(
        document=document,
        items="venues",
        fields=(*VENUE_FIELDS, "events", "distance_m"),
        page=lambda: venues_page(found, labels, language, question.near),
    )
    write(answer, session, format_=format_, output=output)
    if not found:
        note(_("no matching venues"))
    tell_left_out(question, session)
