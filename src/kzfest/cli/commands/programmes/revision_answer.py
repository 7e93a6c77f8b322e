"""The answer of commands that tell what updates of a kept programme changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.output import Answer, write
from kzfest.cli.terminal.console import note
from kzfest.core.command_line import CommandLine
from kzfest.core.visit import ids_by_event
from kzfest.formats import dates
from kzfest.formats.page import Heading, line
from kzfest.formats.records import programme_record
from kzfest.formats.revision_records import EVENT_CHANGE_FIELDS, event_change_record, event_change_rows
from kzfest.i18n import _
from kzfest.pages.revisions import changes_of_events_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.formats.page import Block, Page
    from kzfest.formats.records import Record
    from kzfest.programme.keeping import Revision
    from kzfest.programme.kept_programmes import KeptProgramme


def write_revisions(
    revisions: Sequence[Revision], kept: KeptProgramme, session: Session, *, format_: str | None, output: str | None
) -> None:
    """Write what *revisions* of a programme changed, and say how to see what that means for the user's plan."""
    library, language = session.library, session.language
    catalogue = library.open(library.kept_file(kept))
    visits = ids_by_event(session.visits_to(catalogue))

    def document() -> Record:
        records = [
            {"read": each.read.isoformat()} | event_change_record(change, language, visits)
            for each in revisions
            for change in each.changes or ()
        ]
        return {"programme": programme_record(catalogue.head, language), "changes": records}

    def page() -> Page:
        blocks: list[Block] = []
        for each in revisions:
            if len(revisions) > 1:
                blocks.append(Heading(line(dates.full_day(each.read.date()))))
            blocks += changes_of_events_page(each.changes or (), language=language, planned=visits)
        return blocks

    answer = Answer(document, "changes", ("read", *EVENT_CHANGE_FIELDS), page, rows=event_change_rows)
    write(answer, session, format_=format_, output=output)
    changed = {change.event.id for each in revisions for change in each.changes or ()}
    if changed & {*visits}:
        check = CommandLine(itinerary=session.itinerary_name).of_itinerary("check")
        note(_("`{command}` tells what that means for your plan").format(command=check))
