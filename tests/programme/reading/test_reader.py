"""A programme file as a whole: what is read of a good one, and every fault of a bad one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.model import Detail, Dispute, Event, Head, Location, Person, Price, Programme, Showing, Source, Venue
from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]

EVERY_FIELD = Path(__file__).parents[1] / "every_field.yaml"
ALMATY = ZoneInfo("Asia/Almaty")


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 12, day, hour, minute, tzinfo=ALMATY)


def whole_days(first: date, last: date) -> tuple[Showing, ...]:
    return (Showing(id="", start=first, end=last),)


SHOW = Event(
    id="show",
    title={"kk": "Ертегі", "en": "Fairy tale: the show"},
    category="circus",
    summary={"en": "Bears and acrobats."},
    tags=("family", "010"),
    venue="circus",
    showings=(
        Showing(id="first-night", start=moment(16, 19), end=moment(16, 21, 30)),
        Showing(id="second", start=moment(17, 23, 30), venue="yurt"),
        Showing(id="whole-day", start=date(2023, 12, 20), end=date(2023, 12, 20)),
        Showing(id="days", start=date(2023, 12, 22), end=date(2023, 12, 24)),
        Showing(id="open", start=moment(30, 12), open_end=True),
    ),
    price=Price({"en": "010"}),
    organiser={"en": "no"},
    people=(
        Person({"en": "yes"}),
        Person({"en": "19:00"}),
        Person({"en": "Aigul (violin)", "ru": "Айгуль (скрипка)"}),
        Person(
            {"en": "Bolat", "kk": "Болат"},
            role={"en": "clown", "ru": "клоун"},
            url="https://circus.kz/bolat",
            languages=("kk", "ru"),
        ),
    ),
    url="https://circus.kz/show",
    tracks=("Shows",),
    tickets="https://circus.kz/tickets",
    sold_out=True,
    age=6,
    accessibility={"en": "Step-free.", "ru": "Без ступеней."},
    image="https://circus.kz/show.jpg",
    languages=("kk", "ru"),
    details=(
        Detail(label={"en": "Doors"}, value={"en": "19:00"}),
        Detail(label={"en": "Seats", "ru": "Места"}, value={"en": "2,000"}),
    ),
    notes={"en": "~"},
    status="postponed",
    revision=3,
    changed=date(2023, 12, 5),
    translated=("title.en", "people.ru", "notes.en", "accessibility.ru"),
    sources=("guide",),
    disputes=(
        Dispute(field="start", value={"en": "2023-12-15"}, source="board", note={"en": "So the board says."}),
        Dispute(field="price", value={"en": "free"}, source="guide"),
    ),
)
OTHERS = (
    Event(
        id="fair",
        title={"en": "Fair"},
        category="fair",
        place={"en": "in the park"},
        city="Astana",
        country="KZ",
        showings=whole_days(date(2023, 12, 16), date(2023, 12, 16)),
    ),
    Event(
        id="tree",
        title={"en": "Tree"},
        category="light",
        showings=whole_days(date(2023, 12, 16), date(2024, 1, 7)),
        parent="fair",
        price=Price(free=True),
    ),
    Event(
        id="maze",
        title={"en": "Maze"},
        category="exhibition",
        showings=(Showing(id="", start=date(2023, 12, 20), open_end=True),),
        price=Price({"en": "Half for children.", "ru": "Детям половина."}, None, 2000, 5000.5, "KZT"),
        translated=("price.ru",),
    ),
    Event(
        id="holiday",
        title={"en": "Holiday"},
        category="holiday",
        showings=whole_days(date(2022, 12, 16), date(2022, 12, 16)),
        repeats="FREQ=YEARLY",
    ),
    Event(id="hall", title={"en": "Hall of history"}, category="exhibition", venue="circus", when="permanent"),
    Event(id="gala", title={"en": "Gala"}, category="concert", when="unannounced"),
    Event(id="visit", title={"en": "Visit"}, category="news", reported=date(2023, 11, 30), status="cancelled"),
)
WINTER = Programme(
    head=Head(
        id="winter",
        title={"en": "Winter in Astana", "kk": "Астанадағы қыс"},
        timezone="Asia/Almaty",
        revised=date(2023, 12, 1),
        first=date(2023, 12, 10),
        last=date(2024, 3, 31),
        synonyms={"choir": ("хор", "singing")},
    ),
    sources={
        "guide": Source(
            id="guide",
            title="The guide",
            publisher="The Astana Times",
            published=date(2023, 12, 14),
            url="https://astanatimes.com/guide",
            note={"en": "As text only."},
        ),
        "board": Source(id="board", title="A board at the door"),
    },
    venues={
        "circus": Venue(
            id="circus",
            name={"en": "Astana Circus", "ru": "Цирк"},
            city="Astana",
            aliases=("the circus", "Sirk"),
            address={"en": "5 Kabanbay Batyr Avenue"},
            country="KZ",
            location=Location(latitude=51.1185, longitude=-71.4697, accuracy="building", source="guide"),
            hours={
                "mon": "closed",
                "tue": "10:00-13:00, 14:00-18:00",
                "wed": "10:00-13:00, 14:00-18:00",
                "thu": "10:00-13:00, 14:00-18:00",
                "sat": "11:00-24:00",
                "sun": "11:00-24:00",
            },
            hours_note={"en": "On holidays from noon.", "ru": "По праздникам с полудня."},
            hours_source="board",
            url="http://circus.kz",
            notes={"en": "Two halls.\n\nThe small one is upstairs."},
            translated=("hours_note.ru", "name.ru"),
            sources=("guide", "board"),
        ),
        "yurt": Venue(id="yurt", name={"en": "Yurt"}, city="Almaty"),
    },
    events=(SHOW, *OTHERS),
)


def test_programme_with_every_field_is_read_as_written() -> None:
    reading, problems = read_programme(EVERY_FIELD.read_bytes(), file="p.yaml")

    assert problems == []
    assert reading is not None
    assert reading == WINTER
    assert list(reading.venues["circus"].hours or {}) == ["mon", "tue", "wed", "thu", "sat", "sun"]


HEAD = "format: 1\nprogramme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"


@pytest.mark.parametrize(
    ("events", "first", "last"),
    [
        (["when: permanent", "reported: 2023-12-16"], None, None),
        (["start: 2023-12-16"], date(2023, 12, 16), date(2023, 12, 16)),
        (["start: 2023-12-16 01:00"], date(2023, 12, 15), date(2023, 12, 15)),
        (["start: 2023-12-16, end: unknown"], date(2023, 12, 16), date(2023, 12, 16)),
        (["start: 2023-12-20, end: 2024-01-07", "start: 2023-12-16"], date(2023, 12, 16), date(2024, 1, 7)),
        (
            ["showings: [{id: b, start: 2023-12-20}, {id: a, start: 2023-12-16}]"],
            date(2023, 12, 16),
            date(2023, 12, 20),
        ),
    ],
)
def test_programme_without_days_covers_those_of_its_dated_events(
    events: list[str], first: date | None, last: date | None
) -> None:
    text = HEAD + "".join(f"- {{id: e{n}, title: T, category: c, {each}}}\n" for n, each in enumerate(events))

    reading, problems = read_programme(text.encode(), file="p.yaml")

    assert problems == []
    assert reading is not None
    assert (reading.head.first, reading.head.last) == (first, last)


FAULTY = """\
format: 1
programme:
  id: Winter
  titel: Winter
  timezone: Asia/Astana
  first: 2024-02-01
  last: 2024-01-01
