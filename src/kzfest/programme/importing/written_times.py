"""Days, times of day and lengths as people write them in tables, in several languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kzfest.programme.importing import moments
from kzfest.programme.importing.written_days import WrittenDay, date_of, days_joined, in_year

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    "january januar jänner janvier enero gennaio январь января қаңтар січень січня",
    "february februar feber février fevrier febrero febbraio февраль февраля ақпан лютий лютого",
    "march märz maerz mars marzo март марта наурыз березень березня",
    "april avril abril aprile апрель апреля сәуір квітень квітня",
    "may mai mayo maggio май мая мамыр травень травня",
    "june juni juin junio giugno июнь июня маусым червень червня",
    "july juli juillet julio luglio июль июля шілде липень липня",
    "august août aout agosto август августа тамыз серпень серпня",
    "september septembre septiembre setiembre settembre сентябрь сентября қыркүйек вересень вересня",
    "october oktober octobre octubre ottobre октябрь октября қазан жовтень жовтня",
    "november novembre noviembre ноябрь ноября қараша листопад листопада",
    "december dezember décembre decembre diciembre dicembre декабрь декабря желтоқсан грудень грудня",
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedì lunedi понедельник пн понеділок дүйсенбі дс",
    "tuesday dienstag mardi martes martedì martedi вторник вт вівторок сейсенбі сс",
    "wednesday mittwoch mercredi miércoles miercoles mercoledì mercoledi среда ср середа сәрсенбі",
    "thursday donnerstag jeudi jueves giovedì giovedi четверг чт четвер бейсенбі бс",
    "friday freitag vendredi viernes venerdì venerdi пятница пт п'ятниця жұма жм",
    "saturday samstag samedi sábado sabado sabato суббота сб субота сенбі",
    "sunday sonntag dimanche domingo domenica воскресенье вс неділя нд жексенбі жс",
)
_NOON, _MIDNIGHT = "noon midday mittag mittags midi полдень", "midnight mitternacht minuit полночь"
_NAMED_HOURS = dict.fromkeys(_NOON.split(), 12 * 60) | dict.fromkeys(_MIDNIGHT.split(), 24 * 60)
_MONTH = (
    "(?:"
    + "|".join(
        sorted(
            {name[:size] for names in _MONTHS for name in names.split() for size in range(3, len(name) + 1)},
            reverse=True,
        )
    )
    + r")(?![^\W\d_])"
)
_TH = r"(?:st|nd|rd|th|er|º|\.)?"
_TOKEN = re.compile(
    rf"""(?P<y>\d{{4}})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)
    |(?<![\d.])(?P<a>\d\d?)(?P<sep>[./-])(?P<b>\d\d?)(?P=sep)(?P<ab_year>\d{{4}}|\d\d)(?![\d:])
    |(?<![\d.])(?P<a2>\d\d?)(?:/(?P<b2>\d\d?)(?![\d/])|\.(?P<b3>\d\d?)\.(?!\d))
    |(?:(?P<from1>\d\d?){_TH}\s?-\s?)?(?<!\d)(?P<d1>\d\d?){_TH}[\s-]?(?:de\s|of\s)?(?P<m1>{_MONTH})
        (?:[.,]?[\s-]?(?:de\s|del\s)?(?P<y1>\d{{4}})(?![\d:])|-(?P<yy1>\d\d)(?![\d:]))?
    |\b(?P<m2>{_MONTH})\.?\s?(?P<d2>\d\d?)(?!\d|:\d|\.?\s?(?:de\s)?{_MONTH}){_TH}(?:\s?-\s?(?P<to2>\d\d?)(?![\d:]){_TH})?
        (?:,?\s?(?P<y2>\d{{4}})(?![\d:]))?
    |(?<!\d)(?P<hour>\d\d?)(?:\s?[:.h]\s?(?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?
        (?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|\s?(?P<half2>[ap])\.?\s?m\b\.?|\s?(?:uhr|h|ч|сағ)\b
        |(?=\s?(?:-|to|bis|à|до)\s?\d\d?(?:[:.]\d\d)?\s?(?:[ap]\.?m|uhr|h\b|ч\b)))
        (?:\s?(?P<offset>(?:utc|gmt)(?:[+-]\d\d?(?::?\d\d)?)?\b|z\b|[+]\d\d:?\d\d))?
    |(?<!\d)(?P<lone>(?:19|20)\d\d)(?!\d)
    |(?P<to>-|\b(?:to|until|till|bis|à|hasta|до|по|дейін)\b|\ba(?=\s\d))
    |(?P<open>\bt\.?b\.?[acd]\b\.?|\bn\.\s?n\b\.?|\?\?+|^\?$)
    |(?P<nth>(?<=day\s)\d\d?|(?<=tag\s)\d\d?|(?<=jour\s)\d\d?|(?<=день\s)\d\d?|(?<=күн\s)\d\d?|\d\d?(?=-?\s?(?:күн|день)\b))
    |(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)""",
    re.VERBOSE,
)
_OF_DAYS = frozenset(
    ("day", "tag", "jour", "día", "giorno", "день", "күн", "г", "ж", "жылғы", "року", "the", "den", "le")
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\u00a0\u202f\u2009\n\r\t", " ") | {"’": "'"})
_BARE_HOURS = re.compile(r"(\d\d?)(?: ?- ?(\d\d?))?")
_BARE_DAY = re.compile(r"\d\d?\.\d\d?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?: ?- ?([01]\d|2[0-3])([0-5]\d))?(?: ?h(?:rs|ours)?)?")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:t\d.*|\s\d\d:\d\d:\d\d[+-]\d\d:\d\d)")
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
_LAST_HOUR = 30
"""Hours past midnight are written up to here: 25:30 is half past one."""
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
    is_daily: bool = False
    """Whether the clocks are those of each day up to the last one."""

    def beside(self, day: WrittenSpan) -> WrittenSpan:
        """Return this time with what *day*, the cell of another column, says about its day."""
        own = days_joined(day.day, self.day) if day.day and self.day else self.day or day.day
        clocks = (day.clock, day.end_clock) if self.clock is None else (self.clock, self.end_clock)
        is_daily = self.clock is not None and self.day is None and day.end_day is not None and day.clock is None
        ends = self.end_day or day.end_day
        return WrittenSpan(
            own, clocks[0], ends, clocks[1], self.offset or day.offset, is_daily=self.is_daily or is_daily
        )


class Written(NamedTuple):
    """What a cell says about time."""

    spans: Sequence[WrittenSpan]
    is_open: bool
    """Whether it says that the time is not known yet."""
    words: int = 0
    """Words that mean nothing here."""


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


def _read(plain: str) -> Written:
    spans = [WrittenSpan()]
    is_end = is_open = False
    words = 0
    lone_year: int | None = None
    for found in _TOKEN.finditer(plain):
        now = spans[-1]
        if found["to"]:
            is_end = now != WrittenSpan()
        elif found["open"]:
            is_open = True
        elif found["lone"]:
            lone_year = int(found["lone"])
        elif (minutes := _clock(found)) is not None:
            half, offset = found["half"] or found["half2"] or "", _offset(found["offset"]) or now.offset
            if is_end:
                spans[-1] = _ended(now, minutes, half)._replace(offset=offset)
            elif now.clock is None:
                spans[-1] = now._replace(clock=minutes, offset=offset, half=half)
            else:
                spans.append(WrittenSpan(day=now.day, clock=minutes, offset=offset, half=half))
            is_end = False
        elif days := _days(found):
            _add_days(spans, days, is_end=is_end)
        else:
            words += bool(found["word"]) and found["word"] not in _OF_DAYS
    years = [day.year for span in spans for day in (span.day, span.end_day) if day and day.year]
    year = next(iter(years), lone_year)
    found_spans = [
        each._replace(day=in_year(each.day, year), end_day=in_year(each.end_day, year), half="")
        for each in spans
        if each != WrittenSpan()
    ]
    return Written(found_spans, is_open, words)


def _add_days(spans: list[WrittenSpan], days: Sequence[WrittenDay], *, is_end: bool) -> None:
    """Add *days*, the first and perhaps the last, to the last of *spans*, or to a new one if that has its day."""
    now, first = spans[-1], days[0]
    held = now.end_day if is_end else now.day
    if held and held.is_dated and first.is_dated:
        spans.append(WrittenSpan(day=first))
    elif is_end:
        spans[-1] = now._replace(end_day=days_joined(held, first))
    else:
        spans[-1] = now._replace(day=days_joined(held, first))
    if len(days) > 1:
        spans[-1] = spans[-1]._replace(end_day=days[1])


def _ended(span: WrittenSpan, minutes: int, half: str) -> WrittenSpan:
    """Return *span* with its end. A beginning without a half of the day takes that of the end: 9–10am."""
    begun = span.clock
    if begun is not None and half and not span.half and begun < 13 * 60:
        other = begun % 720 + (720 if half == "p" else 0)
        begun = other if other < minutes else begun % 720
    return span._replace(clock=begun, end_clock=minutes)


def _clock(found: re.Match[str]) -> int | None:
    if found["word"]:
        return _NAMED_HOURS.get(found["word"])
    if not found["hour"]:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half := found["half"] or found["half2"]:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < _LAST_HOUR else None


def _days(found: re.Match[str]) -> Sequence[WrittenDay]:
    """Return the day that *found* gives, and the last one if it gives several; nothing if it gives none."""
    part = {name: value for name, value in found.groupdict().items() if value}
    if "y" in part:
        month_and_day = (int(part["m"]), int(part["d"]))
        return (WrittenDay(int(part["y"]), month_and_day, month_and_day),)
    if "a" in part or "a2" in part:
        first, second = int(part.get("a") or part["a2"]), int(part.get("b") or part.get("b2") or part["b3"])
        year = int(part["ab_year"]) if "ab_year" in part else None
        year = year + 2000 if year is not None and year < 100 else year
        day_first = (second, first) if date_of(2000, second, first) else None
        month_first = (first, second) if date_of(2000, first, second) else None
        if "b3" in part or (part.get("sep") == "." and day_first):
            month_first = None
        return (WrittenDay(year, day_first, month_first),) if day_first or month_first else ()
    if name := part.get("m1") or part.get("m2"):
        month = _number_of(name, _MONTHS, shortest=3)
        year = int(part.get("y1") or part.get("y2") or 0) or (2000 + int(part["yy1"]) if "yy1" in part else None)
        numbers = [int(part[key]) for key in ("from1", "d1", "d2", "to2") if key in part]
        return [WrittenDay(year, (month, day), (month, day)) for day in numbers if month and date_of(2000, month, day)]
    if "nth" in part:
        return (WrittenDay(nth=int(part["nth"])),)
    weekday = _number_of(part["word"], _WEEKDAYS, shortest=2) if "word" in part else None
    return (WrittenDay(weekday=weekday - 1),) if weekday else ()


def _number_of(word: str, names: Sequence[str], *, shortest: int) -> int | None:
    """Return the place, from 1, of the name that begins with *word* or is in it with an ending; None if several do."""
    found = {
        number
        for number, each in enumerate(names, 1)
        for name in each.split()
        if word == name
        or (len(word) >= shortest and name.startswith(word))
        or (len(name) > 3 and word.startswith(name))
    }
    return found.pop() if len(found) == 1 else None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    found = re.search(r"([+-])(\d\d?):?(\d\d)?$", text)
    if not found:
        return UTC
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


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
