"""The page of `kzfest timeline`: a line for each event, or for a group of them, with its days or hours as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.festival_day import disputed_days
from kzfest.core.localized import choose
from kzfest.formats import dates
from kzfest.formats.page import Column, Drawing, Heading, Section, StyledText, Table, cell, joined, line, plain
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.pages.event_list import days_and_hours, when_uncertain, when_undated
from kzfest.pages.scale import AFTER, BEFORE, IDLE, OPEN, painted, ruled
from kzfest.pages.timeline_blocks import (
    MARGIN,
    MORE,
    MOST_IN_A_CELL,
    SPAN_MARKS,
    TITLE_AT_MOST,
    VISIT,
    blocks_of,
    drawn_parts,
    group_title,
    margin_of,
    timeline_title,
)
from kzfest.programme.database.queries import PERMANENT, POSSIBLE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kzfest.core.event_spans import EventSpan
    from kzfest.formats.page import Canvas, Cell, Line, Page
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.pages.timeline_blocks import TimelineBlock, TimelineRow
    from kzfest.programme.timeline import Timeline, TimelineEvent

    Visits = Mapping[str, Sequence[PlannedVisit]]

MOST_DAYS_DRAWN = 1_500
"""More days are no drawing that anybody reads: the table is shown instead."""
TITLE_LINES = 2
"""A title is cut after so many; the name of a group after one, because its number follows."""
DISPUTED_TIMES = ("start", "end", "showings")
"""The fields whose disputes are about when an event is on."""


def timeline_page(timeline: Timeline, plan: Visits, now: datetime | None, filters: str = "") -> Page:
    """Return the page of *timeline*; *plan* has the visits by event, and *now* is marked where it is on the scale.

    *filters* are the options that chose the events. The page is empty without any event.
    """
    if not timeline.events and not timeline.groups:
        return []
    title = Heading(phrases.localized_line(timeline.head.title, timeline.language), level=1)
    table = _group_table(timeline) if timeline.by else _event_table(timeline, plan)
    if sum((last - first).days + 1 for first, last in drawn_parts(timeline)) > MOST_DAYS_DRAWN:
        return [title, table]

    def draw(canvas: Canvas) -> list[Line]:
        blocks = blocks_of(timeline, plan, now, canvas)
        lines, seen = _in_blocks(blocks, canvas)
        for title, rows in _without_bars(timeline, has_bars=bool(blocks)):
            lines += [*([()] if lines else []), line(StyledText(title, "heading"))]
            lines += [_listed(each, plan, timeline.language, canvas) for each in rows]
        most = min((MOST_IN_A_CELL[block.scale.cell] for block in blocks), default=0)
        explained = phrases.legend(_explained(seen, plan, timeline, most), canvas)
        told = (*_disputes_in_words(timeline), *phrases.only_what_matches(filters))
        below = [*explained, *(each for text in told for each in canvas.wrap(text, canvas.width))]
        return [*lines, (), *below] if below else lines

    return [title, Drawing(draw, table)]


def _in_blocks(blocks: Sequence[TimelineBlock], canvas: Canvas) -> tuple[list[Line], set[str]]:
    """Return the lines of *blocks*, and the marks that occur in them."""
    scales = max((block.scale.width for block in blocks), default=0)
    widths = [
        canvas.columns_of(plain(row.title)) + (len(row.number) + 2 if row.number else 0)
        for block in blocks
        for row in block.rows
    ]
    room = max(min(max(widths, default=0), TITLE_AT_MOST, canvas.width - MARGIN - 1 - scales), 1)
    indent = " " * (MARGIN + room + 1)
    lines: list[Line] = []
    seen: set[str] = set()
    for block in blocks:
        lines += [()] if lines else []
        lines += [line(StyledText(block.gap, "faint")), ()] if block.gap else []
        lines += [line(StyledText(block.head, "heading"))] if block.head else []
        lines += [line(indent, *each) for each in ruled(block.scale, canvas, canvas.width - len(indent))]
        idle = painted(block.scale, ())
        for row in block.rows:
            bars = painted(block.scale, row.bars)
            seen.update(plain(bars))
            for number, title in enumerate(_titles(row, room, canvas)):
                margin = row.margin if row.margin and not number else StyledText(" ")
                beside = idle if number else bars
                spans = (*canvas.padded(title, room), StyledText(" "), *beside) if beside else title
                lines.append(line(margin, " ", *spans))
    return lines, seen


def _titles(row: TimelineRow, room: int, canvas: Canvas) -> list[Line]:
    """Return the lines of a row's title; the number of events of a group stands at the right."""
    if not row.number:
        return canvas.lines(row.title, room, TITLE_LINES) or [()]
    name = canvas.lines(row.title, max(room - len(row.number) - 1, 1), 1)
    return [line(*canvas.padded(name[0] if name else (), room - len(row.number)), StyledText(row.number, "faint"))]


