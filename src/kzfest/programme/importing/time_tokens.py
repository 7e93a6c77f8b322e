"""The words and numbers of which days and times of day are made in tables, in eight languages."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from kzfest.programme.importing.written_days import WrittenDay, date_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
_UPTO = r"(?:-|\bto\b|\bbis\b|\bau\b|\bal?\b|\bпо\b)"
_AND = r"(?:[,/&+]|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b|\bта\b|\bжәне\b)"
TOKEN = re.compile(
    rf"""(?P<y>\d{{4}})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)
    |(?:(?<![\d.:])(?P<from0>\d\d?)\.?\s?-\s?)?(?<![\d.])(?P<a>\d\d?)(?P<sep>[./-])(?P<b>\d\d?)(?P=sep)(?P<ab_year>\d{{4}}|\d\d)(?![\d:])
    |(?<![\d.])(?P<a2>\d\d?)(?:/(?P<b2>\d\d?)(?![\d/])|\.(?P<b3>\d\d?)\.(?!\d))
    |(?P<more1>(?:(?<![\d.:])\d\d?{_TH}\s?{_AND}\s?){{0,9}})(?:(?<![\d.:])(?P<from1>\d\d?){_TH}\s?{_UPTO}\s?)?(?<!\d)(?P<d1>\d\d?){_TH}[\s-]?(?:de\s|of\s)?(?P<m1>{_MONTH})
        (?:[.,]?[\s-]?(?:de\s|del\s)?(?P<y1>\d{{4}})(?![\d:])|-(?P<yy1>\d\d)(?![\d:]))?
    |\b(?P<m2>{_MONTH})\.?\s?(?P<d2>\d\d?)(?!\d|:\d|\.?\s?(?:de\s)?{_MONTH}){_TH}(?:\s?{_UPTO}\s?(?P<to2>\d\d?)(?!\d|\s?[:.h]\s?\d|\s?[ap]\.?m|\s?uhr){_TH})?
        (?:,?\s?(?P<y2>\d{{4}})(?![\d:]))?
    |(?<!\d)(?P<hour>\d\d?)(?:\s?[:.h]\s?(?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?
        (?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|\s?(?P<half2>[ap])\.?\s?m\b\.?|\s?(?:uhr|h|ч|сағ)\b
        |(?=\s?(?:-|to|bis|à|до)\s?\d\d?(?:[:.]\d\d)?\s?(?:[ap]\.?m|uhr|h\b|ч\b)))
        (?:\s?(?P<offset>(?:utc|gmt)(?:[+-]\d\d?(?::?\d\d)?)?\b|z\b|[+]\d\d:?\d\d))?
    |(?<!\d)(?P<lone>(?:19|20)\d\d)(?!\d)
    |(?P<to>-|\b(?:to|until|till|bis|à|hasta|до|по|дейін)\b|\ba(?=\s\d))
    |(?P<open>\bt\.?b\.?[acd]\b\.?|\bn\.\s?n\b\.?|\?\?+|^\?$)
    |(?P<nth>(?<=day\s)\d\d?|(?<=tag\s)\d\d?|(?<=jour\s)\d\d?|(?<=день\s)\d\d?|(?<=күн\s)\d\d?|\d\d?(?=-?\s?(?:күн|день)\b))
    |(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    |(?P<number>\d+)""",
    re.VERBOSE,
)
OF_DAYS = frozenset(
    ("day", "tag", "jour", "día", "giorno", "день", "күн", "г", "ж", "жылғы", "року", "the", "den", "le")
)
WORDS_OF_ENDS = frozenset(("until", "till", "bis", "hasta", "до", "дейін"))
DOORS = frozenset(("einlass", "doors", "door", "türen", "portes", "двери", "сбор", "есік"))
"""Words before the hour of something else than the start."""
ZONES = {
    **dict.fromkeys(("cet", "cest", "mez", "mesz"), "CET"),
    **dict.fromkeys(("eet", "eest"), "EET"),
    **dict.fromkeys(("wet", "west"), "WET"),
    **dict.fromkeys(("msk", "мск"), "Europe/Moscow"),
    **dict.fromkeys(("edt", "et"), "America/New_York"),
    "cdt": "America/Chicago",
    "mdt": "America/Denver",
    "pdt": "America/Los_Angeles",
    **dict.fromkeys(("est", "cst", "mst", "pst", "bst", "ist", "hst"), ""),
}
"""What people write for time zones, and their names; "" if it may be several, or none with summer time."""
_LAST_HOUR = 30
"""Hours past midnight are written up to here: 25:30 is half past one."""


def days_before(found: re.Match[str], last: WrittenDay) -> list[WrittenDay]:
    """Return the days that stand before the *last* one and share its month: 5 and 6 May."""
    month = last.day_first[0] if last.day_first else 0
    days = [(month, int(number)) for number in re.findall(r"\d+", found["more1"] or "")]
    return [last._replace(day_first=day, month_first=day) for day in days if date_of(2000, *day)]


def clock_in(found: re.Match[str]) -> int | None:
    """Return the time of day that a token is, as minutes after midnight, or None."""
    if found["word"]:
        return _NAMED_HOURS.get(found["word"])
    if not found["hour"]:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half := found["half"] or found["half2"]:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < _LAST_HOUR else None


def days_in(found: re.Match[str]) -> Sequence[WrittenDay]:
    """Return the day that *found* gives, and the last one if it gives several; nothing if it gives none."""
    part = {name: value for name, value in found.groupdict().items() if value}
    if "y" in part:
        month_and_day = (int(part["m"]), int(part["d"]))
        return (WrittenDay(int(part["y"]), month_and_day, month_and_day),)
    if "a" in part or "a2" in part:
        return _days_in_numbers(part)
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


def offset_in(token: re.Match[str]) -> tzinfo | None:
    """Return the offset that stands behind the time of day in *token*, or None."""
    return offset_of(token["offset"]) if token["offset"] else None


def offset_of(text: str) -> tzinfo | None:
    """Return the offset from UTC that *text* ends in, UTC if it has none; None if there is no such offset.

    >>> str(offset_of("GMT+5")), str(offset_of("UTC"))
    ('UTC+05:00', 'UTC')
    """
    found = re.search(r"([+-])(\d\d?):?(\d\d)?$", text)
    if not found:
        return UTC
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _days_in_numbers(part: Mapping[str, str]) -> Sequence[WrittenDay]:
    """Return the day in the *part*s of a token that has its month as a number, and the first if there are several."""
    first, second = int(part.get("a") or part["a2"]), int(part.get("b") or part.get("b2") or part["b3"])
    year = int(part["ab_year"]) if "ab_year" in part else None
    year = year + 2000 if year is not None and year < 100 else year
    day_first = (second, first) if date_of(2000, second, first) else None
    month_first = (first, second) if date_of(2000, first, second) else None
    if "b3" in part or (part.get("sep") == "." and day_first):
        month_first = None
    last = WrittenDay(year, day_first, month_first)
    if not (day_first or month_first):
        return ()
    begun = date_of(2000, second, int(part["from0"])) if "from0" in part and day_first else None
    if not begun:
        return (last,)
    known = (begun.month, begun.day)
    return (WrittenDay(year, known, known), last._replace(month_first=day_first))
