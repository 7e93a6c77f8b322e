"""`kzfest diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.import_notes import zone_called
from kzfest.cli.options.common import check_name
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import festival_day
from kzfest.core.revisions import compared
from kzfest.core.visit import ids_by_event
from kzfest.formats.records import programme_record
from kzfest.formats.revision_records import EVENT_CHANGE_FIELDS, event_change_record, event_change_rows
from kzfest.i18n import _
from kzfest.programme.files import AS_THE_FILE_SAYS, file_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.core.known_event import KnownEvent
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import Catalogue

OldArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("OLD"),
        help=_("The file of the earlier version, as a festival publishes it or your own; - is standard input."),
        callback=check_name,
        show_default=False,
    ),
]
NewArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("NEW"),
        help=_("The file of the later version; its format may be another one."),
        callback=check_name,
        show_default=False,
    ),
]


@command(
    "kzfest diff schedule.xml schedule-new.xml",
    "kzfest diff schedule.xml schedule-new.xml -f json",
)
def diff(
    ctx: CommandContext,
    old: OldArgument,
    new: NewArgument,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what has changed between two versions of a programme: what is new, gone, cancelled, moved or renamed.

    Events of your plan come first. The exit code is 0, whether anything has changed or not.
    """
    session = ctx.obj
    if old == new == "-":
        raise UsageError(_("standard input can be one of the two files; name the other one"))
    before, after = (_opened(file, session) for file in (old, new))
    found = compared(_events(before, after), _events(after, before), today=festival_day(session.clock(after)))
    changes = [each for each in found if each.kinds]
    visits = ids_by_event(session.visits_to(before, after)) if changes else {}

    def page() -> Page:
        from kzfest.formats.page import Heading, line  # not for machine formats
        from kzfest.pages import phrases
        from kzfest.pages.overviews import covered_days
        from kzfest.pages.revisions import changes_of_events_page

        title = phrases.localized_line(after.head.title, session.language)
        shown = changes_of_events_page(changes, language=session.language, planned=visits)
        return [Heading(title + line(f" · {covered_days(after.head)}"), level=1), *shown] if shown else []

    answer = Answer(
        document=lambda: {
            "old": programme_record(before.head, session.language),
            "new": programme_record(after.head, session.language),
            "changes": [event_change_record(each, session.language, visits) for each in changes],
        },
        items="changes",
        fields=EVENT_CHANGE_FIELDS,
        rows=event_change_rows,
        page=page,
    )
    write(answer, session, format_=format_, output=output)
    if not changes:
        note(_("nothing has changed"))
    elif not any(each.before and each.after for each in found):
        note(_("the two files have no event in common"))


def _opened(name: str, session: Session) -> Catalogue:
    """Return the programme in the file with this *name*, read as the options say."""
    file = file_named(name)
    options = session.import_options
    if options != AS_THE_FILE_SAYS:
        session.library.read_as(file, options)
    return session.library.open(file)


def _events(catalogue: Catalogue, other: Catalogue) -> Sequence[KnownEvent]:
    """Return the events of *catalogue*; if its file names no time zone, in that of the *other* one, which it says."""
    events = catalogue.known_events()
    if not catalogue.head.in_zone_of_computer or other.head.in_zone_of_computer:
        return events
    from kzfest.core.known_event import read_in_zone  # few pairs of files need it
    from kzfest.programme.zones import zone

    message = _("{file} names no time zone; its times are compared as times in {zone}, as the other file says")
    note(message.format(file=catalogue.file.name, zone=zone_called(other.head.timezone)))
    there = zone(other.head.timezone)
    return [read_in_zone(each, there) for each in events]
