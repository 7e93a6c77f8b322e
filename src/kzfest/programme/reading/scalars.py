"""Checks for single values of a programme file.

Each check returns the value unchanged, except `check_word`, which normalises it to NFC. It raises ValueError with a
message for each fault.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kzfest.core.errors import one_of
from kzfest.core.folding import nearest
from kzfest.core.model import FREE_WORDS, ID_PATTERN, LANGUAGES, WEEKDAYS
from kzfest.core.opening_hours import MINUTES_OF_A_DAY, open_minutes
from kzfest.core.safe_text import deceiving
from kzfest.i18n import _
from kzfest.programme.reading.currencies import CURRENCIES
from kzfest.programme.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SHORT_TEXT = 1_000
LONGEST_LONG_TEXT = 20_000
"""Characters of names and notes; longer ones are mistakes."""
OLDEST = 120

LANGUAGE_PATTERN = r"[a-z]{2,3}"
YEAR_PATTERN = "[1-5][0-9]{3}"
"""The years 1000 to 5999: rules add up to 50 years, and a catalogue can store minutes up to the year 6053."""
DATE_PATTERN = YEAR_PATTERN + "-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = DATE_PATTERN + r"[ T][0-9]{2}:[0-9]{2}"
OFFSET_PATTERN = r"([+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
"""After a moment: it tells apart the two hours that clocks show when they go back."""
_HOURS_PATTERN = "[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}"
HOURS_PATTERN = f"closed|{_HOURS_PATTERN}(, {_HOURS_PATTERN})*"

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_COUNTRY = re.compile("[A-Z]{2}")
_DATE = re.compile(DATE_PATTERN)
_MOMENT = re.compile(MOMENT_PATTERN)
_EXACT_MOMENT = re.compile(MOMENT_PATTERN + OFFSET_PATTERN)
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_HOURS = re.compile(HOURS_PATTERN)


def check_text(value: Any, *, longest: int = LONGEST_LONG_TEXT) -> str:
    """Check a text of one or more lines."""
    if not isinstance(value, str):
        raise ValueError(_("expected text, found {kind}").format(kind=kind_of(value)))
    if not value:
        raise ValueError(_("the value is empty; remove the key if it is unknown"))
    if value != value.strip():
        raise ValueError(_("spaces at the beginning or the end; remove them"))
    if len(value) > longest:
        raise ValueError(_("too long ({n} characters); the maximum is {most}").format(n=len(value), most=longest))
    if not value.isascii() and (found := deceiving(value)):
        code = f"U+{ord(found[0]):04X}"
        raise ValueError(_("invisible or reordering character {code}; remove it").format(code=code))
    return value


def check_line(value: Any) -> str:
    """Check a text of one line."""
    text = check_text(value, longest=LONGEST_SHORT_TEXT)
    if "\n" in text or "\t" in text:
        raise ValueError(_("a line break or a tab; write the text on one line"))
    return text


def check_word(value: Any) -> str:
    """Check a text of one line that identifies something, and return it in NFC so that equal words are equal."""
    return normalize("NFC", check_line(value))


def check_id(value: Any) -> str:
    """Check an id or a category."""
    return _matching(
        _ID, value, _("is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert")
    )


def check_url(value: Any) -> str:
    """Check a web address."""
    text = check_line(value)
    if not text.startswith(("https://", "http://")) or " " in text:
        raise ValueError(_("'{text}' is not a web address; begin it with https://").format(text=text))
    return text


def check_country(value: Any) -> str:
    """Check a country code."""
    return _matching(_COUNTRY, value, _("is not a country code; write two capitals (ISO 3166), such as KZ"))


def check_language(value: Any) -> str:
    """Check a language code."""
    return _matching(_LANGUAGE, value, _("is not a language code; write one of ISO 639, such as kk"))


def check_zone(value: Any) -> str:
    """Check the name of a time zone."""
    text = check_line(value)
    if not is_zone(text):
        raise ValueError(_("'{text}' is not a time zone; write an IANA name, such as Asia/Almaty").format(text=text))
    return text


def check_date(value: Any) -> str:
    """Check a date."""
    text = check_line(value)
    if not _DATE.fullmatch(text) or not _exists(date.fromisoformat, text):
        raise ValueError(_("'{text}' is not a date; write it as 2023-12-16").format(text=text))
    return text


def check_moment(value: Any) -> str:
    """Check a date and time."""
    text = check_line(value)
    if not _MOMENT.fullmatch(text) or not _exists(datetime.fromisoformat, text):
        raise ValueError(_("'{text}' is not a date and time; write it as 2023-12-16 19:00").format(text=text))
    return text


def check_day_or_moment(value: Any) -> str:
    """Check a date, with or without a time, which may have its offset from UTC."""
    text = check_line(value)
    is_day = len(text) == len("2023-12-16")
    pattern, read = (_DATE, date.fromisoformat) if is_day else (_EXACT_MOMENT, datetime.fromisoformat)
    if not pattern.fullmatch(text) or not _exists(read, text):
        message = _("'{text}' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00")
        raise ValueError(message.format(text=text))
    return text


def check_end(value: Any) -> str:
    """Check a date, with or without a time, or `unknown`."""
    if value == "unknown":
        return "unknown"
    try:
        return check_day_or_moment(value)
    except ValueError as error:
        raise ValueError(_("{error}, or as unknown").format(error=error)) from None


def check_vague_date(value: Any) -> str:
    """Check a year, a month, a date, or a date and time."""
    text = check_line(value)
    if re.fullmatch(YEAR_PATTERN, text):
        return text
    if re.fullmatch(YEAR_PATTERN + "-[0-9]{2}", text) and _exists(date.fromisoformat, f"{text}-01"):
        return text
    try:
        return check_date(text) if len(text) == len("2023-12-16") else check_moment(text)
    except ValueError:
        message = _("'{text}' is not a date; write it as 1993, 1992-03, 1991-12-16 or 1991-12-16 18:14")
        raise ValueError(message.format(text=text)) from None


def check_whole_number(value: Any) -> str:
    """Check a whole number from 0."""
    return _matching(re.compile("[0-9]{1,9}"), value, _("is not a whole number from 0"))


def check_age(value: Any) -> str:
    """Check the age of a visitor in years."""
    text = check_line(value)
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > OLDEST:
        message = _("'{text}' is not an age; write a whole number of years from 0 to {most}")
        raise ValueError(message.format(text=text, most=OLDEST))
    return text


def check_amount(value: Any) -> str:
    """Check an amount of money."""
    return _matching(_AMOUNT, value, _("is not an amount; write digits only, such as 2000 or 12.50"))


def check_currency(value: Any) -> str:
    """Check the code of a currency."""
    text = check_line(value)
    if text not in CURRENCIES:
        near = nearest(text.upper(), CURRENCIES, most=1)
        told = _("'{text}' is not a currency; write its three letters (ISO 4217), such as {example}")
        raise ValueError(told.format(text=text, example=near[0] if near else "KZT"))
    return text


def check_price_text(value: Any) -> dict[str, Any]:
    """Check a price in words. Return what `schema.PRICE` describes; the word alone means that the event is free."""
    texts = check_lines(value)
    free = any(text.casefold() in FREE_WORDS for text in texts.values())
    return {"text": texts} | ({"free": "true"} if free else {})


def check_person_text(value: Any) -> dict[str, Any]:
    """Check a person as text. Return what `schema.PERSON` describes."""
    return {"name": check_names(value)}


def check_degrees(most: int) -> Callable[[Any], str]:
    """Return the check of degrees from minus *most* to *most*."""

    def check(value: Any) -> str:
        text = check_line(value)
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text) or abs(float(text)) > most:
            message = _("'{text}' is not a number of degrees from -{most} to {most}, such as 51.1185")
            raise ValueError(message.format(text=text, most=most))
        return text

    return check


def check_choice(*choices: str) -> Callable[[Any], str]:
    """Return the check of a word that must be one of *choices*."""

    def check(value: Any) -> str:
        text = check_line(value)
        if text not in choices:
            raise ValueError(_("'{text}' is not allowed; write {choices}").format(text=text, choices=one_of(choices)))
        return text

    return check


def check_texts(value: Any, *, check: Callable[[Any], str] = check_text) -> dict[str, str]:
    """Check a text, or a mapping from language to text. Return a mapping; a text alone is English."""
    if not isinstance(value, dict):
        return {LANGUAGES[0]: check(value)}
    if not value:
        raise ValueError(_("the value is empty; remove the key if it is unknown"))
    return {check_language(key) if key not in LANGUAGES else key: check(text) for key, text in value.items()}


def check_lines(value: Any) -> dict[str, str]:
    """Check a text of one line, in one language or several. Return a mapping."""
    return check_texts(value, check=check_line)


def check_names(value: Any) -> dict[str, str]:
    """Check a name, in one language or several. Return a mapping in NFC, so that equal names are equal."""
    return check_texts(value, check=check_word)


def check_opening_hours(value: Any) -> dict[str, str]:
    """Check opening hours, of every day or by weekday. Return them by weekday, with ranges of days expanded."""
    if isinstance(value, str) and value:
        return dict.fromkeys(WEEKDAYS, _hours(value))
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
        raise ValueError(*faults)  # report all faults at once
    return {day: hours[day] for day in WEEKDAYS if day in hours}


def _add_hours(hours: dict[str, str], days: str, text: Any) -> None:
    for day in _weekdays(days):
        if day in hours:
            raise ValueError(_("duplicate hours for '{day}'").format(day=day))
        hours[day] = _hours(text)


def _weekdays(days: str) -> tuple[str, ...]:
    first, dash, last = days.partition("-")
    last = last if dash else first
    if first not in WEEKDAYS or last not in WEEKDAYS or WEEKDAYS.index(last) < WEEKDAYS.index(first):
        message = _("'{days}' is not a weekday; write {choices}, or a range such as tue-sun")
        raise ValueError(message.format(days=days, choices=one_of(WEEKDAYS)))
    return WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]


def _hours(value: Any) -> str:
    text = _matching(_HOURS, value, _("is not valid; write closed, or hours such as 10:00-18:00"))
    for time, minute in re.findall(r"(\d\d:(\d\d))", text):
        if time > "24:00" or minute > "59":
            raise ValueError(_("'{time}' is not a valid time").format(time=time))
    spans = open_minutes(text)
    if any(opens >= MINUTES_OF_A_DAY for opens, _closes in spans):
        raise ValueError(_("'{text}' opens at 24:00; write 00:00 on the next day").format(text=text))
    if any(opens < closed for (_opened, closed), (opens, _closes) in pairwise(sorted(spans))):
        raise ValueError(_("'{text}' has overlapping hours; join them").format(text=text))
    return text


def _matching(pattern: re.Pattern[str], value: Any, otherwise: str) -> str:
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
    """Return the kind of a value in YAML, as text for a message."""
    if isinstance(value, dict):
        return _("a mapping")
    if value == "":
        return _("nothing")
    return _("a list") if isinstance(value, list) else _("text")
