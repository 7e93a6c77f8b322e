"""The plan on a page: its visits day by day, with the ways between them and what clashes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY
from kzfest.formats import dates
from kzfest.formats.page import StyledText, cell
from kzfest.html.elements import Markup, between, element
from kzfest.html.event_lists import event_link
from kzfest.html.rich_text import html_of_cell, html_of_line
from kzfest.pages.itinerary import must_mark, place_and_way, planned_hours, remarks, title_of_visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kzfest.formats.page import Line
    from kzfest.formats.qr_code import QrCode
    from kzfest.html.contents import Edition
    from kzfest.itineraries.plan import Plan, PlannedVisit


class PlanPage(NamedTuple):
    """A plan in each language of a page, with what only it has."""

    plans: Mapping[str, Plan]
    """By language."""
    calendar: bytes = b""
    """As `itinerary export` writes it; empty if there are no visits."""
    code: QrCode | None = None
    """The token of the plan; None if no QR code holds it."""

    @property
    def plan(self) -> Plan:
        """The plan in the language of the run."""
        return next(iter(self.plans.values()))


def plan_days(plan: Plan) -> dict[date, bool]:
    """Return the days of the visits of *plan*, and whether one of them clashes."""
    days: dict[date, bool] = {}
    for each in plan.visits:
        for day in each.days:
            days[day] = days.get(day, False) or day in each.clash_days
    return days


def plan_lists(plan: Plan, edition: Edition) -> Iterator[Markup]:
    """Yield the days of *plan* with its visits; one of several days is on each of them."""
    for run in _runs(plan):
        heading = dates.full_day(run.first) if run.first == run.last else dates.days(run.first, run.last)
        items = (element("li", between(_visit(each, run.first, plan, edition), " ")) for each in run.visits)
        yield element("div", element("h3", heading), element("ul", *items))


class _Run(NamedTuple):
    """A day with visits, or several on which the same ones go on."""

    first: date
    last: date
    visits: list[PlannedVisit]


def _runs(plan: Plan) -> list[_Run]:
    """Return the days of *plan* in order; a journey of a year is one run between its first and its last day."""
    days: dict[date, list[PlannedVisit]] = {}
    for each in plan.visits:
        for day in each.days:
            days.setdefault(day, []).append(each)
    runs: list[_Run] = []
    for day, visits in sorted(days.items()):
        before = runs[-1] if runs else None
        goes_on = all(each.visit.day < day < each.last_day for each in visits)
        if (
            goes_on
            and before
            and before.last + ONE_DAY == day
            and before.visits == visits
            and all(each.visit.day < before.first for each in visits)
        ):
            runs[-1] = before._replace(last=day)
        else:
            runs.append(_Run(day, day, visits))
    return runs


def _visit(planned: PlannedVisit, day: date, plan: Plan, edition: Edition) -> Iterator[Markup]:
    """Yield what a *day* says of a visit: the ways to it, its clashes and notes only on its first."""
    is_later = day > planned.visit.day
    if is_later:
        planned = replace(planned, before=None, way=None)
    yield element("b", html_of_cell(cell(*planned_hours(planned, day))))
    event, is_here = planned.known.event, planned.other_programme is None
    if event and is_here and event.id in edition.contents.by_id:
        yield element("span", event_link(event, edition), html_of_line(must_mark(planned.visit)))
    else:
        other = None if is_here else StyledText(f" · {planned.other_programme}", "faint")
        title = title_of_visit(planned, plan)
        yield element("span", html_of_line((*title, other) if other else title))
    told_once = () if is_later else remarks(planned, plan)
    for told in (*place_and_way(planned, plan), *(_for_others(each, planned) for each in told_once)):
        for each in cell(told):
            yield element("span", html_of_line(each))


def _for_others(remark: StyledText | Line | None, planned: PlannedVisit) -> StyledText | Line | None:
    """Return *remark* without its command, which is for the owner of the plan and names the files of a computer."""
    if remark is None or isinstance(remark, StyledText):  # a clash, or a note of the owner
        return remark
    if "".join(span.text for span in remark) == planned.known.absent:
        return None  # the owner lacks the programme
    at = next((number for number, span in enumerate(remark) if span.style == "command"), None)
    if at is None:
        return remark
    before = "".join(span.text for span in remark[:at])
    return StyledText(before[: max(before.rfind(": "), before.rfind("; "))], remark[0].style)