sources:
  guide: {title: Guide, published: soon}
  guide: {title: Guide}
  The-Board: {publisher: ''}
venues:
- id: circus
  name: {kk: Цирк, kz: " "}
  city:
  hours: {mon-fri: 10-18}
  sources: [gide]
- id: circus
  name: !!str Circus
  city: Astana
events:
- id: show
  title: "Sho\\x1bw"
  category: &c circus
  category: *c
  venue: cirkus
  place: the park
  start: 2023-12-16 19:00
  end: 2023-12-16
  sources: guide
  translated: [title.kk]
- id: show
  title: Show
  category: circus
  tags: []
  showings: [{id: a, start: 2023-02-29}, {id: b}]
  when: never
  repeats: FREQ=DAILY
- news
extra: 1
"""


def test_every_fault_is_found_in_one_run(faults: Faults) -> None:
    assert faults(FAULTY) == [
        "p.yaml:2: the key 'revised' is missing",
        "p.yaml:3: id: 'Winter' is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert",
        "p.yaml:4: unknown key 'titel'; did you mean 'title'?",
        "p.yaml:5: timezone: 'Asia/Astana' is not a time zone; write an IANA name, such as Asia/Almaty",
        "p.yaml:7: last is before first",
        "p.yaml:10: duplicate key 'guide'; keep one",
        "p.yaml:11: 'The-Board' is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert",
        "p.yaml:11: the key 'title' is missing",
        "p.yaml:11: publisher: the value is empty; remove the key if it is unknown",
        "p.yaml:14: name: spaces at the beginning or the end; remove them",
        "p.yaml:15: city: the value is empty; remove the key if it is unknown",
        "p.yaml:16: hours: '10-18' is not valid; write closed, or hours such as 10:00-18:00",
        "p.yaml:17: no 'gide' in the sources of this file; did you mean 'guide'?",
        "p.yaml:18: duplicate id 'circus'; every id must be unique",
        "p.yaml:19: the tag 'tag:yaml.org,2002:str' is not allowed; remove it",
        "p.yaml:23: control character U+001B; remove it",
        "p.yaml:24: the anchor '&c' is not allowed; remove it",
        "p.yaml:25: category: the value is empty; remove the key if it is unknown",
        "p.yaml:25: duplicate key 'category'; keep one",
        "p.yaml:25: the alias '*c' is not allowed; write the value instead",
        "p.yaml:26: no 'cirkus' in the venues of this file; did you mean 'circus'?",
        "p.yaml:27: 'place' and 'venue' exclude each other; remove one",
        "p.yaml:29: start and end must both be dates, or both have a time",
        "p.yaml:30: sources: expected a list, found text",
        "p.yaml:31: 'show' has no 'title' in language 'kk'",
        "p.yaml:32: 'repeats' needs 'start'",
        "p.yaml:32: showings and when exclude each other; keep one",
        "p.yaml:32: duplicate id 'show'; every id must be unique",
        "p.yaml:36: start: '2023-02-29' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00",
        "p.yaml:36: the key 'start' is missing",
        "p.yaml:37: when: 'never' is not allowed; write permanent or unannounced",
        "p.yaml:39: expected a mapping, found text",
        "p.yaml:40: unknown key 'extra'; allowed are format, programme, sources, labels, synonyms, venues, events",
    ]


def test_key_in_a_block_has_its_line() -> None:
    text = HEAD + "- id: fair\n  title: Fair\n  category: fair\n  start: 2023-12-16\n  ? |\n    titel\n  : Fair\n"

    _programme, problems = read_programme(text.encode(), file="p.yaml")

    assert [str(problem) for problem in problems] == ["p.yaml:8:5: unknown key 'titel'; did you mean 'title'?"]


@pytest.mark.parametrize(
    ("count", "last_lines"),
    [
        (50, ["p.yaml:53:3: the key 'id' is missing"]),
        (51, ["p.yaml:53:3: the key 'id' is missing", "and 1 more"]),
        (199, ["p.yaml:53:3: the key 'id' is missing", "and 149 more"]),
    ],
)
def test_first_fifty_faults_are_shown(count: int, last_lines: list[str]) -> None:
    text = HEAD + "- {title: T, category: c, start: 2023-12-16}\n" * count
    message = "the key 'id' is missing"
    _reading, problems = read_programme(text.encode(), file="p.yaml")

    shown = str(FaultyProgrammeError(problems)).split("\n")

    assert [str(problem) for problem in problems] == [f"p.yaml:{n}:3: {message}" for n in range(4, count + 4)]
    assert shown == [f"p.yaml:{n}:3: {message}" for n in range(4, 53)] + last_lines


IN_RUSSIAN = """\
format: 1
programme: {id: p, title: Ярмарка, timezone: Asia/Almaty, revised: 2023-12-01, language: ru}
sources: {guide: {title: Guide, note: Из газеты}}
labels: {fair: ярмарка}
venues:
- {id: hall, name: Дом культуры, city: Кокшетау, hours: {mon-fri: "10:00-18:00"}, hours_note: {kk: Мерекеде жабық}}
events:
- id: honey
  title: {ru: Мёд, kk: Бал}
  category: fair
  summary: Мёд и квас.
  venue: hall
  start: 2023-12-16
  price: 500 тенге
  details: [{label: Вход, value: {en: free}}]
  disputes: [{field: start, value: "2023-12-17", source: guide, note: На день позже}]
