"""The timeline of a very large programme: for each track or category, how many of its events are on at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, opening
from kzfest.core.model import Showing
from kzfest.formats import dates
from kzfest.html.elements import Markup, element
from kzfest.html.rich_text import html_of_line
from kzfest.html.stretch_bars import HIGH, axis_labels, scale_of_days
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.programme.timeline import CELL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.html.contents import Edition
    from kzfest.programme.timeline import EventGroup, Timeline

MOST_GROUPS = 100
"""With more groups, the timeline of a page is left out."""
HOURS_APART = 3
"""The hours between two labels of the scale."""
LAST_LABEL = 0.96
"""The part of the scale after which a label has no room."""


class GroupBars(NamedTuple):
    """The groups of a programme with the cells of their axis that have something."""

    timeline: Timeline
    cells: range

    def shapes(self) -> Iterator[Markup]:
        """Yield the shape of each group, which the readers of all languages see."""
        view = f"0 0 {len(self.cells)} {HIGH}"
        for number, group in enumerate(self.timeline.groups, 1):
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

    def lists(self, edition: Edition) -> Iterator[Markup]:
        """Yield what the columns mean, the scale, and each group with a link to the first of its events."""
        told = _("A line for each track: the higher it is, the more of its events are on.")
        if self.timeline.by == "category":
            told = _("A line for each category: the higher it is, the more of its events are on.")
        yield element("p", told)
        items = (_item(number, group, edition) for number, group in enumerate(self.timeline.groups, 1))
        yield element("ul", element("li", self._scale(), aria_hidden="true"), *items, class_="t")

    def _scale(self) -> Markup:
        """Return the days, and below them the hours if the axis has them."""
        begin = self.timeline.begin or date.min  # it is known: there are groups
        if self.timeline.axis == "days":
            return scale_of_days(begin + self.cells.start * ONE_DAY, len(self.cells))
        labels = []
        for at in self.cells:
            when = opening(begin, UTC) + at * timedelta(minutes=CELL_MINUTES["hours"])  # as clocks show it
            place = at - self.cells.start
            if not when.minute and when.hour % HOURS_APART == 0 and place < LAST_LABEL * len(self.cells):
                labels.append((place, f"{when.hour:02}", 23))
            if not place or not (when.hour or when.minute):
                labels.append((place, dates.weekday_beside(when.date(), when.date()), 10))
        return axis_labels(labels, len(self.cells))


def group_bars(timeline: Timeline | None) -> GroupBars | None:
    """Return what is drawn of a *timeline* of groups; None without one, and if it has too many."""
    if timeline is None or not timeline.groups or len(timeline.groups) > MOST_GROUPS:
        return None
    on = [any(counts) for counts in zip(*(group.cells for group in timeline.groups), strict=True)]
    return GroupBars(timeline, range(on.index(True), len(on) - on[::-1].index(True))) if any(on) else None


def _item(number: int, group: EventGroup, edition: Edition) -> Markup:
    name = phrases.labels_line([group.key] if group.key else [], edition.listing.head.labels, edition.language)
    count = ngettext("{n} event", "{n} events", len(group.ids)).format(n=len(group.ids))
    first = min(group.ids, key=edition.contents.order.__getitem__)
    return element(
        "li",
        element("a", html_of_line(name) if name else _("without a track"), href=f"#{edition.anchor(first)}"),
        " ",
        element("small", f"{count}, {_when(group, edition)}"),
        element("svg", element("use", href=f"#g{number}"), height=HIGH, aria_hidden="true"),
    )


def _when(group: EventGroup, edition: Edition) -> str:
    """Return the days of a group; of a group of one day, from when to when its events are on if they have hours."""
    parts = (part for key in group.ids for part in edition.contents.by_id[key].parts if part.certain)
    spans = [
        (part.showing.start, part.showing.end or part.showing.start)
        for part in parts
        if isinstance(part.showing.start, datetime)
    ]
    if group.first != group.last or not spans:
        return dates.days(group.first, group.last)
    return dates.showing_begun(Showing(id="", start=min(spans)[0], end=max(end for _start, end in spans)))
