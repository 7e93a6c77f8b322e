"""`kzfest itinerary show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.commands.home import day_to_try
from kzfest.cli.commands.itinerary.plan_answer import plan_answer
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import write
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.festival_day import ONE_DAY
from kzfest.i18n import _, ngettext
from kzfest.itineraries.plan import build_plan

if TYPE_CHECKING:
    from kzfest.cli.session import Session


@command(
    "kzfest itinerary",
    "kzfest itinerary show --by walk",
    "kzfest itinerary show -f ics -o plan.ics",
)
def show(
    ctx: CommandContext, by: ByOption = "car", format_: CalendarFormatOption = None, output: OutputOption = None
) -> None:
    """Show your visits day by day, with travel times, clashes and changes."""
    session = ctx.obj
    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context, checked_by(by))
    if not plan.visits:
        session.context.catalogue  # noqa: B018  # the hints below need it; its errors must come before the answer
    write(plan_answer(plan, session), session, format_=format_, output=output)
    if not plan.visits:
        tell_what_to_do(plan.itinerary.name, session)
    elif plan.clashes:
        told = ngettext(
            "{n} clash; `{command}` shows details", "{n} clashes; `{command}` shows details", plan.clash_count
        )
        note(told.format(n=plan.clash_count, command=session.command_line.of_itinerary("check")))


def tell_what_to_do(name: str, session: Session) -> None:
    """Say that the itinerary is empty, and what to do next."""
    note(_("the itinerary '{name}' is empty").format(name=name))
    if session.store.set_aside():
        told = _("kzfest has set a damaged file aside here; `{command}` restores the last good copy")
        note(told.format(command=session.command_line.of_itinerary("restore")))
    events = session.command_line.of_programme("kzfest list")
    add = session.command_line.of_itinerary(f"add {_('EVENT')}")
    note(_("`{list}` shows what is on; `{add}` plans a visit").format(list=events, add=add))
    day = day_to_try(session.context.catalogue.head, session)
    if day:
        suggest = session.command_line.of_itinerary(f"suggest {day}..{day + 2 * ONE_DAY}")
        note(_("`{command}` proposes a plan").format(command=suggest))
