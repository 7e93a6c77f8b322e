"""A programme file to begin with: it has no fault, it lists its examples, and it replaces no file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzfest.programme.reading.reader import read_programme
from kzfest.programme.reading.template import template

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

    Process = Callable[..., Outcome]
    Run = Callable[..., tuple[int, str, str]]

LANGUAGES = {
    "en": ("fair.yaml is ready; try these commands:", "no fault in 1 file", "Barn dance"),
    "kk": ("fair.yaml дайын; мына командаларды қолданып көріңіз:", "1 файлдан қате табылмады", "Barn dance"),
    "ru": ("Файл fair.yaml готов; попробуйте команды:", "1 файл без ошибок", "Танцы в амбаре"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_file_is_checked_and_listed_by_the_commands_it_names(run: Process, tmp_path: Path, language: str) -> None:
    ready, faultless, event = LANGUAGES[language]
    made = run("new", "fair", "--lang", language)
    commands = [line.strip(" `") for line in made.stderr.splitlines()[1:]]
    check, listing, schema = (run(*line.split()[1:], KZFEST_LANG=language) for line in commands)

    assert (made.code, made.stdout, made.stderr.splitlines()[0]) == (0, "", ready)
    assert (check.code, check.stdout, check.stderr) == (0, "", f"{faultless}\n")
    assert (listing.code, listing.stdout.splitlines()[0], event in listing.stdout) == (0, "fair", True)
    assert (schema.code, schema.stdout, schema.stderr) == (0, "", "")
    assert {file.name for file in tmp_path.iterdir()} == {"fair.yaml", "kzfest.schema.json"}
    first, *lines = (tmp_path / "fair.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=kzfest.schema.json"
    assert {line.removeprefix("#   ") for line in lines} >= set(commands)
    assert f"  language: {language}" in lines


@pytest.mark.parametrize(
    ("args", "file", "names"),
    [
        (["Village", "fair"], "Village fair.yaml", ("Village fair", "village-fair")),
        (["winter.yml"], "winter.yml", ("winter", "winter")),
        (["plans/Summer: the fair"], "plans/Summer: the fair.yaml", ("Summer: the fair", "summer-the-fair")),
        (["Қыс", "-o", "plans/winter.yaml"], "plans/winter.yaml", ("Қыс", "kis")),
        (["own"], "own.yaml", ("own", "my-own")),
        (["Astana"], "Astana.yaml", ("Astana", "my-astana")),
        (["節"], "節.yaml", ("節", "my-programme")),
    ],
)
def test_name_gives_the_file_the_title_and_the_id(
    run: Process, tmp_path: Path, args: list[str], file: str, names: tuple[str, str]
) -> None:
    (tmp_path / "plans").mkdir()

    assert run("new", *args).code == 0
    programme, problems = read_programme((tmp_path / file).read_bytes(), file=file)
    assert problems == []
    assert programme is not None
    assert (programme.head.title, programme.head.id) == ({"en": names[0]}, names[1])


def test_file_that_exists_stays_as_it_is(kzfest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("fair.yaml").write_text("mine", encoding="utf-8")

    told = (1, "", "kzfest: fair.yaml exists already; choose another name\n")
    assert [kzfest("new", "fair"), kzfest("new", "ball", "-o", "fair.yaml")] == [told, told]
    assert kzfest("new", "none/fair") == (1, "", "kzfest: no folder none; create it first\n")
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"fair.yaml": "mine"}


def test_new_file_on_standard_output_is_the_same(kzfest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed = kzfest("new", "fair", "-o", "-")
    kzfest("new", "fair")

    assert printed == (0, Path("fair.yaml").read_text(encoding="utf-8"), "")


@pytest.mark.parametrize("name", [" ", "a\tb", "x" * 1_001])
def test_name_that_cannot_be_a_title_is_refused(kzfest: Run, tmp_path: Path, name: str) -> None:
    code, stdout, stderr = kzfest("new", name, "-o", str(tmp_path / "a.yaml"))

    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"kzfest: '{name}' cannot be a title: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_fit_into_a_hundred_columns(language: str) -> None:
    assert [line for line in template("Fair", language, commands=()).splitlines() if len(line) > 100] == []
