"""The timeline of a very large programme: for each track or category, how many of its events are on at once."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, opening
from kzfest.formats import dates
from kzfest.html.elements import Markup, element
from kzfest.html.rich_text import html_of_line
from kzfest.html.stretch_bars import HIGH, axis_labels, scale_of_days
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.programme.timeline import CELL_MINUTES, timeline_of_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, tzinfo

    from kzfest.html.contents import Edition
    from kzfest.programme.context import Context
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.timeline import EventGroup, GroupKind, Timeline

MOST_GROUPS = 100
MOST_DAYS = 1_500
"""With more groups or days, the timeline of a page is left out."""
HOURS_APART = 3
"""The scale has each third hour."""
LAST_LABEL = 0.96
"""Of the scale; letters that begin later have no room."""


class GroupBars(NamedTuple):
    """The groups of a programme with the cells of their axis that have something."""

    groups: Sequence[EventGroup]
    by: GroupKind
    first: date
    is_by_hours: bool
    cells: range
    zone: tzinfo

    def shapes(self) -> Iterator[Markup]:
        """Yield the shape of each group, which the readers of all languages see."""
        view = f"0 0 {len(self.cells)} {HIGH}"
        for number, group in enumerate(self.groups, 1):
            columns = element("path", d="".join(self._columns(group)), class_="b")
            yield element("symbol", columns, id=f"g{number}", viewBox=view, preserveAspectRatio="none")

    def _columns(self, group: EventGroup) -> Iterator[str]:
        """Yield the outline of each column, the highest where most is on; cells that are alike have one together."""
        most, at = max(group.cells), 0
        for count, alike in groupby(group.cells[self.cells.start : self.cells.stop]):
            wide = len(list(alike))
            if count:
                high = max(round(HIGH * count / most, 1), 1)
                yield f"M{at} {HIGH}v-{high:g}h{wide}v{high:g}z"
            at += wide


def group_bars(question: EventQuery, days: Sequence[date], context: Context) -> GroupBars | None:
    """Return the events of *question* on *days* by track, or by category if there are no tracks; None if too many."""
    if not days or (days[-1] - days[0]).days >= MOST_DAYS:
        return None
    by: GroupKind = "track" if context.catalogue.words("track") else "category"
    timeline = timeline_of_groups(question._replace(first=days[0], last=days[-1], undated=False), by, context)
    used = [at for at in range(_cells(timeline)) if any(group.cells[at] for group in timeline.groups)]
    if not used or len(timeline.groups) > MOST_GROUPS:
        return None
    return GroupBars(
        groups=timeline.groups,
        by=by,
        first=timeline.begin or days[0],
        is_by_hours=timeline.axis == "hours",
        cells=range(used[0], used[-1] + 1),
        zone=context.zone,
    )


def _cells(timeline: Timeline) -> int:
    return max((len(group.cells) for group in timeline.groups), default=0)


def group_lists(drawn: GroupBars | None, edition: Edition) -> Iterator[Markup]:
    """Yield what the columns mean, the scale, and each group with a link to the first of its events."""
    if drawn is None:
        yield element("p", _("This programme has too many groups or days for a timeline on a page."))
        return
    by = _("A line for each track: the higher it is, the more of its events are on.")
    if drawn.by == "category":
        by = _("A line for each category: the higher it is, the more of its events are on.")
    yield element("p", by)
    items = (_item(number, group, edition) for number, group in enumerate(drawn.groups, 1))
    yield element("ul", element("li", _scale(drawn), aria_hidden="true"), *items, class_="t")


def _item(number: int, group: EventGroup, edition: Edition) -> Markup:
    name = phrases.labels_line([group.key] if group.key else [], edition.listing.head.labels, edition.language)
    count = ngettext("{n} event", "{n} events", len(group.ids)).format(n=len(group.ids))
    first = min(group.ids, key=edition.contents.order.__getitem__)
    return element(
        "li",
        element("a", html_of_line(name) if name else _("without a track"), href=f"#{edition.anchor(first)}"),
        " ",
        element("small", f"{count}, {dates.days(group.first, group.last)}"),
        element("svg", element("use", href=f"#g{number}"), height=HIGH, aria_hidden="true"),
    )


def _scale(drawn: GroupBars) -> Markup:
    """Return the days, and below them the hours if the axis has them."""
    if not drawn.is_by_hours:
        return scale_of_days(drawn.first + drawn.cells.start * ONE_DAY, len(drawn.cells))
    minutes = timedelta(minutes=CELL_MINUTES["hours"])
    labels = []
    for at in drawn.cells:
        when = opening(drawn.first, drawn.zone) + at * minutes
        place = at - drawn.cells.start
        if not when.minute and when.hour % HOURS_APART == 0 and place < LAST_LABEL * len(drawn.cells):
            labels.append((place, f"{when.hour:02}", 23))
        if not place or not (when.hour or when.minute):
            labels.append((place, dates.weekday_beside(when.date(), when.date()), 10))
    return axis_labels(labels, len(drawn.cells))
