"""`kzfest itinerary import`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.commands.itinerary.changes import changing
from kzfest.cli.console import note
from kzfest.cli.groups import Command
from kzfest.cli.itineraries import catalogue_of, known_now, name_of, store_of
from kzfest.cli.planning import USUAL_OWN, caught_up
from kzfest.cli.vdir import missing, note_seen
from kzfest.core.days import festival_day, later
from kzfest.core.errors import KzfestError, NotFoundError
from kzfest.core.model import Showing
from kzfest.core.texts import choose, legible, legible_line
from kzfest.core.visits import MOST_DAYS, YEARS, Visit
from kzfest.core.words import _, ngettext
from kzfest.formats.entries import is_event_uid, visit_named, visit_uid
from kzfest.formats.ics_read import count_entries, read_calendar
from kzfest.programme.files import content_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kzfest.cli.session import Session
    from kzfest.formats.entries import VisitName
    from kzfest.formats.ics_read import Read
    from kzfest.formats.known import Known
    from kzfest.itineraries.store import Draft

app = typer.Typer(add_completion=False)

FileArgument = Annotated[
    list[str], typer.Argument(metavar=_("FILE..."), help=_("Calendar files (ICS), or a folder of them."))
]


@app.command("import", cls=Command)
def import_(ctx: typer.Context, files: FileArgument) -> None:
    """Take back the visits of your own export, with the times that your calendar has given them."""
    session = ctx.obj
    for text in files:
        _tell_missing(Path(text), session)
    places = [file for text in files for file in _files(Path(text))]
    contents = {file: content_of(file) for file in places}
    entries = [entry for file, data in contents.items() for entry in _entries(file, data)]
    named = [(name, entry) for entry in entries if (name := visit_named(entry.uid))]
    _tell_others(entries, len(named), sum(map(count_entries, contents.values())))
    if not named:
        return
    _tell_impossible(named)
    named = [(name, entry) for name, entry in named if _possible(entry)]
    with changing(session) as draft:
        visits = {name.id: draft.visits.get(name.id) or _anew(name, entry, session) for name, entry in named}
        known = known_now(visits.values(), session)
        for name, entry in named:
            _take(entry, visits[name.id], known, draft, session)
    for file, data in contents.items():
        note_seen(file, data)


def _files(place: Path) -> list[Path]:
    """Return the calendar files at *place*. Raises NotFoundError where a folder has none."""
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.ics"))
    if not found:
        raise NotFoundError(_("there is no .ics file in {folder}").format(folder=place))
    return found


def _tell_missing(folder: Path, session: Session) -> None:
    """Say which visits have an entry no longer in *folder*, where there was one: another program has deleted it."""
    store = store_of(session)
    visits = {visit_uid(visit): visit for visit in store.itinerary(name_of(session, store)).visits}
    told = _(
        "'{title}' is no longer in {folder}: `kzfest itinerary remove {id}` removes the visit, "
        "or the next `export --vdir` writes it there again"
    )
    for uid in missing(folder, visits):
        title = choose(visits[uid].title, session.language).text
        note(told.format(title=title, folder=folder, id=visits[uid].id))


def _entries(file: Path, data: bytes) -> list[Read]:
    try:
        return read_calendar(data)
    except ValueError as error:
        raise KzfestError(_("{file} is no calendar file: {reason}").format(file=file, reason=error)) from error


def _tell_others(entries: list[Read], visits: int, count: int) -> None:
    """Say how many of *count* entries are no visits."""
    events = sum(is_event_uid(entry.uid) for entry in entries)
    if events:
        told = ngettext(
            "{n} entry is an event, no visit: `kzfest itinerary add` plans one",
            "{n} entries are events, no visits: `kzfest itinerary add` plans them",
            events,
        )
        note(told.format(n=events))
    others = count - visits - events
    if others:
        told = ngettext(
            "{n} entry is not from kzfest, or without a day, and was passed over",
            "{n} entries are not from kzfest, or without a day, and were passed over",
            others,
        )
        note(told.format(n=others))
    if not count:
        note(_("there are no entries"))


def _tell_impossible(named: list[tuple[VisitName, Read]]) -> None:
    told = _("'{title}' is on an impossible day in the file, and was passed over")
    for name, entry in named:
        if not _possible(entry):
            note(told.format(title=legible_line(entry.summary) or name.id))


def _take(entry: Read, visit: Visit, all_known: dict[str, Known], draft: Draft, session: Session) -> None:
    """Have in *draft* the *visit* that *entry* is, at the time it says; one that is there keeps the rest.

    What the file has is older than what has been changed here since: that stays.
    """
    mine = draft.visits.get(visit.id)
    visit = mine or visit
    start, end = _times(entry, visit.timezone)
    title = choose(visit.title, session.language).text
    known = all_known[visit.id]
    if entry.cancelled and known.state != "cancelled":
        told = _("'{title}' is cancelled in the file; `kzfest itinerary remove {id}` takes it out")
        note(told.format(title=title, id=visit.id))
    moved = (_instant(start), _instant(end)) != (_instant(visit.start), _instant(visit.end))
    revision = known.event.revision if known.event else visit.revision  # the other part of an exported SEQUENCE
    if mine and moved and entry.sequence - revision < mine.changes:
        note(_("'{title}' has been changed here since the file was written; that stays").format(title=title))
        return
    if moved:
        visit = replace(visit, start=start, end=end, assumed=False)
    visit = caught_up(visit, known, session) if mine is None else _renamed(visit, entry)
    changes = entry.sequence - revision + moved  # newer than in the file, which --vdir may then write again
    draft.visits[visit.id] = replace(visit, changes=max(visit.changes, changes))


def _renamed(visit: Visit, entry: Read) -> Visit:
    """Return *visit* with the name that its entry has, where it is one's own."""
    name = legible_line(entry.summary)
    if visit.event or not name or entry.cancelled:
        return visit
    ((language, title),) = visit.title.items()
    return visit if title == name else replace(visit, title={language: name})


def _times(entry: Read, timezone: str) -> tuple[date | datetime, datetime | None]:
    """Return when a visit starts and ends: at any time of its day where the entry has no hour.

    An hour without a zone is that of the visit's place.
    """
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        start, end = (_in_zone(each, zone(timezone)) for each in (entry.start, entry.end))
        return start, end if end > start else later(start, USUAL_OWN)
    return entry.start, None


def _in_zone(moment: datetime, here: ZoneInfo) -> datetime:
    return moment.astimezone(here) if moment.tzinfo else moment.replace(tzinfo=here)


def _possible(entry: Read) -> bool:
    """Whether an entry is in years in which anybody can plan, and of a length that can be shared."""
    first, last = (each.date() if isinstance(each, datetime) else each for each in (entry.start, entry.end))
    return first.year in YEARS and last.year in YEARS and (last - first).days <= MOST_DAYS


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
        title={session.language: legible_line(entry.summary) or name.id},
        start=start,
        end=end,
        timezone=timezone,
        programme=name.programme,
        event=name.event,
        showing=Showing(id="", start=day) if name.event else None,
        place=legible_line(entry.location or "") or None,
        must=entry.must,
        note=legible(entry.note or "") or None,
        changed=datetime.min.replace(tzinfo=UTC),
    )
