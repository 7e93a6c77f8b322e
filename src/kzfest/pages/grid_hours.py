"""The hours of a grid. In a night on which clocks change, an hour is there twice or not at all."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple, Self

from kzfest.core.festival_day import ClockChange, by_own_clock, clock_change


class GridHours(NamedTuple):
    """The minutes of a grid: those that clocks show, counted from the midnight before a festival day.

    Columns of several days and zones have one scale. What clocks show twice on one of them is there twice, and what
    clocks of none show is left out.
    """

    skipped: tuple[tuple[int, int], ...] = ()
    """From which minute to which the clocks go forward."""
    repeated: tuple[tuple[int, int], ...] = ()
    """At which minute the clocks go back, and how many minutes."""

    @classmethod
    def of(cls, days: Collection[tuple[date, tzinfo]]) -> Self:
        """Return the hours of columns with these *days*, each in a zone."""
        changes = [_in_minutes(day, clock_change(day, zone)) for day, zone in days]
        forward = set.intersection(*({each} if each and each[0] < each[1] else set() for each in changes or [None]))
        back = {before: before - after for before, after in filter(None, changes) if before > after}
        return cls(tuple(sorted(forward)), tuple(sorted(back.items())))

    def minute(self, day: date, moment: datetime, zone: tzinfo) -> int:
        """Return the minute of *moment* in the column of *day*; in another zone than *zone* what its clocks show."""
        here = by_own_clock(moment, zone)
        shown = _minute(day, here)
        return shown + sum(
            length for changed, length in self.repeated if shown >= changed or (here.fold and shown >= changed - length)
        )

    def shown(self, minute: int) -> int:
        """Return the minute that clocks show at a *minute* of the grid."""
        back = 0
        for changed, length in self.repeated:
            if minute >= changed + back:
                back += length
        return minute - back

    def rows(self, numbers: Iterable[int], step: int) -> list[tuple[int, int]]:
        """Return the rows with these *numbers*, of *step* minutes each, without minutes that clocks skip."""
        rows = []
        for number in numbers:
            start, end = number * step, (number + 1) * step
            for before, after in self.skipped:
                if before <= start < after:
                    start = min(after, end)
            if start < end:
                rows.append((start, end))
        return rows

    def changed_at(self, last: int, start: int) -> tuple[bool, int] | None:
        """Return whether clocks go forward between rows up to *last* and from *start* on, and to which minute.

        None if they do not change there.
        """
        for before, after in self.skipped:
            if last <= before and start == after:
                return True, after
        back = 0
        for changed, length in self.repeated:
            if last <= changed + back <= start:
                return False, changed - length
            back += length
        return None


def _minute(day: date, moment: datetime) -> int:
    """Return the minutes from the midnight before *day* to *moment*, as clocks show them."""
    return int((moment.replace(tzinfo=None) - datetime.combine(day, time())).total_seconds() // 60)


def _in_minutes(day: date, change: ClockChange | None) -> tuple[int, int] | None:
    return (_minute(day, change.before), _minute(day, change.after)) if change else None
