"""`kzfest itinerary gaps`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import typer

from kzfest.cli.fitting import candidates, days_of, options_of, window_in
from kzfest.cli.itineraries import build_plan, checked_by, itinerary_name, store_of
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.filters import DAYS, KINDS, filtered
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import Answer, write
from kzfest.cli.pages.plans import gaps_page
from kzfest.cli.query import ListFilters, near_to, question_of
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.core.errors import UsageError
from kzfest.core.gaps import free_gaps
from kzfest.core.visit import hour_unknown
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from kzfest.cli.fitting import Candidate
    from kzfest.cli.itineraries import Plan
    from kzfest.cli.session import Session
    from kzfest.core.gaps import Gap
    from kzfest.core.model import Location
    from kzfest.core.travel import By
    from kzfest.programme.database.queries import EventQuery

app = typer.Typer(add_completion=False)

GAP_FIELDS = ("day", "start", "end", "minutes", "fits")
DAYS_AT_MOST = 62
"""Two months: a longer free time is a question for `kzfest list`."""


Fit: TypeAlias = "tuple[Candidate, tuple[datetime, datetime]]"
"""What would fit, and from when to when."""


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A free stretch of a day, and what would fit into it, from when to when."""

    day: date
    gap: Gap
    fits: tuple[Fit, ...]


@app.command("gaps", cls=DaysCommand)
@filtered(DAYS | KINDS)
def gaps(
    ctx: typer.Context,
    asked: ListFilters,
    by: ByOption = "car",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the free time between your visits, from 09:00 to 23:00, and what fits, with travel and opening hours.

    Without days, those of your visits.
    """
    session = ctx.obj
    store = store_of(session)
    chosen = checked_by(by)
    plan = build_plan(store.itinerary(itinerary_name(session, store)), session, chosen)
    question = question_of(asked, session)
    found = [free for day in free_days(asked, question, plan) for free in _free(day, question, plan, session, chosen)]
    write(_answer(found, near_to(asked, session), session), session, format_=format_, output=output)
    if not found:
        note(_("there is no free time in those days"))


def free_days(asked: ListFilters, question: EventQuery, plan: Plan) -> list[date]:
    """Return the days that are asked for, else those of the itinerary. Raises UsageError where there are none."""
    if any((asked.when, asked.on, asked.from_, asked.to)):
        first, last = question.days
        if first is None or last is None:
            raise UsageError(_("say which days: 15..17 dec, or --from and --to"))
        days = days_of(first, last)
    else:
        days = sorted({each.visit.day for each in plan.visits})
    if not days:
        raise UsageError(_("the itinerary '{name}' is empty; say which days").format(name=plan.itinerary.name))
    if len(days) > DAYS_AT_MOST:
        raise UsageError(_("{n} days are too many at once; at most {most}").format(n=len(days), most=DAYS_AT_MOST))
    return days


def _free(day: date, question: EventQuery, plan: Plan, session: Session, by: By) -> Iterator[FreeTime]:
    stops = [each.stop for each in plan.visits if each.stop]
    found = candidates(question._replace(first=day, last=day, moment=None, since=None), plan, session)
    options = options_of(found, [day], session)
    for gap in free_gaps(day, stops, zone(session.catalogue.head.timezone)):
        windows = ((option, window_in(gap, option, by)) for option in options)
        fits = [(option, window) for option, window in windows if window]
        yield FreeTime(day, gap, tuple(sorted(fits, key=_surest_first)))


def _surest_first(fit: Fit) -> tuple[bool, bool, tuple[datetime, datetime]]:
    option, window = fit
    return option.stop is None, hour_unknown(option.visit), window


def _answer(found: Sequence[FreeTime], near: Location | None, session: Session) -> Answer:
    def rows() -> list[records.Record]:
        return [
            {
                "day": free.day.isoformat(),
                "start": free.gap.start.isoformat(),
                "end": free.gap.end.isoformat(),
                "minutes": free.gap.minutes,
                "fits": [
                    {"id": option.visit.event, "start": start.isoformat(), "end": end.isoformat()}
                    for option, (start, end) in free.fits
                ],
            }
            for free in found
        ]

    return Answer(
        document=lambda: {"schema": records.SCHEMA, "gaps": rows()},
        records=rows,
        fields=GAP_FIELDS,
        page=lambda: gaps_page(found, session.language, near),
    )
