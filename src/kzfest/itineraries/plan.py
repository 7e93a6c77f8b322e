"""An itinerary with today's facts about its visits, its clashes and the travel times between visits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kzfest.core.clashes import Stop, clashes, way_to
from kzfest.core.command_line import CommandLine
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import SMALLEST, days_of, festival_day
from kzfest.core.folding import fold
from kzfest.core.localized import choose
from kzfest.core.model import LANGUAGES
from kzfest.core.place_text import place_line
from kzfest.core.visit import is_showing_gone, may_be_one_file, showing_now, state_of
from kzfest.core.visit_facts import ProgrammeFacts, VisitFacts, place_of
from kzfest.paths import PROGRAMMES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kzfest.core.clashes import Clash
    from kzfest.core.model import Event, Venue
    from kzfest.core.travel import By, Way
    from kzfest.core.visit import Itinerary, State, Visit
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import Catalogue, ListedEvent

MOST_CLASHES = 100
"""How many clashes of an itinerary are listed; the others are only counted."""
MOST_CLASHES_OF_ONE = 20
"""How many clashes of one visit are listed, in JSON too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit with all that is now known about it."""

    visit: Visit
    known: VisitFacts
    stop: Stop | None
    """Its place and hours; None if it has no hour or was cancelled."""
    before: Stop | None
    """The previous visit of the same day with an hour; None if this visit has no hour."""
    way: Way | None
    """Travel from *before* to here; None unless both places are known."""
    clashes: tuple[Clash, ...]
    """The first MOST_CLASHES_OF_ONE."""
    clash_count: int
    clash_days: frozenset[date]
    """Those of its days on which it clashes; of more than MOST_CLASHES_OF_ONE clashes all of them."""
    other_programme: str | None
    """The title of its programme; None if that is the programme in use."""
    show: str
    """The command line that shows its event."""

    @property
    def event_id(self) -> str | None:
        """The id of its event, as the programme has it now."""
        return self.known.event.id if self.known.event else self.visit.event

    @property
    def last_day(self) -> date:
        """The festival day on which it ends."""
        return _last_day(self.visit, self.known)

    @property
    def days(self) -> list[date]:
        """The festival days on which it is."""
        return days_of(self.visit.day, self.last_day)

    def touches(self, first: date, last: date) -> bool:
        """Whether it is on any of the festival days from *first* to *last*, both included."""
        return self.visit.day <= last and self.last_day >= first


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An itinerary with all that its pages and records show."""

    itinerary: Itinerary
    visits: tuple[PlannedVisit, ...]
    clashes: tuple[Clash, ...]
    """The first MOST_CLASHES."""
    clash_count: int
    titles: Mapping[str, str]
    """By visit id; equal titles are followed by their days."""
    stops: Mapping[str, Stop]
    """By visit id, for visits that have one."""
    by: By
    language: str
    command: str
    """The beginning of a command line for this itinerary."""


def build_plan(itinerary: Itinerary, context: Context, by: By = "car") -> Plan:
    """Return *itinerary* with today's facts, its clashes and its travel times."""
    known = known_now(itinerary.visits, context)
    stops = {visit.id: stop_of(visit, known[visit.id]) for visit in itinerary.visits}
    days = {visit.id: (visit.day, _last_day(visit, known[visit.id])) for visit in itinerary.visits}
    found, by_visit, counts = _first_clashes([stop for stop in stops.values() if stop], by)
    planned: list[PlannedVisit] = []
    latest: dict[date, Stop] = {}
    for visit in itinerary.visits:
        stop, before = stops[visit.id], latest.get(visit.day)
        is_asked, around = _is_asked(visit, context), known[visit.id].around
        own = CommandLine(programme=None if visit.file else visit.programme, data=visit.file)
        asking = context.command_line if is_asked else own
        title = choose(around.head.title, context.language).text if around else visit.programme
        planned.append(
            PlannedVisit(
                visit=visit,
                known=known[visit.id],
                stop=stop,
                before=before if stop else None,
                way=way_to(before, stop, by) if before and stop else None,
                clashes=tuple(by_visit.get(visit.id, ())),
                clash_count=counts[visit.id],
                clash_days=_clash_days(visit.id, by_visit.get(visit.id, ()), days, counts[visit.id]),
                other_programme=None if is_asked else title,
                show=asking.of_programme(
                    f"kzfest show {event.id if (event := known[visit.id].event) else visit.event}"
                ),
            )
        )
        if stop:
            latest[visit.day] = stop
    return Plan(
        itinerary=itinerary,
        visits=tuple(planned),
        clashes=tuple(found),
        clash_count=counts.total() // 2,
        titles=_titles(itinerary.visits, context.language),
        stops={key: stop for key, stop in stops.items() if stop},
        by=by,
        language=context.language,
        command=context.command_line.of_itinerary(""),
    )


