"""One plan over two files with one programme id, last year's and this year's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"


def programme(name: str, latitude: str, start: str, end: str) -> str:
    """Return a file of the village with an evening in its hall, which is elsewhere in each file."""
    when = f"start: 2023-12-16 {start}, end: 2023-12-16 {end}"
    return f"""\
format: 1
programme: {{id: village, title: Village, timezone: Asia/Almaty, revised: 2023-12-01}}
venues:
  - {{id: hall, name: {name}, city: X, location: {{latitude: {latitude}, longitude: 71.4, accuracy: building}}}}
events:
  - {{id: evening, title: {name} evening, category: concert, venue: hall, {when}}}
"""


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> tuple[str, str]:
    """Return two files of the village, whose halls are 22 km apart."""
    files = tmp_path / "old.yaml", tmp_path / "new.yaml"
    files[0].write_text(programme("Old hall", "51.1", "19:00", "20:00"), encoding="utf-8")
    files[1].write_text(programme("New hall", "51.3", "20:05", "21:00"), encoding="utf-8")
    return str(files[0]), str(files[1])


@pytest.fixture(name="plan")
def _plan(kzfest: Run, tmp_path: Path) -> Run:
    def plan(*args: str, home: str = "home") -> tuple[int, str, str]:
        return kzfest("itinerary", *args, KZFEST_HOME=str(tmp_path / home))

    return plan


def visits(plan: Run, *args: str, home: str = "home") -> list[dict[str, Any]]:
    """Return the visits of the plan."""
    shown: list[dict[str, Any]] = json.loads(plan("show", "-f", "json", *args, home=home)[1])["visits"]
    return shown


def test_halls_of_two_files_are_two_places(plan: Run, files: tuple[str, str]) -> None:
    for file in files:
        plan("add", "evening", "--data", file)

    for named in ([], ["--data", files[0]], ["--data", files[1]]):
        code, told, _stderr = plan("check", *named)
        assert (code, told.count("NOT ENOUGH TIME"), len(told.splitlines())) == (5, 1, 1)
        assert [each["venue"]["name"] for each in visits(plan, *named)] == ["Old hall", "New hall"]
        assert [each["state"] for each in visits(plan, *named)] == ["same", "same"]


def test_appointment_at_another_hour_finds_a_venue_of_its_own_programme(plan: Run, files: tuple[str, str]) -> None:
    plan("add", "--own", "Tea", "--on", "2023-12-16", "--at", "15:00", "--venue", "hall", "--data", files[0])
    (before,) = visits(plan)

    code, _stdout, _stderr = plan("edit", before["id"], "--at", "16:00", "--venue", "Old hall")

    (after,) = visits(plan)
    assert (code, after["start"], after["venue"]["name"]) == (0, "2023-12-16T16:00:00+06:00", "Old hall")


def test_visit_whose_file_is_gone_is_looked_up_in_the_file_that_is_named(
    plan: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    plan("add", "evening", "--data", files[0])
    moved = (tmp_path / "old.yaml").rename(tmp_path / "moved.yaml")

    assert [each["state"] for each in visits(plan)] == [None]
    assert [each["state"] for each in visits(plan, "--data", str(moved))] == ["same"]


def test_event_of_last_year_does_not_hide_that_of_this_year(plan: Run, files: tuple[str, str]) -> None:
    plan("add", "evening", "--data", files[0])

    def suggested(file: str) -> list[str]:
        found = json.loads(plan("suggest", "2023-12-16", "--by", "car", "--data", file, "-f", "json")[1])
        return [each["event"] for each in (*found["visits"], *found["left_out"])]

    assert suggested(files[0]) == []
    assert suggested(files[1]) == ["evening"]


HAVE_ONE_ID = (
    "FOLDER/new.yaml and FOLDER/old.yaml have the same id, 'village'; change one of them, or pass the file with --data"
)


@pytest.fixture(name="own")
def _own(files: tuple[str, str], tmp_path: Path) -> Path:
    """Return the folder of one's own programmes, which has both files."""
    folder = tmp_path / "home" / "config" / "programmes"
    folder.mkdir(parents=True)
    for file in map(Path, files):
        file.rename(folder / file.name)
    return folder


@pytest.fixture(name="ask")
def _ask(kzfest: Run, own: Path, tmp_path: Path) -> Run:
    """Return a function that runs the program where both files are one's own; their folder is called FOLDER."""

    def ask(*args: str) -> tuple[int, str, str]:
        code, *told = kzfest(*args, KZFEST_HOME=str(tmp_path / "home"), COLUMNS="200")
        stdout, stderr = (text.replace(str(own), "FOLDER") for text in told)
        return code, stdout, stderr

    return ask


