"""A film festival of forty events: what each command that reads must answer, worked out by hand from the file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml
from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

FILE = Path(__file__).with_name("film_festival.yaml")
FRIDAY_EVENING, SATURDAY_NOON, SATURDAY_NIGHT = "2026-10-09T20:50", "2026-10-10T13:05", "2026-10-11T01:00"

FRIDAY = [
    "posters", "walk", "talk-script", "vr", "workshop", "talk-sound", "apple", "road", "letters", "light", "salt",
    "night-bus", "projectors",
]  # fmt: skip
SATURDAY = [
    "foal", "shorts-1", "workshop", "bread", "shorts-2", "well", "lake", "talk-money", "eagle", "steel", "london",
    "mother", "silence", "light", "city", "neon", "party", "wolves", "vr", "posters", "projectors",
]  # fmt: skip
SUNDAY = [
    "walk", "snow", "dog", "workshop", "river", "mine", "bride", "talk-critics", "debut", "talk-jury", "train", "salt",
    "closing", "light", "vr", "posters", "projectors",
]  # fmt: skip
IN_SMALL_HALL = [
    "apple", "letters", "salt", "shorts-1", "shorts-2", "lake", "steel", "silence", "neon", "dog", "mine", "debut",
]  # fmt: skip
DOSTYK, ABAY = "104 Dostyk Avenue", "14 Abay Avenue"
ARMAN = "Arman Cinema, 104 Dostyk Avenue, Almaty"


@pytest.fixture(name="ask")
def _ask(kzfest: Run) -> Run:
    """Return a function that asks the festival, a week before it begins."""
    before = {"KZFEST_DATA": str(FILE), "KZFEST_NOW": "2026-10-02T12:00"}
    return lambda *args, **environment: kzfest(*args, **(before | environment))


def ids(document: Any) -> list[str]:
    return [each["id"] for each in document["events"]]


def test_file_has_forty_events_without_a_fault(ask: Run) -> None:
    assert ask("check", str(FILE)) == (0, "", "no fault in 1 file\n")
    assert len(yaml.safe_load(FILE.read_text(encoding="utf-8"))["events"]) == 40


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["9 oct"], FRIDAY),
        (["10 oct"], SATURDAY),
        (["11 oct"], SUNDAY),
        (["10 oct", "--starting"], SATURDAY[:-3]),
        (["now", "--now", FRIDAY_EVENING], ["posters", "road", "letters", "projectors"]),
        (["now", "--now", SATURDAY_NOON], ["bread", "shorts-2", "vr", "posters", "projectors"]),
        (["now", "--now", SATURDAY_NIGHT], ["party", "wolves", "posters", "projectors"]),
        (["--undated"], ["secret"]),
        (["--category", "workshop"], ["workshop"]),
        (["--category", "мастер-класс"], ["workshop"]),
        (["--tag", "family"], ["workshop", "foal", "snow", "dog"]),
        (["9 oct", "--venue", "square"], ["light"]),
        (["10 oct", "--venue", "library"], ["workshop", "talk-money", "posters"]),
        (["9 oct", "--city", "almaty", "--category", "tour"], ["walk"]),
    ],
)
def test_list_has_what_is_on(answer: Callable[..., Any], args: list[str], expected: list[str]) -> None:
    assert ids(answer("list", *args)) == expected


@pytest.mark.parametrize("text", ["small hall", "кіші зал", "малый зал"])
def test_room_is_found_in_each_language(answer: Callable[..., Any], text: str) -> None:
    assert ids(answer("list", "--search", text)) == IN_SMALL_HALL
    assert ids(answer("list", "--search", text, "--undated")) == ["secret"]


def test_friday_reads_hour_by_hour(ask: Run) -> None:
    code, page, notes = ask("list", "9 oct", "--not-category", "talk", "--not-category", "workshop")

    assert (code, rows(page), notes.splitlines()[0]) == (
        0,
        [
            ["Steppe Film Days"],
            [],
            ["When", "Event", "Where", "Address", "Id", "Category"],
            ["Friday 9 October 2026"],
            ["09:00–10:30 · repeats", "Film Walk · free", "at the cinema's door", "walk", "tour"],
            ["12:00–20:00 · to 11 Oct", "Steppe in VR · free", "Foyer, Arman Cinema", DOSTYK, "vr", "exhibition"],
            ["17:00–18:30", "Apple Garden", "Small Hall, Arman Cinema", DOSTYK, "apple", "film"],
            ["19:00–21:10", "The Road to Turkistan", "Great Hall, Arman Cinema", DOSTYK, "road", "film"],
            ["19:30–21:00", "Unsent", "Small Hall, Arman Cinema", DOSTYK, "letters", "film"],
            ["20:00–20:45", "Light on the Square · free", "Abay Square", "light", "theatre"],
            [
                "22:00–23:30 · also 11 Oct, 17:00", "CANCELLED: Salt · The copy is late.", "Small Hall, Arman Cinema",
                DOSTYK, "salt", "film",
            ],
            ["10 Oct, 00:30–02:10", "Night Bus", "Great Hall, Arman Cinema", DOSTYK, "night-bus", "film"],
            [
                "to 11 Oct", "Film Posters · free", "City Library · usually 10:00–13:00, 14:00–18:00", ABAY, "posters",
                "exhibition",
            ],
            [],
            ["Permanent"],
            ["Old Projectors", "Foyer, Arman Cinema", DOSTYK, "projectors", "museum"],
        ],
        "9 oct: Friday 9 October 2026",
    )  # fmt: skip


def test_exhibitions_stand_once_over_several_days(ask: Run) -> None:
    code, page, _notes = ask("list", "--category", "exhibition", "--category", "theatre")

    assert (code, rows(page)[3:]) == (
        0,
        [
            ["Running through these days"],
            [
                "last day 11 Oct", "Film Posters · free",
                "City Library · usually Fri–Sat 10:00–13:00, 14:00–18:00, Sun 11:00–18:00", ABAY, "posters",
                "exhibition",
            ],
            ["last day 11 Oct · 12:00–20:00", "Steppe in VR · free", "Foyer, Arman Cinema", DOSTYK, "vr", "exhibition"],
            [],
            ["Friday 9 October 2026"],
            ["20:00–20:45", "Light on the Square · free", "Abay Square", "light", "theatre"],
            [],
            ["Saturday 10 October 2026"],
            ["20:00–20:45", "Light on the Square · free", "Abay Square", "light", "theatre"],
            [],
            ["Sunday 11 October 2026"],
            ["20:00–20:45", "Light on the Square · free", "Abay Square", "light", "theatre"],
        ],
    )  # fmt: skip


def rows(page: str) -> list[list[str]]:
    """Return the cells of each line of a page, without the empty ones."""
    return [[part.strip() for part in line.split("  ") if part.strip()] for line in page.splitlines()]


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "kk",
            [
                "11:00–13:00 · сондай-ақ 9 қаз., 14:00; 11 қаз., 11:00", "Балаларға арналған анимация · тегін",
                "Оқу залы, Қалалық кітапхана", ABAY, "workshop", "шеберлік сабағы",
            ],
        ),
        (
            "ru",
            [
                "11:00–13:00 · также 9 окт., 14:00; 11 окт., 11:00", "Анимация для детей · бесплатно",
                "Читальный зал, Городская библиотека", ABAY, "workshop", "мастер-класс",
            ],
        ),
    ],
)  # fmt: skip
def test_workshop_of_saturday_has_its_own_title_and_room(ask: Run, language: str, row: list[str]) -> None:
    code, page, _notes = ask("list", "10 oct", "--category", "workshop", "--lang", language)

    assert (code, rows(page)[-1]) == (0, row)


def test_cancelled_showing_stands_beside_the_one_that_takes_place(ask: Run) -> None:
    code, card, notes = ask("show", "salt")

    assert (code, card.rpartition("To")[0], notes) == (
        0,
        """\
