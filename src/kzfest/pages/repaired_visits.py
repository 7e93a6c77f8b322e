"""The page of `kzfest itinerary repair`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.core.localized import choose
from kzfest.core.place_text import venue_line
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Fields, Heading, Section, StyledText, Table, cell, line
from kzfest.i18n import _
from kzfest.itineraries.clash_solutions import clash_solution
from kzfest.pages.gaps_and_suggestions import hours_of_visit
from kzfest.pages.itinerary import format_pair, more_clashes

if TYPE_CHECKING:
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.formats.page import Block, Line, Page
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.repairs import Repair, RepairedVisit

OTHERS_NAMED = 3
"""How many of the visits with which one clashes are named."""


def repair_page(repair: Repair, plan: Plan, *, saved: bool) -> Page:
    """Return the visits that change, with the reasons, and the clashes that stay; *saved*: the plan has changed."""
    blocks: list[Block] = []
    if repair.changes:
        columns = (
            Column(_("Visit")),
            Column(_("Planned")),
            Column(_("New")),
            Column(_("Why")),
            Column(_("Id"), from_width=80, wraps=False),
        )
        sections = tuple(
            Section(dates.full_day(day), tuple(_row(each, plan, saved=saved) for each in changes))
            for day, changes in groupby(repair.changes, key=lambda each: each.planned.visit.day)
        )
        blocks.append(Table(columns, sections))
    if repair.left:
        told = [
            (clash.first, cell(line(StyledText(plan.titles[clash.first], "strong")), format_pair(clash, plan)))
            for clash in repair.left
        ]
        told += [("", cell(text)) for text in more_clashes(repair.left_count - len(repair.left))]
        blocks += [Heading(line(_("Cannot be repaired"))), Fields(tuple(told))]
    return blocks


def _row(repaired: RepairedVisit, plan: Plan, *, saved: bool) -> tuple[Cell, ...]:
    """Return what a visit was, what becomes of it, and why; its place only if that changes."""
    planned, option = repaired.planned, repaired.option
    title = StyledText(choose(planned.visit.title, plan.language).text, "strong")
    was, new = cell(hours_of_visit(planned)), cell(StyledText(_("dropped"), "bad"))
    if option:
        places = (_where(each.visit, each.known, plan.language) for each in (planned, option))
        there, here = (StyledText(place or _("not known"), "faint") for place in places)
        day = dates.short_day(option.visit.day) if option.visit.day != planned.visit.day else None
        was = cell(hours_of_visit(planned), there if there != here else None)
        new = cell(day, hours_of_visit(option), here if there != here else None)
    must = StyledText(_(" (must)"), "good") if planned.visit.must else None
    why = cell(why_repaired(repaired, plan), None if saved else _late_start(repaired, plan))
    return cell(line(title, must)), was, new, why, cell(planned.visit.id)


def _late_start(repaired: RepairedVisit, plan: Plan) -> Line | None:
    """Return the command that keeps a dropped visit for a visitor who arrives late, if `check` offers one."""
    if repaired.option or repaired.cause != "clash":
        return None
    planned = repaired.planned
    solutions = [clash_solution(clash, plan) for clash in planned.clashes if clash.second == planned.visit.id]
    commands = [each.command for each in solutions if each and each.late]
    return line(_("to arrive late:"), " ", StyledText(f"`{commands[0]}`", "command")) if commands else None


def _where(visit: Visit, known: VisitFacts, language: str) -> str | None:
    """Return where *visit* was planned, in *language*, even if its event is elsewhere now."""
    if known.venue:
        return venue_line(known.venue, known.labels, language, room=visit.room)
    return visit.place


def why_repaired(repaired: RepairedVisit, plan: Plan) -> str:
    """Return why a visit changes."""
    names = [plan.titles[key] for key in repaired.others]
    others = ", ".join(names[:OTHERS_NAMED]) + (", …" if len(names) > OTHERS_NAMED else "")
    match repaired.cause:
        case "clash":
            return _("clashes with {others}").format(others=others)
        case "room":
            return _("makes room for {others}").format(others=others)
        case "moved":
            told = _("moved")
        case "cancelled":
            told = _("cancelled")
        case "postponed":
            told = _("postponed")
        case "gone":
            told = _("no longer on that day") if repaired.planned.known.event else _("no longer in the programme")
    if repaired.option:
        return told
    if others:
        return _("{why}; would then clash with {others}").format(why=told, others=others)
    return told
