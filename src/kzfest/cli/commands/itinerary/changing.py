"""Shared by all commands that change an itinerary: open it, write the changes, and say how to undo them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kzfest.cli.terminal import console
from kzfest.core.errors import KzfestError
from kzfest.i18n import _
from kzfest.itineraries.plan import build_plan
from kzfest.pages.itinerary import changes_page, format_clashes
from kzfest.pages.visit_warnings import warnings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.cli.session import Session
    from kzfest.core.visit import Itinerary, VisitChange
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.store import ItineraryDraft


@contextmanager
def changing(session: Session, *, format_: str | None = None, tells: bool = True) -> Iterator[ItineraryDraft]:
    """Yield a draft of the itinerary to change; afterwards write the changes in *format_*, and how to undo them.

    *tells* is false if standard output has another answer for a program.
    """
    is_table(format_)
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        yield draft
    if tells:
        report_changes([draft.changed], session, format_=format_, kept=draft.kept)
    note_changes(draft, session)


def note_changes(draft: ItineraryDraft, session: Session) -> None:
    """Print the warnings about what *draft* has changed, and how to undo it."""
    if draft.changed and draft.kept:
        print_warnings(draft.changed, draft.kept, session)
        console.note(_("to undo: `{command}`").format(command=session.command_line.of_itinerary("undo")))


def is_table(format_: str | None) -> bool:
    """Whether people read the changes. Raises UsageError if *format_* is unknown, or one for calendars."""
    if format_ is None:
        return True
    from kzfest.cli.output import chosen_format, not_a_calendar  # only if a format is asked for

    chosen = chosen_format(format_, None)
    if chosen == "ics":
        raise not_a_calendar()
    return chosen == "table"


def report_changes(
    done: Sequence[Sequence[VisitChange]], session: Session, *, format_: str | None, kept: Itinerary | None = None
) -> None:
    """Write the changes of each step in *done*. *kept* is the itinerary after them; without it, the store is asked."""
    if is_table(format_):
        for changes in done:
            print_changes(changes, session)
        return
    from kzfest.cli.commands.itinerary.plan_answer import changes_answer  # see above
    from kzfest.cli.output import write

    itinerary = kept or session.store.itinerary(session.itinerary_name)
    write(changes_answer(done, itinerary, session), session, format_=format_, output=None)


def print_changes(changes: Sequence[VisitChange], session: Session) -> None:
    """Print the changes. Raises KzfestError if that fails; the changes are saved anyway."""
    if not changes:
        console.note(_("nothing has changed"))
        return
    page = changes_page(changes, session.context)
    with saved_anyway():
        console.print_page(page, session.colour)
        sys.stdout.flush()


@contextmanager
def saved_anyway() -> Iterator[None]:
    """Write about a change that is saved. Raises KzfestError, which says so, if standard output cannot be written."""
    try:
        yield
    except BrokenPipeError:  # somebody may still read standard error
        console.drop(sys.stdout)
    except OSError as error:
        from kzfest.cli.typer_ext.usage_errors import of_the_system  # rarely needed

        console.drop(sys.stdout)
        message = _("the change is saved, but its summary cannot be written: {reason}")
        raise KzfestError(message.format(reason=of_the_system(error))) from error


def print_warnings(changes: Sequence[VisitChange], itinerary: Itinerary, session: Session) -> None:
    """Print the clashes and remarks of the visits that are new or have changed."""
    console.note_each(warnings_about(changes, build_plan(itinerary, session.context)), "warning")


def warnings_about(changes: Sequence[VisitChange], plan: Plan) -> Iterator[str]:
    """Yield the clashes and remarks of the visits in *plan* that are new or have changed."""
    keys = {each.after.id for each in changes if each.after}
    return (
        f"{plan.titles[planned.visit.id]}: {told}"
        for planned in plan.visits
        if planned.visit.id in keys
        for told in (*format_clashes(planned, plan), *warnings_of(planned, plan))
    )
