"""Single values of a programme file: what each kind may look like, and the sentence where it does not.

Every function takes a value as it stands in the file and returns it; `check_word` returns it as text. Each raises
ValueError with a sentence for each of its faults.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kzfest.core.errors import one_of
from kzfest.core.model import ID_PATTERN, LANGUAGES, WEEKDAYS
from kzfest.core.opening_hours import MINUTES_OF_A_DAY, open_minutes
from kzfest.core.texts import deceiving
from kzfest.i18n import _
from kzfest.programme.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SHORT_TEXT = 1_000
LONGEST_LONG_TEXT = 20_000
"""A name longer than a paragraph, or a note longer than a chapter, is a file gone wrong."""

LANGUAGE_PATTERN = r"[a-z]{2,3}"
YEAR_PATTERN = "[1-5][0-9]{3}"
"""Other years are slips. A rule goes on for 50 years, and a catalogue counts minutes to the year 6053."""
DATE_PATTERN = YEAR_PATTERN + "-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = DATE_PATTERN + r"[ T][0-9]{2}:[0-9]{2}"
_HOURS_PATTERN = "[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}"
HOURS_PATTERN = f"closed|{_HOURS_PATTERN}(, {_HOURS_PATTERN})*"

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_DATE = re.compile(DATE_PATTERN)
_MOMENT = re.compile(MOMENT_PATTERN)
_HOURS = re.compile(HOURS_PATTERN)


def check_text(value: Any, *, longest: int = LONGEST_LONG_TEXT) -> str:
    """A text of one line or several."""
    if not isinstance(value, str):
        raise ValueError(_("expected text, found {kind}").format(kind=kind_of(value)))
    if not value:
        raise ValueError(_("there is no value; leave the key out where nothing is known"))
    if value != value.strip():
        raise ValueError(_("spaces at the beginning or the end; take them out"))
    if len(value) > longest:
        raise ValueError(_("too long ({n} characters); {most} are allowed").format(n=len(value), most=longest))
    if not value.isascii() and (unseen := deceiving(value)):
        code = f"U+{ord(unseen[0]):04X}"
        raise ValueError(_("{code}, which nobody sees or which turns the line round; take it out").format(code=code))
    return value


def check_line(value: Any) -> str:
    """A text of one line."""
    text = check_text(value, longest=LONGEST_SHORT_TEXT)
    if "\n" in text or "\t" in text:
        raise ValueError(_("a line break or a tab, where one line of text belongs"))
    return text


def check_word(value: Any) -> str:
    """A text of one line that stands for one thing wherever it stands, however its letters are composed."""
    return normalize("NFC", check_line(value))


def check_id(value: Any) -> str:
    """An id or a category."""
    return _fitting(
        _ID, value, _("is not an id; write lower-case Latin words joined by hyphens, such as new-year-concert")
    )


def check_url(value: Any) -> str:
    """An address on the web."""
    text = check_line(value)
    if not text.startswith(("https://", "http://")) or " " in text:
        raise ValueError(_("'{text}' is not an address; write it out, from https:// on").format(text=text))
    return text


def check_country(value: Any) -> str:
    """A country's code."""
    return _fitting(re.compile("[A-Z]{2}"), value, _("is not a country; write two capitals (ISO 3166), such as KZ"))


def check_language(value: Any) -> str:
    """A language's code."""
    return _fitting(_LANGUAGE, value, _("is not a language; write a code (ISO 639), such as kk"))


def check_zone(value: Any) -> str:
    """The name of a time zone."""
    text = check_line(value)
    if not is_zone(text):
        raise ValueError(_("'{text}' is not a time zone; write an IANA name, such as Asia/Almaty").format(text=text))
    return text


def check_date(value: Any) -> str:
    """A day."""
    text = check_line(value)
    if not _DATE.fullmatch(text) or not _exists(date.fromisoformat, text):
        raise ValueError(_("'{text}' is not a date; write it as 2023-12-16").format(text=text))
    return text


def check_moment(value: Any) -> str:
    """A day and an hour."""
    text = check_line(value)
    if not _MOMENT.fullmatch(text) or not _exists(datetime.fromisoformat, text):
        raise ValueError(_("'{text}' is not a day and hour; write it as 2023-12-16 19:00").format(text=text))
    return text


def check_day_or_moment(value: Any) -> str:
    """A day, or a day and an hour."""
    text = check_line(value)
    pattern, read = (_DATE, date.fromisoformat) if len(text) == len("2023-12-16") else (_MOMENT, datetime.fromisoformat)
    if not pattern.fullmatch(text) or not _exists(read, text):
        message = _("'{text}' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00")
        raise ValueError(message.format(text=text))
    return text


def check_end(value: Any) -> str:
    """A day, a moment, or `unknown`."""
    if value == "unknown":
        return "unknown"
    try:
        return check_day_or_moment(value)
    except ValueError as error:
        raise ValueError(_("{error}, or as unknown").format(error=error)) from None


