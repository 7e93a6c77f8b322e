"""Days, times of day and lengths as people write them in tables, in several languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kzfest.programme.importing import moments
from kzfest.programme.importing.time_tokens import (
    DOORS,
    OF_DAYS,
    TOKEN,
    WORDS_OF_ENDS,
    ZONES,
    clock_in,
    days_before,
    days_in,
    offset_in,
)
from kzfest.programme.importing.written_days import WrittenDay, days_joined, in_year

if TYPE_CHECKING:
    from collections.abc import Sequence

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−→", "-") | dict.fromkeys("\u00a0\u202f\u2009\n\r\t()", " ") | {"’": "'"})
_BARE_HOURS = re.compile(r"(\d\d?)(?: ?- ?(\d\d?))?")
_BARE_DAY = re.compile(r"\d\d?\.\d\d?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?: ?- ?([01]\d|2[0-3])([0-5]\d))?(?: ?h(?:rs|ours)?)?")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:t\d.*|\s\d\d:\d\d:\d\d\s?[+-]\d\d:?\d\d)")
_WITH_COMMA = re.compile(r"(\d\d?),([0-5]\d)(?=$| ?uhr$| ?h$)")
_LENGTH = re.compile(
    r"(\d{1,5}(?:\.\d{1,4})?)"
    r"|(?:(\d{1,3}(?:\.\d{1,4})?) ?(?:h|hrs?|hours?|std|stunden?|heures?|horas?|or[ea]|ч|час(?:а|ов)?|сағ(?:ат)?)\.?)?"
    r"[ :]?(?:(\d{1,4}) ?(?:m|mins?|minutes?|minuten?|minutos?|minuti|мин|минут[аы]?|хв|')?\.?)?"
    r"|(\d{1,3}):(\d\d)(?::\d\d)?(?: ?h)?"
)
_LONGEST_TIME = 200
"""Characters; a longer cell is a text."""
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")
"""Seconds or milliseconds since 1970."""
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.(\d+))?")
_DAY_FRACTION = re.compile(r"0\.\d{3,}")
EXCEL_EPOCH = date(1899, 12, 30)


class WrittenSpan(NamedTuple):
    """One time in a cell, as far as it says it; clocks are minutes after midnight."""

    day: WrittenDay | None = None
    clock: int | None = None
    end_day: WrittenDay | None = None
    end_clock: int | None = None
    offset: tzinfo | None = None
    half: str = ""
    """The a of a.m. or the p of p.m."""
    zone: str = ""
    """What the cell calls its time zone."""
    is_daily: bool = False
    """Whether the clocks are those of each day up to the last one."""

    def beside(self, day: WrittenSpan) -> WrittenSpan:
        """Return this time with what *day*, the cell of another column, says about its day."""
        own = days_joined(day.day, self.day) if day.day and self.day else self.day or day.day
        clocks = (day.clock, day.end_clock) if self.clock is None else (self.clock, self.end_clock)
        is_daily = self.clock is not None and self.day is None and day.end_day is not None and day.clock is None
        ends = self.end_day or day.end_day
        return WrittenSpan(
            own,
            clocks[0],
            ends,
            clocks[1],
            self.offset or day.offset,
            half=self.half or day.half,
            zone=self.zone or day.zone,
            is_daily=self.is_daily or is_daily,
        )


class Written(NamedTuple):
    """What a cell says about time."""

    spans: Sequence[WrittenSpan]
    is_open: bool
    """Whether it says that the time is not known yet."""
    words: int = 0
    """Words and numbers that mean nothing here."""
    has_rest: bool = False
    """Whether there are numbers that were not read."""


@lru_cache(maxsize=10_000)
def written(text: str, *, is_day: bool = False, epoch: date = EXCEL_EPOCH) -> Written:
    """Return the times in *text*, the cell of a column of days if *is_day*; *epoch* is day 0 of a spreadsheet.

    >>> [span.clock for span in written("9–10am, 14h30; 8:15 PM").spans]
    [540, 870, 1215]
    """
    plain = " ".join(text[:_LONGEST_TIME].casefold().translate(_DASHES).split())
    if _ISO.fullmatch(plain) and isinstance(exact := moments.iso_time(plain), datetime):
        return _exactly(exact.date(), exact.hour * 60 + exact.minute, exact.tzinfo)
    if found := _SECONDS.fullmatch(plain):
        exact = datetime.fromtimestamp(int(found[1]), UTC)
        return _exactly(exact.date(), exact.hour * 60 + exact.minute, UTC)
    if found := _SERIAL.fullmatch(plain):
        minutes = round(float(f"0.{found[2]}") * 1440) if found[2] else None
        return _exactly(epoch + timedelta(days=int(found[1])), minutes)
    if is_day and _BARE_DAY.fullmatch(plain):
        plain += "."
    elif not is_day and _DAY_FRACTION.fullmatch(plain):
        return Written([WrittenSpan(clock=round(float(plain) * 1440))], is_open=False)
    elif not is_day and (found := _WITH_COMMA.match(plain)):
        plain = f"{found[1]}:{found[2]}{plain[found.end() :]}"
    elif not is_day and (found := _MILITARY.fullmatch(plain)):
        plain = f"{found[1]}:{found[2]}" + (f"-{found[3]}:{found[4]}" if found[3] else "")
    elif not is_day and (found := _BARE_HOURS.fullmatch(plain)):
        plain = "-".join(f"{hour}:00" for hour in found.groups() if hour)
    return _read(plain)


def lone_day(text: str, epoch: date = EXCEL_EPOCH) -> WrittenDay | None:
    """Return the day that *text* is, if it is nothing else."""
    span = _lone(written(text, is_day=True, epoch=epoch))
    return span.day if span and span.clock is None and span.end_day is None else None


def lone_time(text: str) -> WrittenSpan | None:
    """Return the time that *text* is, from a time of day and perhaps to another, if it is nothing else."""
    is_number = text.isdecimal() and len(text) < len("0900")
    span = None if is_number or not text else _lone(written(text))
    return span if span and span.clock is not None else None


def _lone(found: Written) -> WrittenSpan | None:
    return found.spans[0] if len(found.spans) == 1 and not found.words and not found.is_open else None


def _exactly(day: date, minutes: int | None, offset: tzinfo | None = None) -> Written:
    known = (day.month, day.day)
    return Written([WrittenSpan(WrittenDay(day.year, known, known), minutes, offset=offset)], is_open=False)


class _CellReader:
    """Takes the tokens of a cell one after another, and finds the times that they give together."""

    def __init__(self) -> None:
        self._spans = [WrittenSpan()]
        self._also: list[tuple[int, WrittenDay]] = []
        self._lone_year: int | None = None
        self._is_end = self._is_until = self._is_open = self._is_other = self._has_rest = False
        self._words = 0

    def take(self, found: re.Match[str]) -> None:
        """Take the next token."""
        if found["to"]:
            self._is_until = found["to"] in WORDS_OF_ENDS
            self._is_end = self._is_until or self._spans[-1] != WrittenSpan()
        elif found["open"]:
            self._is_open = True
        elif found["lone"]:
            self._lone_year = int(found["lone"])
        elif (minutes := clock_in(found)) is not None:
            self._take_clock(found, minutes)
        elif days := days_in(found):
            self._take_days(days)
            self._also += [(len(self._spans) - 1, day) for day in days_before(found, days[-1])]
        elif found["number"] and self._is_end and self._spans[-1].clock is not None and int(found["number"]) <= 24:
            self._take_clock(found, int(found["number"]) * 60)
        elif found["word"] in ZONES and self._spans[-1].clock is not None:
            self._spans[-1] = self._spans[-1]._replace(zone=found["word"])
        else:
            self._is_other |= found["word"] in DOORS
            self._has_rest |= bool(found["number"])
            self._words += bool(found["number"] or (found["word"] and found["word"] not in OF_DAYS))

    def written(self) -> Written:
        """Return what all tokens say."""
        spans = [*(self._spans[index]._replace(day=day) for index, day in self._also), *self._spans]
        years = [day.year for span in spans for day in (span.day, span.end_day) if day and day.year]
        year = next(iter(years), self._lone_year)
        found = [
            each._replace(day=in_year(each.day, year), end_day=in_year(each.end_day, year))
            for each in spans
            if each != WrittenSpan()
        ]
        return Written(found, self._is_open, self._words, self._has_rest)

    def _take_clock(self, found: re.Match[str], minutes: int) -> None:
        now = self._spans[-1]
        if self._is_other:
            self._is_other = False
            return
        half, offset = found["half"] or found["half2"] or "", offset_in(found) or now.offset
        if self._is_end and (self._is_until or now.clock is not None):
            self._spans[-1] = _ended(now, minutes, half)._replace(offset=offset)
        elif now.clock is None:
            self._spans[-1] = now._replace(clock=minutes, offset=offset, half=half)
        else:
            self._spans.append(WrittenSpan(day=now.day, clock=minutes, offset=offset, half=half))
        self._is_end = self._is_until = False

    def _take_days(self, days: Sequence[WrittenDay]) -> None:
        """Add *days*, the first and perhaps the last, to the last span, or to a new one if that has its day."""
        now, first = self._spans[-1], days[0]
        held = now.end_day if self._is_end else now.day
        if held and held.is_dated and first.is_dated:
            self._spans.append(WrittenSpan(day=first))
        elif self._is_end:
            self._spans[-1] = now._replace(end_day=days_joined(held, first))
        else:
            self._spans[-1] = now._replace(day=days_joined(held, first))
        if len(days) > 1:
            self._spans[-1] = self._spans[-1]._replace(end_day=days[1])


def _read(plain: str) -> Written:
    reader = _CellReader()
    for found in TOKEN.finditer(plain):
        reader.take(found)
    return reader.written()


def _ended(span: WrittenSpan, minutes: int, half: str) -> WrittenSpan:
    """Return *span* with its end. A beginning without a half of the day takes that of the end: 9–10am."""
    begun = span.clock
    if begun is not None and half and not span.half and begun < 13 * 60:
        other = begun % 720 + (720 if half == "p" else 0)
        begun = other if other < minutes else begun % 720
    if begun is not None and span.half and not half:
        minutes = end_after(begun, minutes)
    return span._replace(clock=begun, end_clock=minutes, half=half or span.half)


def end_after(begun: int, minutes: int) -> int:
    """Return the end *minutes*, which may lack its p.m., after the time of day *begun*, which has its half of the day.

    >>> end_after(9 * 60, 60) == 13 * 60, end_after(22 * 60, 2 * 60) == 2 * 60
    (True, True)
    """
    return minutes + 12 * 60 if minutes <= begun < minutes + 12 * 60 and minutes < 12 * 60 else minutes


def length_of(text: str, *, in_hours: bool = False) -> timedelta | None:
    """Return the length that *text* gives; a number alone is minutes, or hours if *in_hours*. None if it is none.

    >>> [str(length_of(each)) for each in ("00hr:50min", "1:30", "90", "1h30", "0:50:00", "1,5 Std.", "PT30M")]
    ['0:50:00', '1:30:00', '1:30:00', '1:30:00', '0:50:00', '1:30:00', '0:30:00']
    """
    plain = " ".join(text[:_LONGEST_TIME].casefold().translate(_DASHES).split()).replace(",", ".")
    found = _LENGTH.fullmatch(plain)
    if found and any(found.groups()):
        number, hours, minutes, clock_hours, clock_minutes = (float(part or 0) for part in found.groups())
        lasts = timedelta(hours=hours + clock_hours, minutes=minutes + clock_minutes)
        return (lasts + timedelta(**{"hours" if in_hours else "minutes": number})) or None
    return moments.duration(plain) if plain.startswith("p") else None


def moment(day: date, minutes: int, offset: tzinfo | None) -> datetime:
    """Return the moment *minutes* after midnight of *day*. Raises OverflowError."""
    return datetime(day.year, day.month, day.day, tzinfo=offset) + timedelta(minutes=minutes)
