"""What nobody foresaw: one sentence, the version, where to report it, and 70, wherever in a run it happens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., Any]"
    Broken: TypeAlias = "Callable[..., tuple[int, str, str]]"

HOOK = Path(__file__).parent / "broken"
TOLD = (
    "kzfest: an unexpected error in kzfest {version} stopped this command ({kind}). Please report it to the "
    "maintainers through the issues page of the repository; KZFEST_DEBUG=1 shows the traceback.\n"
)
TOLD_IN_RUSSIAN = (
    "kzfest: команду прервала непредвиденная ошибка в kzfest {version} ({kind}). Сообщите о ней сопровождающим проекта "
    "на странице задач (issues) его репозитория; KZFEST_DEBUG=1 покажет трассировку.\n"
)
TOLD_IN_KAZAKH = (
    "kzfest: kzfest {version} ішіндегі күтпеген қате бұл команданы тоқтатты ({kind}). Бұл туралы жобаны жүргізушілерге "
    "репозиторийдің issues бетінде хабарлаңыз; KZFEST_DEBUG=1 қатенің толық ізін көрсетеді.\n"
)
START, COMMAND = {"BROKEN_CALL": "itertools.zip_longest"}, {"BROKEN_CALL": "csv.writer"}
LIST = ("list", "2023-12-17", "-f", "csv")


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a home that these tests share, so that the programme is compiled once."""
    home = str(tmp_path_factory.mktemp("home"))
    warm = [sys.executable, "-m", "kzfest", *LIST]
    subprocess.run(warm, env=os.environ | {"KZFEST_HOME": home}, stdout=subprocess.DEVNULL, check=True)
    return home


@pytest.fixture(name="broken")
def _broken(run: Run, home: str) -> Broken:
    """Return a function that runs the program in a process of its own in which something is broken."""

    def broken(*args: str, **environment: str) -> tuple[int, str, str]:
        done = run(*args, **({"PYTHONPATH": str(HOOK), "KZFEST_HOME": home} | environment))
        return done.code, done.stdout, done.stderr

    return broken


def told(kind: str = "ValueError", *, sentence: str = TOLD) -> tuple[int, str, str]:
    return 70, "", sentence.format(version=__version__, kind=kind)


@pytest.mark.parametrize(
    "broken_part",
    [
        pytest.param(START, id="the look at the language"),
        pytest.param({"BROKEN_IMPORT": "kzfest.cli.language"}, id="the import of what looks at the language"),
        pytest.param({"BROKEN_IMPORT": "kzfest.cli.app"}, id="the import of the application"),
        pytest.param({"BROKEN_IMPORT": "typer"}, id="the import of a library at the start"),
        pytest.param({"BROKEN_IMPORT": "kzfest.cli.commands.list"}, id="the import of a command"),
        pytest.param({"BROKEN_IMPORT": "csv"}, id="the import of a library in a command"),
        pytest.param(COMMAND, id="a call in a command"),
    ],
)
def test_unforeseen_error_is_one_sentence_and_70(broken: Broken, broken_part: dict[str, str]) -> None:
    assert broken(*LIST, **broken_part) == told()


@pytest.mark.parametrize(
    "kind", ["RecursionError", "MemoryError", "ImportError", "KeyError", "NotImplementedError", "AssertionError"]
)
def test_any_kind_of_error_is_told(broken: Broken, kind: str) -> None:
    assert broken(*LIST, **COMMAND, BROKEN_BY=kind) == told(kind)


def test_file_that_is_missing_from_the_installation_is_no_fault_of_the_user(broken: Broken) -> None:
    assert broken(*LIST, BROKEN_IMPORT="kzfest.cli.app", BROKEN_BY="OSError") == told("OSError")


@pytest.mark.parametrize("broken_part", [{"BROKEN_IMPORT": "kzfest.cli.app"}, COMMAND], ids=["import", "command"])
@pytest.mark.parametrize(("language", "sentence"), [("ru", TOLD_IN_RUSSIAN), ("kk", TOLD_IN_KAZAKH)])
def test_it_is_told_in_the_language_asked(
    broken: Broken, broken_part: dict[str, str], language: str, sentence: str
) -> None:
    assert broken(*LIST, "--lang", language, **broken_part) == told(sentence=sentence)


def test_catalogue_of_a_language_that_cannot_be_read_is_told_in_english(broken: Broken) -> None:
    assert broken(*LIST, "--lang", "ru", BROKEN_CALL="gettext.translation") == told()


def test_library_that_is_broken_is_told(broken: Broken, tmp_path: Path) -> None:
    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "__init__.py").write_text("raise RuntimeError('no Rich today')\n", encoding="utf-8")

    assert broken("list", "2023-12-17", PYTHONPATH=str(tmp_path)) == told("RuntimeError")


@pytest.mark.parametrize("value", ["", "0"])
def test_nobody_who_does_not_ask_sees_a_traceback(broken: Broken, value: str) -> None:
    assert broken(*LIST, **COMMAND, KZFEST_DEBUG=value) == told()


