"""The documents are true: their commands run and print what they show, their links and files exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from docs.tools import pictures
from docs.tools.fields import with_tables
from docs.tools.views import with_columns
from tests.replay import BLOCK, replayed

from kzfest.cli.app import Application, app
from kzfest.cli.commands.itinerary import ItineraryGroup
from kzfest.programme.database.sql_views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("pty")  # which Windows does not have

ROOT = Path(__file__).parents[1]
MANUAL = [page for page in sorted(ROOT.glob("docs/**/*.md")) if page.parent.name != "commands"]
"""The pages that people write; those of the commands are made from their help."""
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *MANUAL, *ROOT.glob("benchmarks/*.md")]
REPLAYED = [page for page in DOCUMENTS if BLOCK.search(page.read_text(encoding="utf-8"))]

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
NAMED = re.compile(r"`((?:[\w.]+/)*[\w.]+\.(?:py|yaml|toml|txt|md))`")
INLINE = re.compile(r"`(kzfest[ a-z][^`\n]*)`")
OF_TYPER = {"--help", "--install-completion"}
"""Options that Typer adds when a command runs."""
MADE_BY_READERS = {"my.yaml"}
"""Files that a document tells its reader to make."""


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", REPLAYED, ids=name_of)
def test_document_shows_what_its_commands_print(page: Path, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    printed = replayed(page.read_text(encoding="utf-8"), tmp_path)

    if pytestconfig.getoption("--write-golden"):
        page.write_text(printed, encoding="utf-8")
    assert printed == page.read_text(encoding="utf-8")


def test_file_format_lists_the_fields_of_the_schema(pytestconfig: pytest.Config) -> None:
    page = ROOT / "docs" / "file-format.md"

    current = with_tables(page.read_text(encoding="utf-8"))

    if pytestconfig.getoption("--write-golden"):
        page.write_text(current, encoding="utf-8")
    assert current == page.read_text(encoding="utf-8")


def test_page_of_sql_lists_the_columns_of_the_views(pytestconfig: pytest.Config) -> None:
    page = ROOT / "docs" / "sql.md"

    current = with_columns(page.read_text(encoding="utf-8"))

    if pytestconfig.getoption("--write-golden"):
        page.write_text(current, encoding="utf-8")
    assert set(VIEWS) == set(re.findall(r"<!-- columns of (\w+) -->", current))
    assert current == page.read_text(encoding="utf-8")


def test_manual_mentions_every_command() -> None:
    shown = "\n".join(page.read_text(encoding="utf-8") for page in MANUAL)

    mentioned = {name for name in Application.names if re.search(rf"kzfest (--\S+ \S+ )?{name}\b", shown)}
    of_itineraries = {name for name in ItineraryGroup.names if re.search(rf"itinerary (--\S+ \S+ )?{name}\b", shown)}

    assert (mentioned, of_itineraries) == (set(Application.names), set(ItineraryGroup.names))


def test_commands_in_the_text_exist_with_their_options() -> None:
    unknown = [
        (name_of(page), line, word)
        for page in DOCUMENTS
        for line in INLINE.findall(page.read_text(encoding="utf-8"))
        for word in unknown_words(line)
    ]

    assert unknown == []


def unknown_words(line: str) -> Iterator[str]:
    """Yield what stands in *line* for a command or an option that there is none of."""
    command: Any = typer.main.get_command(app)
    words = iter(shlex.split(line)[1:])
    for word in words:
        options = {name: each for each in params_of(command) for name in (*each.opts, *each.secondary_opts)}
        if word in options:
            if not options[word].is_flag:
                next(words, None)
        elif word.startswith("--") and word not in OF_TYPER:
            yield word
        elif hasattr(command, "names") and not word.startswith("-") and not word.isupper():
            inner = command.get_command(None, word)
            if inner is None:
                yield word
                return
            command = inner


def params_of(command: Any) -> list[Any]:
    """Return what *command* takes, and what the command takes that it stands for when none is named."""
    default = getattr(command, "default", None)
    return [*command.params, *(command.get_command(None, default).params if default else ())]


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_shows_what_its_command_prints(name: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    file = pictures.FOLDER / f"{name}.svg"

    seen = pictures.seen_on_terminal(pictures.PICTURES[name], tmp_path)

    if pytestconfig.getoption("--write-golden"):
        file.write_text(pictures.drawn(name, seen), encoding="utf-8")
    assert pictures.letters_of(file.read_text(encoding="utf-8")) == pictures.letters_seen(seen)


def test_links_lead_to_files_and_headings() -> None:
    broken = [
        (name_of(page), target, heading)
        for page in DOCUMENTS
        for target, heading in LINK.findall(page.read_text(encoding="utf-8"))
        if not leads_somewhere(page.parent / target if target else page, heading)
    ]

    assert broken == []


def leads_somewhere(file: Path, heading: str) -> bool:
    if not file.exists():
        return False
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if heading else []
    return not heading or heading in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_named_files_exist() -> None:
    places = [ROOT, ROOT / "src/kzfest", ROOT / "tests", ROOT / "benchmarks", ROOT / "data"]

    missing = [
        (name_of(page), name)
        for page in DOCUMENTS
        for name in NAMED.findall(page.read_text(encoding="utf-8"))
        if name not in MADE_BY_READERS and not any((place / name).exists() for place in places)
    ]

    assert missing == []