def _first_clashes(stops: Sequence[Stop], by: By) -> tuple[list[Clash], dict[str, list[Clash]], Counter[str]]:
    """Return the first MOST_CLASHES of *stops*, the first MOST_CLASHES_OF_ONE by visit, and how many each visit has."""
    counts: Counter[str] = Counter()
    found: list[Clash] = []
    by_visit: dict[str, list[Clash]] = {}
    for clash in clashes(stops, by):
        if len(found) < MOST_CLASHES:
            found.append(clash)
        for key in (clash.first, clash.second):
            counts[key] += 1
            if counts[key] <= MOST_CLASHES_OF_ONE:
                by_visit.setdefault(key, []).append(clash)
    return found, by_visit, counts


def _last_day(visit: Visit, known: VisitFacts) -> date:
    """Return the festival day on which *visit* ends."""
    if visit.span is None:
        return visit.day
    return max(visit.day, festival_day(visit.span[1].astimezone(known.zone) - SMALLEST))


def _clash_days(
    visit: str, clashes: Sequence[Clash], days: Mapping[str, tuple[date, date]], count: int
) -> frozenset[date]:
    """Return the days of *visit* on which it clashes; *clashes* are the first of *count*, *days* of all visits."""
    own = days_of(*days[visit]) if count else []
    if len(own) < 2 or count > len(clashes):
        return frozenset(own)
    found: set[date] = set()
    for clash in clashes:
        first, last = days[clash.second if clash.first == visit else clash.first]
        shared = [day for day in own if first <= day <= last]
        found.update(shared or [own[-1] if clash.first == visit else own[0]])
    return frozenset(found)


def needs_repair(plan: Plan, context: Context) -> bool:
    """Whether a repair would change *plan*: it can always drop a visit that clashes or cannot stay."""
    from kzfest.core.trouble import is_settled, trouble_of  # only for `check`, if it has something to tell

    in_trouble = [each for each in plan.visits if each.clash_count or trouble_of(each.visit, each.known)]
    return any(not is_settled(each.visit, each.known, context.now) for each in in_trouble)


def _titles(visits: Sequence[Visit], language: str) -> dict[str, str]:
    titles = {visit.id: choose(visit.title, language).text for visit in visits}
    counts = Counter(titles.values())
    if len(counts) == len(titles):
        return titles
    from kzfest.formats import dates

    return {
        visit.id: f"{title} ({dates.short_day(visit.day)})" if counts[title] > 1 else title
        for visit, title in zip(visits, titles.values(), strict=True)
    }


def _is_asked(visit: Visit, context: Context) -> bool:
    """Whether *visit* belongs to the programme in use, or to none, as an appointment may."""
    if visit.programme is None:
        return True
    if context.is_first:
        return visit.programme == next(iter(PROGRAMMES)) and visit.file is None
    return visit.programme == context.catalogue.head.id and may_be_one_file(visit.file, context.named_file)


def known_now(visits: Iterable[Visit], context: Context) -> dict[str, VisitFacts]:
    """Return what the programmes now say about *visits*, by visit id."""
    by_programme: dict[tuple[str | None, str | None], list[Visit]] = {}
    for visit in visits:
        by_programme.setdefault((visit.programme, visit.file), []).append(visit)
    known: dict[str, VisitFacts] = {}
    for (programme, file), group in by_programme.items():
        catalogue, absent = None, None
        if programme:
            try:
                catalogue = context.programme_of(programme, file)
            except UsageError as error:
                absent = str(error)
        if catalogue:
            found = _known_in(catalogue, group, context.language)
            for each in group:
                if found[each.id].state == "gone" and _is_past(each, found[each.id], catalogue, context):
                    found[each.id] = replace(found[each.id], state="same")
            known |= found
            continue
        for each in group:
            state: State | None = None if each.event else "same"
            known[each.id] = VisitFacts(state=state, zone=zone(each.timezone), absent=absent)
    return known


