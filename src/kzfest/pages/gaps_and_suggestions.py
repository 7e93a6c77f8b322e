"""The pages of `kzfest itinerary gaps` and `suggest`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.core.gaps import rounded
from kzfest.core.localized import choose
from kzfest.core.place_text import away
from kzfest.core.visit import hour_unknown, sorted_visits
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Heading, Paragraph, Section, StyledText, Table, cell, line
from kzfest.i18n import _
from kzfest.pages import phrases
from kzfest.pages.visit_warnings import no_hour

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kzfest.core.model import Location
    from kzfest.formats.page import Block, Page
    from kzfest.itineraries.gap_filling import Candidate, FreeTime
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.itineraries.repair_options import RepairOption
    from kzfest.itineraries.suggestions import LeftOutEvent, Suggestion

FITS_SHOWN = 12


def gaps_page(free: Sequence[FreeTime], language: str, near: Location | None) -> Page:
    """Return the free times and what fits into each, with the distance to *near* if given."""
    columns = (
        Column(_("Time")),
        Column(_("Would fit")),
        Column(_("Where")),
        Column(_("Id"), from_width=80, wraps=False),
    )
    sections = tuple(Section(_free_time_title(each), _fits(each, language, near)) for each in free)
    return [Table(columns, sections)] if sections else []


def _free_time_title(free: FreeTime) -> str:
    """Return the title of a free time."""
    gap = free.gap
    return _("{day}, free {time} ({length})").format(
        day=dates.full_day(free.day), time=dates.stay(gap.start, gap.end), length=dates.length(gap.minutes)
    )


def _fits(free: FreeTime, language: str, near: Location | None) -> tuple[tuple[Cell, ...], ...]:
    if not free.fits:
        return ((cell(), cell(StyledText(_("nothing that fits"), "faint")), cell(), cell()),)
    rows = [
        (
            cell(_window(option, window), _own_zone(option)),
            *_what_and_where(option, language, near),
            cell(option.visit.event),
        )
        for option, window in free.fits[:FITS_SHOWN]
    ]
    more = len(free.fits) - FITS_SHOWN
    if more > 0:
        rows.append((cell(), cell(StyledText(_("and {n} more").format(n=more), "faint")), cell(), cell()))
    return tuple(rows)


def _window(option: Candidate, window: tuple[datetime, datetime]) -> str:
    """Return the hours of a visit, or the window in which it fits, or that its hour was not published."""
    if option.stop:
        return dates.stay(*window)
    if hour_unknown(option.visit):
        return _("hour not known")
    start, end = rounded(window[0], up=True), rounded(window[1], up=False)  # travel times are estimates
    return _("between {start} and {end}").format(start=dates.clock(start), end=dates.clock(end))


def _own_zone(option: Candidate | PlannedVisit) -> StyledText | None:
    return StyledText(option.visit.timezone, "faint") if option.known.has_own_zone and option.stop else None


def _what_and_where(option: Candidate | PlannedVisit, language: str, near: Location | None) -> tuple[Cell, Cell]:
    event, venue = option.known.event, option.known.venue
    title = phrases.event_title(event, language) if event else line(choose(option.visit.title, language).text)
    room = event.room if event else None
    place = phrases.room_and_venue(venue, room, language) if venue else line(option.visit.place)
    return (title,), cell(place, StyledText(away(near, venue, language) or "", "faint"))


def suggestion_page(suggestion: Suggestion, language: str, near: Location | None) -> Page:
    """Return the suggested visits among the planned ones, each with its reason, and what was left out."""
    blocks: list[Block] = []
    if suggestion.chosen:
        blocks.append(Heading(line(_("Suggested")), level=1))
    else:
        blocks.append(Paragraph(line(_("Nothing can be suggested."))))
    if suggestion.chosen or suggestion.planned:
        blocks.append(_plan_table(suggestion, language, near))
    if suggestion.left_out:
        rows = tuple(_left_out_row(each, language) for each in suggestion.left_out)
        blocks += [Heading(line(_("Left out"))), Table((Column(_("Event")), Column(_("Why"))), (Section("", rows),))]
    return blocks


def _plan_table(suggestion: Suggestion, language: str, near: Location | None) -> Table:
    """Return the table of suggested and planned visits, day by day."""
    columns = (
        Column(_("Time")),
        Column(_("Visit")),
        Column(_("Where")),
        Column(_("Why")),
        Column(_("Id"), from_width=80, wraps=False),
    )
    rows: dict[str, tuple[Candidate | PlannedVisit, Cell, Cell]] = {
        each.option.visit.id: (each.option, cell(each.why), cell(each.option.visit.event)) for each in suggestion.chosen
    }
    rows |= {
        each.visit.id: (each, cell(StyledText(_("planned already"), "faint")), cell(each.visit.id))
        for each in suggestion.planned
    }
    ordered = sorted_visits(shown.visit for shown, _why, _id in rows.values())
    sections = tuple(
        Section(dates.full_day(day), tuple(_row(*rows[visit.id], language, near) for visit in visits))
        for day, visits in groupby(ordered, key=lambda each: each.day)
    )
    return Table(columns, sections)


def _row(
    shown: Candidate | PlannedVisit, why: Cell, key: Cell, language: str, near: Location | None
) -> tuple[Cell, ...]:
    return cell(hours_of_visit(shown), _own_zone(shown)), *_what_and_where(shown, language, near), why, key


def hours_of_visit(option: Candidate | PlannedVisit | RepairOption) -> str:
    """Return when a visit is on its day."""
    if option.visit.span is None:
        return no_hour(option.visit)
    start, end = (moment.astimezone(option.known.zone) for moment in option.visit.span)
    return dates.stay(start, end)


def _left_out_row(left: LeftOutEvent, language: str) -> tuple[Cell, ...]:
    title = choose(left.listed.event.title, language).text
    return cell(line(title, StyledText(_(" (must)"), "bad") if left.must else None)), cell(left.why)
