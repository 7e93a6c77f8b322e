"""The words and the venues of a programme, each with its number of events under the filters given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.output import Answer, write
from kzfest.cli.query import ListFilters, question_of_any_day, tell_left_out
from kzfest.cli.terminal.console import note
from kzfest.core.localized import called
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.pages.overviews import words_page

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.model import Venue
    from kzfest.programme.database.catalogue import Label
    from kzfest.programme.database.queries import EventQuery


ITEMS: dict[Label, str] = {"category": "categories", "tag": "tags", "track": "tracks", "city": "cities"}
"""The key of each kind of words in JSON."""


def write_word_counts(
    kind: Label, asked: ListFilters, session: Session, *, format_: str | None, output: str | None
) -> None:
    """Write the words of this *kind*. Without days, events of any day count."""
    question = question_of_any_day(asked, session)
    catalogue, language = session.context.catalogue, session.language
    labels, found = catalogue.head.labels, catalogue.labels(kind, question)
    answer = Answer(
        document=lambda: {
            "programme": records.programme_record(catalogue.head, language),
            ITEMS[kind]: [
                {"word": word, "name": called(word, labels, language), "names": dict(labels.get(word, {})), "events": n}
                for word, n in found
            ],
        },
        items=ITEMS[kind],
        fields=("word", "name", "events"),
        page=lambda: words_page([(called(word, labels, language), count) for word, count in found]),
    )
    write(answer, session, format_=format_, output=output)
    if not found:
        told = {
            "category": _("no matching events in the programme"),
            "tag": _("no matching event has a tag"),
            "track": _("no matching event is in a track"),
            "city": _("no matching event has a city"),
        }
        note(told[kind])
    tell_left_out(question, session)


def venue_counts(asked: ListFilters, question: EventQuery, session: Session) -> list[tuple[Venue, int]]:
    """Return the venues with events that match *question*, each with their number; those near a place nearest first.

    If the options *asked* choose no events but only a place, or nothing, venues without events are among them.
    """
    catalogue = session.context.catalogue
    known = {venue.id: (venue, count) for venue, count in catalogue.venues()}
    places = (question.venues or ()) if question.near else known
    if asked._replace(near=None, within=None) == ListFilters():
        return [known[key] for key in places]
    counts = dict(catalogue.labels("venue", question))
    return [(known[key][0], counts[key]) for key in places if key in counts]
