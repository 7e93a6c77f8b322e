"""The documents that programs read: whole, with every key of the contract, the same in JSON, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from shutil import copy
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.paths import PROGRAMMES, data_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"
    Items: TypeAlias = "Callable[[Any], list[Any]]"

PROGRAMME_KEYS = {"id", "title", "timezone"}
EVENT_KEYS = {
    "id", "title", "titles", "category", "tags", "status", "certainty", "all_day", "start", "end", "first_day",
    "last_day", "showings", "venue", "place", "city", "country", "summary", "price", "organiser", "people", "url",
    "languages", "details", "notes", "translated", "revision", "changed", "sources", "disputes", "reported",
    "labels", "texts", "people_texts", "distance_m", "people_details", "tracks", "parent", "free", "price_from",
    "price_to", "currency", "tickets", "sold_out", "age", "accessibility", "image", "room", "hours",
}  # fmt: skip
VENUE_KEYS = {
    "id", "name", "names", "aliases", "address", "city", "country", "latitude", "longitude", "accuracy", "hours",
    "hours_note", "url", "notes", "sources", "location_source", "hours_source", "translated",
    "labels", "texts", "accessibility", "rooms",
}  # fmt: skip
SHOWING_KEYS = {
    "id", "start", "end", "venue", "room", "title", "status", "price", "free", "price_from", "price_to", "currency",
    "note", "zone", "texts",
}  # fmt: skip
SOURCE_KEYS = {"id", "title", "publisher", "published", "url", "note", "texts"}
DISPUTE_KEYS = {"field", "value", "source", "note", "texts"}
DETAIL_KEYS = {"label", "value", "texts"}
MILESTONE_KEYS = {"id", "at", "precision", "timezone", "title", "titles", "summary", "sources", "disputes", "texts"}
LAW_KEYS = {
    "citation", "title", "titles", "status", "enacted_by", "passed", "timezone", "adopted", "signed", "signed_by",
    "drafted_by", "chaired_by", "votes", "chapters", "notes", "sources", "texts",
}  # fmt: skip

VENUES = """\
  - {id: green, name: {en: The green, kk: Ауыл алаңы}, city: Neudorf, address: 1 Main Street, country: DE}
"""
EVENTS = """\
  - {id: fair, title: The fair, category: fair, venue: green, start: 2023-12-15, end: 2023-12-17}
  - {id: dance, title: Dance in the barn, category: concert, place: The barn, start: 2023-12-17 18:00}
  - {id: photos, title: Photographs, category: exhibition, start: 2023-12-15, end: unknown}
  - {id: hall, title: The hall, category: museum, when: permanent}
  - {id: quiz, title: Pub quiz, category: contest, when: unannounced}
  - {id: rink, title: The rink, category: sport, reported: 2023-12-20}
  - {id: market, title: The market, category: fair, start: 2023-12-03, repeats: FREQ=WEEKLY}
"""
HEAD = ", first: 2023-12-01, last: 2023-12-31"
VILLAGE = {"id": "village", "title": "Village fair", "timezone": "Asia/Almaty"}


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Callable[..., Any]:
    """Return a function that gives the document with which the village's programme answers."""
    file = programme(EVENTS, venues=VENUES, head=HEAD)

    def ask(*args: str) -> Any:
        code, stdout, _stderr = kzfest("--data", file, *args, "-f", "json")
        assert code == 0
        return json.loads(stdout)

    return ask


def test_list_is_one_document(ask: Callable[..., Any]) -> None:
    document = ask("list", "--on", "2023-12-17", "--category", "concert")

    assert document == {
        "schema": 1,
        "programme": VILLAGE,
        "from": "2023-12-17",
        "to": "2023-12-17",
        "events": [
            {
                "id": "dance",
                "title": "Dance in the barn",
                "titles": {"en": "Dance in the barn"},
                "category": "concert",
                "tags": [],
                "labels": {},
                "status": "scheduled",
                "certainty": "certain",
                "all_day": False,
                "start": "2023-12-17T18:00:00+06:00",
                "end": None,
                "first_day": "2023-12-17",
                "last_day": "2023-12-17",
                "hours": None,
                "showings": [
                    dict.fromkeys(SHOWING_KEYS) | {"start": "2023-12-17T18:00:00+06:00", "texts": {}},
                ],
                "reported": None,
                "venue": None,
                "room": None,
                "place": "The barn",
                "city": None,
                "country": None,
                "summary": None,
                "price": None,
                "tracks": [],
                "parent": None,
                "free": None,
                "price_from": None,
                "price_to": None,
                "currency": None,
                "tickets": None,
                "sold_out": None,
                "age": None,
                "accessibility": None,
                "people_details": [],
                "image": None,
                "organiser": None,
                "people": [],
                "people_texts": [],
                "url": None,
                "languages": [],
                "details": [],
                "notes": None,
                "texts": {},
                "translated": [],
                "revision": 0,
                "changed": None,
                "sources": [],
                "disputes": [],
                "distance_m": None,
            }
        ],
    }


