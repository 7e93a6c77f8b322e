"""Whatever is typed: an exit code that the README knows, no traceback, nothing that acts, and JSON that is JSON."""

from __future__ import annotations

import json
import shutil
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest
import typer.main
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.cli.hostile import acting

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"

DATES = (
    *("2023-12-17", "17 dec", "15..17 dec", "december", "weekend", "now", "today", "+3d"),
    *("2023-12-16T19:00", "17.12", "с 15 по 17 декабря"),
)
EVENTS = "gastromania", "now-i-see-you", "tango", "main-tree", "kazakhstan-way", "независимость"
POOLS: dict[str, tuple[str, ...]] = {
    "WHEN": (*DATES, "2023-02-30", "0001-01-01", "9999-12-31", "17..15 dec", "+99999999d"),
    "EVENT": EVENTS,
    "VISIT": (*EVENTS, "aaaaa", "id"),
    "NAME": ("expo-centre", "museum", "цирк", "main", "trip", "x" * 61),
    "WORD": ("concert", "exhibition", "Astana", "family", "concerts"),
    "TEXT": ("museum", "цирк", "Row 7\nAnna", "=1+1", "[bold]"),
    **dict.fromkeys(("ID", "NEW-ID"), ("astana", "archive", "abroad", "ASTANA", "none")),
    **dict.fromkeys(
        ("FILE", "OLD", "NEW"),
        (
            *("folder", "link.ics", "out.json", "out.csv", "out.html", "out.ics", "out.txt"),
            *("a.yaml", "back.ics", "none/x.md", "-"),
        ),
    ),
    "FOLDER": ("folder", "vdir", "none/x", "a.yaml"),
    "FORMAT": ("table", "json", "jsonl", "csv", "markdown", "ics", "JSON"),
    "ORDER": ("time", "title", "venue", "category", "id"),
    "N": ("0", "1", "3", "-1", "1000", "99999999999999999999"),
    "AMOUNT": ("5000", "20 EUR", "1,5", "-1", "1e9"),
    "CODE": ("en", "kk", "xx", "english"),
    **dict.fromkeys(("PLACE", "FROM", "TO"), ("expo-centre", "51.13,71.43", "95,200", "gastromania", "zhansaya")),
    "QUERY": ("select id from events", "select", "drop table event", "select 1; select 2"),
    "SECONDS": ("1", "0", "nan"),
    **dict.fromkeys(("COMMAND", "PAGE", "COMMAND | PAGE"), ("list", "itinerary", "add", "dates", "none")),
    "WORDS": ("1991", "december", "turkey", "1800..1900"),
    "KM": ("0", "1.5", "1e300", "nan", "inf", "-1"),
    "TIME": ("14:00", "2 pm", "00:30", "any", "25:00"),
    "LENGTH": ("2h", "90m", "1h30", "0", "169h"),
    "TOKEN": ("-", "kzf1:", "kzf1:eNqLVspNzMxT0lEqKUpV0lGKBgA6MQYe"),
    "en|kk|ru": ("en", "kk", "ru", "de"),
    "SIZE": ("a4", "A6", "letter", "a7"),
    "MODE": ("auto", "always", "never", "red"),
    "ZONE": ("Europe/Berlin", "Almaty", "none"),
    "as-written": ("as-written", "local"),
    "day-first|month-first": ("day-first", "month-first", "first"),
    "FIELD=HEADING,...": ("start=Beginn", "x", "="),
    "walk|car": ("walk", "car", "fly"),
    "category|track|venue": ("category", "track", "venue", "none"),
    "venue|room|track": ("venue", "room", "track", "city"),
}
ODD = "ab1-.:,/ \t\n\0\x1b\x9b\u202e\u200b\udcff[]{}*'\"$%=жә😀"
ANYTHING = st.text(st.sampled_from(ODD) | st.characters(), max_size=6)


class Command(NamedTuple):
    """A command as the program itself describes it: its name, and the kinds of what stands behind it."""

    name: tuple[str, ...]
    options: dict[str, str | None]
    """Each option's kind of value; None for a flag."""
    arguments: tuple[str, ...]


@cache
def commands() -> list[Command]:
    """Return every command that there is, with the options it has."""
    group: Any = typer.main.get_command(app)
    return [Command((), _options(group), ()), *_commands_of(group, (), None)]


