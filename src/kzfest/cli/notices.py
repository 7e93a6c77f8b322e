"""Notes on standard error beside an answer: what it leaves out, what to ask instead, what went into a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.core.festival_day import festival_day
from kzfest.core.texts import choose
from kzfest.i18n import _, ngettext
from kzfest.programme.bundled import PROGRAMMES
from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.model import Head
    from kzfest.programme.database.catalogue import Catalogue

NAMES_SHOWN = 6


def tell_left_out(question: EventQuery, session: Session) -> None:
    """Say how many events are not in the list because no date of theirs is known."""
    count = 0 if question.undated else session.context.catalogue.count_undated(question)
    if count:
        message = ngettext(
            "{n} event without a known date is left out; --undated lists it",
            "{n} events without a known date are left out; --undated lists them",
            count,
        )
        note(message.format(n=count))


def tell_nothing_on(question: EventQuery, session: Session, *, left: int) -> None:
    """Say when the programme runs, and which days next to those asked have events.

    *left* is how many events are in the list although none is certainly on.
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
    near = [dates.full_day(day) for day in _days_near(question, session) if day]
    if near:
        note(_("the nearest days with events: {days}").format(days="; ".join(near)))


def _days_near(question: EventQuery, session: Session) -> list[date | None]:
    """Return the days with events before and after those asked."""
    first = _day_asked(question)
    last = question.last or first
    if first is None or last is None:
        return []
    return [
        session.context.catalogue.days_near(first, question)[0],
        session.context.catalogue.days_near(last, question)[1],
    ]


def tell_other_programmes(question: EventQuery, session: Session) -> None:
    """Where the days asked lie outside this programme, say which of the bundled ones have events on them."""
    head = session.context.catalogue.head
    first = _day_asked(question)
    if not first or _covers(head, first, question.last or first):
        return
    those_days = EventQuery(first=first, last=question.last or first, limit=1)
    for other in _other_programmes(session):
        if any(listed.certainty == "certain" for listed in other.events(those_days)):
            message = _("{id} has events on those days: --programme {id}  ({title})")
            title = choose(other.head.title, session.language).text
            note(message.format(id=other.head.id, title=title))


def _other_programmes(session: Session) -> Iterator[Catalogue]:
    """Yield the bundled programmes but for the one that is asked."""
    return (
        session.library.open(session.library.file_of(key))
        for key in PROGRAMMES
        if key != session.context.catalogue.head.id
    )


def _covers(head: Head, first: date, last: date) -> bool:
    return bool(head.first and head.last and head.first <= last and first <= head.last)


def _day_asked(question: EventQuery) -> date | None:
    moment: datetime | None = question.moment or question.since
    return question.first or (festival_day(moment) if moment else None)


def tell_where_else(text: str, session: Session) -> None:
    """Say which other bundled programmes have *text*, which a search has not found, and whether the history has."""
    from shlex import quote

    from kzfest.paths import cache_folder
    from kzfest.programme.bundled import HISTORY, data_folder
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
    """Tell what went into a calendar file, and what did not."""
    count = len(export.entries)
    if not count:
        note(_("no entries to write, so no calendar was created"))
    elif output:
        note(ngettext("{n} entry in {file}", "{n} entries in {file}", count).format(n=count, file=output))
    else:
        note(ngettext("{n} entry", "{n} entries", count).format(n=count))
    for reason, names in export.left_out.items():
        note(_("left out, {reason}: {names}").format(reason=reason, names=_some(names)))


def _some(names: list[str]) -> str:
    """Return the first of *names*, and how many more there are."""
    shown, more = names[:NAMES_SHOWN], len(names) - NAMES_SHOWN
    return "; ".join([*shown, *([_("and {n} more").format(n=more)] if more > 0 else [])])


def tell_calendar_limits(export: Export, *, again: bool) -> None:
    """Tell what of *export* the calendars of Google and Microsoft do not do as one would expect, where it matters.

    Reminders matter to who asks for them; what Outlook does with what it has, to who replaces a file *again*.
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
