"""`kzfest itinerary import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.calendars.ics_reader import count_entries, read_calendar
from kzfest.calendars.import_visits import ignored, import_entries
from kzfest.calendars.vdir import missing, note_imported
from kzfest.calendars.vevents import is_event_uid, parse_visit_uid, visit_uid
from kzfest.cli.commands.itinerary.changing import changing, is_table
from kzfest.cli.options.common import check_name
from kzfest.cli.options.events import FormatOption
from kzfest.cli.terminal.console import note, note_each
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import KzfestError, NotFoundError
from kzfest.core.localized import choose
from kzfest.i18n import _, ngettext
from kzfest.programme.files import content_of
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.calendars.ics_reader import CalendarContents, ReadEntry, UnreadEntry
    from kzfest.cli.session import Session

FileArgument = Annotated[
    list[str],
    typer.Argument(metavar=_("FILE..."), help=_("Calendar files (ICS), or a folder of them."), callback=check_name),
]


@command(
    "kzfest itinerary import plan.ics",
)
def import_(ctx: CommandContext, files: FileArgument, format_: FormatOption = None) -> None:
    """Import visits that kzfest exported, with the times that you changed in your calendar."""
    session = ctx.obj
    for text in files:
        _tell_missing(Path(text), session)
    places = [file for text in files for file in _files(Path(text))]
    contents = {file: content_of(file) for file in places}
    readings = [_reading(file, data) for file, data in contents.items()]
    entries = [entry for reading in readings for entry in reading.entries]
    unread = [entry for reading in readings for entry in reading.unread]
    _tell_others([*entries, *unread], sum(map(count_entries, contents.values())), session)
    told = [ignored(entry, entry.reason) for entry in unread if parse_visit_uid(entry.uid)]
    visits = [entry for entry in entries if parse_visit_uid(entry.uid)]
    if not visits and is_table(format_):
        note_each(told)
        return
    with changing(session, format_=format_) as draft:
        told += import_entries(visits, draft, session.context)
        note_each(told)
    for file, data in contents.items():
        note_imported(file, data)


def _files(place: Path) -> list[Path]:
    """Return the calendar files at *place*. Raises NotFoundError if a folder has none."""
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.ics"))
    if not found:
        raise NotFoundError(_("no .ics file in {folder}").format(folder=place))
    return found


def _tell_missing(folder: Path, session: Session) -> None:
    """Name the visits whose entry in *folder* another program has deleted."""
    visits = {visit_uid(visit): visit for visit in session.store.itinerary(session.itinerary_name).visits}
    told = _(
        "'{title}' is no longer in {folder}: `{command}` removes the visit, "
        "or the next `export --vdir` writes it there again"
    )
    for uid in missing(folder, visits):
        title = choose(visits[uid].title, session.language).text
        command = session.command_line.of_itinerary(f"remove {visits[uid].id}")
        note(told.format(title=title, folder=folder, command=command))


def _reading(file: Path, data: bytes) -> CalendarContents:
    try:
        return read_calendar(data, known_zone)
    except ValueError as error:
        raise KzfestError(_("{file} is not a calendar file: {reason}").format(file=file, reason=error)) from error


def _tell_others(entries: Sequence[ReadEntry | UnreadEntry], count: int, session: Session) -> None:
    """Say how many of *count* entries are not visits; *entries* are those with a UID of kzfest."""
    visits = sum(parse_visit_uid(entry.uid) is not None for entry in entries)
    events = sum(is_event_uid(entry.uid) for entry in entries)
    if events:
        told = ngettext(
            "{n} entry is an event, not a visit: `{command}` plans one",
            "{n} entries are events, not visits: `{command}` plans them",
            events,
        )
        note(told.format(n=events, command=session.command_line.of_itinerary("add")))
    others = count - visits - events
    if others:
        told = ngettext(
            "{n} entry is not from kzfest and was ignored", "{n} entries are not from kzfest and were ignored", others
        )
        note(told.format(n=others))
    if not count:
        note(_("no entries found"))
