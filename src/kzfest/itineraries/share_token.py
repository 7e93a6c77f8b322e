"""Share tokens: an itinerary as one line of text, short enough for a QR code, and back."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from kzfest.core.clashes import minutes_between
from kzfest.core.errors import KzfestError
from kzfest.core.festival_day import festival_day, later
from kzfest.core.localized import choose
from kzfest.core.model import LANGUAGES, Showing
from kzfest.core.safe_text import legible, legible_line
from kzfest.core.visit import (
    LONGEST_ID,
    LONGEST_NOTE,
    LONGEST_VISIT_NAME,
    MOST_CHANGES,
    MOST_DAYS,
    MOST_VISITS,
    YEARS,
    Itinerary,
    Visit,
    is_id,
    same_choice,
)
from kzfest.formats import base41
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from zoneinfo import ZoneInfo

    from kzfest.programme.zones import ZoneByName

MARK = "kzf1:"
"""The beginning of a token, with the version of its form."""
DENSE_MARK = MARK.upper()
"""The beginning of a token in the letters that QR codes hold densely."""
_BASE64_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
LONGEST_TOKEN = 100_000
LARGEST_DECOMPRESSED = 1_000_000
"""How many bytes a token may decompress to: enough for thousands of visits with notes."""
LONGEST_MINUTES = (MOST_DAYS + 2) * 24 * 60
"""The longest valid visit; its dates may be in two time zones, hence the two days."""
FIRST_DAY = date(2000, 1, 1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SharedItinerary:
    """The contents of a token."""

    name: str
    visits: tuple[Visit, ...]


def write_token(
    itinerary: Itinerary,
    zones: ZoneByName,
    bundled: Container[str],
    *,
    dense: bool = False,
    instead: str = "kzfest itinerary export -o plan.ics",
) -> str:
    """Return *itinerary* as a token, made of letters that no messenger changes or breaks into lines.

    A *dense* token consists of those of them that a QR code holds densely.

    Everybody has the *bundled* programmes; for events of others, the token includes title and place. Raises
    KzfestError if `read_token` would reject the token; the message names the command line *instead*.
    """
    programmes = list(dict.fromkeys((visit.programme, visit.timezone) for visit in itinerary.visits))
    rows = [
        _row(visit, programmes.index((visit.programme, visit.timezone)), zones, bundled) for visit in itinerary.visits
    ]
    text = json.dumps([itinerary.name, programmes, rows], ensure_ascii=False, separators=(",", ":"))
    packed = text.encode("utf-8", "replace")
    token = _line(packed, dense=dense)
    if len(packed) > LARGEST_DECOMPRESSED or len(token) > LONGEST_TOKEN:
        message = _("the itinerary is too long for one line of text; `{command}` writes a file")
        raise KzfestError(message.format(command=instead))
    try:
        read_token(token, zones, now=datetime.max.replace(tzinfo=UTC))
    except KzfestError as error:
        alone = (replace(itinerary, visits=(visit,)) for visit in itinerary.visits if len(itinerary.visits) > 1)
        for one in alone:  # raises the error that names the faulty visit
            write_token(one, zones, bundled, dense=dense, instead=instead)
        title = choose(itinerary.visits[0].title, LANGUAGES[0]).text
        message = _("'{title}' ({id}) does not fit into a token; `{command}` writes a file")
        raise KzfestError(message.format(title=title, id=itinerary.visits[0].id, command=instead)) from error
    return token


def _line(packed: bytes, *, dense: bool) -> str:
    """Return the JSON in *packed* as a token."""
    compressed = zlib.compress(packed, 9)
    if not dense:
        return MARK + base64.urlsafe_b64encode(compressed).decode().rstrip("=")
    return DENSE_MARK + base41.to_base41(compressed)


def _row(visit: Visit, programme: int, zones: ZoneByName, bundled: Container[str]) -> list[Any]:
    """Return a visit as a list, without the empty values at its end.

    The day is the number of days since FIRST_DAY. The start is in minutes from that day's midnight, local time; the
    length is in minutes. Title and place are included only if no bundled programme has them. The flags are 1 for an
    assumed end, 2 for must, and 4 for the second occurrence of a repeated hour (*fold*).
    """
    day = visit.day
    start = length = None
    again = 0
    if visit.span:
        begins = visit.span[0].astimezone(zones(visit.timezone))
        day = festival_day(begins)  # may differ from the stored day if the zone's rules have changed since
        start = (begins.replace(tzinfo=None) - datetime.combine(day, time())) // _MINUTE
        length = max(1, minutes_between(*visit.span))
        again = begins.fold
    known = visit.event is not None and visit.file is None and visit.programme in bundled
    values = [
        visit.id,
        programme,
        (day - FIRST_DAY).days,
        visit.event,
        visit.showing and visit.showing.id,
        start,
        length,
        int(visit.assumed) + 2 * int(visit.must) + 4 * again,
        min(visit.changes, MOST_CHANGES),
        visit.venue,
        visit.note or None,
        None if known else dict(visit.title),
        None if known else visit.place,
    ]
    while values[-1] is None or values[-1] == 0:  # an empty text stays: the id of an only showing
        values.pop()
    return values


def read_token(token: str, zones: ZoneByName, *, now: datetime) -> SharedItinerary:
    """Return the contents of *token*, with visits changed *now*. Raises KzfestError if it is invalid.

    What stands before it, and all that is no letter of it, such as spaces and line breaks, is ignored: messages and
    scanners add some.
    """
    try:
        name, programmes, rows = json.loads(_decompressed(token))
        visits = tuple(_visit(row, programmes, zones, now) for row in rows[: _count(len(rows), MOST_VISITS)])
        return SharedItinerary(_word(name), visits)
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError, zlib.error) as error:
        raise KzfestError(_("this is not a token of `kzfest itinerary share`, or it is incomplete")) from error


def _decompressed(token: str) -> bytes:
    """Return the JSON in *token*. Raises ValueError, or zlib.error if a letter is wrong or missing."""
    begins = token.lower().find(MARK)
    if len(token) > LONGEST_TOKEN or begins < 0:
        raise ValueError(token[:20])
    token = token[begins:]
    if not token.startswith(DENSE_MARK):
        try:
            return _inflated(_from_base64(token[len(MARK) :]))
        except (ValueError, zlib.error):  # perhaps a dense one, from a program that has changed capital letters
            token = token.upper()
    letters = filter(base41.ALPHABET.__contains__, token[len(MARK) :])
    return _inflated(base41.from_base41("".join(letters)))


def _inflated(packed: bytes) -> bytes:
    """Return what *packed* was compressed from. Raises ValueError and zlib.error."""
    unfolding = zlib.decompressobj()
    text = unfolding.decompress(packed, LARGEST_DECOMPRESSED)
    if not unfolding.eof or unfolding.unused_data:
        raise ValueError(text[:20])
    return text


def _from_base64(text: str) -> bytes:
    """Return the bytes in *text*. Raises ValueError; binascii.Error is one."""
    letters = "".join(filter(_BASE64_LETTERS.__contains__, text))
    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def _visit(row: list[Any], programmes: list[list[str | None]], zones: ZoneByName, now: datetime) -> Visit:
    values = [*row, *[None] * (13 - len(row))]
    key, number, days, event, showing, start, length, flags, changes, venue, note, title, place = values
    programme, timezone = programmes[_count(number, len(programmes) - 1)]
    day = _day(days)
    known_flags = _count(flags, 7)
    zone = zones(_word(timezone))
    lasts = _count(length, LONGEST_MINUTES) * _MINUTE
    begins = _moment(day, start, zone, fold=known_flags >> 2) if lasts else day
    return Visit(
        id=_id(key, longest=LONGEST_ID),
        title={_word(code): _title(text) for code, text in title.items()} if title else {"en": _word(event)},
        start=begins,
        end=later(begins, lasts) if isinstance(begins, datetime) else None,
        assumed=bool(known_flags & 1),
        timezone=_word(timezone),
        programme=_id_or_none(programme),
        event=_id_or_none(event),
        showing=Showing(id=_word(showing), start=day) if showing is not None else None,
        venue=_id_or_none(venue),
        must=bool(known_flags & 2),
        place=_text(place),
        note=_text(note),
        changes=_count(changes, MOST_CHANGES),
        changed=now.astimezone(UTC),
    )


def _day(days: Any) -> date:
    """Return the day that is *days* after FIRST_DAY. Raises TypeError, ValueError or OverflowError."""
    day = FIRST_DAY if days is None else FIRST_DAY + timedelta(days=days)
    if day.year not in YEARS:
        raise ValueError(days)
    return day


def _moment(day: date, start: Any, zone: ZoneInfo, *, fold: int) -> datetime:
    """Return the moment *start* minutes after midnight. Raises ValueError if it is not on the festival day *day*."""
    begins = datetime.combine(day, time()) + _count(start, 2 * 24 * 60) * _MINUTE
    if festival_day(begins) != day:
        raise ValueError(start)
    return begins.replace(tzinfo=zone, fold=fold)


def _count(value: Any, most: int) -> int:
    """Return *value*, a whole number from 0 to *most*; None is 0. Raises TypeError or ValueError."""
    if value is not None and type(value) is not int:
        raise TypeError(value)
    if not 0 <= (value or 0) <= most:
        raise ValueError(value)
    return value or 0


def _title(value: Any) -> str:
    """Return *value* as a title. Raises ValueError if it is empty or too long."""
    text = legible_line(_word(value))
    if not 0 < len(text) <= LONGEST_VISIT_NAME:
        raise ValueError(text[:20])
    return text


def _text(value: Any) -> str | None:
    """Return *value* as text, or None if it is empty. Raises TypeError, or ValueError if it is too long."""
    text = "" if value is None else _word(value)
    if len(text) > LONGEST_NOTE:
        raise ValueError(text[:20])
    return text or None


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return legible(value)


def _id(value: Any, *, longest: int = LONGEST_VISIT_NAME) -> str:
    """Return *value* as an id. Raises ValueError if it could not be part of a UID or a file name."""
    text = _word(value)
    if not is_id(text, longest=longest):
        raise ValueError(text)
    return text


def _id_or_none(value: Any) -> str | None:
    return None if value is None else _id(value)


def pair_visits(mine: Iterable[Visit], theirs: Iterable[Visit]) -> list[tuple[Visit | None, Visit | None]]:
    """Return the pairs of matching visits in two itineraries, then the visits that only one has, with None.

    Visits match first by their calendar entry, then by showing (or by title and time), and last by event and day,
    since a programme may have renamed its showings.
    """
    ours = list(mine)
    left = dict(enumerate(theirs))
    pairs: dict[str, Visit] = {}
    for key in (_entry, same_choice, _same_day):
        free: dict[object, list[int]] = {}
        for number, visit in left.items():
            free.setdefault(key(visit), []).append(number)
        for visit in ours:
            if visit.id not in pairs and (same := free.get(key(visit))):
                pairs[visit.id] = left.pop(same.pop(0))
    return [*((each, pairs.get(each.id)) for each in ours), *((None, each) for each in left.values())]


def _entry(visit: Visit) -> tuple[object, ...]:
    """Return what identifies *visit* in calendars: id, programme and event; for an appointment, the id alone."""
    return (visit.id, visit.programme, visit.event) if visit.event else (visit.id,)


def _same_day(visit: Visit) -> tuple[object, ...]:
    return (visit.programme, visit.event, visit.day) if visit.event else same_choice(visit)
