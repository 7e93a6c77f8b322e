"""Entries for the dates of recurring events: RRULE, RDATE, EXDATE and RECURRENCE-ID (RFC 5545, 3.8.4 and 3.8.5)."""

from __future__ import annotations

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

    from kzfest.programme.importing.entries import Clock, Entry

_LATEST = date(5900, 1, 1)
"""Before this day, rules can be written out: a catalogue holds the days up to 5999."""
_YEAR = timedelta(days=366)
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


class Expansion:
    """Writes out recurring events within limits, and remembers what it left out."""

    def __init__(self, overrides: Mapping[str, Sequence[Override]], last: date | None) -> None:
        self._overrides = overrides
        self._last = last
        self._days_left = MOST_DAYS_SEARCHED
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._used: set[int] = set()

    def dates_of(self, entry: Entry, recurrence: Recurrence | None) -> Iterator[Entry]:
        """Yield an entry for each date of the event of *entry*, first those that nothing overrides."""
        overrides = self._overrides.get(entry.keys.get("uid", ""), ())
        if recurrence is None and not overrides:
            yield entry
            return
        start = entry.start
        if start is None:
            yield entry
            return
        single = {_local(each.replaces, start): each for each in overrides if not each.and_later}
        ranged = sorted((_local(each.replaces, start), each.entry) for each in overrides if each.and_later)
        is_renamed = any(each.entry.title != entry.title for each in overrides)
        series = entry.title if is_renamed and isinstance(entry.title, str) else None
        replaced: list[Entry] = []
        for at in self._starts(start, recurrence):
            override = single.get(_local(at, start)) or single.get(_day(at))
            model, model_start = entry, start
            for begun, later in ranged:
                if _comparable(begun) <= _comparable(_local(at, start)):
                    model, model_start = later, begun
            if override:
                model, model_start = override.entry, at
                self._used.add(id(override.entry))
            dated = _dated(model, at, model_start, series)
            if model is entry:
                yield dated
            else:
                replaced.append(dated)
        yield from replaced
        self._used.update(id(each) for _begun, each in ranged)

    def unused(self) -> Iterator[Entry]:
        """Yield the overrides of dates that no event has."""
        for uid_overrides in self._overrides.values():
            for override in uid_overrides:
                if id(override.entry) not in self._used:
                    yield override.entry

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
                "{n} recurring event has more dates than the {most} that were read",
                "{n} recurring events have more dates than the {most} that were read",
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
        rule = "".join(written.upper().split()).strip(";")
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


def _dated(model: Entry, at: Clock, model_start: Clock, series: str | None) -> Entry:
    """Return *model*, which stands for what begins at *model_start*, for what begins at *at* instead."""
    instance = at.strftime("%Y%m%d-%H%M") if isinstance(at, datetime) else at.strftime("%Y%m%d")
    start, end = model.start, model.end
    moved = _local(at, at)
    if start is not None and _comparable(_local(model_start, at)) != _comparable(moved):
        by = _comparable(moved) - _comparable(_local(model_start, at))
        start = start + by
        end = None if end is None else end + by
    return replace(model, start=start, end=end, instance=instance, series=series)


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


def _comparable(when: Clock) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)  # noqa: DTZ001  # local
