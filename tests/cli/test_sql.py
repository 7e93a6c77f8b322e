"""`kzfest sql`: the views say what JSON says, and nothing but a query is answered."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.programme.database.sql_views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Ask: TypeAlias = "Callable[..., Any]"

TESTS = Path(__file__).parents[1]
PROGRAMMES = (
    *(["-p", programme] for programme in ("astana", "archive", "abroad")),
    ["--data", str(TESTS / "programme" / "every_field.yaml")],
    ["--data", str(TESTS / "cli" / "festivals" / "film_festival.yaml")],
)
"""The options for the bundled programmes, and for two that have the fields that those leave out."""
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select {} from n"
ONLY_QUERIES = "give one query, which begins with SELECT or WITH; `kzfest sql` changes nothing"
NAMES = ", ".join(VIEWS)

SHOWING = ("id", "start", "end", "title", "venue", "status", "price", "note", "zone")


@pytest.fixture(name="ask")
def _ask(kzfest: Run) -> Ask:
    """Return a function that gives the document with which a command answers."""

    def ask(*args: str) -> Any:
        code, stdout, _stderr = kzfest(*args, "-f", "json")
        assert code == 0
        return json.loads(stdout)

    return ask


@pytest.fixture(name="rows")
def _rows(ask: Ask) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that gives the rows of a query."""
    return lambda *args: list(ask("sql", *args)["rows"])


def plain(value: Any) -> Any:
    """Return a value of JSON as a view has it: lists and mappings as JSON, truth as a number."""
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list | dict) else value


def flat(record: dict[str, Any], view: str) -> dict[str, Any]:
    """Return the columns that *view* shares with a record of JSON, in the form of the view."""
    again = record | {"sources": [each["id"] for each in record["sources"]]}
    if view == "events":
        again |= {"venue": record["venue"] and record["venue"]["id"], "showings": len(record["showings"])}
        again |= {"country": None if record["venue"] else record["country"]}
    known = {day: hours for day, hours in (record["hours"] or {}).items() if hours}
    again |= {"hours": known or None}
    return {name: plain(again[name]) for name in VIEWS[view].columns}


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda options: Path(options[1]).stem)
@pytest.mark.parametrize("language", ["en", "kk"])
def test_events_are_those_of_json(ask: Ask, rows: Any, programme: list[str], language: str) -> None:
    where = (*programme, "--lang", language)
    dated, undated = (ask("list", *more, *where)["events"] for more in ([], ["--undated"]))

    found = rows("select * from events order by id", *where)

    listed = {each["id"]: flat(each, "events") for each in dated + undated}
    assert found == [listed[key] for key in sorted(listed)]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda options: Path(options[1]).stem)
def test_showings_are_those_of_json(ask: Ask, rows: Any, programme: list[str]) -> None:
    events = ask("list", *programme)["events"]

    found = rows(f"select event, {', '.join(SHOWING)} from showings order by event, start, id", *programme)

    listed = [
        {"event": event["id"]}
        | {name: each[name] for name in SHOWING}
        | {name: each[name] or event[name] for name in ("title", "price")}
        | {"status": each["status"] or "scheduled" if event["status"] == "scheduled" else event["status"]}
        | {"venue": each["venue"] or (event["venue"] and event["venue"]["id"])}
        for event in events
        for each in event["showings"]
    ]
    assert found == sorted(listed, key=lambda each: (each["event"], each["start"], each["id"] or ""))


def test_showing_is_in_its_own_room_or_that_of_its_event(rows: Any, programme: Any) -> None:
    rooms = "rooms: {big: {name: Big}}"
    venues = f"  - {{id: arman, name: Arman, {rooms}}}\n  - {{id: saryarka, name: Saryarka, {rooms}}}\n"
    events = """\
  - id: film
    title: Film
    category: film
    venue: arman
    room: big
    showings:
      - {start: 2023-12-16 12:00}
      - {start: 2023-12-17 12:00, venue: saryarka}
      - {start: 2023-12-18 12:00, venue: saryarka, room: big}
  - {id: posters, title: Posters, category: fair, venue: arman, room: big, start: 2023-12-16, hours: "12:00-20:00"}
"""

    file = programme(events, venues=venues)
    found = rows("select id, venue, room from showings order by event, start", "--data", file)

    assert [tuple(each.values()) for each in found] == [
        ("1", "arman", "big"),
        ("2", "saryarka", None),
        ("3", "saryarka", "big"),
        ("2023-12-16", "arman", "big"),
    ]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda options: Path(options[1]).stem)
