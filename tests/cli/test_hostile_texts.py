"""Text in data never acts: all that a programme or a person can write, through every command and every format."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from tests.cli.hostile import ADDRESS, LINES, TEXTS, acting, as_yaml, hostile_programme

from kzfest.calendars.ics_writer import one_line
from kzfest.cli.output import FORMATS
from kzfest.core.safe_text import legible
from kzfest.formats.json_csv import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that has the hostile programme, which the tests of this file share."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "config" / "programmes").mkdir(parents=True)
    file = home / "config" / "programmes" / "hostile.yaml"
    file.write_text(as_yaml(hostile_programme()).lstrip(), encoding="utf-8")
    return home


@pytest.fixture(name="ask")
def _ask(kzfest: Run, home: Path) -> Run:
    """Return a function that asks the hostile programme, and looks at every byte of the answer."""

    def ask(*args: str, code: int = 0, **environment: str) -> str:
        setting = {"KZFEST_HOME": str(home), "KZFEST_NOW": "2023-12-16T12:00"} | environment
        outcome = kzfest("--programme", "hostile", *args, **setting)
        assert (outcome.code, args) == (code, args), outcome.stderr
        assert list(acting(outcome.stdout)) == list(acting(outcome.stderr)) == []
        return str(outcome.stdout)

    return ask


ASKED = [
    [],
    ["list"],
    ["list", "16 dec"],
    ["list", "--undated"],
    ["month", "december"],
    ["timeline"],
    ["timeline", "16 dec", "--search", TEXTS["rich"]],
    ["timeline", "--by", "venue"],
    ["day", "16 dec"],
    ["day", "--by", "track"],
    ["list", "--search", TEXTS["rich"]],
    ["list", "--near", "at-rich", "--within", "5"],
    *(["show", key] for key in TEXTS),
    ["show", TEXTS["quotes"]],
    *(["venue", f"at-{key}"] for key in TEXTS),
    ["venues"],
    ["search", "tea"],
    ["search", "first last"],
    ["programmes"],
    ["history"],
]


@pytest.mark.parametrize("args", ASKED, ids=lambda args: " ".join(args)[:30] or "home")
def test_no_answer_acts(ask: Run, args: list[str]) -> None:
    for language in ("en", "kk"):
        ask(*args, "--lang", language) if args else ask(KZFEST_LANG=language)
    for format_ in FORMATS if args else ():
        calendar_or_not = (
            {"code": 2} if format_ == "ics" and args[0] not in {"list", "month", "timeline", "day", "show"} else {}
        )
        printed = ask(*args, "-f", format_, **calendar_or_not)
        CHECKS[format_](printed)


def check_json(text: str) -> None:
    json.loads(text)


def check_jsonl(text: str) -> None:
    assert all(json.loads(line) for line in text.splitlines())


def check_csv(text: str) -> None:
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(head)}
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)] == []


def check_markdown(text: str) -> None:
    """Check that nothing but our own headings, lists, tables and links is markup, each link to an address of data."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)
    inside = [child for token in tokens for child in token.children or []]
    ours = {"heading", "paragraph", "inline", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"}
    assert {re.sub("_(open|close)$", "", token.type) for token in tokens} <= ours
    assert {re.sub("_(open|close)$", "", token.type) for token in inside} <= {
        "text",
        "strong",
        "link",
        "softbreak",
        "hardbreak",
    }
    for token in inside:
        if token.type == "link_open":
            assert token.markup == "autolink"
    widths = [len(row) for table in re.split(r"\n(?!\|)", text) for row in _rows(table)]
    assert 0 not in widths


def _rows(table: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a Markdown table; all rows have as many."""
    rows = [re.split(r"(?<!\\)(?:\\\\)*\|", line) for line in table.splitlines() if line.startswith("|")]
    assert len({len(row) for row in rows}) <= 1, table
    yield from rows


def check_calendar(text: str) -> None:
    if text:
        (calendar,) = Calendar.from_ical(text, multiple=True)
        assert text.count("\nBEGIN:VEVENT\r\n") == text.count("\nEND:VEVENT\r\n") == len(calendar.walk("VEVENT"))
        assert [error for event in calendar.walk() for error in event.errors] == []
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


CHECKS: dict[str, Callable[[str], None]] = {
    "table": lambda _text: None,
    "json": check_json,
    "jsonl": check_jsonl,
    "csv": check_csv,
    "markdown": check_markdown,
    "ics": check_calendar,
}


@pytest.mark.parametrize("key", TEXTS)
def test_text_is_shown_as_it_was_written(ask: Run, key: str) -> None:
    text = TEXTS[key]
    shown = [" ".join(text.split())] * 2

    page = ask("show", key)
    document = json.loads(ask("show", key, "-f", "json"))["event"]
    (row,) = csv.DictReader(io.StringIO(ask("list", "--tag", key, "-f", "csv"), newline=""))
    (entry,) = Calendar.from_ical(ask("show", key, "-f", "ics")).walk("VEVENT")
    printed = ask("show", key, "-f", "markdown")

    assert [" ".join(page.splitlines()[0].split()), _field(page, "Price")] == shown
    assert (document["title"], document["notes"], document["url"]) == (text, f"{text}\n{LINES}", ADDRESS)
    assert document["details"] == [
        {"label": text, "value": text, "texts": {}},
        {"label": "Lines", "value": LINES, "texts": {}},
    ]
    assert row["title"] == (f"'{text}" if text.startswith(FORMULA_STARTS) else text)
    assert (str(entry["SUMMARY"]), str(entry["URL"])) == (one_line(text), ADDRESS)
    assert [_plain(printed, "heading_open")[0], _after("Price: ", _plain(printed, "list_item_open"))] == shown


def _field(page: str, label: str) -> str:
    (found,) = [line for line in page.splitlines() if line.startswith(label)]
    return " ".join(found.removeprefix(label).split())


def _after(label: str, texts: list[str]) -> str:
    (found,) = [text for text in texts if text.startswith(label)]
    return found.removeprefix(label)


def _plain(markdown: str, kind: str) -> list[str]:
    """Return the letters of each such block of a Markdown text."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    blocks = [tokens[position:] for position, token in enumerate(tokens) if token.type == kind]
    inlines = [next(token for token in rest if token.type == "inline") for rest in blocks]
    return [" ".join("".join(child.content for child in inline.children or []).split()) for inline in inlines]


NOTE = f"{TEXTS['rich']}\n{TEXTS['html']}\n{LINES}"


def test_no_plan_acts(ask: Run, tmp_path: Path) -> None:
    name = TEXTS["rich"][:60].strip()
    mine = ("--itinerary", name)
    calendar = str(tmp_path / "plan.ics")

    ask("itinerary", "use", name)
    ask("itinerary", "add", *TEXTS, "--note", NOTE, "--must")
    for number, text in enumerate(TEXTS.values()):
        ask("itinerary", "add", "--own", text, "--on", "2023-12-17", "--at", f"{number}:30", "--note", text)
    visits = json.loads(ask("itinerary", "show", "-f", "json"))["visits"]
    own = next(visit["id"] for visit in visits if visit["event"] is None)
    ask("itinerary", "edit", own, "--own", f"also {TEXTS['html']}", "--venue", "at-html", "--note", NOTE)
    for format_ in FORMATS:
        CHECKS[format_](ask("itinerary", "show", "-f", format_))
    for command in ("gaps", "suggest"):
        for format_ in ("table", "json", "jsonl", "csv", "markdown"):
            CHECKS[format_](ask("itinerary", command, "2023-12-17", "-f", format_))
    ask("itinerary", "check", code=5)
    ask("itinerary", "list")
    ask("itinerary", "export", "-o", calendar, "--remind", "30m")
    ask("itinerary", "export", "--vdir", str(tmp_path / "vdir"))
    token = ask("itinerary", "share").strip()
    ask("itinerary", "merge", token, "--itinerary", "other")
    ask("itinerary", "merge", token, "--diff", "--itinerary", "third")
    ask("itinerary", "remove", visits[0]["id"])
    ask("itinerary", "clear", *mine)
    ask("itinerary", "import", calendar)
    ask("itinerary", "import", str(tmp_path / "vdir"))
    ask("itinerary", "undo", "3")

    assert {visit["note"] for visit in visits} == {NOTE.replace("\t", " "), *(legible(text) for text in TEXTS.values())}
    assert {visit["title"] for visit in visits} == {" ".join(text.split()) for text in TEXTS.values()} | {
        *TEXTS.values()
    }
    check_calendar((tmp_path / "plan.ics").read_bytes().decode())


OUR_STYLES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", [20, 4_000])
@pytest.mark.parametrize("args", [["show", "rich"], ["venue", "at-html"], ["list"], ["itinerary"], ["search", "tea"]])
def test_nothing_but_our_styles_acts_on_a_terminal(
    ask: Run, on_terminal: Run, home: Path, args: list[str], columns: int
) -> None:
    ask("itinerary", "add", "rich", "--note", NOTE, "--itinerary", "terminal")
    more = ("--itinerary", "terminal") if args == ["itinerary"] else ()

    outcome = on_terminal("--programme", "hostile", *args, *more, columns=columns, KZFEST_HOME=str(home))

    printed = OUR_STYLES.sub("", outcome.stdout)
    assert (outcome.code, list(acting(printed)), list(acting(outcome.stderr))) == (0, [], [])
    assert printed != outcome.stdout
    if columns == 4_000:
        assert " ".join(TEXTS["html" if "venue" in args else "rich"].split()) in " ".join(printed.split())


ACTS = ["\x1b[31mred", "\x1b]8;;https://example.com\x1b\\\\here", "\x9b31m", "\x07", "\x08", "\0", "\x7f", "\x85"]
DECEIVES = ["\u202e", "\u2066", "\u200b", "\u2060", "\xad", "\U000e0041", "Те\u200dатр", "a\u200eb"]
FILE = """\
format: 1
programme: {{id: small, title: Small, timezone: Asia/Almaty, revised: 2023-12-01}}
venues:
  - id: hall
    name: The hall
    city: Astana
    notes: {venue}
events:
  - id: tea
    category: fair
    start: 2023-12-16
    title: {title}
    details:
      - label: Doors
        value: {value}
"""
PLACES = {"venue": 7, "title": 12, "value": 15}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ACTS, ids=ascii)
def test_text_that_acts_is_refused_with_its_line(kzfest: Run, tmp_path: Path, place: str, text: str) -> None:
    refuse(kzfest, tmp_path, place, text)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", DECEIVES, ids=ascii)
def test_text_that_deceives_is_refused_with_its_line(kzfest: Run, tmp_path: Path, place: str, text: str) -> None:
    refuse(kzfest, tmp_path, place, text)


def refuse(kzfest: Run, tmp_path: Path, place: str, text: str) -> None:
    """Check that *text*, as itself and as an escape of YAML, is refused with its line, and never shown."""
    escaped = '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'
    for written in (f'"{text}"' if "\\" not in text else f"'{text}'", escaped):
        file = tmp_path / "small.yaml"
        file.write_text(FILE.format(**(dict.fromkeys(PLACES, "Tea") | {place: written})), encoding="utf-8")

        told = [kzfest("check", str(file)), kzfest("list", "--data", str(file), "-f", "json")]

        told.append(kzfest("check", str(file), "-f", "json"))
        assert [(code, list(acting(out + err))) for code, out, err in told] == [(4, [])] * 3
        first, second = told[0].stdout.splitlines()[0], told[1].stderr.splitlines()[0]
        assert first == second
        assert first.startswith(f"{file}:{PLACES[place]}:")
        assert f"U+{ord(next(letter for letter in text if not letter.isprintable())):04X}" in first
