"""`kzfest itinerary suggest`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.commands.itinerary.plan_answer import visit_record_of
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import Answer, write
from kzfest.cli.query import WHICH_DAYS, WHICH_EVENTS, ListFilters, asked_days, question_of, tell_unknown
from kzfest.cli.resolve import find_event
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import KzfestError
from kzfest.core.localized import choose
from kzfest.formats.records import visit_record
from kzfest.i18n import _
from kzfest.itineraries.gap_filling import candidates, days_to_fill, not_offered, planned_events, why_planned
from kzfest.itineraries.plan import build_plan
from kzfest.itineraries.suggestions import PER_DAY, SuggestionRequest, suggestion
from kzfest.pages.gaps_and_suggestions import suggestion_page

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.model import Location
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.suggestions import Suggestion

MustEventsOption = Annotated[
    Optional[list[str]], typer.Option("--must", metavar=_("EVENT"), help=_("A must-see event; repeatable."))
]
PerDayOption = Annotated[
    int, typer.Option("--per-day", metavar="N", min=1, max=50, help=_("Plan at most N visits a day."))
]
SaveOption = Annotated[bool, typer.Option("--save", help=_("Save the plan to the itinerary."))]

SUGGESTION_FIELDS = ("event", "title", "day", "start", "end", "must", "why")


@command(
    "kzfest itinerary suggest 15..17 dec --must gastromania",
    "kzfest itinerary suggest weekend --per-day 2 --save",
    cls=DaysCommand,
    options=(*WHICH_DAYS, *WHICH_EVENTS),
)
def suggest(
    ctx: CommandContext,
    asked: ListFilters,
    must: MustEventsOption = None,
    per_day: PerDayOption = PER_DAY,
    by: ByOption = "car",
    save: SaveOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Suggest a full plan without clashes for your free days.

    Events with few possible days come first. The plan counts opening hours and travel times.
    """
    session = ctx.obj
    context = session.context
    plan = build_plan(session.store.itinerary(session.itinerary_name), context, checked_by(by))
    question = question_of(asked, session)
    days = days_to_fill(asked_days(asked, question), plan)
    there = planned_events(plan, context)
    musts = {each.event.id: each for each in (find_event(session.context, text) for text in must or [])}
    on_those = question._replace(first=days[0], last=days[-1], moment=None, since=None)
    planned = {key: each for key, each in musts.items() if key in there}
    passed = {listed.event.id: (listed, why) for listed, why in not_offered(on_those, plan, context)}
    for key, listed in planned.items():
        planned_on = [each.visit.day for each in plan.visits if each.visit.event == key]
        if not set(planned_on) & set(days):  # the page shows what is planned on one of these days
            passed[key] = (listed, why_planned(planned_on))
    wanted = SuggestionRequest(
        days=days,
        events=candidates(on_those, plan, context),
        must=[each for key, each in musts.items() if key not in there],
        not_offered=list(passed.values()),
        planned_musts=frozenset(planned),
        per_day=per_day,
    )
    found = suggestion(wanted, plan, context)
    write(_answer(found, question.near, session.language), session, format_=format_, output=output)
    tell_unknown(on_those, session)
    if save and found.chosen:
        _keep(found, plan, session, tells=format_ in {None, "table"})
    elif found.chosen:
        note(_("`{command}` saves it").format(command=session.command_line.of_itinerary("suggest … --save")))


def _keep(found: Suggestion, plan: Plan, session: Session, *, tells: bool) -> None:
    """Save the suggestion as one change of the itinerary. Raises KzfestError if *plan* is out of date."""
    with changing(session, tells=tells) as draft:
        if draft.visits != {each.visit.id: each.visit for each in plan.visits}:
            raise KzfestError(_("the itinerary has changed meanwhile, so nothing was saved; run the command again"))
        for each in found.chosen:
            draft.add(replace(each.option.visit, must=each.must))


def _answer(found: Suggestion, near: Location | None, language: str) -> Answer:
    return Answer(
        document=lambda: {
            "visits": [
                visit_record(each.option.visit, each.option.known, (), clash_count=0, way=None, language=language)
                | {"id": None, "must": each.must, "why": each.why}
                for each in found.chosen
            ],
            "left_out": [
                {"event": event.id, "title": choose(event.title, language).text, "must": each.must, "why": each.why}
                for each in found.left_out
                for event in [each.listed.event]
            ],
            "planned": [visit_record_of(each, language) for each in found.planned],
        },
        items="visits",
        fields=SUGGESTION_FIELDS,
        page=lambda: suggestion_page(found, language, near),
    )
