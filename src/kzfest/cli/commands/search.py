"""`kzfest search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.commands.answers import event_record, listing_of
from kzfest.cli.console import note
from kzfest.cli.options import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.pages.overviews import Result, search_page
from kzfest.core.texts import choose
from kzfest.core.words import _
from kzfest.formats import records
from kzfest.programme.questions import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.catalogue import Hit

app = typer.Typer(add_completion=False)

TextArgument = Annotated[list[str], typer.Argument(metavar="TEXT...", help=_("Words, in any script."))]
LimitOption = Annotated[Optional[int], typer.Option("--limit", "-n", metavar="N", min=0, help=_("At most so many."))]


@app.command("search")
def search(
    ctx: typer.Context,
    text: TextArgument,
    limit: LimitOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Search events, venues and people, the best first."""
    session = ctx.obj
    asked = " ".join(text)
    hits, respelt = session.catalogue.search(asked)
    if not hits:
        note(_("nothing is found for '{text}'").format(text=asked))
    elif respelt:
        note(_("nothing is found for '{text}' as it is written; this is for what it resembles").format(text=asked))
    results = [_result(hit, session) for hit in hits[:limit]]
    write(_answer(asked, results, session), session, format_=format_, output=output)


def _result(hit: Hit, session: Session) -> Result:
    if hit.kind == "venue":
        return Result("venue", hit.shown, venue=session.catalogue.venue(hit.number))
    return Result(hit.kind, hit.shown, listed=session.catalogue.event(hit.number))


def _answer(text: str, results: Sequence[Result], session: Session) -> Answer:
    def found() -> list[records.Record]:
        return _records(results, session)

    return Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "programme": records.programme_record(session.catalogue.head, session.language),
            "query": text,
            "results": found(),
        },
        records=found,
        fields=("kind", "id", "name"),
        page=lambda: search_page(results, session.language),
    )


def _records(results: Sequence[Result], session: Session) -> list[records.Record]:
    """Return the results, each with its kind, id and name, and with the event or the venue itself."""
    sources = session.catalogue.sources()
    listing = listing_of([each.listed for each in results if each.listed], Question(), session)
    found: list[records.Record] = []
    for each in results:
        event = event_record(each.listed, listing, sources) if each.listed else None
        venue = each.venue and records.venue_record(each.venue, sources=sources, language=session.language)
        name = choose(each.venue.name, session.language).text if each.venue else None
        shown = each.shown if each.kind == "person" else name or (event and event["title"])
        owner = venue or event or {}
        found.append({"kind": each.kind, "id": owner.get("id"), "name": shown, "event": event, "venue": venue})
    return found