def test_venues_are_those_of_json(ask: Ask, rows: Any, programme: list[str]) -> None:
    listed = ask("venues", *programme, "--lang", "ru")["venues"]

    found = rows("select * from venues", *programme, "--lang", "ru")

    assert found == [flat(each, "venues") for each in listed]


def test_people_sources_and_disputes_are_those_of_json(ask: Ask, rows: Any) -> None:
    events = [each for more in ([], ["--undated"]) for each in ask("list", *more)["events"]]
    people = {(event["id"], person) for event in events for person in event["people"]}
    disputes = {
        (event["id"], *(each[key] for key in ("field", "value", "source", "note")))
        for event in events
        for each in event["disputes"]
    }
    cited = {each["id"]: each for event in events for each in event["sources"]}

    found = rows("select event, name || coalesce(' (' || role || ')', '') as person from people")
    disputed = rows("select * from disputes")
    known = rows("select * from sources where id in (select value from events, json_each(events.sources))")

    assert {(each["event"], each["person"]) for each in found} == people
    assert {tuple(each.values()) for each in disputed} == disputes
    assert {each["id"]: each for each in known} == {
        key: {name: each[name] for name in VIEWS["sources"].columns} for key, each in cited.items()
    }


def test_visits_are_those_of_the_itinerary(kzfest: Run, ask: Ask, rows: Any) -> None:
    named = ("--itinerary", "Sql")
    kzfest("itinerary", *named, "add", "gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h")
    kzfest("itinerary", *named, "add", "now-i-see-you", "--on", "2023-12-16", "--at", "13:00", "--must")
    kzfest("itinerary", *named, "add", "--own", "Dinner", "--on", "2023-12-16", "--at", "19:00", "--note", "for two")
    visits = [
        each
        | {"venue": each["venue"] and each["venue"]["id"], "clashes": len(each["clashes"])}
        | {"travel_minutes": each["way"] and each["way"]["minutes"]}
        for each in ask("itinerary", *named)["visits"]
    ]

    found = rows("select * from visits", *named)

    assert found == [{name: plain(each[name]) for name in VIEWS["visits"].columns} for each in visits]
    assert rows("select count(*) as n from visits", "--itinerary", "Another") == [{"n": 0}]


def test_columns_are_those_of_the_views(rows: Any) -> None:
    assert rows("select view, name from columns") == [
        {"view": view, "name": name} for view, told in VIEWS.items() for name in told.columns
    ]


@pytest.mark.parametrize(
    "query",
    [
        "insert into visits (id) values ('x')",
        "update events set title = ''",
        "delete from visits",
        "delete from events",
        "create temp table t (a)",
        "create view v as select 1",
        "drop view events",
        "alter table visits rename to v",
        "attach 'other.sqlite3' as other",
        "detach temp",
        "pragma query_only = off",
        "pragma table_info(events)",
        "select * from pragma_table_info('events')",
        "select load_extension('x')",
        "vacuum",
        "vacuum into 'other.sqlite3'",
        "begin",
        "savepoint s",
        "reindex",
        "analyze",
        "select 1; select 2",
        "select 1; delete from visits",
        "",
        "/* nothing */",
    ],
)
def test_anything_else_than_a_query_is_refused(kzfest: Run, query: str) -> None:
    assert kzfest("sql", query) == (2, "", f"kzfest: {ONLY_QUERIES}\n")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("select title from events wher id = 1", 'near "id": syntax error'),
        ("select tittle from events", "no such column: tittle"),
        ("select 'it", 'unrecognized token: "\'it"'),
        ("select * from event", f"no such table: event; the views are {NAMES}"),
        ("select * from occurrence", f"no such table: occurrence; the views are {NAMES}"),
        ("select * from sqlite_master", f"no such table: sqlite_master; the views are {NAMES}"),
        ("select zeroblob(1000000000)", "string or blob too big"),
    ],
)
def test_query_with_an_error_is_told_where(kzfest: Run, query: str, told: str) -> None:
    assert kzfest("sql", query) == (2, "", f"kzfest: the query cannot be run: {told}\n")


