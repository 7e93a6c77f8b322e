"""The pages of `kzfest itinerary`: the visits day by day, changes, and warnings."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.core.clashes import overlap_minutes
from kzfest.core.localized import choose
from kzfest.core.visit_facts import place_of
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Fields, Heading, Section, StyledText, Table, cell, line
from kzfest.i18n import _, ngettext
from kzfest.itineraries.clash_solutions import clash_solution
from kzfest.itineraries.plan import in_answer
from kzfest.pages import phrases
from kzfest.pages.visit_warnings import no_hour, warnings_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.core.clashes import Clash
    from kzfest.core.travel import By
    from kzfest.core.visit import Visit, VisitChange
    from kzfest.formats.page import Line, Page
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.itineraries.store import ItinerarySummary
    from kzfest.programme.context import Context


CLASHES_SHOWN = 3
"""How many clashes of one visit are shown; the others are only counted."""


def itinerary_page(plan: Plan) -> Page:
    """Return the visits of *plan*, day by day."""
    if not plan.visits:
        return []
    only = only_other_programme(plan)
    named = StyledText(f" · {_('programme: {title}').format(title=only)}", "faint") if only else None
    title = Heading(line(_("Itinerary {name}").format(name=plan.itinerary.name), named), level=1)
    return [title, visits_table(plan.visits, plan)]


def only_other_programme(plan: Plan) -> str | None:
    """Return the title of the programme that is not in use and of which all visits of *plan* are, if there is one."""
    others = {each.other_programme for each in plan.visits if each.visit.programme}
    return others.pop() if len(others) == 1 else None


def visits_table(visits: Iterable[PlannedVisit], plan: Plan) -> Table:
    """Return *visits* of *plan* day by day."""
    columns = (Column(_("Time"), wraps=False), Column(_("Visit")), Column(_("Where")), Column(_("Id"), wraps=False))
    says_programme = only_other_programme(plan) is None
    sections = tuple(
        Section(dates.full_day(day), tuple(_row(each, plan, says_programme=says_programme) for each in those))
        for day, those in groupby(visits, key=lambda each: each.visit.day)
    )
    return Table(columns, sections)


def _row(planned: PlannedVisit, plan: Plan, *, says_programme: bool) -> tuple[Cell, ...]:
    return (
        cell(*planned_hours(planned)),
        cell(
            title_of_visit(planned, plan), *remarks(planned, plan), programme_note(planned) if says_programme else None
        ),
        cell(*place_and_way(planned, plan)),
        cell(planned.visit.id),
    )


def planned_hours(planned: PlannedVisit, day: date | None = None) -> Iterator[StyledText | str | None]:
    """Yield the hours of a visit on a *day* of it, by default its first, and what is uncertain about them."""
    visit, zone = planned.visit, planned.known.zone
    if visit.span is None:
        yield no_hour(visit)
        return
    start, end = (moment.astimezone(zone) for moment in visit.span)
    yield dates.stay_on(day or visit.day, start, end)
    yield StyledText(visit.timezone, "faint") if planned.known.has_own_zone else None
    yield StyledText(_("end assumed"), "faint") if visit.assumed else None
    night = _("night to {day}").format(day=dates.short_day(start))
    yield StyledText(night, "faint") if start.date() > visit.day and day in {None, visit.day} else None


def title_of_visit(planned: PlannedVisit, plan: Plan) -> Line:
    """Return the title of a visit, and whether it is a must."""
    visit, event = planned.visit, planned.known.event
    if event:
        title = phrases.event_title(event, plan.language)
    elif visit.event:
        title = phrases.localized_line(visit.title, plan.language, "strong")
    else:  # an appointment needs no language mark
        title = line(StyledText(choose(visit.title, plan.language).text, "strong"))
    return title + must_mark(visit)


def must_mark(visit: Visit) -> Line:
    """Return what follows the title of a visit that is a must."""
    return line(StyledText(_(" (must)"), "good") if visit.must else None)


def remarks(planned: PlannedVisit, plan: Plan) -> Iterator[StyledText | Line | None]:
    """Yield the clashes of a visit, its warnings and its note."""
    visit, event = planned.visit, planned.known.event
    yield from (StyledText(told, "bad") for told in format_clashes(planned, plan))
    said = phrases.status_label(event) if event else None  # the title shows it already
    yield from (phrases.with_commands(warning, "warning") for warning in warnings_of(planned, plan) if warning != said)
    yield StyledText(" ".join(visit.note.split()), "faint") if visit.note else None


def programme_note(planned: PlannedVisit) -> StyledText | None:
    """Return the programme of a visit, unless it is the one in use or a warning already says that it is missing."""
    if planned.other_programme is None or planned.known.absent:
        return None
    return StyledText(_("programme: {title}").format(title=planned.other_programme), "faint")


def format_clashes(planned: PlannedVisit, plan: Plan) -> Iterator[str]:
    """Yield the first clashes of a visit, and the number of the others."""
    shown = planned.clashes[:CLASHES_SHOWN]
    yield from (format_clash(clash, planned.visit, plan) for clash in shown)
    yield from more_clashes(planned.clash_count - len(shown))


def more_clashes(more: int) -> Iterator[str]:
    """Yield how many clashes there are besides those shown, if any."""
    if more > 0:
        yield ngettext("and {n} more clash", "and {n} more clashes", more).format(n=more)


def format_clash(clash: Clash, visit: Visit, plan: Plan) -> str:
    """Return how *visit* clashes with another."""
    other_is_first = clash.second == visit.id
    other = plan.titles[clash.first if other_is_first else clash.second]
    if clash.verdict == "overlap":
        return _("CLASH: overlaps with {other}").format(other=other)
    told = _("NOT ENOUGH TIME: {needs} min needed from {other}, only {has} available")
    if not other_is_first:
        told = _("NOT ENOUGH TIME: {needs} min needed to {other}, only {has} available")
    estimate = f" ({_('estimate')})" if clash.estimate else ""
    return told.format(needs=clash.needs, other=other, has=clash.has) + estimate


def place_and_way(planned: PlannedVisit, plan: Plan) -> Iterator[StyledText | str | tuple[StyledText, ...] | None]:
    """Yield where a visit is, and how long the way from the one before it takes."""
    venue, event = planned.known.venue, planned.known.event
    if venue:
        yield phrases.room_and_venue(venue, event.room if event else None, plan.language)
        yield phrases.address_line(venue, planned.known.labels, plan.language, "faint")
    else:
        yield place_of(planned.visit, planned.known, plan.language)
    places = {stop.place for stop in (planned.before, planned.stop) if stop and stop.place}
    if len(places) == 2 and planned.way is None:
        yield StyledText(_("travel time not known"), "faint")
    elif planned.way and planned.way.minutes:  # 0 between rooms of one building
        told = _("{n} min {by}").format(n=planned.way.minutes, by=travel_mode(planned.way.by))
        yield StyledText(_("{way}, estimate").format(way=told) if planned.way.estimate else told, "faint")


def travel_mode(by: By) -> str:
    """Return the means of travel in words."""
    return {"walk": _("on foot"), "car": _("by car")}[by]


def changes_page(changes: Sequence[VisitChange], context: Context) -> Page:
    """Return the added, changed and removed visits, with their places in the language of the answer."""
    shown = in_answer([each.visit for each in changes], context)
    rows = tuple(_change(*each, context.language) for each in zip(changes, shown, strict=True))
    return [Fields(rows)] if rows else []


def change_in_words(changed: VisitChange, language: str) -> str:
    """Return what happened to a visit, on one line."""
    return f"{_what_happened(changed)}: {visit_in_words(changed.visit, language)}"


def visit_in_words(visit: Visit, language: str) -> str:
    """Return the title and the time of a visit, on one line."""
    return f"{choose(visit.title, language).text} · {time_text(visit)}"


def _what_happened(changed: VisitChange) -> str:
    return _("removed") if changed.after is None else _("changed") if changed.before else _("added")


def _change(changed: VisitChange, visit: Visit, language: str) -> tuple[str, Cell]:
    """Return what happened to a visit, and *visit*, as it is shown, in two lines."""
    what = _what_happened(changed)
    title = StyledText(choose(visit.title, language).text, "strong")
    place = f" · {visit.place}" if visit.place else None
    return what, cell(line(title, StyledText(f"  {visit.id}", "faint")), line(time_text(visit), place))


def time_text(visit: Visit) -> str:
    """Return the day and hours of a visit."""
    day = dates.full_day(visit.day)
    if visit.span is None:
        return _("{day}, {time}").format(day=day, time=no_hour(visit))
    start, end = (moment.astimezone(zone(visit.timezone)) for moment in visit.span)
    told = _("{day}, {time}").format(day=day, time=dates.stay(start, end))
    if start.date() > visit.day:
        told = _("{when} in the night to {day}").format(when=told, day=dates.short_day(start))
    return _("{when}, end assumed").format(when=told) if visit.assumed else told


def check_page(plan: Plan) -> Page:
    """Return the clashes, with solutions, and the warnings of each visit."""
    clashes: dict[str, list[Clash]] = {}
    for clash in plan.clashes:
        clashes.setdefault(clash.first, []).append(clash)
    rows: list[tuple[str, Cell]] = []
    for planned in plan.visits:
        warnings = [phrases.with_commands(warning, "warning") for warning in warnings_of(planned, plan)]
        told = [*_clashes_with(clashes.get(planned.visit.id, ()), plan), *warnings]
        if told:
            title = StyledText(choose(planned.visit.title, plan.language).text, "strong")
            heading = line(title, f" · {time_text(planned.visit)}")
            rows.append((planned.visit.id, cell(heading, *told, programme_note(planned))))
    rows += [("", cell(StyledText(told, "bad"))) for told in more_clashes(plan.clash_count - len(plan.clashes))]
    return [Fields(tuple(rows))] if rows else []


def _clashes_with(clashes: Iterable[Clash], plan: Plan) -> Iterator[Line]:
    """Yield each clash with a later visit, and a command that solves it."""
    for clash in clashes:
        told = format_pair(clash, plan)
        solution = clash_solution(clash, plan)
        if solution is None:
            yield line(StyledText(told, "bad"))
            continue
        why = _("to arrive late:") if solution.late else _("to keep both:")
        yield line(StyledText(told, "bad"), f"; {why} ", StyledText(f"`{solution.command}`", "command"))


def format_pair(clash: Clash, plan: Plan) -> str:
    """Return how the first visit of a clash clashes with the second, with the second's id for use in commands."""
    other = plan.titles[clash.second]
    if clash.verdict == "overlap":
        length = dates.length(overlap_minutes(plan.stops[clash.first], plan.stops[clash.second]))
        message = _("CLASH: overlaps with {other} ({id}) for {length}")
        return message.format(other=other, id=clash.second, length=length)
    told = _("NOT ENOUGH TIME: {needs} min needed {by} to {other} ({id}), only {has} available")
    estimate = f" ({_('estimate')})" if clash.estimate else ""
    by = travel_mode(plan.by)
    return told.format(needs=clash.needs, by=by, other=other, id=clash.second, has=clash.has) + estimate