def in_answer(visits: Iterable[Visit], context: Context) -> list[Visit]:
    """Return *visits*, whose ids are unique, with their places in the language of the answer.

    The stored places are in the language of whoever added the visits.
    """
    visits = list(visits)
    known = known_now(visits, context)
    return [replace(each, place=place_of(each, known[each.id], context.language)) for each in visits]


def _known_in(catalogue: Catalogue, visits: Sequence[Visit], language: str) -> dict[str, VisitFacts]:
    days = [visit.day for visit in visits]
    events = catalogue.events_by_id((visit.event for visit in visits), first=min(days), last=max(days))
    venues = {venue.id: venue for venue, _count in catalogue.venues()}
    around = ProgrammeFacts(
        head=catalogue.head,
        venues=venues,
        sources=catalogue.sources(),
        zone=zone(catalogue.head.timezone),
        language=language,
    )
    known = {}
    for visit in visits:
        listed = events.get(visit.event or "")
        if visit.event and (listed is None or is_showing_gone(visit, listed.event, listed.showings)):
            listed = _under_another_id(visit, catalogue) or listed
        event, showings = (listed.event, listed.showings) if listed else (None, ())
        there = visit
        if event and visit.venue and visit.venue not in venues:
            there = _at_renamed_venue(visit, event, venues)
        # a visit may have stored a place without a venue in any language
        places = event and {fold(place_line(event, None, catalogue.head.labels, each) or "") for each in LANGUAGES}
        known[visit.id] = VisitFacts(
            state=state_of(there, event, showings, places=places),
            zone=zone(visit.timezone),
            event=event and event.at(showing_now(visit, showings)),
            showings=showings,
            venue=venues.get(there.venue or ""),
            around=around,
        )
    return known


def _at_renamed_venue(visit: Visit, event: Event, venues: Mapping[str, Venue]) -> Visit:
    """Return *visit*, whose venue is not known any more, at the venue of *event* whose name its place has.

    Another format gives venues other ids, or adds the city to their names.
    """
    from kzfest.core.event_matching import form  # few venues are renamed

    place = f"{form(visit.place or '')} "
    for key in filter(None, dict.fromkeys([event.venue, *(each.venue for each in event.showings)])):
        names = [f"{form(name)} " for name in venues[key].name.values()]
        if any(place.startswith(name) or name.startswith(place) for name in names):
            return replace(visit, venue=key, room=None)
    return visit


def _is_past(visit: Visit, known: VisitFacts, catalogue: Catalogue, context: Context) -> bool:
    """Whether *visit* ended before now and before everything in its programme: a rolling feed drops what is over."""
    from kzfest.core.trouble import is_over  # few events are gone

    first = catalogue.first_end()
    return first is not None and visit.day < first and is_over(visit, known, context.now)


def _under_another_id(visit: Visit, catalogue: Catalogue) -> ListedEvent | None:
    """Return the only event with the title of *visit* that has a showing at its time, if there is just one.

    A file may give its events new ids, join those that share a title, or divide one.
    """
    if visit.showing is None:
        return None
    from kzfest.core.event_matching import forms  # few events are gone

    ids = catalogue.ids_starting(visit.showing.start)
    found = catalogue.events_by_id(ids, first=visit.day, last=visit.day).values()
    same = [each for each in found if not forms(each.event.title).isdisjoint(forms(visit.title))]
    return same[0] if len(same) == 1 else None


def stop_of(visit: Visit, known: VisitFacts) -> Stop | None:
    """Return the place and hours of *visit*, or None if it has no hour or was cancelled."""
    if visit.span is None or known.state == "cancelled" or (known.event and known.event.status == "cancelled"):
        return None
    start, end = visit.span
    return Stop(
        key=visit.id,
        start=start,
        end=end,
        place=_place_of(visit, known),
        location=known.venue.location if known.venue else None,
    )


def _place_of(visit: Visit, known: VisitFacts) -> str | None:
    """Return a key for the place of *visit* that does not depend on the language in which it was stored.

    Two files may share a programme id, such as last year's and this year's. A visit from a token names no file; then
    only the stored place tells their venues apart.
    """
    noted = "" if known.venue else fold(place_of(visit, known, LANGUAGES[0]) or "")
    if not visit.venue and not noted:
        return None
    return f"{visit.programme}/{visit.file or ''}/{visit.venue or ''}/{noted}"
