"""`kzfest search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.events import FormatOption, LimitOption, NearOption, OutputOption, WithinOption
from kzfest.cli.output import Answer, distance_from, listed_record, write
from kzfest.cli.resolve import checked_text
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.localized import choose, person_name
from kzfest.formats import records
from kzfest.i18n import _, ngettext
from kzfest.pages.overviews import SearchResult, search_page
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.search import NameMatch
    from kzfest.programme.listing import Listing

RESULTS_SHOWN = 20
"""The number of results without --limit."""

TextArgument = Annotated[list[str], typer.Argument(metavar=_("TEXT..."), help=_("Words, in any script."))]


@command(
    "kzfest search museum",
    "kzfest search muzey --limit 5",
)
def search(
    ctx: CommandContext,
    text: TextArgument,
    near: NearOption = None,
    within: WithinOption = None,
    limit: LimitOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Search events, venues and people; the best matches come first."""
    session = ctx.obj
    asked = checked_text(" ".join(text))
    hits, respelt = session.context.catalogue.lookup.search(asked)
    question, place = EventQuery(), None
    if near is not None or within is not None:
        from kzfest.cli.resolve_place import near_place  # for these options only

        place = near_place(near, within, session)
    if place:
        question = EventQuery(near=place.location, venues=tuple(venue.id for venue in place.venues))
        hits = [hit for hit in hits if _is_near(hit, question, session)]
    shown = hits[: RESULTS_SHOWN if limit is None else limit]
    more = len(hits) - len(shown)
    if not hits and place:
        note(_("no results for '{text}' near that place").format(text=asked))
    elif not hits:
        note(_("no results for '{text}'").format(text=asked))
        _tell_where_else(asked, session)
    elif respelt:
        note(_("no results for '{text}'; these are for similar words").format(text=asked))
    results = [_result(hit, question, session) for hit in shown]
    listing = listing_of([listed for each in results for listed in each.events], question, session.context)
    answer = Answer(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "query": asked,
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
    events = tuple(_events(hit, question, session))
    if hit.kind == "event":
        return SearchResult("event", hit.shown, events, matched=hit.where or "title")
    people = (person for listed in events for person in listed.event.people)
    names = ({own: person_name(text) for own, text in person.name.items()} for person in people)
    name = next((choose(each, session.language).text for each in names if hit.shown in each.values()), hit.shown)
    return SearchResult("person", name, events, matched="people")


def _events(hit: NameMatch, question: EventQuery, session: Session) -> Iterator[ListedEvent]:
    catalogue = session.context.catalogue
    hits = catalogue.lookup.find("person", hit.shown).candidates if hit.kind == "person" else [hit]
    for each in hits:
        yield from catalogue.events(question._replace(numbers=(each.number,)))


def _is_near(hit: NameMatch, question: EventQuery, session: Session) -> bool:
    if hit.kind == "venue":
        return session.context.catalogue.venue(hit.number).id in (question.venues or ())
    return any(True for _event in _events(hit, question, session))


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
