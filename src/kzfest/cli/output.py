"""Answers in the format that was asked for, on standard output or in a file; those about events are made here."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import typer

from kzfest.atomic_files import remove_stale_temps_of, replace_file
from kzfest.cli.terminal import console
from kzfest.core.errors import UsageError, one_of
from kzfest.core.safe_text import visible
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.model import Location, Source, Venue
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.listing import Listing

Format: TypeAlias = Literal["table", "json", "jsonl", "csv", "markdown", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)

BY_SUFFIX: dict[str, Format] = {
    ".txt": "table",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".ics": "ics",
}
"""The format for each file extension."""
PLAIN_SUFFIXES = frozenset({"", ".yaml", ".yml"})
"""Extensions that choose no format. `replace_file` rejects YAML files later, with a better message."""
NAMES_SHOWN = 6
"""Names of events in a note at most."""
BYTE_ORDER_MARK = "\ufeff"
"""The beginning of a CSV file: without it Excel reads Cyrillic letters in an older code page."""
EVENT_FIELDS = (
    "id", "title", "category", "tags", "status", "certainty", "all_day", "start", "end", "first_day", "last_day",
    "reported", "venue", "address", "place", "city", "country", "summary", "price", "organiser", "people", "url",
    "languages", "notes", "translated", "revision", "changed", "sources", "room", "distance_m", "tracks", "parent",
    "free", "price_from", "price_to", "currency", "tickets", "sold_out", "age", "accessibility", "image",
)  # fmt: skip
"""The columns of an event in CSV, which has the ids of its venue, room and sources. New ones come last."""


class Answer(NamedTuple):
    """What a command found, ready to be written in any format. Only what the format needs is made.

    *document* is the JSON document without its schema number. Its key *items* holds the records, which JSON lines
    and CSV write. *rows* makes rows of CSV from the records if they differ. *fields* are the columns of CSV. *page* is
    what people read. *export* goes into a calendar, if the command can fill one. *batches* has the records if they may
    be too many to keep; the document is then without them.
    """

    document: Callable[[], Record]
    items: str
    fields: Sequence[str]
    page: Callable[[], Page]
    rows: Callable[[Sequence[Record]], Sequence[Record]] = lambda records: records
    export: Callable[[], Export] | None = None
    batches: Iterable[Sequence[Record]] | None = None

    def records(self) -> Sequence[Record]:
        """Return the records in the document, or its only one."""
        found = self.document()[self.items]
        return found if isinstance(found, list) else [found]


def events_answer(listing: Listing, question: EventQuery, session: Session) -> Answer:
    """Return the answer about the events of *listing*, which answer *question*."""

    def document() -> Record:
        from kzfest.formats.records import programme_record  # not for tables

        first, last = (day and day.isoformat() for day in listing.days)
        programme = programme_record(listing.head, session.language)
        return {"programme": programme, "from": first, "to": last, "events": event_records(listing, session)}

    def page() -> Page:
        from kzfest.pages.event_list import list_page  # not for machine formats

        return list_page(listing)

    def export() -> Export:
        from kzfest.calendars.export import events_export  # icalendar: 100 ms, for calendars only

        return events_export(listing.events, question, session.context)

    return Answer(document, "events", EVENT_FIELDS, page, rows=_flat, export=export)


def event_records(listing: Listing, session: Session) -> list[Record]:
    """Return the records of the events of *listing*."""
    keys = [key for each in listing.events for key in each.event.sources]
    keys += [key for venue in listing.venues.values() for key in venue.sources]
    sources = session.context.catalogue.sources(keys)
    return [listed_record(each, listing, sources) for each in listing.events]


def listed_record(listed: ListedEvent, listing: Listing, sources: dict[str, Source]) -> Record:
    """Return the record of one event of *listing*."""
    from kzfest.formats.records import event_record  # not for tables

    venue = listing.venues.get(listed.venue or "")
    record = event_record(
        listed.event._replace(room=listed.event.at(listed.showing).room),
        certainty=listed.certainty,
        showings=listed.showings,
        venue=venue,
        sources=sources,
        labels=listing.head.labels,
        language=listing.language,
    )
    return record | {"distance_m": distance_from(listing.near, venue)}


def distance_from(near: Location | None, venue: Venue | None) -> int | None:
    """Return the metres from *near* to *venue*, or None if one of the places is not known."""
    if near is None or venue is None:
        return None
    from kzfest.core.travel import metres_between  # only if distances are asked

    return metres_between(near, venue.location)


def _flat(events: Sequence[Record]) -> list[Record]:
    """Return the records of *events* with the address of the venue beside it, as rows of CSV."""
    return [each | {"address": each["venue"] and each["venue"]["address"]} for each in events]


def write(answer: Answer, session: Session, *, format_: str | None, output: str | None) -> None:
    """Write *answer* in the format *format_* to *output*. Raises UsageError if it cannot be written as a calendar."""
    if session.now:
        session.context.now  # noqa: B018  # an invalid clock is an error, also if the answer needs none
    chosen = chosen_format(format_, output)
    if chosen == "ics":
        if answer.export is None:
            raise not_a_calendar()
        write_calendar(answer.export(), output)
    elif answer.batches is not None and chosen in {"json", "jsonl", "csv"}:
        _write_batches(answer, answer.batches, chosen=chosen, output=output)
    elif output and output != "-":
        write_file(Path(output), (BYTE_ORDER_MARK if chosen == "csv" else "") + as_text(answer, chosen))
    elif chosen == "table":
        page = answer.page()
        if page:
            console.print_page(page, session.colour)
    else:
        typer.echo(_bytes(as_text(answer, chosen)), nl=False)


def not_a_calendar() -> UsageError:
    """Return the error that -f ics does not work here."""
    return UsageError(_("this cannot be written as a calendar; -f ics works with list, export, show and itinerary"))


def _write_batches(answer: Answer, batches: Iterable[Sequence[Record]], *, chosen: Format, output: str | None) -> None:
    """Write the records of *batches*, which may be many, without keeping them all in memory."""
    from kzfest.formats.json_csv import csv_text, json_parts, jsonl_text
    from kzfest.formats.records import SCHEMA

    to_file = output is not None and output != "-"
    match chosen:
        case "json":
            parts = json_parts({"schema": SCHEMA} | answer.document(), answer.items, batches)
        case "jsonl":
            parts = (jsonl_text(records) for records in batches)
        case _:
            rows = (csv_text(records, answer.fields, header=False) for records in batches)
            texts = chain([csv_text([], answer.fields)], rows)
            parts = chain([BYTE_ORDER_MARK] if to_file else [], map(visible, texts))
    if output is not None and to_file:
        replace_output(Path(output), map(_bytes, parts))
        return
    for part in parts:
        typer.echo(_bytes(part), nl=False)


def write_calendar(export: Export, output: str | None) -> None:
    """Write a calendar file if *export* has entries, and tell what it contains."""
    from kzfest.calendars.ics_writer import calendar

    again = output is not None and output != "-" and Path(output).exists()
    if export.entries and output and output != "-":
        replace_output(Path(output), calendar(export.entries, export.name))
    elif export.entries:
        for part in calendar(export.entries, export.name):
            typer.echo(part, nl=False)
    tell_export(export, output if output != "-" else None)
    tell_calendar_limits(export, again=again)


def chosen_format(format_: str | None, output: str | None) -> Format:
    """Return *format_*, else the format for the extension of *output*, else "table".

    Raises UsageError if the format or the extension is unknown.
    """
    if format_ is not None:
        if format_ not in FORMATS:
            message = _("unknown format '{format}'; choose {choices}")
            raise UsageError(message.format(format=format_, choices=one_of(FORMATS)))
        return format_
    ending = Path(output or "").suffix
    if ending.casefold() in PLAIN_SUFFIXES:
        return "table"
    if ending.casefold() not in BY_SUFFIX:
        message = _("unknown file extension '{ending}'; choose {choices}, or give the format with -f")
        raise UsageError(message.format(ending=ending, choices=one_of(tuple(BY_SUFFIX))))
    return BY_SUFFIX[ending.casefold()]


def as_text(answer: Answer, format_: Format) -> str:
    """Return *answer* in *format_*, which is not "ics"."""
    match format_:
        case "json":
            from kzfest.formats.json_csv import json_text
            from kzfest.formats.records import SCHEMA

            return json_text({"schema": SCHEMA} | answer.document())
        case "jsonl":
            from kzfest.formats.json_csv import jsonl_text

            return jsonl_text(answer.records())
        case "csv":
            from kzfest.formats.json_csv import csv_text

            return visible(csv_text(answer.rows(answer.records()), answer.fields))
        case "markdown":
            from kzfest.formats.markdown import markdown_text

            return visible(markdown_text(answer.page()))
        case _:
            from kzfest.cli.terminal.tables import letters, render
            from kzfest.formats.page import with_addresses

            return visible(letters(render(with_addresses(answer.page()), None)))


def write_file(file: Path, text: str) -> None:
    """Replace *file* with *text*, completely or not at all."""
    replace_output(file, [_bytes(text)])


def replace_output(file: Path, parts: Iterable[bytes]) -> None:
    """Write *parts* to *file*, whole or not at all."""
    replace_file(file, parts)
    remove_stale_temps_of(file.parent, of=file.name)


def _bytes(text: str) -> bytes:
    r"""Return *text* in UTF-8. Invalid characters, as in some file names, are escaped as in JSON: ``\udcff``."""
    return text.encode("utf-8", "backslashreplace")


def tell_export(export: Export, output: str | None) -> None:
    """Say what a calendar file contains, and what it leaves out."""
    count = len(export.entries)
    if not count:
        console.note(_("no entries to write, so no calendar was created"))
    elif output:
        console.note(ngettext("{n} entry in {file}", "{n} entries in {file}", count).format(n=count, file=output))
    else:
        console.note(ngettext("{n} entry", "{n} entries", count).format(n=count))
    for reason, names in export.left_out.items():
        shown, more = names[:NAMES_SHOWN], len(names) - NAMES_SHOWN
        if more > 0:
            shown = [*shown, _("and {n} more").format(n=more)]
        console.note(_("left out, {reason}: {names}").format(reason=reason, names="; ".join(shown)))


def tell_calendar_limits(export: Export, *, again: bool) -> None:
    """Say what Google Calendar and Outlook do not support, if it matters for *export*.

    Google's limit matters if there are reminders, Outlook's if the export replaces a file *again*.
    """
    if any(entry.remind is not None for entry in export.entries):
        console.note(_("Google Calendar ignores reminders"))
    if again and export.entries:
        console.note(
            _(
                "Outlook duplicates existing events: import into a new calendar, or export only what is new "
                "(--changed-since)"
            )
        )
