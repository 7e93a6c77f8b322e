"""`kzfest itinerary import`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.commands.itinerary.changes import changing
from kzfest.cli.console import note
from kzfest.cli.itineraries import catalogue_of, known_now
from kzfest.cli.planning import USUAL_OWN, caught_up
from kzfest.core.days import festival_day, later
from kzfest.core.errors import KzfestError, NotFoundError
from kzfest.core.model import Showing
from kzfest.core.texts import legible
from kzfest.core.visits import Visit
from kzfest.core.words import _, ngettext
from kzfest.formats.entries import is_event_uid, visit_named
from kzfest.formats.ics import read_calendar
from kzfest.programme.files import content_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.formats.entries import VisitName
    from kzfest.formats.ics import Read
    from kzfest.itineraries.store import Draft

app = typer.Typer(add_completion=False)

FileArgument = Annotated[
    list[str], typer.Argument(metavar="FILE...", help=_("Calendar files (ICS), or a folder of them."))
]


@app.command("import")
def import_(ctx: typer.Context, files: FileArgument) -> None:
    """Take back the visits of your own export, with the times that your calendar has given them."""
    session = ctx.obj
    entries = [entry for text in files for file in _files(Path(text)) for entry in _entries(file)]
    named = [(name, entry) for entry in entries if (name := visit_named(entry.uid))]
    _tell_others(entries, len(named))
    if not named:
        return
    with changing(session) as draft:
        for name, entry in named:
            _take(name, entry, draft, session)


def _files(place: Path) -> list[Path]:
    """Return the calendar files at *place*. Raises NotFoundError where a folder has none."""
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.ics"))
    if not found:
        raise NotFoundError(_("there is no .ics file in {folder}").format(folder=place))
    return found


def _entries(file: Path) -> list[Read]:
    try:
        return read_calendar(content_of(file))
    except ValueError as error:
        raise KzfestError(_("{file} is no calendar file: {reason}").format(file=file, reason=error)) from error


def _tell_others(entries: list[Read], visits: int) -> None:
    """Say how many entries are no visits."""
    events = sum(is_event_uid(entry.uid) for entry in entries)
    if events:
        told = ngettext(
            "{n} entry is an event, no visit: `kzfest itinerary add` plans one",
            "{n} entries are events, no visits: `kzfest itinerary add` plans them",
            events,
        )
        note(told.format(n=events))
    others = len(entries) - visits - events
    if not entries:
        note(_("there are no entries"))
    if others:
        told = ngettext(
            "{n} entry is not from kzfest and was passed over",
            "{n} entries are not from kzfest and were passed over",
            others,
        )
        note(told.format(n=others))


def _take(name: VisitName, entry: Read, draft: Draft, session: Session) -> None:
    """Have in *draft* the visit that *entry* is, at the time it says; one that is there keeps the rest."""
    mine = draft.visits.get(name.id)
    visit = mine or _anew(name, entry, session)
    start, end = _times(entry, visit.timezone)
    moved = (_instant(start), _instant(end)) != (_instant(visit.start), _instant(visit.end))
    if moved:
        visit = replace(visit, start=start, end=end, assumed=False)
    known = known_now([visit], session)[visit.id]
    if mine is None:
        visit = caught_up(visit, known, session)
    revision = known.event.revision if known.event else visit.revision  # the other part of an exported SEQUENCE
    changes = entry.sequence - revision + moved  # newer than in the file, which --vdir may then write again
    draft.visits[name.id] = replace(visit, changes=max(visit.changes, changes))


def _times(entry: Read, timezone: str) -> tuple[date | datetime, datetime | None]:
    """Return when a visit starts and ends: at any time of its day where the entry has no hour."""
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        end = entry.end if entry.end > entry.start else later(entry.start, USUAL_OWN)
        return entry.start.astimezone(zone(timezone)), end.astimezone(zone(timezone))
    return entry.start, None


def _instant(when: date | datetime | None) -> date | float | None:
    """Return what tells *when* apart: moments in an hour that happens twice may be equal to none."""
    return when.timestamp() if isinstance(when, datetime) else when


def _anew(name: VisitName, entry: Read, session: Session) -> Visit:
    """Return the visit that *entry* is, of which nothing else is left."""
    catalogue = catalogue_of(name.programme, None, session) if name.programme else None
    timezone = (catalogue or session.catalogue).head.timezone
    start, end = _times(entry, timezone)
    day = festival_day(start) if isinstance(start, datetime) else start
    return Visit(
        id=name.id,
        title={session.language: legible(entry.summary) or name.id},
        start=start,
        end=end,
        timezone=timezone,
        programme=name.programme,
        event=name.event,
        showing=Showing(id="", start=day) if name.event else None,
        place=legible(entry.location or "") or None,
        must=entry.must,
        note=legible(entry.note or "") or None,
        changed=datetime.min.replace(tzinfo=UTC),
    )
