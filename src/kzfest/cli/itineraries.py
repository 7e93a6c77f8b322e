"""The itinerary that a command line means, and its visits with what the programmes say of them now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kzfest.cli.session import command_line, open_catalogue, own_programmes, programme_file, shared_id
from kzfest.cli.terminal.console import note
from kzfest.core.clashes import Stop, each_clash, way_to
from kzfest.core.errors import FaultyProgrammeError, KzfestError, NotFoundError, UsageError, one_of
from kzfest.core.folding import fold
from kzfest.core.model import LANGUAGES
from kzfest.core.place_text import place_line
from kzfest.core.texts import choose, legible
from kzfest.core.travel import BY
from kzfest.core.visit import may_be_one_file, state_of
from kzfest.core.visit_facts import ProgrammeFacts, VisitFacts, place_of
from kzfest.i18n import _
from kzfest.itineraries.store import Store
from kzfest.paths import itinerary_folder
from kzfest.programme.library import PROGRAMMES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.core.clashes import Clash
    from kzfest.core.model import Event, Texts
    from kzfest.core.travel import By, Way
    from kzfest.core.visit import Itinerary, Visit
    from kzfest.programme.database.catalogue import Catalogue

LONGEST_ITINERARY_NAME = 60
VISITS_SHOWN = 12
MOST_CLASHES = 100
"""Of an itinerary that are told one by one; the others are counted."""
MOST_CLASHES_OF_ONE = 20
"""Of one visit, in its answer for programs too."""


def store_of(session: Session) -> Store:
    """Return the user's store. Raises KzfestError where there is no home to have one in."""
    folder = itinerary_folder(session.environment)
    if folder is None:
        raise KzfestError(_("there is no home folder to keep an itinerary in; name one with KZFEST_HOME"))
    return Store(folder, tell=note)


def itinerary_name(session: Session, store: Store) -> str:
    """Return the name of the itinerary that is meant. Raises UsageError where what is given is no name."""
    return checked_name(session.itinerary) if session.itinerary is not None else store.current()


def command(text: str, session: Session) -> str:
    """Return the command line for the itinerary that is meant, and for the same programme."""
    named = "" if session.itinerary is None else _naming(checked_name(session.itinerary), session)
    return session.command(f"kzfest itinerary{named} {text}")


def _naming(name: str, session: Session) -> str:
    """Return the option that names an itinerary; the current one needs none."""
    from shlex import quote  # where one is named

    return "" if name == store_of(session).current() else f" --itinerary {quote(name)}"


