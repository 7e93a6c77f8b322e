"""The months of a page as tables: which days have something new, something that goes on, or a visit of yours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from kzfest.core.festival_day import ONE_DAY
from kzfest.formats import dates
from kzfest.html.elements import Markup, element
from kzfest.i18n import _, short_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.html.contents import Edition

MONTHS_IN_FULL = 12
"""With more months than this, only those are drawn in which something begins."""
WEEK = 7


def month_tables(edition: Edition) -> Iterator[Markup]:
    """Yield a table for each month in which anything is on, with what its signs mean before them."""
    told = {date(day.year, day.month, 1) for day in edition.contents.run_of_day}
    if len(told) > MONTHS_IN_FULL:
        told = {date(run.first.year, run.first.month, 1) for run in edition.contents.runs if run.events.begin}
    yield element("p", _legend(edition))
    for first in sorted(told):
        yield _month(first, edition)


def _legend(edition: Edition) -> str:
    signs = [_("• begin"), _("+ go on")]
    if any(events.may_be_on for events in edition.contents.by_day.values()):
        signs.append(_("? may still be on"))
    if edition.contents.plan_days:
        signs.append(_("* in your plan"))
    if any(edition.contents.plan_days.values()):
        signs.append(_("! clash in your plan"))
    return ", ".join(signs)


def _month(first: date, edition: Edition) -> Markup:
    length = monthrange(first.year, first.month)[1]
    cells: list[Markup] = [element("td")] * first.weekday()
    cells += [_day(first + number * ONE_DAY, edition) for number in range(length)]
    cells += [element("td")] * (-len(cells) % WEEK)
    weeks = [element("tr", *cells[begun : begun + WEEK]) for begun in range(0, len(cells), WEEK)]
    names = (element("th", name, scope="col") for name in short_weekdays())
    head = element("thead", element("tr", *names))
    caption = element("caption", dates.long_month(first.year, first.month).capitalize())
    return element("table", caption, head, element("tbody", *weeks))


def _day(day: date, edition: Edition) -> Markup:
    events = edition.contents.by_day.get(day)
    plan = edition.contents.plan_days.get(day)
    mark = None if plan is None else element("strong", "!") if plan else "*"
    if day not in edition.contents.run_of_day:
        return element("td", str(day.day), mark)
    link = element("a", str(day.day), href=f"#{edition.day_anchor(edition.contents.run_of_day[day])}")
    if events is None:
        return element("td", link, mark)
    counts = (
        element("b", f"•{len(events.begin)}") if events.begin else None,
        f" +{len(events.go_on)}" if events.go_on else None,
        element("em", f" ?{len(events.may_be_on)}") if events.may_be_on else None,
    )
    return element("td", link, mark, " ", *counts)