def check_vague_date(value: Any) -> str:
    """A year, a month, a day, or a day and an hour: as precise as it is known."""
    text = check_line(value)
    if re.fullmatch(YEAR_PATTERN, text):
        return text
    if re.fullmatch(YEAR_PATTERN + "-[0-9]{2}", text) and _exists(date.fromisoformat, f"{text}-01"):
        return text
    try:
        return check_day_or_moment(text)
    except ValueError:
        message = _("'{text}' is not a date; write it as 1993, 1992-03, 1991-12-16 or 1991-12-16 18:14")
        raise ValueError(message.format(text=text)) from None


def check_whole_number(value: Any) -> str:
    """A number from 0."""
    return _fitting(re.compile("[0-9]{1,9}"), value, _("is not a whole number from 0"))


def check_degrees(most: int) -> Callable[[Any], str]:
    """Return the check of an angle between minus *most* and *most*."""

    def check(value: Any) -> str:
        text = check_line(value)
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text) or abs(float(text)) > most:
            message = _("'{text}' is not a number of degrees from -{most} to {most}, such as 51.1185")
            raise ValueError(message.format(text=text, most=most))
        return text

    return check


def check_choice(*choices: str) -> Callable[[Any], str]:
    """Return the check of a word out of *choices*."""

    def check(value: Any) -> str:
        text = check_line(value)
        if text not in choices:
            raise ValueError(_("'{text}' is not allowed; write {choices}").format(text=text, choices=one_of(choices)))
        return text

    return check


def check_texts(value: Any, *, check: Callable[[Any], str] = check_text) -> dict[str, str]:
    """A text, which is English, or a mapping from language to text."""
    if not isinstance(value, dict):
        return {LANGUAGES[0]: check(value)}
    if not value:
        raise ValueError(_("there is no value; leave the key out where nothing is known"))
    return {check_language(key) if key not in LANGUAGES else key: check(text) for key, text in value.items()}


def check_lines(value: Any) -> dict[str, str]:
    """A text of one line, in one language or several."""
    return check_texts(value, check=check_line)


def check_names(value: Any) -> dict[str, str]:
    """A text of one line, in one language or several, that stands for one thing wherever it stands."""
    return check_texts(value, check=check_word)


def check_opening_hours(value: Any) -> dict[str, str]:
    """Hours by weekday; a range of days is written out."""
    if not isinstance(value, dict) or not value:
        raise ValueError(_("expected days and hours, such as {example}").format(example='{tue-sun: "10:00-18:00"}'))
    hours: dict[str, str] = {}
    faults: list[str] = []
    for days, text in value.items():
        try:
            _add_hours(hours, days, text)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ValueError(*faults)  # all of them in one run
    return {day: hours[day] for day in WEEKDAYS if day in hours}


def _add_hours(hours: dict[str, str], days: str, text: Any) -> None:
    for day in _weekdays(days):
        if day in hours:
            raise ValueError(_("the hours of '{day}' stand here twice").format(day=day))
        hours[day] = _hours(text)


def _weekdays(days: str) -> tuple[str, ...]:
    first, dash, last = days.partition("-")
    last = last if dash else first
    if first not in WEEKDAYS or last not in WEEKDAYS or WEEKDAYS.index(last) < WEEKDAYS.index(first):
        message = _("'{days}' is not a day; write {choices}, or two of them joined as tue-sun")
        raise ValueError(message.format(days=days, choices=one_of(WEEKDAYS)))
    return WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]


def _hours(value: Any) -> str:
    text = _fitting(_HOURS, value, _("is not opening hours; write closed, or as 10:00-18:00"))
    if any(time > "24:00" or minute > "59" for time, minute in re.findall(r"(\d\d:(\d\d))", text)):
        raise ValueError(_("'{text}' has an hour that is none").format(text=text))
    spans = open_minutes(text)
    if any(opens >= MINUTES_OF_A_DAY for opens, _closes in spans):
        raise ValueError(_("'{text}' opens after its day; write 00:00 on the next day").format(text=text))
    if any(opens < closed for (_opened, closed), (opens, _closes) in pairwise(sorted(spans))):
        raise ValueError(_("'{text}' has hours that overlap; join them").format(text=text))
    return text


def _fitting(pattern: re.Pattern[str], value: Any, otherwise: str) -> str:
    text = check_line(value)
    if not pattern.fullmatch(text):
        raise ValueError(_("'{text}' {otherwise}").format(text=text, otherwise=otherwise))
    return text


def _exists(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def kind_of(value: Any) -> str:
    """Return what *value* is, in the words of a YAML file."""
    if isinstance(value, dict):
        return _("a mapping")
    if value == "":
        return _("nothing")
    return _("a list") if isinstance(value, list) else _("text")
