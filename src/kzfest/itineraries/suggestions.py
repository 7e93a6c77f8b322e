"""Suggestions for free days: the best choice of events, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from kzfest.core.clashes import clashes
from kzfest.core.localized import choose
from kzfest.core.visit import covers
from kzfest.i18n import _, ngettext
from kzfest.itineraries.gap_filling import Candidate, format_days, is_closed, options_of
from kzfest.itineraries.solver import SelectionProblem, best_choice
from kzfest.itineraries.visit_builder import only_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent

PER_DAY = 3
"""A morning, an afternoon and an evening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRequest:
    """The days to fill and the events to choose from."""

    days: Sequence[date]
    events: Sequence[ListedEvent]
    must: Sequence[ListedEvent]
    not_offered: Sequence[tuple[ListedEvent, str]]
    """The events that are not offered, with the reason."""
    planned_musts: frozenset[str]
    """The ids of must events that are planned already."""
    per_day: int


@dataclass(frozen=True, slots=True)
class SuggestedVisit:
    """A suggested visit, and why."""

    option: Candidate
    must: bool
    why: str


@dataclass(frozen=True, slots=True)
class LeftOutEvent:
    """An event that is not suggested, and why."""

    listed: ListedEvent
    must: bool
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested visits, and the events left out."""

    chosen: tuple[SuggestedVisit, ...]
    planned: tuple[PlannedVisit, ...]
    """The visits already planned on these days."""
    left_out: tuple[LeftOutEvent, ...]


def suggestion(wanted: SuggestionRequest, plan: Plan, context: Context) -> Suggestion:
    """Return the best plan: the most must events, then the most others; events with few possible days are preferred.

    Among equally good plans the one with the earliest visits wins, compared one by one by day, start and id. No visit
    clashes with another or with one of *plan*, travel times included, or is on a day on which its venue is closed.
    """
    table = _Options(wanted, plan, context)
    numbers = best_choice(table.problem())
    chosen = [table.open[number] for number in numbers]
    taken = {each.visit.event for each in chosen}
    asked = {each.event.id: each for each in (*wanted.must, *wanted.events)}
    left = [each for each in asked.values() if each.event.id not in taken]
    not_offered = [(listed, why) for listed, why in wanted.not_offered if listed.event.id not in asked]
    return Suggestion(
        chosen=tuple(SuggestedVisit(each, each.visit.event in table.must, table.why(each)) for each in chosen),
        planned=tuple(each for each in plan.visits if each.visit.day in wanted.days),
        left_out=(
            *(LeftOutEvent(each, each.event.id in table.must, table.why_not(each, chosen)) for each in left),
            *(LeftOutEvent(listed, listed.event.id in wanted.planned_musts, why) for listed, why in not_offered),
        ),
    )


def _sort_key(option: Candidate) -> tuple[date, float, str, str]:
    """Return the sort key of an option: day, start (without an hour first), event, showing."""
    visit = option.visit
    start = option.stop.start.timestamp() if option.stop else -inf
    return visit.day, start, visit.event or "", visit.showing.id if visit.showing else ""


class _Options:
    """All options for a plan: which are possible, and why the others are not."""

    def __init__(self, wanted: SuggestionRequest, plan: Plan, context: Context) -> None:
        self.wanted = wanted
        self.context = context
        self.listed: dict[str | None, ListedEvent] = {each.event.id: each for each in (*wanted.events, *wanted.must)}
        must = {each.event.id for each in wanted.must}
        others = [each for each in wanted.events if each.event.id not in must]
        of_musts = options_of(wanted.must, wanted.days, context, include_possible=True)
        self.found = found = of_musts + options_of(others, wanted.days, context)
        self.must = frozenset(must)
        self.there = {each.visit.id: each for each in plan.visits}
        both: list[PlannedVisit | Candidate] = [*plan.visits, *found]
        titles = {each.visit.id: choose(each.visit.title, context.language).text for each in found}
        self.titles = {**plan.titles, **titles}
        self.pairs: defaultdict[str, set[str]] = defaultdict(set)
        for clash in clashes([each.stop for each in both if each.stop], plan.by):
            self.pairs[clash.first].add(clash.second)
            self.pairs[clash.second].add(clash.first)
        planned = [each.visit.day for each in plan.visits if each.visit.event]
        self.room = {day: max(0, wanted.per_day - planned.count(day)) for day in wanted.days}
        possible = [each for each in found if not is_closed(each) and not self._clashes_with_plan(each)]
        self.open = sorted(possible, key=_sort_key)
        self.days: dict[str | None, set[date]] = {}
        for each in self.open:
            self.days.setdefault(each.visit.event, set()).add(each.visit.day)

    def _clashes_with_plan(self, option: Candidate) -> list[str]:
        return [key for key in self.there if key in self.pairs[option.visit.id]]

    def problem(self) -> SelectionProblem:
        """Return the problem for the solver."""
        numbers = {each.visit.id: number for number, each in enumerate(self.open)}
        clashing = [
            (number, numbers[other])
            for key, number in numbers.items()
            for other in self.pairs[key]
            if other in numbers and number < numbers[other]
        ]
        asked = self.wanted.days
        return SelectionProblem(
            events=[str(each.visit.event) for each in self.open],
            days=[each.visit.day for each in self.open],
            # events with few possible days first, then earlier days
            costs=[len(self.days[each.visit.event]) * len(asked) + asked.index(each.visit.day) for each in self.open],
            clashing=clashing,
            room=self.room,
            must=self.must,
        )

    def why(self, option: Candidate) -> str:
        """Return why *option* was chosen."""
        days = len(self.days[option.visit.event])
        several = ngettext("{n} possible day", "one of {n} possible days", days).format(n=days)
        told = self._why_one_day(option) if days == 1 else several
        closed = [each for each in self.found if each.visit.event == option.visit.event and is_closed(each)]
        if closed:
            days_closed = format_days([each.visit.day for each in closed])
            told = _("{told}; closed on {days}").format(told=told, days=days_closed)
        return _("must: {told}").format(told=told) if option.visit.event in self.must else told

    def _why_one_day(self, option: Candidate) -> str:
        """Return why *option* has the only possible day of its event."""
        listed = self.listed[option.visit.event]
        if not listed.event.showings and not listed.event.repeats:
            return _("on any day") if listed.event.when == "permanent" else _("no date is known")
        all_days = listed._replace(showings=listed.as_written)
        if not listed.event.repeats and only_day(all_days, self.context, None, None) is not None:
            return _("only on this day")
        return _("on other days as well") if len(self.wanted.days) == 1 else _("of these days, only on this one")

    def why_not(self, listed: ListedEvent, chosen: Sequence[Candidate]) -> str:
        """Return why no option of an event was chosen."""
        mine = [each for each in self.found if each.visit.event == listed.event.id]
        if not mine and self._is_cancelled(listed):
            return _("cancelled")
        if not mine:
            return _("not known to be on in these days")
        reasons: dict[str, list[date]] = {}
        for option in mine:
            reasons.setdefault(self._reason(option, chosen), []).append(option.visit.day)
        return "; ".join(
            _("{days}: {reason}").format(days=format_days(days), reason=told) for told, days in reasons.items()
        )

    def _is_cancelled(self, listed: ListedEvent) -> bool:
        """Whether an event, or a showing of it on one of the days, has been cancelled."""
        showings = [each for each in listed.showings if any(covers(each, day) for day in self.wanted.days)]
        return listed.event.status == "cancelled" or any(each.status == "cancelled" for each in showings)

    def _reason(self, option: Candidate, chosen: Sequence[Candidate]) -> str:
        if is_closed(option):
            return _("closed")
        most = self.wanted.per_day
        clashing = self.pairs[option.visit.id]
        against = self._clashes_with_plan(option) + [each.visit.id for each in chosen if each.visit.id in clashing]
        if against:
            return _("clashes with {others}").format(others=", ".join(self.titles[key] for key in against))
        told = ngettext("full, with {n} visit a day (--per-day)", "full, with {n} visits a day (--per-day)", most)
        return told.format(n=most)