@pytest.mark.parametrize("what", ["count(*)", "x"])
@pytest.mark.parametrize("format_", ["table", "csv"])
def test_query_without_an_end_is_stopped(process: Run, tmp_path: Path, what: str, format_: str) -> None:
    file = tmp_path / "out.txt"
    query = f"{ENDLESS.format(what)} where x > 20000 or {what == 'x':d}" if format_ == "table" else ENDLESS.format(what)

    code, stdout, stderr = process("sql", query, "--timeout", "0.5", "-f", format_, "-o", str(file))

    if (format_, what) == ("table", "x"):  # a table ends by itself
        assert (code, stdout, len(file.read_text(encoding="utf-8").splitlines())) == (0, "", 10_001)
        assert stderr == "only the first 10000 rows are shown; -f csv and -f jsonl write all of them\n"
    else:
        assert (code, stdout, file.exists()) == (1, "", False)
        assert stderr == "kzfest: the query was stopped after 0.5 s of computing; `--timeout` gives it more\n"


def test_timeout_is_a_number(kzfest: Run) -> None:
    message = "kzfest: Invalid value for '--timeout': expected a number from 0 to 1000000. See `kzfest sql --help`.\n"
    assert kzfest("sql", "select 1", "--timeout", "nan") == (2, "", message)


def test_interrupted_query_ends_as_any_other_command() -> None:
    command = [sys.executable, "-m", "kzfest", "sql", "--timeout", "0", "-f", "jsonl"]
    query = f"select 1 as n union all select * from ({ENDLESS.format('count(*)')})"
    rows = (
        f"with recursive m(n) as (select 1 union all select n + 1 from m limit 1000) select n from m union all {query}"
    )

    with subprocess.Popen([*command, rows], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stdout.readline() == b'{"n": 1}\n'
        running.send_signal(signal.SIGINT)
        _stdout, stderr = running.communicate()

    assert (running.returncode, stderr) == (130, b"")


def test_many_rows_go_into_a_pipe_as_they_are_found() -> None:
    command = [sys.executable, "-m", "kzfest", "sql", ENDLESS.format("x"), "-f", "csv", "--timeout", "0"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        first = [running.stdout.readline() for _each in range(3)]
        running.stdout.close()
        assert running.stderr
        told = running.stderr.read()

    assert (first, told, running.returncode) == ([b"x\r\n", b"1\r\n", b"2\r\n"], b"", 0)


ODD = "select 1 as a, 'b;\"\nc' as a, null as b, x'00ff' as c, 9e999 as d, '=1+1' as e where {}"


def test_odd_values_in_every_format(kzfest: Run) -> None:
    printed = {format_: kzfest("sql", ODD.format(1), "-f", format_)[1] for format_ in ("json", "jsonl", "csv", "table")}

    row = {"a": 1, "a_2": 'b;"\nc', "b": None, "c": "00ff", "d": None, "e": "=1+1"}
    assert json.loads(printed["json"]) == {"schema": 1, "columns": list(row), "rows": [row]}
    assert json.loads(printed["jsonl"]) == row
    assert list(csv.reader(io.StringIO(printed["csv"], newline=""))) == [
        list(row),
        ["1", 'b;"\nc', "", "00ff", "", "'=1+1"],
    ]
    assert printed["table"].splitlines()[1].split() == ["1", 'b;"', "c", "00ff", "=1+1"]


def test_query_without_rows_in_every_format(kzfest: Run) -> None:
    printed = {format_: kzfest("sql", ODD.format(0), "-f", format_) for format_ in ("json", "jsonl", "csv")}

    assert json.loads(printed["json"][1]) == {"schema": 1, "columns": ["a", "a_2", "b", "c", "d", "e"], "rows": []}
    assert printed["jsonl"] == (0, "", "")
    assert printed["csv"] == (0, "a,a_2,b,c,d,e\r\n", "")


def test_csv_file_begins_with_a_byte_order_mark(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"

    assert kzfest("sql", "select 'Ә' as letter", "-o", str(file)) == (0, "", "")
    assert file.read_bytes() == "\ufeffletter\r\nӘ\r\n".encode()


def test_query_from_standard_input() -> None:
    command = [sys.executable, "-m", "kzfest", "sql", "-", "-f", "jsonl"]

    done = subprocess.run(command, input=b"select 1 as n", capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b'{"n": 1}\n', b"")


def test_standard_input_must_be_utf_8() -> None:
    command = [sys.executable, "-m", "kzfest", "sql", "-"]

    done = subprocess.run(command, input="select 'Ә'".encode("utf-16"), capture_output=True, check=False)

    told = b"kzfest: the query cannot be run: this is not UTF-8 text; save the file as UTF-8\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", told)
