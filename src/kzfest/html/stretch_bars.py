"""The timeline of a page: a bar of shapes for each event, beside its days in words."""

from __future__ import annotations

from calendar import MONDAY, SATURDAY
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, beginning, festival_days
from kzfest.core.model import NOT_HELD
from kzfest.formats import dates
from kzfest.html.elements import Markup, element
from kzfest.html.event_lists import event_link
from kzfest.i18n import _, ngettext, pgettext, short_months
from kzfest.pages import phrases
from kzfest.programme.timeline import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.core.event_spans import EventSpan, SpanKind
    from kzfest.core.model import Showing
    from kzfest.html.contents import Contents, Edition
    from kzfest.programme.database.catalogue import ListedEvent

HIGH = 10
"""The height of a bar; its length counts days."""
FEWEST_DAYS = 3
"""A programme of fewer days has no timeline: its events begin by the hour."""
WRITTEN_OUT = 2
"""So many showings are told by their days; more are counted."""
SATURDAY_AND_SUNDAY = 2
DAYS_WRITTEN = 21
"""A scale of so many days has the date of each; a longer one those of the Mondays."""
DATES_WRITTEN = 100
"""With more days than this, the scale has months only."""
ON, MAY, OTHER, DOUBTED, CALLED_OFF, EVERY_DAY = "on", "may", "other", "doubted", "off", "always"
_DRAWN_AS: dict[SpanKind, str] = {
    "on": ON, "showing": ON, "may": MAY, "other_source": OTHER, "not_in_other_source": DOUBTED, "off": CALLED_OFF,
    "permanent": EVERY_DAY,
}  # fmt: skip
"""How the days of a span are drawn."""


class _Bar(NamedTuple):
    """Days of an event that are drawn alike: the number of the first on the axis, and how many."""

    kind: str
    begun: int
    length: int


class SeasonBars:
    """The bars of the events in one season."""

    def __init__(self, contents: Contents, first: date, last: date, number: int) -> None:
        self.contents = contents
        self.first = first
        self.last = last
        self.number = number

    @property
    def length(self) -> int:
        """How many days the season has."""
        return (self.last - self.first).days + 1

    @cached_property
    def bars(self) -> dict[str, list[_Bar]]:
        """By event, in the order of a list, its bars."""
        listing = self.contents.listing
        drawn = {each.event.id: self._bars_of(spans_of(each, listing.days)) for each in listing.events}
        return {key: bars for key, bars in drawn.items() if any(bar.kind != OTHER for bar in bars)}

    def _bars_of(self, spans: Sequence[EventSpan]) -> list[_Bar]:
        days: dict[int, str] = {}
        for span in spans:
            begun, over = max(span.first or self.first, self.first), min(span.last or self.last, self.last)
            numbers = range((begun - self.first).days, (over - self.first).days + 1)
            drawn = dict.fromkeys(numbers, _DRAWN_AS[span.kind])
            days = drawn | days if span.kind == "off" else days | drawn  # another showing of the day may be on
        return _joined(days)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.bars, 1)}

    def shape_id(self, event: str) -> str:
        """Return the id of the shape of an *event*, which the readers of all languages see."""
        return f"b{self.number}-{self._numbers[event]}"

    def shapes(self) -> Iterator[Markup]:
        """Yield the shape of each event, and before them the weekends that all of them show."""
        yield element("g", *self._weekends(), id=f"w{self.number}")
        for key, bars in self.bars.items():
            parts = (part for bar in bars for part in _shape(bar, self.length))
            yield element("g", element("use", href=f"#w{self.number}"), *parts, id=self.shape_id(key))

    def _weekends(self) -> Iterator[Markup]:
        begun = -((self.first.weekday() - SATURDAY) % 7)
        for at in range(begun, self.length, 7):
            first, last = max(at, 0), min(at + SATURDAY_AND_SUNDAY, self.length)
            if first < last:
                x, width = _percent(first, self.length), _percent(last - first, self.length)
                yield element("rect", x=x, width=width, height=HIGH, class_="w")


def _joined(days: dict[int, str]) -> list[_Bar]:
    bars: list[_Bar] = []
    for at, kind in sorted(days.items()):
        if bars and bars[-1].kind == kind and bars[-1].begun + bars[-1].length == at:
            bars[-1] = bars[-1]._replace(length=bars[-1].length + 1)
        else:
            bars.append(_Bar(kind, at, 1))
    return bars


def _shape(bar: _Bar, length: int) -> Iterator[Markup]:
    """Yield the parts of a bar on an axis of this *length*; they stretch with the image, whose width nobody knows."""
    x, over, width = (_percent(days, length) for days in (bar.begun, bar.begun + bar.length, bar.length))
    if bar.kind in {MAY, EVERY_DAY}:
        yield element("line", x1=x, x2=over, y1=5, y2=5, class_="o" if bar.kind == MAY else "y")
    elif bar.kind == CALLED_OFF:
        yield element("rect", x=x, width=width, y=1, height=8, class_="a")
        yield element("line", x1=x, x2=over, y1=1, y2=9, class_="a")
        yield element("line", x1=x, x2=over, y1=9, y2=1, class_="a")
    else:
        yield element("rect", x=x, width=width, height=HIGH, class_={OTHER: "x", DOUBTED: "x y"}.get(bar.kind))