def _commands_of(group: Any, before: tuple[str, ...], parent: Any) -> list[Command]:
    context = group.make_context(before[-1] if before else "kzfest", [], parent=parent, resilient_parsing=True)
    found = []
    for name in group.list_commands(context):
        command, path = group.get_command(context, name), (*before, name)
        arguments = [each.metavar for each in command.params if each.param_type_name == "argument"]
        kinds = tuple("FILE" if path == ("new",) else each.strip("[].") for each in arguments)
        found.append(Command(path, _options(command), kinds))
        if hasattr(command, "list_commands"):
            found += _commands_of(command, path, context)
    return found


def _options(command: Any) -> dict[str, str | None]:
    options = [each for each in command.params if each.param_type_name == "option"]
    named = {name: None if each.is_flag else each.metavar or "EVENT" for each in options for name in each.opts}
    return {name: kind for name, kind in named.items() if "completion" not in name}  # those write into one's home


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """Draw a command line: mostly of a command's own options with values of their kind, sometimes of anything."""
    command = draw(st.sampled_from(commands()))
    line = list(command.name)
    for kind in command.arguments:
        line += [_value(draw, kind) for _more in range(draw(st.integers(0, 2)))]
    for name in draw(st.lists(st.sampled_from(sorted(command.options)), max_size=4)):
        wanted = command.options[name]
        line += [name] if wanted is None else [name, _value(draw, wanted)]
    if not draw(st.integers(0, 9)):
        line.insert(draw(st.integers(0, len(line))), draw(ANYTHING.filter(lambda text: "/" not in text)))
    return line


def _value(draw: st.DrawFn, kind: str) -> str:
    """Draw a value of that *kind*, at times of another, at times of none; files are drawn from their pool only."""
    usual = st.sampled_from(POOLS[kind])
    if kind in {"FILE", "OLD", "NEW", "FOLDER"}:
        return draw(usual)
    return draw(usual if draw(st.integers(0, 5)) else st.sampled_from(sum(POOLS.values(), ())) | ANYTHING)


@pytest.fixture(name="place")
def _place(tmp_path: Path, warm_home: Path, kzfest: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to be in, with files of every kind and a home whose programmes are compiled."""
    kzfest("programmes")
    shutil.copytree(warm_home / "cache", tmp_path / "home" / "cache")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.ics").symlink_to("out.ics")
    (tmp_path / "a.yaml").write_text("format: 1\n", encoding="utf-8")
    (tmp_path / "back.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@given(st.lists(command_lines(), min_size=1, max_size=4))
@example([["itinerary", "add", "gastromania", "now-i-see-you", "--on", "16 dec"], ["itinerary", "-f", "json"]])
@example([["itinerary", "show", "--programme", "none", "-f", "json"]])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_command_line_is_answered_or_refused(kzfest: Run, place: Path, lines: list[list[str]]) -> None:
    shutil.rmtree(place / "home" / "data", ignore_errors=True)
    for line in lines:
        code, stdout, stderr = kzfest(*line, KZFEST_HOME=str(place / "home"), KZFEST_NOW="2023-12-16T12:00")

        assert code in {0, 1, 2, 3, 4, 5}
        assert bool(stderr) >= (code != 0 and "check" not in line)
        assert list(acting(stderr)) == []
        if code not in {0, 4, 5}:
            assert stdout == ""
        if stdout and code == 0:
            check_answer(stdout, line)
    assert (place / "a.yaml").read_bytes() == b"format: 1\n"
    assert (place / "link.ics").is_symlink()


def check_answer(stdout: str, line: list[str]) -> None:
    """Check that an answer is what was asked for, whichever of several formats that is, and does not act."""
    if "always" not in line:
        assert list(acting(stdout)) == []
    asked = [after for before, after in pairwise(line) if before in {"-f", "--format"}]
    if "--help" in line or "--version" in line:
        return
    if asked[-1:] == ["json"]:
        json.loads(stdout)
    if asked[-1:] == ["jsonl"]:
        assert all(json.loads(each) for each in stdout.splitlines())
    if asked[-1:] == ["ics"]:
        assert stdout.startswith("BEGIN:VCALENDAR\r\n")
        assert stdout.endswith("END:VCALENDAR\r\n")