"""


def test_texts_without_a_language_are_in_that_of_the_programme() -> None:
    reading, problems = read_programme(IN_RUSSIAN.encode(), file="p.yaml")

    assert reading is not None, problems
    (honey,), hall, guide = reading.events, reading.venues["hall"], reading.sources["guide"]
    assert (reading.head.title, reading.head.labels) == ({"ru": "Ярмарка"}, {"fair": {"ru": "ярмарка"}})
    assert (hall.name, hall.hours_note, guide.note) == (
        {"ru": "Дом культуры"},
        {"kk": "Мерекеде жабық"},
        {"ru": "Из газеты"},
    )
    assert hall.hours == dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "10:00-18:00")
    assert (honey.title, honey.summary, honey.price) == (
        {"ru": "Мёд", "kk": "Бал"},
        {"ru": "Мёд и квас."},
        Price({"ru": "500 тенге"}),
    )
    assert honey.details == (Detail(label={"ru": "Вход"}, value={"en": "free"}),)
    assert [dispute.note for dispute in honey.disputes] == [{"ru": "На день позже"}]


def test_language_that_stands_below_its_texts_is_a_fault() -> None:
    head, _break, rest = IN_RUSSIAN.partition("sources:")
    first, second = head.splitlines(keepends=True)

    _reading, problems = read_programme(f"{first}sources:{rest}{second}".encode(), file="p.yaml")

    message = "'language' applies only to what follows it; move 'programme' to the top"
    assert [str(problem) for problem in problems] == [f"p.yaml:{IN_RUSSIAN.count(chr(10))}:90: {message}"]


def test_english_may_stand_anywhere() -> None:
    head, _break, rest = IN_RUSSIAN.replace("language: ru", "language: en").partition("sources:")
    first, second = head.splitlines(keepends=True)

    _reading, problems = read_programme(f"{first}sources:{rest}{second}".encode(), file="p.yaml")

    assert problems == []