@pytest.mark.parametrize(
    ("args", "first", "last", "certainties"),
    [
        (
            ["--on", "2023-12-15"],
            "2023-12-15",
            "2023-12-15",
            {"fair": "certain", "photos": "certain", "hall": "permanent"},
        ),
        (
            ["--on", "2023-12-17"],
            "2023-12-17",
            "2023-12-17",
            {"market": "certain", "dance": "certain", "fair": "certain", "photos": "possible", "hall": "permanent"},
        ),
        (
            ["15..17", "dec"],
            "2023-12-15",
            "2023-12-17",
            {"fair": "certain", "photos": "certain", "market": "certain", "dance": "certain", "hall": "permanent"},
        ),
        (["--from", "2023-12-25"], "2023-12-25", "2023-12-31", None),
        (["--from", "2023-12-25", "--to", "26 dec"], "2023-12-25", "2023-12-26", None),
        (["--to", "2023-12-02"], "2023-12-01", "2023-12-02", {"hall": "permanent"}),
        ([], "2023-12-01", "2023-12-31", None),
        (["now", "--now", "2023-12-17T19:00"], "2023-12-17", "2023-12-17", None),
        (["now", "--now", "2023-12-18T01:00"], "2023-12-17", "2023-12-17", None),
        (["--from", "now", "--now", "2023-12-17T19:00"], "2023-12-17", "2023-12-31", None),
        (
            ["--undated"],
            None,
            None,
            {"quiz": "unannounced", "rink": "reported"},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_list_tells_its_days_and_how_sure_it_is(
    ask: Callable[..., Any],
    args: list[str],
    first: str | None,
    last: str | None,
    certainties: dict[str, str] | None,
) -> None:
    document = ask("list", *args)

    told = {event["id"]: event["certainty"] for event in document["events"]}
    assert (document["from"], document["to"]) == (first, last)
    assert certainties is None or told == certainties


@pytest.mark.parametrize(
    ("args", "days"),
    [
        (["list", "10..17", "dec"], ["2023-12-10", "2023-12-17"]),
        (["list", "--on", "2023-12-24"], ["2023-12-24"]),
        (["list"], ["2023-12-03", "2023-12-10", "2023-12-17", "2023-12-24", "2023-12-31"]),
        (["list", "--from", "2023-12-20"], ["2023-12-24", "2023-12-31"]),
        (["list", "2024-01-07"], ["2024-01-07"]),
        (["show", "market"], ["2023-12-03", "2023-12-10", "2023-12-17", "2023-12-24", "2023-12-31"]),
        (["list", "now", "--now", "2023-12-17T12:00"], ["2023-12-17"]),
        (["list", "--from", "now", "--now", "2023-12-20T12:00"], ["2023-12-24", "2023-12-31"]),
    ],
    ids=" ".join,
)
def test_repeating_event_has_the_showings_of_the_days_asked(
    ask: Callable[..., Any], args: list[str], days: list[str]
) -> None:
    document = ask(*args)

    events = document["events"] if "events" in document else [document["event"]]
    (market,) = (event for event in events if event["id"] == "market")
    assert [each["id"] for each in market["showings"]] == days
    assert (market["first_day"], market["last_day"]) == (days[0], days[-1])


def test_show_is_one_document(ask: Callable[..., Any]) -> None:
    document = ask("show", "fair")

    (listed,) = ask("list", "--on", "2023-12-15", "--category", "fair")["events"]
    assert document == {"schema": 1, "programme": VILLAGE, "event": listed, "parts": [], "visits": [], "nearby": []}


def test_venue_is_one_document(ask: Callable[..., Any]) -> None:
    document = ask("venue", "green")

    fair = ask("show", "fair")["event"]
    assert document == {"schema": 1, "programme": VILLAGE, "venue": fair["venue"], "events": [fair]}


def test_venues_are_one_document(ask: Callable[..., Any]) -> None:
    document = ask("venues")

    green = ask("venue", "green")["venue"]
    assert document == {"schema": 1, "programme": VILLAGE, "venues": [green | {"events": 1, "distance_m": None}]}


def test_search_is_one_document(ask: Callable[..., Any]) -> None:
    document = ask("search", "green")

    fair, green = ask("show", "fair")["event"], ask("venue", "green")["venue"]
    found = {"kind": "venue", "id": "green", "name": "The green", "events": [], "venue": green, "matched": "name"}
    at_it = {"kind": "event", "id": "fair", "name": "The fair", "events": [fair], "venue": None, "matched": "place"}
    assert document == {
        "schema": 1,
        "programme": VILLAGE,
        "query": "green",
        "results": [each | {"distance_m": None} for each in (found, at_it)],
        "more": 0,
    }


def test_person_in_a_search_has_all_their_events(kzfest: Run, programme: Programme) -> None:
    file = programme("""\
  - {id: fair, title: The fair, category: fair, start: 2023-12-17, people: [Aigul, Bolat]}
  - {id: dance, title: The dance, category: concert, start: 2023-12-16, people: [Aigul]}
""")

    (person, *_events) = json.loads(kzfest("--data", file, "search", "aigul", "-f", "json")[1])["results"]
    table = kzfest("--data", file, "search", "aigul", "--limit", "1")

    assert (person["kind"], person["id"], person["name"], person["venue"]) == ("person", None, "Aigul", None)
    assert [event["id"] for event in person["events"]] == ["fair", "dance"]
    assert [re.split(r"  +", line.strip()) for line in table[1].splitlines()] == [
        ["What", "Name", "When or where", "Found in", "Id"],
        ["person", "Aigul · The fair", "17 Dec 2023, hour not known", "people", "fair"],
        ["The dance", "16 Dec 2023, hour not known", "dance"],
    ]


def test_people_are_shown_and_found_in_the_language_of_the_answer(kzfest: Run, programme: Programme) -> None:
    file = programme("""\
  - id: fair
    title: {en: The fair, ru: Ярмарка}
    category: fair
    start: 2023-12-17
    people: [{en: Adèle Jelansky (artist), ru: Адель Желански (художница)}, Bolat (zither)]
""")

    _code, card, _stderr = kzfest("--data", file, "--lang", "ru", "show", "fair")
    found = {
        (text, language): [
            (each["kind"], each["name"])
            for each in json.loads(kzfest("--data", file, "--lang", language, "search", text, "-f", "json")[1])[
                "results"
            ]
        ]
        for text in ("желански", "jelansky")
        for language in ("en", "ru")
    }

    assert [line for line in card.splitlines() if "Адель" in line] == [
        "Участники        Адель Желански (художница) · Bolat (zither) [en]"
    ]
    assert found == {
        (text, language): [("person", name), ("event", title)]
        for text in ("желански", "jelansky")
        for language, name, title in (("en", "Adèle Jelansky", "The fair"), ("ru", "Адель Желански", "Ярмарка"))
    }


def test_address_that_describes_a_place_is_told_and_found_in_each_language(kzfest: Run, programme: Programme) -> None:
    venues = "  - {id: hall, name: Hall, city: Astana, address: {en: crossing of A and B, ru: пересечение А и Б}}\n"
    events = """\
  - {id: fair, title: Fair, category: fair, start: 2023-12-17, venue: hall}
labels: {Astana: {ru: Астана}}
"""
    file = programme(events, venues=venues)

    told = {
        language: json.loads(kzfest("--data", file, "--lang", language, "venue", "hall", "-f", "json")[1])["venue"]
        for language in ("en", "ru", "kk")
    }
    card = kzfest("--data", file, "--lang", "ru", "show", "fair")[1]
    found = json.loads(kzfest("--data", file, "search", "пересечение", "-f", "json")[1])["results"]

    assert {language: venue["address"] for language, venue in told.items()} == {
        "en": "crossing of A and B",
        "ru": "пересечение А и Б",
        "kk": "crossing of A and B",
    }
    assert told["en"]["texts"] == {"address": {"en": "crossing of A and B", "ru": "пересечение А и Б"}}
    assert [" ".join(line.split()) for line in card.splitlines() if "пересечение" in line] == [
        "Где Hall [en] · пересечение А и Б, Астана"
    ]
    assert [(each["id"], each["matched"]) for each in found] == [("fair", "address")]


def test_nothing_found_is_an_empty_document(ask: Callable[..., Any], kzfest: Run) -> None:
    nothing = {"schema": 1, "programme": VILLAGE, "query": "xylophone", "results": [], "more": 0}

    assert ask("search", "xylophone") == nothing
    assert ask("list", "2023-12-02", "--category", "concert")["events"] == []
    assert kzfest("list", "2024-02-20", "--category", "concert", "-f", "jsonl")[:2] == (0, "")


def test_programmes_are_one_document(kzfest: Run, tmp_path: Path, programme: Programme) -> None:
    own = tmp_path / "config" / "programmes"
    own.mkdir(parents=True)
    copy(programme(EVENTS, venues=VENUES, head=HEAD), own)
    (own / "wrong.yml").write_text("format: 2\n", encoding="utf-8")

    code, stdout, stderr = kzfest("programmes", "-f", "json", KZFEST_HOME=str(tmp_path))

    document = json.loads(stdout)
    assert (code, stderr, document["schema"]) == (0, "", 1)
    assert [each["id"] for each in document["programmes"]] == [*PROGRAMMES, "village", None]
    assert document["programmes"][-2:] == [
        VILLAGE
        | {
            "revised": "2023-12-01",
            "first": "2023-12-01",
            "last": "2023-12-31",
            "events": 7,
            "bundled": False,
            "file": str(own / "village.yaml"),
            "by_id": True,
            "kept": False,
            "source": None,
            "read": None,
            "default": False,
        },
        {
            "id": None,
            "title": None,
            "timezone": None,
            "revised": None,
            "first": None,
            "last": None,
            "events": None,
            "bundled": False,
            "file": str(own / "wrong.yml"),
            "by_id": False,
            "kept": False,
            "source": None,
            "read": None,
            "default": False,
        },
    ]


def keys_missing_or_more(event: dict[str, Any]) -> list[set[str]]:
    """Return where the keys of *event*, and of all that it holds, differ from the contract."""
    pairs = [(event, EVENT_KEYS)]
    pairs += [(each, SHOWING_KEYS) for each in event["showings"]]
    pairs += [(each, DETAIL_KEYS) for each in event["details"]]
    pairs += [(each, SOURCE_KEYS) for each in event["sources"]]
    pairs += [(each, DISPUTE_KEYS) for each in event["disputes"]]
    if event["venue"]:
        pairs.append((event["venue"], VENUE_KEYS))
        pairs += [(each, SOURCE_KEYS) for each in event["venue"]["sources"]]
    return [set(record) ^ keys for record, keys in pairs if set(record) != keys]


@pytest.mark.parametrize("key", PROGRAMMES)
@pytest.mark.parametrize("args", [["list"], ["list", "--undated"], ["list", "--from", "now", "--now", "2023-12-17"]])
def test_no_key_is_missing(kzfest: Run, key: str, args: list[str]) -> None:
    document = json.loads(kzfest(*args, "-p", key, "-f", "json")[1])

    assert set(document) == {"schema", "programme", "from", "to", "events"}
    assert set(document["programme"]) == PROGRAMME_KEYS
    assert [wrong for event in document["events"] for wrong in keys_missing_or_more(event)] == []


@pytest.mark.parametrize("args", [["history"], ["history", "--law"], ["history", "--lang", "kk"]])
def test_no_key_of_history_is_missing(kzfest: Run, args: list[str]) -> None:
    document = json.loads(kzfest(*args, "-f", "json")[1])

    assert set(document) == {"schema", "query", "milestones", "recognitions", "law"}
    assert [set(each) for each in document["milestones"]] == [MILESTONE_KEYS] * len(document["milestones"])
    assert {frozenset(each) for each in document["recognitions"]} == {
        frozenset({"country", "on", "note", "sources", "texts"})
    }
    assert set(document["law"]) == LAW_KEYS
    assert set(document["law"]["votes"]) == {"for", "against", "abstained", "absent", "deputies"}
    assert {frozenset(each) for each in document["law"]["chapters"]} == {
        frozenset({"number", "articles", "title", "titles", "summary", "texts"})
    }


def test_history_and_its_law_are_one_document(kzfest: Run) -> None:
    assert kzfest("history", "-f", "json") == kzfest("history", "--law", "-f", "json")


ITEMS: list[tuple[list[str], Items]] = [
    (["list"], lambda document: document["events"]),
    (["list", "--undated"], lambda document: document["events"]),
    (["list", "2024-02-20", "--category", "concert"], lambda document: document["events"]),
    (["show", "dialogue"], lambda document: [document["event"]]),
    (["venue", "national-museum"], lambda document: [document["venue"]]),
    (["venues", "--lang", "kk"], lambda document: document["venues"]),
    (["search", "museum"], lambda document: document["results"]),
    (["history"], lambda document: document["milestones"]),
    (["history", "--law"], lambda document: [document["law"]]),
    (["programmes"], lambda document: document["programmes"]),
]


@pytest.mark.parametrize(
    ("args", "items_of"), ITEMS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_json_lines_are_the_items_of_the_document(kzfest: Run, args: list[str], items_of: Items) -> None:
    code, stdout, stderr = kzfest(*args, "-f", "json")
    as_lines = kzfest(*args, "-f", "jsonl")

    assert (as_lines[0], as_lines[2]) == (code, stderr)
    assert [json.loads(line) for line in as_lines[1].splitlines()] == items_of(json.loads(stdout))


@pytest.mark.parametrize(
    ("args", "items_of"),
    [*ITEMS[:7], (["history"], ITEMS[7][1]), (["history", "--law"], lambda d: d["law"]["chapters"]), ITEMS[9]],
)
def test_csv_has_the_flat_fields_of_the_document(kzfest: Run, args: list[str], items_of: Items) -> None:
    items = items_of(json.loads(kzfest(*args, "-f", "json")[1]))
    head, *rows = csv.reader(io.StringIO(kzfest(*args, "-f", "csv")[1], newline=""))

    expected = [[flat(item, field) for field in head] for item in items]
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == expected


def flat(item: dict[str, Any], field: str) -> str:
    """Return what stands in the column *field* of the row of *item*."""
    if field == "address" and "address" not in item:
        return str((item["venue"] or {}).get("address") or "")
    value = item[field]
    if isinstance(value, list):
        return "; ".join(each["id"] if isinstance(each, dict) else each for each in value)
    if isinstance(value, dict):
        return str(value["id"])
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_csv_of_events_has_these_columns(kzfest: Run) -> None:
    head = kzfest("list", "2024-02-20", "--category", "concert", "-f", "csv")[1]

    assert head == (
        "id,title,category,tags,status,certainty,all_day,start,end,first_day,last_day,reported,venue,address,place,"
        "city,country,summary,price,organiser,people,url,languages,notes,translated,revision,changed,sources,"
        "room,distance_m,tracks,parent,free,price_from,price_to,currency,tickets,sold_out,age,accessibility,image\r\n"
    )


def test_csv_runs_no_formula(kzfest: Run, programme: Programme) -> None:
    file = programme('  - {id: a, title: "=1+1", category: fair, price: "+5", place: "-2", start: 2023-12-17}')

    code, stdout, _stderr = kzfest("--data", file, "list", "-f", "csv")

    (row,) = csv.DictReader(io.StringIO(stdout, newline=""))
    assert code == 0
    assert {key: row[key] for key in ("title", "price", "place", "start")} == {
        "title": "'=1+1",
        "price": "'+5",
        "place": "'-2",
        "start": "2023-12-17",
    }


def test_markdown_has_one_row_for_each_event(kzfest: Run, programme: Programme) -> None:
    title = "A|b *c* _d_ [e] <f> `g`"
    file = programme(f"  - {{id: a, title: '{title}', category: fair, start: 2023-12-17}}")

    code, stdout, stderr = kzfest("--data", file, "list", "-f", "markdown")

    assert (code, stderr) == (0, "")
    assert stdout == (
        "# Village fair\n"
        "\n"
        "**Sunday 17 December 2023**\n"
        "\n"
        "| When | Event | Where | Address | Id | Category |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| hour not known | A\\|b \\*c\\* \\_d\\_ \\[e\\] \\<f\\> \\`g\\` |  |  | a | fair |\n"
    )


def test_bundled_programmes_have_their_events_in_the_list_or_among_the_undated(kzfest: Run) -> None:
    known = json.loads(kzfest("programmes", "-f", "json")[1])["programmes"]

    counts = {}
    for each in known:
        dated = json.loads(kzfest("list", "-p", each["id"], "-f", "json")[1])["events"]
        undated = json.loads(kzfest("list", "-p", each["id"], "--undated", "-f", "json")[1])["events"]
        counts[each["id"]] = len({event["id"] for event in dated + undated})
    assert counts == {each["id"]: each["events"] for each in known}
    assert [each["file"] for each in known] == [str(data_folder() / name) for name in PROGRAMMES.values()]