def _without_bars(timeline: Timeline, *, has_bars: bool) -> Iterator[tuple[str, list[TimelineEvent]]]:
    """Yield the events that the scale does not have, in sections."""
    dated = [each for each in timeline.events if each.listed.section != UNDATED]
    if timeline.axis == "hours":
        dated = [each for each in dated if not each.showings]
        if dated:
            yield _("Without an hour"), dated
    elif not has_bars and dated:
        yield _("Permanent"), dated
    undated = [each for each in timeline.events if each.listed.section == UNDATED]
    if undated:
        yield _("Without a known date"), undated


def _listed(each: TimelineEvent, plan: Visits, language: str, canvas: Canvas) -> Line:
    """Return the line of an event without a bar: its title, and what is known of its days."""
    known = _days_told(each)
    visits = plan.get(each.listed.event.id, ())
    room = canvas.width - MARGIN - 2 - canvas.columns_of(known)
    title = canvas.lines(timeline_title(each, language, visits), max(room, 1), 1)
    known_days = ("  ", StyledText(known, "faint")) if known else ()
    shown = line(margin_of(visits) or " ", " ", *(title[0] if title else ()), *known_days)
    return next(iter(canvas.wrap(shown, canvas.width)), ())


def _days_told(each: TimelineEvent) -> str:
    """Return the days of an event, or what is known of them."""
    if each.listed.section in {PERMANENT, UNDATED}:
        return when_undated(each.listed)
    if each.listed.section == POSSIBLE:
        return plain(joined(when_uncertain(each.listed), "; "))
    held = [_span_told(span) for span in each.spans if span.kind not in {"may", "off"}]
    told = held if any(held) else [_span_told(span) for span in each.spans if span.kind == "off"]
    showing = each.listed.showing
    all_day = _("all day") if showing and showing.drop_in and showing.all_day else None
    return "; ".join(filter(None, (*told, all_day)))


def _span_told(span: EventSpan) -> str | None:
    """Return the days of *span*, which has a first one."""
    if span.first is None or span.kind in {"other_source", "not_in_other_source"}:
        return None
    return dates.days(span.first, span.last or span.first)


def _explained(seen: set[str], plan: Visits, timeline: Timeline, most: int) -> Iterator[tuple[Line, str]]:
    """Yield the marks that occur, each with what it means; *most* is the greatest number that a cell has."""
    in_hours = timeline.axis == "hours"
    on, one, may, theirs, ours, always, off = SPAN_MARKS.values()
    told = [
        (on[0], 3 * on[0], on[1], _("on") if in_hours else _("goes on")),
        (one[0], one[0], one[1], _("one day")),
        (may[0], 3 * may[0], may[1], _("end not known") if in_hours else _("closing day not published")),
        (theirs[0], 3 * theirs[0], theirs[1], _("only in another source")),
        (ours[0], ours[0], ours[1], _("not in another source")),
        (BEFORE, BEFORE, "mark", _("began earlier")),
        (AFTER, AFTER, "mark", _("goes on after")),
        (always[0], 3 * always[0], always[1], _("permanent")),
        (off[0], 3 * off[0], off[1], _("cancelled or postponed")),
        (VISIT, VISIT, "strong", _("in your plan")),
    ]
    for mark, shown, style, words in told:
        if mark in seen:
            yield line(StyledText(shown + OPEN if mark == may[0] and OPEN in seen else shown, style)), words
    visits = [planned for found in plan.values() for planned in found]
    if visits and VISIT not in seen:
        yield line(StyledText("*", "strong")), _("in your plan")
    if any(planned.clash_count for planned in visits):
        yield line(StyledText("!", "bad")), _("clash in your plan")
    if timeline.groups:
        yield line("1 …"), _("how many at once") if in_hours else _("how many events that day")
        if MORE in seen:
            yield line(MORE), _("more than {n}").format(n=most)
    if IDLE in seen:
        yield line(StyledText(IDLE if in_hours else 2 * IDLE, "faint")), _("full hour") if in_hours else _("weekend")