def test_id_of_two_programmes_asks_for_neither(ask: Run) -> None:
    assert ask("--programme", "village", "list") == (3, "", f"kzfest: {HAVE_ONE_ID}\n")
    assert ask("--programme", "Village", "itinerary", "add", "evening") == (3, "", f"kzfest: {HAVE_ONE_ID}\n")


def test_programmes_of_one_id_are_told_with_their_files(ask: Run) -> None:
    page, document = ask("programmes"), ask("programmes", "-f", "json")

    rows = [" ".join(row.split()) for row in page[1].splitlines()[-2:]]
    asked = [(each["id"], each["file"], each["by_id"]) for each in json.loads(document[1])["programmes"]]
    assert [(each[0], each[2]) for each in (page, document)] == [(0, f"{HAVE_ONE_ID}\n")] * 2
    assert rows == [
        f"Village · kzfest list --data FOLDER/{name}.yaml 16 Dec 2023 1 FOLDER/{name}.yaml" for name in ("new", "old")
    ]
    assert [(key, asks) for key, _file, asks in asked[:3]] == [("astana", True), ("archive", True), ("abroad", True)]
    assert asked[3:] == [("village", f"FOLDER/{name}.yaml", False) for name in ("new", "old")]


def test_programme_with_the_id_of_a_bundled_one_is_told_not_to_be_found_by_it(ask: Run, own: Path) -> None:
    (own / "new.yaml").write_text((own / "new.yaml").read_text("utf-8").replace("id: village", "id: astana"), "utf-8")
    told = "the id 'astana' of FOLDER/new.yaml belongs to a bundled programme; "

    code, stdout, stderr = ask("programmes", "-f", "json")
    asked = [(each["id"], each["bundled"], each["by_id"]) for each in json.loads(stdout)["programmes"]]

    assert (code, stderr) == (0, f"{told}change it, or pass the file with --data\n")
    assert asked[0] == ("astana", True, True)
    assert asked[3:] == [("astana", False, False), ("village", False, True)]
    assert [ask("--programme", key, "list", "2023-12-16", "-f", "json")[0] for key in ("astana", "village")] == [0, 0]


def test_visits_of_two_programmes_with_one_id_keep_their_files(ask: Run, own: Path, plan: Run) -> None:
    for name in ("old", "new"):
        plan("add", "evening", "--data", str(own / f"{name}.yaml"))

    found = [(each["venue"]["name"], each["state"]) for each in visits(plan)]
    assert found == [("Old hall", "same"), ("New hall", "same")]
    assert ask("itinerary", "edit", "new evening", "--must")[0] == 0


def test_visit_that_was_noted_while_its_id_was_one_says_that_two_have_it(ask: Run, own: Path, plan: Run) -> None:
    away = (own / "new.yaml").rename(own / "new.txt")
    plan("add", "evening", "--programme", "village")
    away.rename(own / "new.yaml")

    code, stdout, stderr = ask("itinerary", "check")

    assert (code, stderr) == (0, "")
    assert stdout.endswith(f" · {HAVE_ONE_ID}\n")
    assert [each["state"] for each in visits(plan, "--data", str(own / "old.yaml"))] == ["same"]


def test_visit_whose_programme_has_faults_says_so(ask: Run, own: Path, plan: Run) -> None:
    (own / "new.yaml").unlink()
    plan("add", "evening", "--programme", "village")
    plan("add", "evening", "--data", str(own / "old.yaml"), "--itinerary", "noted")
    (own / "old.yaml").write_text("format: 2\n", encoding="utf-8")
    missing = "no programme 'village' found; pass its file with --data"
    faulty = f"{missing}; one file has faults: `kzfest check FOLDER/old.yaml`"

    code, stdout, _stderr = ask("itinerary", "check")

    assert (code, stdout.split(" · ")[2]) == (0, f"{faulty}\n")
    assert ask("itinerary", "edit", "evening", "--at", "20:00") == (2, "", f"kzfest: {faulty}\n")


def test_visit_whose_own_file_has_faults_names_it(plan: Run, files: tuple[str, str]) -> None:
    plan("add", "evening", "--data", files[0])
    Path(files[0]).write_text("format: 2\n", encoding="utf-8")

    code, stdout, _stderr = plan("check")

    told = f"the programme 'village' has faults: `kzfest check {files[0]}`"
    assert (code, stdout.split(" · ")[2]) == (0, f"{told}\n")
