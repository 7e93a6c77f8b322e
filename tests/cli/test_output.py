"""Where an answer goes: the format that was asked for, and a file that is replaced whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from kzfest.cli.output import FORMATS, chosen_format, write_file
from kzfest.core.errors import KzfestError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, links and limits")


@pytest.mark.parametrize(
    ("format_", "output", "chosen"),
    [
        (None, None, "table"),
        (None, "-", "table"),
        (None, "a.json", "json"),
        (None, "a.JSON", "json"),
        (None, "a.jsonl", "jsonl"),
        (None, "a.csv", "csv"),
        (None, "a.md", "markdown"),
        (None, "a.txt", "table"),
        (None, "json", "table"),
        (None, "folder.json/a", "table"),
        ("csv", "a.json", "csv"),
        ("table", "a.json", "table"),
        *((each, None, each) for each in FORMATS),
    ],
)
def test_format_is_as_asked_else_as_the_file_is_named(format_: str | None, output: str | None, chosen: str) -> None:
    assert chosen_format(format_, output) == chosen


@pytest.mark.parametrize("format_", ["xml", "JSON", "", "ical"])
def test_format_that_does_not_exist_is_refused(format_: str) -> None:
    with pytest.raises(
        UsageError, match=f"unknown format '{format_}'; choose table, json, jsonl, csv, markdown or ics"
    ):
        chosen_format(format_, None)


@pytest.mark.parametrize(
    ("name", "format_"),
    [("a.json", "json"), ("a.jsonl", "jsonl"), ("a.csv", "csv"), ("a.md", "markdown"), ("a.txt", "table")],
)
@pytest.mark.parametrize("command", [["list", "--on", "2023-12-17"], ["show", "dialogue"], ["venues"], ["history"]])
def test_file_has_what_standard_output_would_have(
    kzfest: Run, tmp_path: Path, command: list[str], name: str, format_: str
) -> None:
    code, stdout, stderr = kzfest(*command, "-f", format_)
    file = tmp_path / name

    outcome = kzfest(*command, "-o", str(file))

    assert (outcome, code) == ((0, "", stderr), 0)
    assert file.read_bytes().decode() == ("\ufeff" if format_ == "csv" else "") + stdout
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208  # names are what is compared


@pytest.mark.parametrize("options", [["-o", "kk.csv"], ["-f", "csv", "-o", "kk.txt"]])
@pytest.mark.parametrize("command", [["list", "17", "dec"], ["export", "17", "dec"], ["history", "--law"]])
def test_file_of_csv_is_read_back_as_it_was_written(
    kzfest: Run, tmp_path: Path, command: list[str], options: list[str]
) -> None:
    *before, name = options
    file = tmp_path / name
    stdout = kzfest(*command, "--lang", "kk", "-f", "csv")[1]

    code = kzfest(*command, "--lang", "kk", *before, str(file))[0]

    assert (code, file.read_bytes()[:3]) == (0, b"\xef\xbb\xbf")
    assert file.read_bytes().decode("utf-8-sig") == stdout


@pytest.mark.parametrize(
    "command",
    [["list"], ["show", "dialogue"], ["venues"], ["programmes"], ["history"], ["export"], ["itinerary", "export"]],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "unknown file extension '.HTML'; choose .txt, .json, .jsonl, .csv, .md or .ics, "),
        ("ru", "расширению «.HTML» не соответствует ни один формат; выберите .txt, .json, .jsonl, .csv, .md или .ics "),
    ],
)
def test_ending_that_stands_for_no_format_is_refused(
    kzfest: Run, tmp_path: Path, command: list[str], language: str, told: str
) -> None:
    code, stdout, stderr = kzfest(*command, "-o", str(tmp_path / "a.HTML"), "--lang", language)

    assert (code, stdout, stderr.startswith(f"kzfest: {told}"), list(tmp_path.iterdir())) == (2, "", True, [])


def test_any_ending_goes_with_a_format(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.html"

    assert kzfest("venues", "-f", "json", "-o", str(file)) == (0, "", "")
    assert file.read_bytes().decode() == kzfest("venues", "-f", "json")[1]


def test_dash_is_standard_output(kzfest: Run) -> None:
    assert kzfest("venues", "-o", "-") == kzfest("venues")


@pytest.mark.parametrize("command", [["list"], ["check", "--schema"]])
def test_output_onto_no_plain_file_exits_with_1(kzfest: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("file.json")
    (tmp_path / "loose.json").symlink_to("nothing.json")
    missing = tmp_path / "missing" / "a.json"

    targets = (tmp_path, tmp_path / "link.json", tmp_path / "loose.json", missing, Path(os.devnull))
    told = [kzfest(*command, "-o", str(target)) for target in targets]

    assert told == [
        (1, "", f"kzfest: {tmp_path} is a folder; name a file in it\n"),
        (1, "", f"kzfest: {tmp_path / 'link.json'} is a link; name the file itself\n"),
        (1, "", f"kzfest: {tmp_path / 'loose.json'} is a link; name the file itself\n"),
        (1, "", f"kzfest: no folder {missing.parent}; create it first\n"),
        (1, "", f"kzfest: {os.devnull} is not a regular file; name another file\n"),
    ]
    assert (tmp_path / "file.json").read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir(tmp_path)) == ["file.json", "link.json", "loose.json"]  # noqa: PTH208  # as above


@pytest.mark.parametrize("command", [["list"], ["export"], ["itinerary"], ["check", "--schema"]])
def test_output_without_a_name_exits_with_2(kzfest: Run, command: list[str]) -> None:
    code, stdout, stderr = kzfest(*command, "-o", "")

    assert (code, stdout) == (2, "")
    assert stderr.startswith("kzfest: Invalid value for '--output' / '-o': the name is empty. See `kzfest ")


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("something much longer\n" * 100, encoding="utf-8")

    write_file(file, "Тәуелсіздік\n")

    assert file.read_bytes() == "Тәуелсіздік\n".encode()
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208  # as above


def test_reader_of_the_old_file_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")

    with file.open(encoding="utf-8") as old:
        write_file(file, "new")
        kept = old.read()

    assert (kept, file.read_text(encoding="utf-8")) == ("old", "new")


@ON_LINUX
def test_file_has_the_rights_of_the_old_one_or_of_a_new_one(tmp_path: Path) -> None:
    old, new, usual = (tmp_path / name for name in ("old.txt", "new.txt", "usual.txt"))
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    usual.write_text("any", encoding="utf-8")

    for file in (old, new):
        write_file(file, "text")

    assert [file.stat().st_mode & 0o777 for file in (old, new)] == [0o640, usual.stat().st_mode & 0o777]


@ON_LINUX
def test_letters_of_a_name_that_are_none_are_written_as_json_has_them(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    write_file(file, "before \udcff after")

    assert file.read_bytes() == b"before \\udcff after"


@ON_LINUX
def test_write_that_fails_leaves_the_old_file(
    process: Run, tmp_path: Path, warm_home: Path, unmeasured: dict[str, str]
) -> None:
    file = tmp_path / "a.json"
    file.write_text("old", encoding="utf-8")
    process("list", "-f", "json")  # so that the catalogue is there already, and needs no room

    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 8; exec {sys.executable} -m kzfest list -o {file}"],
        env=unmeasured | {"KZFEST_HOME": str(warm_home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"kzfest: {file}: File too large\n")
    assert file.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.json"]  # noqa: PTH208  # as above


def test_write_into_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")

    with pytest.raises(KzfestError, match=r"no folder .*; create it first"):
        write_file(tmp_path / "a.txt" / "b.txt", "text")


def test_faults_go_into_the_file_too(kzfest: Run, tmp_path: Path) -> None:
    programme, faults = tmp_path / "wrong.yaml", tmp_path / "faults.txt"
    programme.write_text("format: 2\n", encoding="utf-8")
    expected = kzfest("check", str(programme))[1]

    assert kzfest("check", str(programme), "-o", str(faults)) == (4, "", "")
    assert faults.read_text(encoding="utf-8") == expected != ""