def names_page(named: Sequence[ItinerarySummary]) -> Page:
    """Return the page of all itineraries."""
    columns = (Column(_("Itinerary")), Column(_("Visits"), wraps=False), Column(""))
    rows = tuple(
        (cell(each.name), cell(str(each.visits)), cell(_("current") if each.current else "")) for each in named
    )
    return [Table(columns, (Section("", rows),))]


def difference_page(pairs: Iterable[tuple[Visit | None, Visit | None]], language: str) -> Page:
    """Return which visits two itineraries share, and which only one of them has."""
    rows: dict[str, list[tuple[Cell, ...]]] = {_("both"): [], _("only you"): [], _("only them"): []}
    both, mine_only, theirs_only = rows
    for mine, theirs in pairs:
        title = both if mine and theirs else mine_only if mine else theirs_only
        visit = mine or theirs
        other = _("they: {when}").format(when=time_text(theirs)) if mine and theirs else ""
        differs = mine and theirs and mine.instants != theirs.instants
        when = cell(time_text(visit) if visit else None, StyledText(other, "faint") if differs else None)
        name = choose(visit.title, language).text if visit else ""
        rows[title].append((cell(StyledText(name, "strong")), when, cell(visit.place if visit else None)))
    sections = tuple(Section(title, tuple(found)) for title, found in rows.items() if found)
    return [Table((Column(_("Visit")), Column(_("When")), Column(_("Where"))), sections)] if sections else []
