"""Programmes of any size, the same on every machine: as our YAML, as a calendar file, and as a folder of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 16_12_1991
YEAR = date(2023, 1, 1)
DAYS = 365
BUSY_DAY = date(2023, 12, 17)
"""The day that is asked; on it some thirty events are on, however large the programme is."""
ON_THAT_DAY = 30
VENUES = 60
ROOMS = 30
"""Of a conference, with some fifteen talks each on a day."""
RARE_WORD = "hummingbird"
"""Stands in thirty events, for the search."""

_WORDS = (
    "concert exhibition tango museum winter festival steppe music morning light",
    "концерт выставка музей зимний праздник степь музыка утро свет город",
    "концерт көрме мұражай қысқы мереке дала музыка таң жарық қала",
)
_CATEGORIES = ("concert", "exhibition", "theatre", "fair", "sport")


@dataclass(frozen=True)
class Made:
    """One event of a made-up programme."""

    number: int
    titles: tuple[str, str, str]
    category: str
    venue: int
    start: date | datetime
    end: date | datetime

    @property
    def key(self) -> str:
        """Return its id."""
        return f"event-{self.number}"


def events(count: int) -> Iterator[Made]:
    """Yield *count* events over a year: of 1 to 30 days, a third of them with hours, in three scripts."""
    chance = random.Random(SEED)
    busy = min(count, ON_THAT_DAY)
    for number in range(count):
        titles = tuple(" ".join(chance.sample(words.split(), 3)).capitalize() for words in _WORDS)
        start, length = _days(chance, on_that_day=number % max(1, count // busy) == 0)
        first: date | datetime = start
        last: date | datetime = start + timedelta(days=length - 1)
        if chance.random() < 1 / 3:
            hour = datetime.combine(BUSY_DAY if start <= BUSY_DAY <= last else start, datetime.min.time())
            first = hour + timedelta(hours=chance.randrange(9, 21))
            last = first + timedelta(minutes=chance.randrange(45, 180, 15))
        rare = f" {RARE_WORD}" if number % max(1, count // busy) == 0 else ""
        yield Made(
            number,
            (titles[0] + rare, titles[1], titles[2]),
            chance.choice(_CATEGORIES),
            chance.randrange(VENUES),
            first,
            last,
        )


def _days(chance: random.Random, *, on_that_day: bool) -> tuple[date, int]:
    """Return the first day and the number of days of an event that is, or is not, on the busy day."""
    length = chance.randint(1, 30)
    if on_that_day:
        return BUSY_DAY - timedelta(days=chance.randrange(length)), length
    while True:
        start = YEAR + timedelta(days=chance.randrange(DAYS))
        if not start <= BUSY_DAY < start + timedelta(days=length):
            return start, length


def write_yaml(file: Path, count: int) -> None:
    """Write a programme of *count* events as our YAML."""
    with file.open("w", encoding="utf-8") as out:
        out.write("format: 1\nprogramme: {id: made, title: Made up, timezone: Asia/Almaty, revised: 2023-12-01}\n")
        out.write("sources:\n  made: {title: Made up for measurements, publisher: Nobody}\nvenues:\n")
        for number in range(VENUES):
            out.write(f"  - {{id: venue-{number}, name: {{en: Hall {number}, ru: Зал {number}}}, city: Astana, ")
            out.write(f"location: {{latitude: {51 + number / 1000}, longitude: 71.4, accuracy: building}}}}\n")
        out.write("events:\n")
        for made in events(count):
            english, russian, kazakh = made.titles
            out.write(
                f"  - id: {made.key}\n"
                f"    title: {{en: {english}, ru: {russian}, kk: {kazakh}}}\n"
                f"    category: {made.category}\n"
                f"    venue: venue-{made.venue}\n"
                f"    start: {_when(made.start)}\n    end: {_when(made.end)}\n"
                f"    summary: An event made up for measurements, number {made.number}.\n"
                "    sources: [made]\n"
            )


def _when(when: date | datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def write_schedule(file: Path, count: int) -> None:
    """Write a conference of *count* talks on two days as schedule.xml, with texts as long as those of FOSDEM."""
    chance = random.Random(SEED)
    words = _WORDS[0].split()
    with file.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?><schedule><conference><title>Made up</title>')
        out.write("<acronym>made</acronym><time_zone_name>Asia/Almaty</time_zone_name></conference>")
        for days, day in enumerate((BUSY_DAY, BUSY_DAY + timedelta(days=1))):
            out.write(f'<day index="{days + 1}" date="{day}">')
            for room in range(ROOMS):
                out.write(f'<room name="Room {room}">')
                for number in range(days * ROOMS + room, count, 2 * ROOMS):
                    start = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=240 + number % 600)
                    paragraphs = (" ".join(chance.choices(words, k=45)) for _paragraph in range(3))
                    text = escape("".join(f"<p>{each}, <b>{number}</b></p>\n" for each in paragraphs))
                    key = UUID(int=chance.getrandbits(128))
                    title = " ".join(chance.sample(words, 4))
                    links = (f'<link href="https://made.invalid/{number}/{name}">{name}</link>' for name in words[:4])
                    out.write(
                        f'<event id="{number}" guid="{key}"><date>{start.isoformat()}</date><duration>00:30</duration>'
                        f"<title>{title} {number}</title><track>Track {number % 40}</track><type>talk</type>"
                        f"<language>en</language><abstract>{text}</abstract><url>https://made.invalid/{number}</url>"
                        f'<persons><person id="{number}">Person {number}</person></persons>'
                        f"<links>{''.join(links)}</links></event>\n"
                    )
                out.write("</room>")
            out.write("</day>")
        out.write("</schedule>\n")


def write_ics(file: Path, count: int) -> None:
    """Write the same events as one calendar file."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made//up//EN\r\n")
        for made in events(count):
            out.write(_component(made))
        out.write("END:VCALENDAR\r\n")


def write_vdir(folder: Path, count: int) -> None:
    """Write the same events as a folder with a calendar file each."""
    folder.mkdir(parents=True)
    for made in events(count):
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made//up//EN\r\n{_component(made)}END:VCALENDAR\r\n"
        (folder / f"{made.key}.ics").write_bytes(text.encode())


def _component(made: Made) -> str:
    if isinstance(made.start, datetime):
        start, end = f"{made.start:%Y%m%dT%H%M%S}", f"{made.end:%Y%m%dT%H%M%S}"
        when = f"DTSTART;TZID=Asia/Almaty:{start}\r\nDTEND;TZID=Asia/Almaty:{end}\r\n"
    else:
        when = f"DTSTART;VALUE=DATE:{made.start:%Y%m%d}\r\nDTEND;VALUE=DATE:{made.end + timedelta(days=1):%Y%m%d}\r\n"
    return (
        f"BEGIN:VEVENT\r\nUID:{made.key}@made.invalid\r\nDTSTAMP:20231201T000000Z\r\n"
        f"SUMMARY:{made.titles[0]}\r\nLOCATION:Hall {made.venue}\r\n{when}END:VEVENT\r\n"
    )
