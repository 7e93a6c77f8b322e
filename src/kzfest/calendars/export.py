"""Exports: which events and visits become calendar entries, and why others do not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kzfest.calendars.vevents import event_entries, revision_of, visit_entry
from kzfest.core.errors import KzfestError
from kzfest.core.festival_day import stretches
from kzfest.core.localized import choose
from kzfest.core.visit_facts import ProgrammeFacts
from kzfest.i18n import _
from kzfest.paths import is_bundled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta, tzinfo

    from kzfest.calendars.ics_writer import CalendarEntry
    from kzfest.core.model import Showing
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.store import Store
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.queries import EventQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The entries of a calendar, and what was left out."""

    name: str
    source: str
    """A stable, unique key for where the entries come from. An export replaces only files of the same source."""
    formerly: str
    """The key that older versions used, which was not unique."""
    entries: list[CalendarEntry]
    left_out: dict[str, list[str]] = field(default_factory=dict)
    """The titles left out, by reason."""


def events_export(
    events: Sequence[ListedEvent], question: EventQuery, context: Context, *, fresh: str | None = None
) -> Export:
    """Return an export of the showings of *events* that touch the days of *question*."""
    catalogue = context.catalogue
    around = ProgrammeFacts(
        head=catalogue.head,
        venues={venue.id: venue for venue, _count in catalogue.venues()},
        sources=catalogue.sources(),
        zone=context.zone,
        language=context.language,
        fresh=fresh,
    )
    entries: list[CalendarEntry] = []
    left_out: dict[str, list[str]] = {}
    for listed in events:
        showings = _showings_asked(listed, question, around)
        entries += event_entries(listed.event, showings, around)
        if not showings:
            permanent, undated = _("permanent, so without a date"), _("without a known date")
            why = permanent if listed.event.when == "permanent" else undated
            left_out.setdefault(why, []).append(choose(listed.event.title, context.language).text)
    name = choose(catalogue.head.title, context.language).text
    formerly = f"programme {catalogue.head.id}"
    source = formerly if is_bundled(catalogue.file) else f"{formerly} {catalogue.file.absolute()}"
    return Export(name=name, source=source, formerly=formerly, entries=entries, left_out=left_out)


def _showings_asked(listed: ListedEvent, question: EventQuery, around: ProgrammeFacts) -> list[Showing]:
    """Return the showings of an event that touch the days of *question*, without duplicates."""
    expanded = listed.event.with_showings(listed.showings)
    first, last = (day or end for day, end in zip(question.days, (date.min, date.max), strict=True))
    touching = [
        each for each in stretches(expanded, zone=around.zone, last=around.head.last) if each.touches(first, last)
    ]
    return [*{each.showing.id: each.showing for each in touching}.values()]


def plan_export(plan: Plan) -> Export:
    """Return an export of the visits of an itinerary."""
    name, written = plan.itinerary.name, plan.itinerary.written
    return Export(
        name=_("Itinerary {name}").format(name=name),
        source=f"itinerary {plan.itinerary.store} {name}",
        formerly=f"itinerary {name}",
        entries=[
            visit_entry(each.visit, each.known, plan.language, written=written.get(each.visit.id, 0))
            for each in plan.visits
        ],
    )


def note_exported_revisions(plan: Plan, store: Store) -> None:
    """Note the revisions exported with *plan*, so that no later export has a lower SEQUENCE."""
    revisions = {each.visit.id: revision_of(each.visit, each.known) for each in plan.visits}
    risen = {key: revision for key, revision in revisions.items() if revision > plan.itinerary.written.get(key, 0)}
    if risen:
        with suppress(KzfestError, OSError):  # an export must also work with a read-only store
            store.note_written(risen)


def with_reminders(export: Export, before: timedelta | None) -> Export:
    """Return *export* with a reminder *before* each entry; None adds none."""
    return replace(export, entries=[replace(entry, remind=before) for entry in export.entries]) if before else export


def changed_since(export: Export, day: date | None, titles: str, zone: tzinfo) -> Export:
    """Return *export* with only the entries that changed on *day* or later, in local time of *zone*.

    The others are listed in `left_out` under the reason *titles*.
    """
    if day is None:
        return export
    kept: list[CalendarEntry] = []
    others: list[str] = []
    for entry in export.entries:
        changed = entry.changed
        if isinstance(changed, datetime):  # midnight UTC stands for a whole day, hence the later of local and UTC day
            changed = max(changed.date(), changed.astimezone(zone).date())
        if changed >= day:
            kept.append(entry)
        else:
            others.append(entry.summary)
    return replace(export, entries=kept, left_out=export.left_out | ({titles: others} if others else {}))
