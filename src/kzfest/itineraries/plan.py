"""An itinerary with what the programmes say of its visits now, its clashes and its ways."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kzfest.core.clashes import Stop, each_clash, way_to
from kzfest.core.command_line import CommandLine
from kzfest.core.errors import UsageError
from kzfest.core.folding import fold
from kzfest.core.model import LANGUAGES
from kzfest.core.place_text import place_line
from kzfest.core.texts import choose
from kzfest.core.visit import may_be_one_file, state_of
from kzfest.core.visit_facts import ProgrammeFacts, VisitFacts, place_of
from kzfest.programme.bundled import PROGRAMMES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kzfest.core.clashes import Clash
    from kzfest.core.model import Event, Texts
    from kzfest.core.travel import By, Way
    from kzfest.core.visit import Itinerary, Visit
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import Catalogue

MOST_CLASHES = 100
"""Of an itinerary that are told one by one; the others are counted."""
MOST_CLASHES_OF_ONE = 20
"""Of one visit, in its answer for programs too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit with all that is known about it now."""

    visit: Visit
    known: VisitFacts
    stop: Stop | None
    """Where and when it takes up time; None where only its day is fixed, or it has been cancelled."""
    before: Stop | None
    """The visit before on the same day, where both have an hour."""
    way: Way | None
    """From there, where both places are known."""
    clashes: tuple[Clash, ...]
    """The first of them."""
    clash_count: int
    other_programme: str | None
    """What the programme is called that has its event or venue, where that is not the one that is asked."""
    show: str
    """The command line that shows its event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An itinerary, as people and programs are told of it."""

    itinerary: Itinerary
    visits: tuple[PlannedVisit, ...]
    clashes: tuple[Clash, ...]
    """The first of them."""
    clash_count: int
    titles: Mapping[str, str]
    """Of each visit, by its id; of namesakes with their days."""
    stops: Mapping[str, Stop]
    """Of each visit that takes up time, by its id."""
    by: By
    language: str
    command: str
    """How a command line about it begins."""


def build_plan(itinerary: Itinerary, context: Context, by: By) -> Plan:
    """Return *itinerary* with what is known now, its clashes and its ways."""
    known = known_now(itinerary.visits, context)
    stops = {visit.id: stop_of(visit, known[visit.id]) for visit in itinerary.visits}
    counts: Counter[str] = Counter()
    found: list[Clash] = []
    by_visit: dict[str, list[Clash]] = {}
    for clash in each_clash([stop for stop in stops.values() if stop], by):
        if len(found) < MOST_CLASHES:
            found.append(clash)
        for key in (clash.first, clash.second):
            counts[key] += 1
            if counts[key] <= MOST_CLASHES_OF_ONE:
                by_visit.setdefault(key, []).append(clash)
    planned: list[PlannedVisit] = []
    latest: dict[date, Stop] = {}
    for visit in itinerary.visits:
        stop, before = stops[visit.id], latest.get(visit.day)
        planned.append(
            PlannedVisit(
                visit=visit,
                known=known[visit.id],
                stop=stop,
                before=before if stop else None,
                way=way_to(before, stop, by) if before and stop else None,
                clashes=tuple(by_visit.get(visit.id, ())),
                clash_count=counts[visit.id],
                other_programme=_other_programme(visit, known[visit.id], context),
                show=_asking(f"kzfest show {visit.event}", visit, context),
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


def _titles(visits: Sequence[Visit], language: str) -> dict[str, str]:
    """Return the title of each visit, by its id; of two that are called alike, with the day that tells them apart."""
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
    """Whether the programme of *visit* is the one that is asked; an appointment may have none."""
    if visit.programme is None:
        return True
    if not context.is_named:
        return visit.programme == next(iter(PROGRAMMES)) and visit.file is None
    return visit.programme == context.catalogue.head.id and may_be_one_file(visit.file, context.named_file)


def _other_programme(visit: Visit, known: VisitFacts, context: Context) -> str | None:
    if visit.programme is None or _is_asked(visit, context):
        return None
    return choose(known.around.head.title, context.language).text if known.around else visit.programme


def _asking(line: str, visit: Visit, context: Context) -> str:
    """Return the command *line* as it asks the programme of *visit*."""
    if _is_asked(visit, context):
        return context.command_line.of_programme(line)
    return CommandLine(programme=None if visit.file else visit.programme, data=visit.file).of_programme(line)


def known_now(visits: Iterable[Visit], context: Context) -> dict[str, VisitFacts]:
    """Return for each visit, by its id, what its programme says of it now."""
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
        known |= _known_in(catalogue, group, context.language, absent)
    return known


def in_answer(visits: Iterable[Visit], context: Context) -> list[Visit]:
    """Return *visits*, of as many ids, with their places in the language of the answer: they were noted in another."""
    visits = list(visits)
    known = known_now(visits, context)
    return [replace(each, place=place_of(each, known[each.id], context.language)) for each in visits]


def _known_in(
    catalogue: Catalogue | None, visits: Sequence[Visit], language: str, absent: str | None
) -> dict[str, VisitFacts]:
    if catalogue is None:
        return {
            each.id: VisitFacts(state=None if each.event else "same", zone=zone(each.timezone), absent=absent)
            for each in visits
        }
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
        event, showings = (listed.event, listed.showings) if listed else (None, ())
        known[visit.id] = VisitFacts(
            state=state_of(visit, event, showings, places=event and _places(event, catalogue.head.labels)),
            zone=zone(visit.timezone),
            event=event,
            showings=showings,
            venue=venues.get(visit.venue or ""),
            around=around,
        )
    return known


def _places(event: Event, labels: Mapping[str, Texts]) -> set[str]:
    """Return the search forms of where *event* is without a venue, in each language in which it may have been noted."""
    return {fold(place_line(event, None, labels, language) or "") for language in LANGUAGES}


def stop_of(visit: Visit, known: VisitFacts) -> Stop | None:
    """Return what *visit* takes up of a day, unless it may be at any time or does not take place."""
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
    """Return what tells the place of *visit* apart from others, whatever the language it was noted in.

    Two files may have one programme id, last year's and this year's; where a visit came without its file, as in a
    token, only the place that was noted tells their venues apart.
    """
    noted = "" if known.venue else fold(place_of(visit, known, LANGUAGES[0]) or "")
    if not visit.venue and not noted:
        return None
    return f"{visit.programme}/{visit.file or ''}/{visit.venue or ''}/{noted}"