def _disputes_in_words(timeline: Timeline) -> Iterator[Line]:
    """Yield what another source says of the time of an event in words, which no bar shows."""
    for each in timeline.events:
        drawn = {days.source for days in disputed_days(each.listed.event)}
        for dispute in each.listed.event.disputes:
            said = choose(dispute.value, timeline.language).text
            is_drawn = dispute.source in drawn and phrases.day_in_words(said, dates.short_day) != said
            if dispute.field in DISPUTED_TIMES and not is_drawn:
                value = plain(phrases.disputed_value(dispute, timeline.language, dates.short_day))
                title = choose(each.listed.event.title, timeline.language).text
                told = _("another source says {value} ({source})")
                source = phrases.short_source(timeline.sources[dispute.source])
                yield line(
                    StyledText(f"{' '.join(title.split())}: ", "faint"),
                    StyledText(told.format(value=value, source=source), "warning"),
                )


def _doubts(each: TimelineEvent, timeline: Timeline) -> Iterator[StyledText]:
    """Yield what another source says of the time of an event."""
    for dispute in each.listed.event.disputes:
        if dispute.field in DISPUTED_TIMES:
            value = plain(phrases.disputed_value(dispute, timeline.language, dates.short_day))
            source = phrases.short_source(timeline.sources[dispute.source])
            yield StyledText(f"{phrases.field_name(dispute.field)}: {value} ({source})", "warning")


def _event_table(timeline: Timeline, plan: Visits) -> Table:
    """Return the events of *timeline* as a table, for pipes and narrow terminals."""
    columns = (
        Column(_("When")),
        Column(_("Event")),
        Column(_("Plan")),
        Column(_("Another source")),
        Column(_("Id"), 80, wraps=False),
    )
    rows = (
        (
            days_and_hours(each.listed),
            cell(timeline_title(each, timeline.language, plan.get(each.listed.event.id, ()))),
            cell(*(told for planned in plan.get(each.listed.event.id, ()) for told in _planned(planned))),
            cell(*_doubts(each, timeline)),
            cell(each.listed.event.id),
        )
        for each in timeline.events
    )
    return Table(columns, (Section("", tuple(rows)),))


def _planned(planned: PlannedVisit) -> Iterator[StyledText]:
    """Yield when a visit is planned, and how often it clashes."""
    day = dates.short_day(planned.visit.day)
    span = planned.visit.span and [moment.astimezone(planned.known.zone) for moment in planned.visit.span]
    yield StyledText(_("{day}, {time}").format(day=day, time=dates.stay(*span)) if span else day)
    if planned.clash_count:
        n = planned.clash_count
        yield StyledText(ngettext("{n} clash", "{n} clashes", n).format(n=n), "bad")


def _group_table(timeline: Timeline) -> Table:
    """Return the groups of *timeline* as a table, for pipes and narrow terminals."""
    names = {"category": _("Category"), "track": _("Track"), "venue": _("Venue")}
    columns = (
        names[timeline.by or "category"],
        _("Events"),
        _("Days"),
        _("Most a day") if timeline.axis == "days" else _("At once"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            cell(group_title(group, timeline)),
            cell(str(len(group.ids))),
            cell(dates.days(group.first, group.last)),
            cell(str(max(group.cells, default=0))),
        )
        for group in timeline.groups
    ]
    return Table(tuple(Column(title) for title in columns), (Section("", tuple(rows)),))
