"""`kzfest search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.events import FormatOption, LimitOption, OutputOption
from kzfest.cli.output import Answer, distance_from, listed_record, write
from kzfest.cli.query import ListFilters, question_of_any_day, tell_left_out
from kzfest.cli.resolve import checked_text
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.localized import choose, person_name
from kzfest.formats import records
from kzfest.i18n import _, ngettext
from kzfest.pages.overviews import SearchResult, search_page
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.database.catalogue import Catalogue
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.database.search import NameMatch
    from kzfest.programme.listing import Listing

RESULTS_SHOWN = 20
"""The number of results without --limit."""

FILTERS = tuple(field for field in ListFilters._fields if field not in {"when", "search"})
"""The filters of `list` without its words, which are the text here."""

TextArgument = Annotated[list[str], typer.Argument(metavar=_("TEXT..."), help=_("Words, in any script."))]


@command(
    "kzfest search museum",
    "kzfest search muzey --limit 5",
    "kzfest search concert --on 23 dec",
    cls=DaysCommand,
    options=FILTERS,
)
def search(
    ctx: CommandContext,
    text: TextArgument,
    asked: ListFilters,
    limit: LimitOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Search events, venues and people; the best matches come first.

    With the filters of `kzfest list`, it finds only matching events, and venues and people that have such events.
    """
    session = ctx.obj
    words = checked_text(" ".join(text))
    question = question_of_any_day(asked, session)
    hits, respelt = session.context.catalogue.lookup.search(words)
    filtered = asked != ListFilters()
    kept = _matching(hits, asked, question, session) if filtered else hits
    shown = kept[: RESULTS_SHOWN if limit is None else limit]
    more = len(kept) - len(shown)
    if not hits:
        note(_("no results for '{text}'").format(text=words))
        _tell_where_else(words, session)
    elif not kept:
        note(_("no results for '{text}' with these filters").format(text=words))
    elif respelt:
        note(_("no results for '{text}'; these are for similar words").format(text=words))
    results = [_result(hit, question, session) for hit in shown]
    listing = listing_of([listed for each in results for listed in each.events], question, session.context)
    answer = Answer(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "query": words,
            "results": _records(results, listing, session),
            "more": more,
        },
        items="results",
        fields=("kind", "id", "name", "matched", "distance_m"),
        page=lambda: search_page(results, listing),
    )
    write(answer, session, format_=format_, output=output)
    if more:
        told = ngettext("{n} more result: raise --limit to see it", "{n} more results: raise --limit to see them", more)
        note(told.format(n=more))
    if filtered:
        numbers = (number for hit in hits for number in _event_numbers(hit, session.context.catalogue))
        tell_left_out(question._replace(numbers=tuple(numbers)), session)


def _matching(hits: Sequence[NameMatch], asked: ListFilters, question: EventQuery, session: Session) -> list[NameMatch]:
    """Return the events among *hits* that match the filters, and the venues and people with such events."""
    from kzfest.cli.word_counts import venue_counts  # for filters only

    catalogue = session.context.catalogue
    events = catalogue.numbers(question)
    venues = {venue.id for venue, _count in venue_counts(asked, question, session)}
    return [
        hit
        for hit in hits
        if (
            catalogue.venue(hit.number).id in venues
            if hit.kind == "venue"
            else not events.isdisjoint(_event_numbers(hit, catalogue))
        )
    ]


def _event_numbers(hit: NameMatch, catalogue: Catalogue) -> tuple[int, ...]:
    """Return the numbers of the events that *hit* is about: the event itself, or those of the person."""
    if hit.kind == "venue":
        return ()
    hits = catalogue.lookup.find("person", hit.shown).candidates if hit.kind == "person" else (hit,)
    return tuple(each.number for each in hits)


def _tell_where_else(text: str, session: Session) -> None:
    """Say which other bundled programmes, and which part of the history, contain *text*."""
    from shlex import quote

    from kzfest.cli.commands.history import tell_in_history
    from kzfest.programme.history import package_history
    from kzfest.programme.history_search import search_history

    for other in session.library.bundled_beside(session.context.catalogue):
        hits, guessed = other.lookup.search(text)
        if hits and not guessed:
            message = _("{id} has it: kzfest --programme {id} search {text}  ({title})")
            title = choose(other.head.title, session.language).text
            note(message.format(id=other.head.id, text=quote(text), title=title))
    found = search_history(text, package_history(), in_texts_only=True)
    for shown_by, titles in () if found.guessed else found.commands:
        tell_in_history(shown_by, text, titles, session)


def _result(hit: NameMatch, question: EventQuery, session: Session) -> SearchResult:
    """Return what *hit* found: a venue, an event, or a person with all their events that match *question*."""
    if hit.kind == "venue":
        return SearchResult("venue", hit.shown, venue=session.context.catalogue.venue(hit.number))
    catalogue = session.context.catalogue
    numbers = _event_numbers(hit, catalogue)
    events = tuple(each for number in numbers for each in catalogue.events(question._replace(numbers=(number,))))
    if hit.kind == "event":
        return SearchResult("event", hit.shown, events, matched=hit.where or "title")
    people = (person for listed in events for person in listed.event.people)
    names = ({own: person_name(text) for own, text in person.name.items()} for person in people)
    name = next((choose(each, session.language).text for each in names if hit.shown in each.values()), hit.shown)
    return SearchResult("person", name, events, matched="people")


def _records(results: Sequence[SearchResult], listing: Listing, session: Session) -> list[records.Record]:
    catalogue = session.context.catalogue
    sources = catalogue.sources()
    found: list[records.Record] = []
    for each in results:
        events = [listed_record(listed, listing, sources) for listed in each.events]
        venue = each.venue and records.venue_record(
            each.venue, sources=sources, labels=catalogue.head.labels, language=session.language
        )
        owner = venue or (events[0] if each.kind == "event" else {"id": None, "title": each.shown})
        name = owner["name"] if venue else owner["title"]
        named = {"kind": each.kind, "id": owner["id"], "name": name}
        metres = events[0]["distance_m"] if each.kind == "event" else distance_from(listing.near, each.venue)
        found.append(named | {"events": events, "venue": venue, "matched": each.matched, "distance_m": metres})
    return found