Salt

Also titled  Тұз [kk] · Соль [ru]
When         9 Oct 2026, 22:00–23:30, CANCELLED, The copy is late. · 11 Oct 2026, 17:00–18:30
Where        Small Hall, Arman Cinema · 104 Dostyk Avenue, Almaty
Access       Step-free, with a lift to the small hall.
Map          43.2420, 76.9570, the building itself · https://www.openstreetmap.org/?mlat=43.242&mlon=76.957&zoom=17
Price        1,000 ₸
Category     film
Id           salt
Near by      Steppe in VR, 12:00–20:00, at the same venue · Train No. 7, 16:30–18:20, at the same venue · \
Film Posters, 9–11 Oct, 1.0 km
""",
        "",
    )


def test_each_showing_says_what_is_special_about_it(answer: Callable[..., Any]) -> None:
    said = {key: answer("show", key)["event"] for key in ("salt", "workshop", "london", "walk", "vr")}
    fields = ("id", "start", "status", "room", "title", "price", "note", "zone")

    showings = {
        key: [tuple(each[field] for field in fields) for each in event["showings"]] for key, event in said.items()
    }
    assert showings == {
        "salt": [
            ("1", "2026-10-09T22:00:00+05:00", "cancelled", None, None, None, "The copy is late.", None),
            ("2", "2026-10-11T17:00:00+05:00", None, None, None, None, None, None),
        ],
        "workshop": [
            ("1", "2026-10-09T14:00:00+05:00", None, None, None, None, None, None),
            ("2", "2026-10-10T11:00:00+05:00", None, "reading-room", "Animation for Children", "free", None, None),
            ("3", "2026-10-11T11:00:00+05:00", None, None, None, None, None, None),
        ],
        "london": [("1", "2026-10-10T14:00:00+01:00", None, None, None, None, None, "Europe/London")],
        "walk": [
            ("2026-10-09", "2026-10-09T09:00:00+05:00", None, None, None, None, None, None),
            ("2026-10-11", "2026-10-11T09:00:00+05:00", None, None, None, None, None, None),
        ],
        "vr": [
            ("2026-10-09", "2026-10-09T12:00:00+05:00", None, None, None, None, None, None),
            ("2026-10-10", "2026-10-10T12:00:00+05:00", None, None, None, None, None, None),
            ("2026-10-11", "2026-10-11T12:00:00+05:00", None, None, None, None, None, None),
        ],
    }  # fmt: skip


def test_exhibition_tells_its_own_hours(ask: Run) -> None:
    assert ask("show", "vr", "--lang", "ru") == (
        0,
        """\