def _percent(days: int, length: int) -> str:
    """Return a number of days as a part of an axis.

    >>> _percent(1, 62), _percent(31, 62)
    ('1.61%', '50%')
    """
    return f"{round(100 * days / length, 2):g}%"


def timelines(contents: Contents) -> list[SeasonBars]:
    """Return the timelines of a page: one for each season, none for a programme of a day or two."""
    seasons = [(first, last) for first, last in contents.seasons if (last - first).days + 1 >= FEWEST_DAYS]
    made = [SeasonBars(contents, first, last, number) for number, (first, last) in enumerate(seasons, 1)]
    return [each for each in made if each.bars]


def timeline_lists(drawn: Sequence[SeasonBars], edition: Edition) -> Iterator[Markup]:
    """Yield what the marks mean, and for each season its scale and its events with their days."""
    yield _legend(drawn)
    for timeline in drawn:
        items = (_item(key, timeline, edition) for key in timeline.bars)
        if len(drawn) > 1:
            yield element("h3", dates.days(timeline.first, timeline.last))
        scale = scale_of_days(timeline.first, timeline.length)
        yield element("ul", element("li", scale, aria_hidden="true"), *items, class_="t")


def _item(key: str, timeline: SeasonBars, edition: Edition) -> Markup:
    listed = edition.contents.by_id[key]
    shape = element("use", href=f"#{timeline.shape_id(key)}")
    bar = element("svg", shape, height=HIGH, aria_hidden="true")
    return element("li", event_link(listed.event, edition), " ", element("small", _when(listed)), bar)


def _when(listed: ListedEvent) -> str:
    """Return the days of an event, or from when to when it has how many showings, and which of them are off."""
    if listed.certainty == "permanent":
        return _("permanent")
    event = listed.event
    off = [each for each in listed.showings if each.is_off and event.status not in NOT_HELD]
    held = [each for each in listed.as_written if each not in off]
    told = [_days_of(held)] if held else []
    for label, showings in groupby(off, key=lambda each: phrases.status_label(event.at(each))):
        told.append(f"{label}: {_days_of(list(showings))}")
    return "; ".join(told)


def _days_of(showings: Sequence[Showing]) -> str:
    """Return the days of *showings*, or how many there are."""
    showings = sorted(showings, key=beginning)
    if len(showings) <= WRITTEN_OUT:
        return "; ".join(map(dates.showing, showings))
    days = dates.days(festival_days(showings[0])[0], max(festival_days(each)[1] for each in showings))
    return ngettext("{days}, {n} time", "{days}, {n} times", len(showings)).format(days=days, n=len(showings))


def scale_of_days(first: date, length: int) -> Markup:
    """Return the names of the months, and below them the dates of the Mondays, or of all days if they are few."""
    labels = []
    for number in range(length):
        day = first + number * ONE_DAY
        if day.day == 1 or not number:
            labels.append((number, short_months()[day.month - 1], 10))
        if length <= DAYS_WRITTEN or (day.weekday() == MONDAY and length <= DATES_WRITTEN):
            labels.append((number, str(day.day), 23))
    return axis_labels(labels, length)


def axis_labels(labels: Iterable[tuple[int, str, int]], length: int) -> Markup:
    """Return *labels*, each at a cell of an axis of this *length* and at a height."""
    texts = (element("text", text, x=_percent(at, length), y=high) for at, text, high in labels)
    return element("svg", *texts, width=300, height=26)


def _legend(drawn: Sequence[SeasonBars]) -> Markup:
    kinds = {bar.kind for timeline in drawn for bars in timeline.bars.values() for bar in bars}
    meanings = {
        ON: pgettext("in a timeline", "on"),
        MAY: _("closing day not published"),
        OTHER: _("another source has these days"),
        DOUBTED: _("another source does not have these days"),
        CALLED_OFF: _("cancelled or postponed"),
        EVERY_DAY: _("permanent"),
    }
    told = [(element("use", href=f"#k-{kind}"), text) for kind, text in meanings.items() if kind in kinds]
    told.append((element("use", href="#k-w"), _("weekend")))
    swatches = (
        element("li", element("svg", shape, width=28, height=HIGH, aria_hidden="true"), " ", text)
        for shape, text in told
    )
    return element("ul", *swatches, class_="k")


def legend_shapes() -> Iterator[Markup]:
    """Yield the shapes of the legend, and the pattern of hatched bars."""
    for kind in (ON, MAY, OTHER, DOUBTED, CALLED_OFF, EVERY_DAY):
        yield element("g", *_shape(_Bar(kind, 0, 1), 1), id=f"k-{kind}")
    yield element("g", element("rect", width=28, height=HIGH, class_="w"), id="k-w")
