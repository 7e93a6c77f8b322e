"""Shared by all commands that change an itinerary: open it, print the changes, and say how to undo them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kzfest.cli.terminal import console
from kzfest.core.errors import KzfestError
from kzfest.i18n import _
from kzfest.itineraries.plan import build_plan, in_answer
from kzfest.pages.itinerary import changes_page, format_clashes
from kzfest.pages.visit_warnings import warnings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.cli.session import Session
    from kzfest.core.visit import Itinerary, VisitChange
    from kzfest.itineraries.store import ItineraryDraft


@contextmanager
def changing(session: Session, *, tells: bool = True) -> Iterator[ItineraryDraft]:
    """Yield a draft of the itinerary to change; afterwards print the changes and how to undo them.

    *tells* is false if standard output has an answer for a program.
    """
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        yield draft
    if tells:
        print_changes(draft.changed, session)
    if draft.changed and draft.kept:
        print_warnings(draft.changed, draft.kept, session)
        console.note(_("to undo: `{command}`").format(command=session.command_line.of_itinerary("undo")))


def print_changes(changes: Sequence[VisitChange], session: Session) -> None:
    """Print the changes. Raises KzfestError if that fails; the changes are saved anyway."""
    if not changes:
        console.note(_("nothing has changed"))
        return
    shown = {visit.id: visit for visit in in_answer([each.visit for each in changes], session.context)}
    try:
        console.print_page(changes_page(changes, shown, session.language), session.colour)
        sys.stdout.flush()
    except BrokenPipeError:  # somebody may still read standard error
        console.drop(sys.stdout)
    except OSError as error:
        from kzfest.cli.typer_ext.usage_errors import of_the_system  # rarely needed

        console.drop(sys.stdout)
        message = _("the change is saved, but its summary cannot be written: {reason}")
        raise KzfestError(message.format(reason=of_the_system(error))) from error


def print_warnings(changes: Sequence[VisitChange], itinerary: Itinerary, session: Session) -> None:
    """Print the clashes and remarks of the visits that are new or have changed."""
    keys = {each.after.id for each in changes if each.after}
    plan = build_plan(itinerary, session.context)
    trouble = (
        f"{plan.titles[planned.visit.id]}: {told}"
        for planned in plan.visits
        if planned.visit.id in keys
        for told in (*format_clashes(planned, plan), *warnings_of(planned, plan))
    )
    console.note_each(trouble, "warning")
