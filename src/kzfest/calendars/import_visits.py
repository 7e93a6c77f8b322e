"""Importing visits from calendar files: which entries are our visits, and what they change."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kzfest.calendars.vevents import parse_visit_uid, revision_of, sequence_of, visit_uid
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import festival_day, instant, later
from kzfest.core.localized import choose
from kzfest.core.model import Showing
from kzfest.core.safe_text import legible, legible_line
from kzfest.core.visit import LONGEST_NOTE, LONGEST_VISIT_NAME, MOST_CHANGES, MOST_DAYS, YEARS, Visit
from kzfest.i18n import _
from kzfest.itineraries.appointments import DEFAULT_APPOINTMENT_LENGTH
from kzfest.itineraries.plan import known_now
from kzfest.itineraries.visit_builder import refresh_from_programme
from kzfest.programme.zones import is_zone, zone

if TYPE_CHECKING:
    from kzfest.calendars.ics_reader import ReadEntry, UnreadEntry
    from kzfest.calendars.vevents import VisitName
    from kzfest.itineraries.store import ItineraryDraft
    from kzfest.programme.context import Context

UTC_KEY = "UTC"
UNKNOWN = datetime.min.replace(tzinfo=UTC)
"""The time of change of an entry that gives none."""


def ignored(entry: ReadEntry | UnreadEntry, reason: str) -> str:
    """Return the message that *entry* was ignored, with the reason."""
    title = legible_line(entry.summary)[:LONGEST_VISIT_NAME] or entry.uid
    return _("'{title}' in the file was ignored: {reason}").format(title=title, reason=reason)


def import_entries(entries: list[ReadEntry], draft: ItineraryDraft, context: Context) -> list[str]:
    """Import the visits of *entries* into *draft*, and return the messages about them.

    An existing visit takes only the time of its entry; an appointment also takes the name. If a visit was changed here
    after it was changed in the calendar, the calendar's change is ignored.
    """
    visits, told = _visits(entries, draft, context)
    known = known_now(visits.values(), context)
    for entry in (each for each in entries if each.uid in visits):
        visit = visits[entry.uid]
        mine, now, written = draft.visits.get(visit.id), known[visit.id], draft.written.get(visit.id, 0)
        title = choose(visit.title, context.language).text
        if entry.cancelled and now.state != "cancelled":
            message = _("'{title}' is cancelled in the file; `{command}` removes it")
            told.append(message.format(title=title, command=context.command_line.of_itinerary(f"remove {visit.id}")))
        sequence = entry.sequence
        if mine is None:
            taken = replace(refresh_from_programme(visit, now, context), imported=entry.modified or UNKNOWN)
        elif (taken := _changed(mine, entry)) != mine:
            if not _is_newer(entry, mine, sequence_of(mine, now, written)):
                here = _("'{title}' in the file was ignored: the visit was changed here later")
                imported = _("'{title}' in the file was ignored: it is older than the last import")
                told.append((here if mine.imported is None else imported).format(title=title))
                continue
            taken = replace(taken, imported=entry.modified or UNKNOWN)
            sequence += 1  # newer than the file, so that --vdir may update it
        changes = min(sequence - revision_of(taken, now, written), MOST_CHANGES)
        draft.visits[visit.id] = replace(taken, changes=max(taken.changes, changes))
    return told


def _changed(visit: Visit, entry: ReadEntry) -> Visit:
    """Return *visit* with the time of its entry, and an appointment with the name too."""
    start, end = _times(entry, visit.timezone)
    renamed = _renamed(visit, entry)
    if (instant(start), instant(end)) == visit.instants:
        return renamed
    return replace(renamed, start=start, end=end, assumed=False)


def _is_newer(entry: ReadEntry, visit: Visit, sequence: int) -> bool:
    """Whether *entry* was changed later than the time of *visit*, whose present SEQUENCE is *sequence*.

    A calendar need not raise SEQUENCE for an entry without guests (RFC 5545, 3.8.7.4), so time stamps decide as well.
    A time stamp from a clock that ran ahead must not decide.
    """
    if entry.sequence > sequence:
        return True
    if visit.imported is None:
        return entry.sequence == sequence or (entry.modified or UNKNOWN) > visit.changed
    knows_ours = entry.sequence == sequence and (entry.modified is None or visit.imported > visit.changed)
    return knows_ours or (entry.modified or UNKNOWN) >= visit.imported


def _visits(entries: list[ReadEntry], draft: ItineraryDraft, context: Context) -> tuple[dict[str, Visit], list[str]]:
    """Return the visits of *entries* by UID, existing ones unchanged, and messages about ignored entries.

    An entry belongs to a visit only if we would write exactly its UID for that visit.
    """
    visits: dict[str, Visit] = {}
    told = []
    taken = dict(draft.visits)
    for entry in entries:
        name = parse_visit_uid(entry.uid)
        if name is None:
            continue
        mine = taken.get(name.id)
        if mine and visit_uid(mine) != entry.uid:
            fault: str | None = _("another visit already has the id {id}").format(id=name.id)
        else:
            timezone = mine.timezone if mine else _timezone(name, entry, context)
            fault = _why_invalid(entry, timezone, texts=_texts_taken(entry, mine))
        if fault:
            told.append(ignored(entry, fault))
        else:
            visits[entry.uid] = taken[name.id] = mine or _new_visit(name, entry, timezone, context)
    return visits, told


def _texts_taken(entry: ReadEntry, mine: Visit | None) -> list[tuple[str, int]]:
    """Return the texts of *entry* that its visit takes, each with its length limit."""
    name = (entry.summary, LONGEST_VISIT_NAME)
    if mine:
        return [] if mine.event else [name]
    return [name, (entry.location or "", LONGEST_NOTE), (entry.note or "", LONGEST_NOTE)]


def _why_invalid(entry: ReadEntry, timezone: str, *, texts: list[tuple[str, int]]) -> str | None:
    """Return why *entry* is no valid visit, or None: its years, its length or its texts are out of bounds."""
    first, last = (each.date() if isinstance(each, datetime) else each for each in (entry.start, entry.end))
    possible = first.year in YEARS and last.year in YEARS and (last - first).days <= MOST_DAYS
    if not possible or _day(_times(entry, timezone)[0]).year not in YEARS:
        return _("its dates are out of range")
    for text, most in texts:
        if len(text) > most:
            return _("a text in it has {n} characters; the limit is {most}").format(n=len(text), most=most)
    return None


def _day(start: date | datetime) -> date:
    return festival_day(start) if isinstance(start, datetime) else start


def _timezone(name: VisitName, entry: ReadEntry, context: Context) -> str:
    """Return the time zone of the programme in the UID, else of *entry*, else of the programme in use.

    UTC does not count as the zone of *entry*: some calendar programs convert every time to UTC.
    """
    if name.programme:
        with suppress(UsageError):
            return context.programme_of(name.programme, None).head.timezone
    written = getattr(getattr(entry.start, "tzinfo", None), "key", UTC_KEY)
    return written if written != UTC_KEY and is_zone(written) else context.catalogue.head.timezone


def _renamed(visit: Visit, entry: ReadEntry) -> Visit:
    """Return an appointment with the name of its entry, unless it already has that name in some language."""
    name = legible_line(entry.summary)
    if visit.event or not name or entry.cancelled or name in visit.title.values():
        return visit
    (language, *_others) = visit.title
    return replace(visit, title={language: name})


def _times(entry: ReadEntry, timezone: str) -> tuple[date | datetime, datetime | None]:
    """Return the start and end of a visit: a day and None if the entry has no hour.

    A time without a zone is in *timezone*.
    """
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        here = zone(timezone)
        start, end = (
            each.astimezone(here) if each.tzinfo else each.replace(tzinfo=here) for each in (entry.start, entry.end)
        )
        return start, end if end.timestamp() > start.timestamp() else later(start, DEFAULT_APPOINTMENT_LENGTH)
    return entry.start, None


def _new_visit(name: VisitName, entry: ReadEntry, timezone: str, context: Context) -> Visit:
    start, end = _times(entry, timezone)
    return Visit(
        id=name.id,
        title={context.language: legible_line(entry.summary) or name.id},
        start=start,
        end=end,
        timezone=timezone,
        programme=name.programme,
        event=name.event,
        showing=Showing(id="", start=_day(start)) if name.event else None,
        place=legible_line(entry.location or "") or None,
        must=entry.must,
        note=legible(entry.note or "") or None,
        changed=UNKNOWN,
    )
