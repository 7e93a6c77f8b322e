"""The page of what has changed between two versions of a programme."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import beginning, festival_days
from kzfest.core.localized import person_name, text_in
from kzfest.core.model import NOT_HELD
from kzfest.core.revisions import CHANGE_KINDS, other_people, other_places
from kzfest.formats import dates
from kzfest.formats.page import Column, Paragraph, Section, StyledText, Table, cell, joined, line
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kzfest.core.known_event import KnownEvent, KnownShowing
    from kzfest.core.model import Texts
    from kzfest.core.revisions import ChangeKind, EventChange
    from kzfest.formats.page import Cell, Line, Page, Style

TIMES_TOLD = 3
"""If more times of an event have changed, the number of the others is told."""
ROOMS_ALIKE = 5
"""As many events in one room that have nothing but another room now are told in one row: it has another name."""
SHIFTS_ALIKE = 20
"""As many events that are later or earlier by the same time are told in one row."""
BY_IMPORTANCE: tuple[ChangeKind, ...] = (
    *("cancelled", "postponed", "gone", "moved", "place", "dropped", "restored", "added", "new", "renamed", "people"),
)
"""All kinds but *past*, in the order of the rows."""


class _Row(NamedTuple):
    """An event that has changed, or several that have changed alike."""

    change: EventChange
    is_planned: bool = False
    events: int = 1
    """How many events it stands for."""


def changes_of_events_page(found: Sequence[EventChange], *, language: str, planned: Collection[str] = ()) -> Page:
    """Return the page of the changes *found*: their numbers, and each event in a row; empty if there are none.

    Events with an id that is *planned* come first. What is over and is no longer listed is only counted.
    """
    rows = [each for each in found if {*each.kinds} - {"past"}]
    over = [each for each in found if "past" in each.kinds]
    in_plan = [each for each in rows if _ids(each) & {*planned}]
    page: list[Paragraph | Table] = []
    if rows:
        page.append(Paragraph(line(StyledText(_counts(rows), "strong"), *_in_plan(len(in_plan)))))
        page.append(_table(rows, language, planned))
    if told := list(_past(over)):
        page.append(
            Paragraph(line(StyledText(told[0], "faint")), tuple(line(StyledText(each, "faint")) for each in told[1:]))
        )
    return page


def _ids(change: EventChange) -> set[str]:
    return {each.id for each in (change.before, change.after) if each}


def _counts(found: Sequence[EventChange]) -> str:
    """Return how many events have changed in each way."""
    counts = Counter(kind for each in found for kind in each.kinds)
    told = {
        "new": lambda n: ngettext("{n} new", "{n} new", n),
        "gone": lambda n: ngettext("{n} gone", "{n} gone", n),
        "cancelled": lambda n: ngettext("{n} cancelled", "{n} cancelled", n),
        "postponed": lambda n: ngettext("{n} postponed", "{n} postponed", n),
        "restored": lambda n: ngettext("{n} on again", "{n} on again", n),
        "moved": lambda n: ngettext("{n} moved", "{n} moved", n),
        "added": lambda n: ngettext("{n} with further times", "{n} with further times", n),
        "dropped": lambda n: ngettext("{n} with fewer times", "{n} with fewer times", n),
        "place": lambda n: ngettext("{n} at another place", "{n} at another place", n),
        "renamed": lambda n: ngettext("{n} renamed", "{n} renamed", n),
        "people": lambda n: ngettext("{n} with other people", "{n} with other people", n),
    }
    return ", ".join(
        told[kind](counts[kind]).format(n=counts[kind]) for kind in CHANGE_KINDS if kind in told and counts[kind]
    )


def _in_plan(count: int) -> tuple[StyledText, ...]:
    text = ngettext("{n} of these events is in your plan", "{n} of these events are in your plan", count).format(
        n=count
    )
    return (StyledText("; "), StyledText(text, "warning")) if count else ()


def _past(over: Sequence[EventChange]) -> Iterator[str]:
    """Yield how many events, and how many times of others, are over and are no longer listed."""
    events = sum(each.after is None for each in over)
    times = sum(len(each.past) for each in over if each.after)
    if events:
        message = ngettext(
            "{n} event is over and is no longer listed", "{n} events are over and are no longer listed", events
        )
        yield message.format(n=events)
    if times:
        message = ngettext(
            "{n} time of other events is over and is no longer listed",
            "{n} times of other events are over and are no longer listed",
            times,
        )
        yield message.format(n=times)


def _table(found: Sequence[EventChange], language: str, planned: Collection[str]) -> Table:
    columns = (
        Column(_("What"), wraps=False),
        Column(_("Event")),
        Column(_("Change")),
        Column(_("Id"), from_width=110, wraps=False),
    )
    starts = [each for change in found for each in _first_start(change)]
    about = min(starts, default=date.min)
    rows = sorted(_rows(found, planned), key=_order)
    return Table(columns, (Section("", tuple(_cells(each, language, about) for each in rows)),))


def _first_start(change: EventChange) -> Iterator[date]:
    showings = [each.times for each in (*change.dropped, *change.added, *change.event.showings)]
    yield from (festival_days(each)[0] for each in showings)


def _rows(found: Sequence[EventChange], planned: Collection[str]) -> Iterator[_Row]:
    """Yield a row for each event, and one for many that have changed in the same way."""
    alike: defaultdict[object, list[EventChange]] = defaultdict(list)
    for each in found:
        if _ids(each) & {*planned}:
            yield _Row(each, is_planned=True)
        else:
            alike[_likeness(each)].append(each)
    for likeness, changes in alike.items():
        if likeness and len(changes) >= (SHIFTS_ALIKE if isinstance(likeness, timedelta) else ROOMS_ALIKE):
            yield _Row(changes[0], events=len(changes))
        else:
            yield from map(_Row, changes)


def _likeness(change: EventChange) -> object:
    """Return what a change has in common with others that a room or a whole day of talks may have; None if nothing."""
    if change.before is None or change.after is None:
        return None
    if change.kinds == ("place",):
        return repr(other_places(change.before, change.after))
    return _shift(change) if change.kinds == ("moved",) else None


def _shift(change: EventChange) -> timedelta | None:
    """Return by how much all times of an event have moved, if they have by the same; the clocks there count."""
    pairs = list(zip(change.dropped, change.added, strict=False))
    shifts = {after.clock - before.clock for before, after in pairs}
    lengths = {_length(after) == _length(before) for before, after in pairs}
    is_same = len(change.dropped) == len(change.added) and len(shifts) == 1 and lengths == {True}
    return shifts.pop() if is_same else None


def _length(showing: KnownShowing) -> timedelta | None:
    return None if showing.end is None else showing.end - showing.start


def _order(row: _Row) -> tuple[object, ...]:
    change = row.change
    kind = next(kind for kind in BY_IMPORTANCE if kind in change.kinds)
    showings = change.dropped or change.added or change.event.showings
    first = min((beginning(each.times) for each in showings), default=(date.max, 0.0))
    return not row.is_planned, BY_IMPORTANCE.index(kind), -row.events, first


def _cells(row: _Row, language: str, about: date) -> tuple[Cell, ...]:
    change = row.change
    kinds = cell(*(_kind(kind) for kind in BY_IMPORTANCE if kind in change.kinds))
    if row.events > 1:
        events = ngettext("{n} event", "{n} events", row.events).format(n=row.events)
        told = cell(*_place_lines(change, language)) if change.kinds == ("place",) else cell(_shift_text(change))
        return kinds, cell(StyledText(events, "strong")), told, ()
    mark = StyledText(_("in your plan"), "warning") if row.is_planned else None
    return kinds, cell(_title(change, language), mark), cell(*_lines(change, language, about)), cell(change.event.id)


def _kind(kind: ChangeKind) -> StyledText:
    """Return what has happened to an event, in a word or two."""
    words: dict[ChangeKind, tuple[str, Style]] = {
        "new": (_("new"), "good"),
        "gone": (_("gone"), "bad"),
        "cancelled": (_("cancelled"), "bad"),
        "postponed": (_("postponed"), "bad"),
        "restored": (_("on again"), "good"),
        "moved": (_("moved"), "warning"),
        "added": (_("further times"), "good"),
        "dropped": (_("fewer times"), "warning"),
        "place": (_("other place"), "warning"),
        "renamed": (_("renamed"), ""),
        "people": (_("other people"), ""),
    }
    return StyledText(*words[kind])


def _title(change: EventChange, language: str) -> Line:
    now = phrases.localized_line(change.event.title, language, "strong")
    if "renamed" not in change.kinds or change.before is None:
        return now
    return joined((phrases.localized_line(change.before.title, language), now), " → ")


def _lines(change: EventChange, language: str, about: date) -> Iterator[Line]:
    """Yield what has changed, and of what stays when it is."""
    before, after, kinds = change.before, change.after, change.kinds
    if before is None or after is None:
        yield from _whole(change.event, language, about)
        return
    times = list(_time_lines(change, about))
    yield from times
    if "place" in kinds:
        yield from _place_lines(change, language)
    if "people" in kinds:
        left, came = other_people(before, after)
        for people, message in ((came, _("now with {people}")), (left, _("no longer with {people}"))):
            if people:
                names = ", ".join(person_name(text_in(each, language) or "") for each in people)
                yield line(message.format(people=names))
    if not times:
        yield from _short([_on_weekday(each, about) for each in _told_showings(change, after)], "faint")


def _whole(event: KnownEvent, language: str, about: date) -> Iterator[Line]:
    """Yield when and where an event is that is new, or was that is gone."""
    status = event.status if event.status in NOT_HELD else None
    if status:
        yield line(_kind("cancelled" if status == "cancelled" else "postponed"))
    yield from _short([_on_weekday(each, about) for each in event.showings])
    places = event.showings[0].places if event.showings else event.places
    if where := _place(places, language):
        yield tuple(StyledText(span.text, "faint") for span in where)


def _told_showings(change: EventChange, after: KnownEvent) -> Sequence[KnownShowing]:
    """Return the times of an event that are off now, or all times."""
    off = [each for each in after.showings if each.status in NOT_HELD]
    return off if off and {"cancelled", "postponed"} & {*change.kinds} else after.showings


def _time_lines(change: EventChange, about: date) -> Iterator[Line]:
    """Yield how the times of an event have changed."""
    before, after, dropped, added = change.before, change.after, change.dropped, change.added
    if len(dropped) == len(added):
        pairs = zip(dropped, added, strict=True)
        yield from _short([dates.moved_showing(one.times, other.times, about) for one, other in pairs])
    else:
        unknown = _("date not announced")
        gone, more = ([_on_weekday(each, about) for each in times] for times in (dropped, added))
        if after and not after.showings:
            gone = [f"{when} → {unknown}" for when in gone]
        elif not added or dropped:
            gone = [_("no longer {when}").format(when=when) for when in gone]
        if before and not before.showings:
            more = [f"{unknown} → {when}" for when in more]
        else:
            more = [_("also {when}").format(when=when) for when in more]
        yield from _short(gone)
        yield from _short(more)
    if before and after and before.rule != after.rule:
        yield line(_("repeats on other days"))


def _short(lines: Sequence[str], style: Style = "") -> Iterator[Line]:
    """Yield the first *lines*, and how many more there are."""
    most = len(lines) if len(lines) == TIMES_TOLD + 1 else TIMES_TOLD
    yield from (line(StyledText(each, style)) for each in lines[:most])
    if more := len(lines[most:]):
        yield line(StyledText(ngettext("and {n} more", "and {n} more", more).format(n=more), "faint"))


def _place_lines(change: EventChange, language: str) -> Iterator[Line]:
    """Yield the old and the new places of an event; the venue only if it is another one."""
    if change.before is None or change.after is None:
        return
    for was, now in other_places(change.before, change.after):
        is_same_venue = len(was) == len(now) == 2 and was[1] == now[1]
        yield joined((_place(each[: 1 if is_same_venue else None], language) for each in (was, now)), " → ")


def _place(places: Sequence[Texts], language: str) -> Line:
    return joined((phrases.localized_line(each, language) for each in places), ", ")


def _shift_text(change: EventChange) -> str:
    return dates.shift(int((_shift(change) or timedelta()).total_seconds()) // 60)


def _on_weekday(showing: KnownShowing, about: date) -> str:
    return dates.showing_on_weekday(showing.times, about)
