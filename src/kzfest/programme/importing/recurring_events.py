"""Entries for the dates of recurring events: RRULE, RDATE, EXDATE and RECURRENCE-ID (RFC 5545, 3.8.4 and 3.8.5)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.recurrence import REPEATS_AT_MOST, rule_dates
from kzfest.i18n import ngettext
from kzfest.programme.importing.calendar_times import UNREADABLE_RULE
from kzfest.programme.importing.limits import LONGEST_RULE, MOST_DAYS_SEARCHED, YEARS_OF_ENDLESS_RULE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kzfest.programme.importing.entries import Clock, Entry

_LATEST = date(5900, 1, 1)
"""Before this day, rules can be written out: a catalogue holds the days up to 5999."""
_YEAR = timedelta(days=366)
_NO_COUNT = re.compile(r"(?:^|(?<=;))COUNT=(?:-\d+|0)(?:;|$)")
"""Confluence writes COUNT=-1 beside UNTIL."""
_YEARS_OF_COUNTED_RULE = 50
"""Years in which a rule must find its number of dates, as in our own format."""


class Recurrence(NamedTuple):
    """How an event recurs."""

    rules: Sequence[str]
    dates: Sequence[Clock]
    except_rules: Sequence[str]
    except_dates: Sequence[Clock]


class Override(NamedTuple):
    """An entry that replaces one date of a recurring event, or all from then on."""

    replaces: Clock
    and_later: bool
    entry: Entry


class _Overrides(NamedTuple):
    """The overrides of an event: of single dates by these, and of all from a date on, in order, with these dates."""

    single: Mapping[Clock, Entry]
    begins: Sequence[datetime]
    ranged: Sequence[Entry]
    titles: AbstractSet[str]


class Expansion:
    """Writes out recurring events within limits, and remembers what it left out."""

    def __init__(self, overrides: Mapping[str, Sequence[Override]], last: date | None) -> None:
        self._overrides = overrides
        self._last = last
        self._days_left = MOST_DAYS_SEARCHED
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._used: set[int] = set()
        self._sorted: dict[tuple[str, object], _Overrides] = {}

    def dates_of(self, entry: Entry, recurrence: Recurrence | None) -> Iterator[Entry]:
        """Yield an entry for each date of the event of *entry*, first those that nothing overrides."""
        start, uid = entry.start, entry.keys.get("uid", "")
        if start is None or (recurrence is None and uid not in self._overrides):
            yield entry
            return
        overrides = self._overrides_of(uid, start)
        series = entry.title if overrides.titles - {str(entry.title)} and isinstance(entry.title, str) else None
        replaced: list[Entry] = []
        for at in self._starts(start, recurrence):
            local = _local(at, start)
            number = bisect_right(overrides.begins, _comparable(local)) - 1
            if override := overrides.single.get(local) or overrides.single.get(_day(local)):
                replaced.append(replace(_dated(override, at, at), series=series))
                self._used.add(id(override))
            elif number >= 0:
                later = _dated(overrides.ranged[number], at, overrides.begins[number])
                replaced.append(replace(later, series=series))
            else:
                yield replace(_dated(entry, at, start), series=series)
        yield from replaced

    def unused(self) -> Iterator[Entry]:
        """Yield the overrides of dates that no event has."""
        for uid_overrides in self._overrides.values():
            for override in uid_overrides:
                if id(override.entry) not in self._used:
                    yield override.entry

    def _overrides_of(self, uid: str, start: Clock) -> _Overrides:
        """Return the overrides of the events with this *uid*, by the clocks of the event that begins at *start*."""
        key = uid, start.tzinfo if isinstance(start, datetime) else date
        if key not in self._sorted:
            given = self._overrides.get(uid, ())
            ranged = sorted((each for each in given if each.and_later), key=lambda each: _sort_key(each, start))
            self._used.update(id(each.entry) for each in ranged)
            self._sorted[key] = _Overrides(
                {_local(each.replaces, start): each.entry for each in given if not each.and_later},
                [_sort_key(each, start) for each in ranged],
                [each.entry for each in ranged],
                {str(each.entry.title) for each in given},
            )
        return self._sorted[key]

    def remarks(self) -> Iterator[str]:
        """Yield sentences about rules that were not written out in full."""
        if number := self._counts["endless"]:
            yield ngettext(
                "{n} recurring event has no last date; its dates were read for {years} years, or to the last day of"
                " the file",
                "{n} recurring events have no last date; their dates were read for {years} years, or to the last day of"
                " the file",
                number,
            ).format(n=number, years=YEARS_OF_ENDLESS_RULE)
        if number := self._counts["cut"]:
            yield ngettext(
                "{n} recurring event has more dates than were read, at most {most}",
                "{n} recurring events have more dates than were read, at most {most} of each",
                number,
            ).format(n=number, most=REPEATS_AT_MOST)
        if number := self._counts["unreadable"]:
            yield ngettext(
                "the rule of {n} recurring event cannot be read, so only its first date was",
                "the rules of {n} recurring events cannot be read, so only their first dates were",
                number,
            ).format(n=number)

    def _starts(self, start: Clock, recurrence: Recurrence | None) -> list[Clock]:
        """Return when an event that begins first at *start* begins, in order."""
        if recurrence is None:
            return [start]
        found: dict[Clock, Clock] = {_local(start, start): start}
        for rule in recurrence.rules:
            found |= {_local(each, start): each for each in self._rule(rule, start)}
        found |= {_local(each, start): _like(each, start) for each in recurrence.dates}
        left_out = {_local(each, start) for each in recurrence.except_dates}
        left_out |= {_local(each, start) for rule in recurrence.except_rules for each in self._rule(rule, start)}
        kept = [key for key in found if key not in left_out and _day(key) not in left_out]
        return [found[key] for key in sorted(kept, key=_comparable)]

    def _rule(self, written: str, start: Clock) -> Sequence[Clock]:
        rule = _NO_COUNT.sub("", "".join(written.upper().split())).strip(";")
        first = start.date() if isinstance(start, datetime) else start
        is_endless = "COUNT=" not in rule and "UNTIL=" not in rule
        years = YEARS_OF_ENDLESS_RULE if is_endless else _YEARS_OF_COUNTED_RULE
        try:
            until = min(max(first + years * _YEAR, self._last or first), _LATEST)
            if len(rule) > LONGEST_RULE:
                raise ValueError(rule)
            dates = rule_dates(rule, start, until=until, most_days=max(self._days_left, 0))
        except UNREADABLE_RULE:
            self._counts["unreadable"] += 1
            return ()
        self._days_left -= dates.days_searched
        self._counts["cut" if dates.is_cut else "endless"] += dates.is_cut or is_endless
        return dates.found


def _dated(model: Entry, at: Clock, model_start: Clock) -> Entry:
    """Return *model*, which stands for what begins at *model_start*, for what begins at *at* instead."""
    instance = at.strftime("%Y%m%d-%H%M") if isinstance(at, datetime) else at.strftime("%Y%m%d")
    by = _comparable(_local(at, at)) - _comparable(_local(model_start, at))
    try:
        start, end = (when and when + by for when in (model.start, model.end))
    except OverflowError:  # after the year 9999
        start = end = None
    return replace(model, start=start, end=end, instance=instance)


def _local(when: Clock, like: Clock) -> Clock:
    """Return *when* as the clocks in the zone of *like* show it, so that both can be compared."""
    if not isinstance(when, datetime):
        return when
    own = like.tzinfo if isinstance(like, datetime) else None
    local = when.astimezone(own) if own and when.tzinfo else when
    return local.replace(tzinfo=None) if isinstance(like, datetime) else local.date()


def _like(when: Clock, like: Clock) -> Clock:
    """Return *when* as the same kind of time as *like*: a day is the same hour on that day."""
    local = _local(when, like)
    if not isinstance(like, datetime):
        return local
    if not isinstance(local, datetime):
        return datetime.combine(local, like.timetz())
    return local.replace(tzinfo=like.tzinfo)


def _day(when: Clock) -> date:
    return when.date() if isinstance(when, datetime) else when


def _sort_key(override: Override, start: Clock) -> datetime:
    return _comparable(_local(override.replaces, start))


def _comparable(when: Clock) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)  # noqa: DTZ001  # local