@pytest.mark.parametrize("broken_part", [START, COMMAND], ids=["start", "command"])
def test_debug_shows_the_traceback_first(broken: Broken, broken_part: dict[str, str]) -> None:
    code, stdout, stderr = broken(*LIST, **broken_part, KZFEST_DEBUG="1")

    assert (code, stdout) == (70, "")
    assert stderr.startswith("Traceback (most recent call last):\n")
    assert stderr.endswith("\nValueError: broken on purpose \\x1b[2J\n" + told()[2])


def test_shell_that_asks_for_completions_gets_no_traceback(broken: Broken) -> None:
    shell = {"_KZFEST_COMPLETE": "complete_bash", "COMP_WORDS": "kzfest list --", "COMP_CWORD": "2"}

    assert broken(**shell, BROKEN_IMPORT="kzfest.cli.commands.list") == told()
    assert broken(**shell, BROKEN_IMPORT="typer") == told()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&- 2>&-", ">/dev/full 2>&1"])
@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(
    "broken_part", [START, {"BROKEN_IMPORT": "typer"}, COMMAND], ids=["start", "library", "command"]
)
def test_streams_that_are_gone_change_nothing(home: str, broken_part: dict[str, str], debug: str, streams: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m kzfest {' '.join(LIST)} {streams}"],
        env=os.environ | {"PYTHONPATH": str(HOOK), "KZFEST_HOME": home, "KZFEST_DEBUG": debug} | broken_part,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (70, b"", b"")


FAIR = """\
format: 1
programme: {id: NAME, title: A fair, timezone: Asia/Almaty, revised: 2023-12-01}
events:
  - {id: songs, title: Songs, category: concert, start: 2023-12-17 19:00}
"""
UNREADABLE = {"BROKEN_IMPORT": "yaml"}
"""Nothing can be compiled that is not in the cache yet."""
TOLD_OF_FILE = (
    "kzfest: an unexpected error in kzfest {version} prevents reading {file} (ValueError). Please report it to "
    "the maintainers through the issues page of the repository; KZFEST_DEBUG=1 shows the traceback.\n"
)


@pytest.fixture(name="unreadable", scope="module")
def _unreadable(home: str) -> Path:
    """Return a programme file in the user's folder, which has another one that was compiled in time."""
    own = Path(home) / "config" / "programmes"
    own.mkdir(parents=True)
    (own / "village.yaml").write_text(FAIR.replace("NAME", "village"), encoding="utf-8")
    for command in ("programmes", "history"):
        done = [sys.executable, "-m", "kzfest", command]
        subprocess.run(done, env=os.environ | {"KZFEST_HOME": home}, stdout=subprocess.DEVNULL, check=True)
    file = own / "a.yaml"
    file.write_text(FAIR.replace("NAME", "unreadable"), encoding="utf-8")
    return file


def told_of(file: Path) -> tuple[int, str, str]:
    return 70, "", TOLD_OF_FILE.format(version=__version__, file=file)


@pytest.mark.usefixtures("unreadable")
def test_file_that_cannot_be_compiled_stops_no_other(broken: Broken) -> None:
    unknown = "no programme 'unreadable'; the known ones are astana, archive, abroad, village"
    others = ["-p village itinerary add songs", "itinerary -f json", "-p village show songs", "venues", "history"]

    assert broken("list", "-p", "village", "-f", "jsonl", **UNREADABLE)[0] == 0
    assert [broken(*args.split(), **UNREADABLE)[0] for args in others] == [0] * len(others)
    assert broken("list", "-p", "unreadable", **UNREADABLE) == (3, "", f"kzfest: {unknown}\n")


@pytest.mark.usefixtures("unreadable")
def test_file_that_cannot_be_compiled_is_not_offered_to_a_shell(broken: Broken) -> None:
    shell = {"_KZFEST_COMPLETE": "complete_bash", "COMP_WORDS": "kzfest -p ", "COMP_CWORD": "2"}

    code, stdout, stderr = broken(**shell, **UNREADABLE)

    assert (code, stdout.split(), stderr) == (0, ["astana", "archive", "abroad", "village"], "")


def test_file_that_cannot_be_compiled_is_named_among_the_programmes(broken: Broken, unreadable: Path) -> None:
    code, stdout, stderr = broken("programmes", **UNREADABLE)

    assert (code, stderr) == (0, "")
    assert [" ".join(row.split()) for row in stdout.splitlines()[-2:]] == [
        f"cannot be read: kzfest --data {unreadable} list {unreadable}",
        f"village A fair 17 Dec 2023 1 {unreadable.with_name('village.yaml')}",
    ]


@pytest.mark.parametrize("command", ["list", "show songs", "itinerary add songs"])
def test_file_that_cannot_be_compiled_is_named_where_it_is_asked(
    broken: Broken, unreadable: Path, command: str
) -> None:
    assert broken("--data", str(unreadable), *command.split(), **UNREADABLE) == told_of(unreadable)


def test_file_that_cannot_be_checked_is_named(broken: Broken, unreadable: Path) -> None:
    assert broken("check", str(unreadable), **UNREADABLE) == told_of(unreadable)


def test_debug_shows_why_a_file_cannot_be_compiled(broken: Broken, unreadable: Path) -> None:
    code, stdout, stderr = broken("--data", str(unreadable), "list", **UNREADABLE, KZFEST_DEBUG="1")

    assert (code, stdout) == (70, "")
    assert "ValueError: broken on purpose" in stderr
    assert stderr.endswith(told_of(unreadable)[2])