def checked_name(text: str) -> str:
    """Return the name of an itinerary. Raises UsageError where *text* is none."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_ITINERARY_NAME or name != legible(name):
        message = _("'{text}' is not a name for an itinerary; choose a word or two")
        raise UsageError(message.format(text=text[:LONGEST_ITINERARY_NAME]))
    return name


def checked_by(text: str) -> By:
    """Return how a person gets about. Raises UsageError."""
    if text not in BY:
        raise UsageError(_("no way to go by '{text}'; choose {choices}").format(text=text, choices=one_of(BY)))
    return text


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


def build_plan(itinerary: Itinerary, session: Session, by: By) -> Plan:
    """Return *itinerary* with what is known now, its clashes and its ways."""
    known = known_now(itinerary.visits, session)
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
                other_programme=_other_programme(visit, known[visit.id], session),
                show=_asking(f"kzfest show {visit.event}", visit, session),
            )
        )
        if stop:
            latest[visit.day] = stop
    return Plan(
        itinerary=itinerary,
        visits=tuple(planned),
        clashes=tuple(found),
        clash_count=counts.total() // 2,
        titles=_titles(itinerary.visits, session.language),
        stops={key: stop for key, stop in stops.items() if stop},
        by=by,
        language=session.language,
        command=command("", session).rstrip(),
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


def _is_asked(visit: Visit, session: Session) -> bool:
    """Whether the programme of *visit* is the one that is asked; an appointment may have none."""
    if visit.programme is None:
        return True
    if not session.names_programme:
        return visit.programme == next(iter(PROGRAMMES)) and visit.file is None
    from kzfest.cli.planning import own_file  # where a programme is named

    return visit.programme == session.catalogue.head.id and may_be_one_file(visit.file, own_file(session))


def _other_programme(visit: Visit, known: VisitFacts, session: Session) -> str | None:
    if visit.programme is None or _is_asked(visit, session):
        return None
    return choose(known.around.head.title, session.language).text if known.around else visit.programme


def _asking(line: str, visit: Visit, session: Session) -> str:
    """Return the command *line* as it asks the programme of *visit*."""
    if _is_asked(visit, session):
        return session.command(line)
    return command_line(line, programme=None if visit.file else visit.programme, data=visit.file)


def known_now(visits: Iterable[Visit], session: Session) -> dict[str, VisitFacts]:
    """Return for each visit, by its id, what its programme says of it now."""
    by_programme: dict[tuple[str | None, str | None], list[Visit]] = {}
    for visit in visits:
        by_programme.setdefault((visit.programme, visit.file), []).append(visit)
    known: dict[str, VisitFacts] = {}
    for (programme, file), group in by_programme.items():
        catalogue, absent = None, None
        if programme:
            try:
                catalogue = catalogue_of(programme, file, session)
            except UsageError as error:
                absent = str(error)
        known |= _known_in(catalogue, group, session.language, absent)
    return known


def in_answer(visits: Iterable[Visit], session: Session) -> list[Visit]:
    """Return *visits*, of as many ids, with their places in the language of the answer: they were noted in another."""
    visits = list(visits)
    known = known_now(visits, session)
    return [replace(each, place=place_of(each, known[each.id], session.language)) for each in visits]


def catalogue_of(programme: str, file: str | None, session: Session) -> Catalogue:
    """Return the programme with that id. Raises UsageError with the reason where it cannot be opened."""
    named = session.catalogue if session.names_programme and session.catalogue.head.id == programme else None
    if named and (file is None or Path(file) == named.file.absolute()):
        return named
    trouble: Exception | None = None
    try:
        found = open_catalogue(Path(file) if file else programme_file(programme))
        if found.head.id == programme:
            return found
    except (KzfestError, OSError) as error:
        trouble = error
    if named:
        return named
    raise UsageError(_absence(programme, file, trouble)) from trouble


def _absence(programme: str, file: str | None, error: Exception | None) -> str:
    """Return why the programme of a visit cannot be opened, and what to do; *file* is the one that the visit names."""
    if file and isinstance(error, FaultyProgrammeError):
        from shlex import quote  # which most runs never need

        return _("the programme '{id}' has faults: `kzfest check {file}`").format(id=programme, file=quote(file))
    own = own_programmes()
    message = _("the programme '{id}' is not at hand; give its file with --data")
    return shared_id(programme, own.files.get(programme, ())) or message.format(id=programme) + own.hint()


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


def find_visit(text: str, itinerary: Itinerary, session: Session) -> Visit:
    """Return the visit that *text* names: by its id, or by an event that has one visit. Never guesses.

    Raises NotFoundError with the candidates.
    """
    visits = itinerary.visits
    key, as_id = fold(text), text.strip().casefold()
    found = (
        [visit for visit in visits if visit.id == as_id]
        or [visit for visit in visits if visit.event == as_id]
        or [visit for visit in visits if visit.event and fold(visit.event) == key]
        or [visit for visit in visits if key in {fold(title) for title in visit.title.values()}]
        or [visit for visit in visits if key and any(_has_words(title, key) for title in visit.title.values())]
    )
    if len(found) == 1:
        return found[0]
    if not visits:
        raise NotFoundError(_("the itinerary '{name}' is empty").format(name=itinerary.name))
    told = _("'{text}' fits several visits:") if found else _("no visit is called '{text}'; there are:")
    from kzfest.cli.pages.itinerary import when_told  # where an answer is a list of candidates

    names = [f"{each.id}  {choose(each.title, session.language).text} · {when_told(each)}" for each in found or visits]
    raise NotFoundError("\n  ".join([told.format(text=text), *names[:VISITS_SHOWN]]))


def _has_words(title: str, key: str) -> bool:
    """Whether each word of *key* begins a word of *title*."""
    words = fold(title).split()
    return all(any(word.startswith(part) for word in words) for part in key.split())
