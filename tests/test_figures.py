"""What the renovation has reached stays so: `python -m tests.figures` prints the figures themselves."""

from __future__ import annotations

import pytest
from tests import figures

CLI_SHARE_AT_MOST = 32
FILES_OF_A_LIST, FUNCTIONS_OF_A_LIST = 28, 151
"""How many files and functions of ours `kzfest list` of a day enters at most, when the catalogue is warm."""
ANNOTATIONS_OF_A_LIST = 40
"""How many annotations it compiles at most. Typer and Rich have 12 of them."""
READING = (
    ("list", "--on", "2023-12-17"),
    ("day", "2023-12-17"),
    ("show", "gastromania"),
    ("search", "museum"),
    ("export", "-f", "ics"),
    ("itinerary", "show"),
    ("itinerary", "week"),
    ("itinerary", "check"),
    ("itinerary", "repair", "--now", "2023-12-01"),
    ("itinerary", "gaps", "2023-12-17"),
    ("itinerary", "suggest", "2023-12-18"),
    ("itinerary", "share"),
    ("itinerary", "list"),
    ("itinerary", "export", "-f", "json"),
)
CHANGING = (
    *figures.CHANGES,
    ("itinerary", "add", "--own", "Dinner", "--on", "2023-12-17", "--at", "19:00"),
    ("itinerary", "add", "--all", "--from", "2023-12-17", "--to", "2023-12-17"),
    ("itinerary", "export", "-f", "ics"),
    ("itinerary", "remove", "gastromania"),
    ("itinerary", "undo"),
    ("itinerary", "repair", "--save", "--now", "2023-12-01"),
    ("itinerary", "use", "Saturday"),
    ("itinerary", "clear"),
)


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> figures.Home:
    """Return a home where both programmes are compiled, and an itinerary has visits to each."""
    home = figures.Home(tmp_path_factory.mktemp("home"))
    for args in figures.FIRST_VISITS:
        home.openings(args)
    return home


def test_terminal_stays_a_small_part_of_the_source() -> None:
    assert figures.cli_share() <= CLI_SHARE_AT_MOST


def test_only_cli_knows_of_the_command_line() -> None:
    assert figures.files_that_name_cli() == []


def test_public_name_has_one_meaning() -> None:
    assert figures.shared_names() == {}


def test_file_name_has_one_meaning() -> None:
    assert set(figures.shared_stems()) == set(figures.SHARED_STEMS)


def test_no_function_is_long() -> None:
    assert figures.long_functions() == {}


def test_reading_command_opens_the_store_and_each_programme_once(home: figures.Home) -> None:
    found = {args: home.openings(args) for args in READING}

    assert found["itinerary", "show"] == figures.Openings(store=1, programme=1)
    assert {args: openings for args, openings in found.items() if max(openings) > 1} == {}


def test_changing_command_opens_the_store_twice_at_most(home: figures.Home) -> None:
    found = {args: home.openings(args) for args in CHANGING}

    assert {args: opened for args, opened in found.items() if opened.store > 2 or opened.programme > 1} == {}


def test_counting_sees_the_functions_that_a_command_enters(home: figures.Home) -> None:
    entered = home.functions(["--version"])

    assert [name for file, name in entered if file == "__main__.py"] == ["main"]


def test_list_of_a_day_enters_few_files_and_functions(home: figures.Home) -> None:
    home.openings(figures.DAY)

    entered = home.functions(figures.DAY)

    assert len({file for file, _name in entered}) <= FILES_OF_A_LIST
    assert len(entered) <= FUNCTIONS_OF_A_LIST


def test_list_of_a_day_compiles_few_annotations(home: figures.Home) -> None:
    home.openings(figures.DAY)

    assert len(home.annotations(figures.DAY)) <= ANNOTATIONS_OF_A_LIST
