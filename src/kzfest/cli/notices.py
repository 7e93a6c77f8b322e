"""Notes on standard error about an answer: what it leaves out, what to ask instead, what a calendar contains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.core.festival_day import festival_day
from kzfest.core.localized import choose
from kzfest.i18n import _, ngettext
from kzfest.paths import PROGRAMMES
from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.programme.database.catalogue import Catalogue

NAMES_SHOWN = 6


def tell_left_out(question: EventQuery, session: Session) -> None:
    """Say how many events the list leaves out because they have no known date."""
    count = 0 if question.undated else session.context.catalogue.count_undated(question)
    if count:
        message = ngettext(
            "{n} event without a known date is left out; --undated lists it",
            "{n} events without a known date are left out; --undated lists them",
            count,
        )
        note(message.format(n=count))


def tell_nothing_on(question: EventQuery, session: Session, *, left: int) -> None:
    """Say when the programme runs, and which days before and after those asked have events.

    *left* is the number of events in the list, of which none is confirmed for those days.
    """
    if question.undated:
        if not left:
            note(_("all matching events have a date"))
        return
    from kzfest.formats import dates  # for an empty list only

    head = session.context.catalogue.head
    if question.days == (head.first, head.last):  # no days were asked
        if not left:
            note(_("no matching events in the programme"))
        return
    note(_("no other confirmed events on those days") if left else _("no matching events on those days"))
    if head.first and head.last:
        note(_("the programme runs {days}").format(days=dates.days(head.first, head.last)))
    first = _day_asked(question)
    if first is None:
        return
    days_near = session.context.catalogue.days_near
    around = (days_near(first, question)[0], days_near(question.last or first, question)[1])
    near = [dates.full_day(day) for day in around if day]
    if near:
        note(_("the nearest days with events: {days}").format(days="; ".join(near)))


def tell_other_programmes(question: EventQuery, session: Session) -> None:
    """Name the bundled programmes with events on the days asked, if this programme does not cover these days."""
    head = session.context.catalogue.head
    first = _day_asked(question)
    if not first:
        return
    last = question.last or first
    if head.first and head.last and head.first <= last and first <= head.last:
        return
    those_days = EventQuery(first=first, last=last, limit=1)
    for other in _other_programmes(session):
        if any(listed.certainty == "certain" for listed in other.events(those_days)):
            message = _("{id} has events on those days: --programme {id}  ({title})")
            title = choose(other.head.title, session.language).text
            note(message.format(id=other.head.id, title=title))


def _other_programmes(session: Session) -> Iterator[Catalogue]:
    """Yield the bundled programmes other than the current one."""
    return (
        session.library.open(session.library.file_of(key))
        for key in PROGRAMMES
        if key != session.context.catalogue.head.id
    )


def _day_asked(question: EventQuery) -> date | None:
    moment: datetime | None = question.moment or question.since
    return question.first or (festival_day(moment) if moment else None)


def tell_where_else(text: str, session: Session) -> None:
    """Say which other bundled programmes, and which part of the history, contain *text*."""
    from shlex import quote

    from kzfest.paths import HISTORY, cache_folder, data_folder
    from kzfest.programme.history import open_history
    from kzfest.programme.history_search import chapter_with

    for other in _other_programmes(session):
        hits, guessed = other.lookup.search(text)
        if hits and not guessed:
            message = _("{id} has it: kzfest --programme {id} search {text}  ({title})")
            title = choose(other.head.title, session.language).text
            note(message.format(id=other.head.id, text=quote(text), title=title))
    for command, titles in chapter_with(text, open_history(data_folder() / HISTORY, folder=cache_folder())):
        message = _("the history has it: kzfest {command}  ({title})")
        note(message.format(command=command, title=choose(titles, session.language).text))


def tell_export(export: Export, output: str | None) -> None:
    """Say what a calendar file contains, and what it leaves out."""
    count = len(export.entries)
    if not count:
        note(_("no entries to write, so no calendar was created"))
    elif output:
        note(ngettext("{n} entry in {file}", "{n} entries in {file}", count).format(n=count, file=output))
    else:
        note(ngettext("{n} entry", "{n} entries", count).format(n=count))
    for reason, names in export.left_out.items():
        shown, more = names[:NAMES_SHOWN], len(names) - NAMES_SHOWN
        if more > 0:
            shown = [*shown, _("and {n} more").format(n=more)]
        note(_("left out, {reason}: {names}").format(reason=reason, names="; ".join(shown)))


def tell_calendar_limits(export: Export, *, again: bool) -> None:
    """Say what Google Calendar and Outlook do not support, if it matters for *export*.

    Google's limit matters if there are reminders, Outlook's if the export replaces a file *again*.
    """
    if any(entry.remind is not None for entry in export.entries):
        note(_("Google Calendar ignores reminders"))
    if again and export.entries:
        note(
            _(
                "Outlook duplicates existing events: import into a new calendar, or export only what is new "
                "(--changed-since)"
            )
        )