Степь в VR

Другие названия  Steppe in VR [en] · VR-дағы дала [kk]
Когда            9–11 окт. 2026\u00a0г.
Часы работы      12:00–20:00
Где              Фойе, Кинотеатр «Арман» · 104 Dostyk Avenue, Алматы
Доступность      Вход без ступеней, в малый зал идёт лифт.
Карта            43.2420, 76.9570, само здание · https://www.openstreetmap.org/?mlat=43.242&mlon=76.957&zoom=17
Цена             бесплатно
Категория        выставка
ID               vr
Рядом            Яблоневый сад, 17:00–18:30, там же · Дорога в Туркестан, 19:00–21:10, там же · Неотправленное письмо, \
19:30–21:00, там же
Запланировать    kzfest itinerary add vr --on 2026-10-09
""",
        "",
    )


def test_venue_shows_its_rooms_and_access(ask: Run, answer: Callable[..., Any]) -> None:
    code, page, _notes = ask("venue", "library")

    assert (code, page.splitlines()[:6]) == (
        0,
        [
            "City Library",
            "",
            "Also named  Қалалық кітапхана [kk] · Городская библиотека [ru]",
            "Address     14 Abay Avenue, Almaty, KZ",
            "Hours       Mon–Thu closed, Fri–Sat 10:00–13:00, 14:00–18:00, Sun 11:00–18:00",
            "Rooms       Reading Room · 60 places · Studio · 1 place",
        ],
    )
    arman = answer("venue", "arman", "--lang", "kk")["venue"]
    assert (arman["accessibility"], arman["rooms"][1:]) == (
        "Баспалдақсыз кіреберіс, кіші залға лифт бар.",
        [
            {
                "id": "small-hall",
                "name": "Кіші зал",
                "names": {"en": "Small Hall", "kk": "Кіші зал", "ru": "Малый зал"},
                "capacity": 90,
            },
            {"id": "foyer", "name": "Фойе", "names": {"en": "Foyer", "kk": "Фойе", "ru": "Фойе"}, "capacity": None},
        ],
    )


def test_venues_count_their_events_and_one_has_no_city(answer: Callable[..., Any]) -> None:
    venues = answer("venues")["venues"]

    assert [(each["id"], each["city"], each["events"]) for each in venues] == [
        ("arman", "Almaty", 29),
        ("library", "Almaty", 7),
        ("square", None, 2),
    ]


@pytest.mark.parametrize("text", ["animation for children", "Анимация для детей"])
def test_title_of_one_showing_is_found(answer: Callable[..., Any], text: str) -> None:
    (found,) = answer("search", text)["results"]

    assert [each["id"] for each in found["events"]] == ["workshop"]


def test_other_formats_name_the_room(ask: Run) -> None:
    table = list(csv.DictReader(ask("list", "10 oct", "--category", "workshop", "-f", "csv")[1].splitlines()))
    lines = ask("show", "wolves", "-f", "jsonl")[1].splitlines()
    page = ask("list", "11 oct", "--search", "Salt", "-f", "markdown")[1]

    assert [(row["id"], row["venue"], row["room"]) for row in table] == [("workshop", "library", "reading-room")]
    assert [json.loads(line)["room"]["capacity"] for line in lines] == [400]
    assert page.splitlines()[-1] == (f"| 17:00–18:30 | Salt | Small Hall, Arman Cinema | {DOSTYK} | salt | film |")


def test_festival_is_over_in_winter(ask: Run) -> None:
    code, page, notes = ask("--now", "2026-12-01")

    assert (code, page.splitlines()[:5], notes) == (
        0,
        [
            "Steppe Film Days",
            "",
            "9–11 Oct 2026 · 40 events · Asia/Almaty",
            "",
            "The programme is over. Its last day was Sunday 11 October 2026.",
        ],
        "",
    )


def test_calendar_has_an_entry_for_each_showing(ask: Run) -> None:
    code, text, notes = ask("export", "-f", "ics")
    entries = {str(entry["uid"]).partition("@")[0]: entry for entry in Calendar.from_ical(text).walk("VEVENT")}

    assert (code, len(entries), notes.splitlines()[0]) == (0, 46, "46 entries")
    assert {key for key, entry in entries.items() if entry["status"] == "CANCELLED"} == {"salt.1"}
    free = {"salt.1", "vr.2026-10-09", "vr.2026-10-10", "vr.2026-10-11", "posters"}
    assert {key for key, entry in entries.items() if entry["transp"] == "TRANSPARENT"} == free
    wanted = ("salt.1", "workshop.2", "vr.2026-10-10", "light.2026-10-11", "london.1", "wolves")
    assert {key: said(entries[key]) for key in wanted} == {
        "salt.1": ("CANCELLED: Salt", "2026-10-09T22:00:00+05:00", "2026-10-09T23:30:00+05:00", "Small Hall, " + ARMAN),
        "workshop.2": (
            "Animation for Children", "2026-10-10T11:00:00+05:00", "2026-10-10T13:00:00+05:00",
            "Reading Room, City Library, 14 Abay Avenue, Almaty",
        ),
        "vr.2026-10-10": ("Steppe in VR", "2026-10-10T12:00:00+05:00", "2026-10-10T20:00:00+05:00", "Foyer, " + ARMAN),
        "light.2026-10-11": (
            "Light on the Square", "2026-10-11T20:00:00+05:00", "2026-10-11T20:45:00+05:00", "Abay Square",
        ),
        "london.1": ("A Talk from London", "2026-10-10T14:00:00+01:00", "2026-10-10T15:00:00+01:00", "online"),
        "wolves": ("Wolves", "2026-10-11T00:15:00+05:00", "2026-10-11T01:50:00+05:00", "Great Hall, " + ARMAN),
    }  # fmt: skip


def said(entry: Any) -> tuple[str, str, str, str]:
    """Return summary, start, end and location of a calendar entry."""
    return (
        str(entry["summary"]),
        entry["dtstart"].dt.isoformat(),
        entry["dtend"].dt.isoformat(),
        str(entry["location"]),
    )


def test_plan_knows_rooms_and_what_is_cancelled(plan: Run) -> None:
    refused = plan("add", "salt", "--on", "2026-10-09")
    for args in (["apple"], ["road"], ["letters"], ["vr", "--on", "2026-10-09"], ["workshop", "--on", "2026-10-10"]):
        assert plan("add", *args)[0] == 0

    code, shown, _notes = plan("show", "-f", "json")
    visits = json.loads(shown)["visits"]
    assert refused == (
        2,
        "",
        "kzfest: 'Salt' on 9 Oct 2026, 22:00–23:30 has been cancelled; it is on 11 Oct 2026\n",
    )
    assert code == 0
    assert [
        (
            each["title"],
            each["start"],
            each["end"],
            each["room"]["name"],
            [clash["verdict"] for clash in each["clashes"]],
        )
        for each in visits
    ] == [
        ("Steppe in VR", "2026-10-09", "2026-10-09", "Foyer", []),
        ("Apple Garden", "2026-10-09T17:00:00+05:00", "2026-10-09T18:30:00+05:00", "Small Hall", []),
        ("The Road to Turkistan", "2026-10-09T19:00:00+05:00", "2026-10-09T21:10:00+05:00", "Great Hall", ["overlap"]),
        ("Unsent", "2026-10-09T19:30:00+05:00", "2026-10-09T21:00:00+05:00", "Small Hall", ["overlap"]),
        ("Animation for Children", "2026-10-10T11:00:00+05:00", "2026-10-10T13:00:00+05:00", "Reading Room", []),
    ]
    assert plan("check")[0] == 5


def test_plan_reads_with_rooms_and_goes_into_a_calendar_and_a_token(plan: Run) -> None:
    plan("add", "vr", "--on", "2026-10-09", "--at", "15:00")
    plan("add", "apple")
    plan("add", "london")

    code, page, _notes = plan("show")
    assert (code, [row[:-1] for row in rows(page)[3:] if row]) == (
        0,
        [
            [],
            ["15:00–16:30 · end assumed", "Steppe in VR", f"Foyer, Arman Cinema · {DOSTYK}, Almaty"],
            ["17:00–18:30", "Apple Garden", f"Small Hall, Arman Cinema · {DOSTYK}, Almaty"],
            [],
            ["14:00–15:00 · Europe/London", "A Talk from London", "online"],
        ],
    )
    entries = Calendar.from_ical(plan("export", "-f", "ics")[1]).walk("VEVENT")
    assert [said(entry)[1:] for entry in entries] == [
        ("2026-10-09T15:00:00+05:00", "2026-10-09T16:30:00+05:00", f"Foyer, {ARMAN}"),
        ("2026-10-09T17:00:00+05:00", "2026-10-09T18:30:00+05:00", f"Small Hall, {ARMAN}"),
        ("2026-10-10T14:00:00+01:00", "2026-10-10T15:00:00+01:00", "online"),
    ]
    token = plan("share")[1].strip()
    plan("clear")
    assert plan("merge", token)[0] == 0
    assert plan("show")[1].splitlines()[3:5] == page.splitlines()[3:5]
    assert plan("check")[0] == 0


def test_gaps_and_suggestions_leave_out_the_cancelled_showing(plan: Run) -> None:
    plan("add", "road")

    gaps = json.loads(plan("gaps", "2026-10-09", "-f", "json")[1])["gaps"]
    suggested = json.loads(plan("suggest", "2026-10-09", "--per-day", "9", "-f", "json")[1])

    before, after = ([each["id"] for each in gap["fits"]] for gap in gaps)
    assert (before, after) == (["walk", "talk-script", "workshop", "talk-sound", "apple", "posters", "vr"], [])
    chosen = [(each["event"], each["start"]) for each in suggested["visits"]]
    assert chosen == [
        ("posters", "2026-10-09"),
        ("vr", "2026-10-09"),
        ("walk", "2026-10-09T09:00:00+05:00"),
        ("talk-script", "2026-10-09T11:00:00+05:00"),
        ("workshop", "2026-10-09T14:00:00+05:00"),
        ("talk-sound", "2026-10-09T16:30:00+05:00"),
        ("night-bus", "2026-10-10T00:30:00+05:00"),
    ]
    assert [(each["event"], each["why"]) for each in suggested["left_out"]] == [
        ("apple", "9 Oct 2026: clashes with The Sound of the Steppe"),
        ("letters", "9 Oct 2026: clashes with The Road to Turkistan"),
        ("light", "9 Oct 2026: clashes with The Road to Turkistan"),
        ("salt", "cancelled"),
    ]
