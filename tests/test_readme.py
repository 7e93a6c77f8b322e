"""Every command that the README shows works, and prints what stands there."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from kzfest.cli.app import COMMANDS
from kzfest.cli.commands.itinerary import ItineraryGroup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
COLUMNS = 100


def test_readme_shows_what_its_commands_print(
    pytestconfig: pytest.Config, terminal: Callable[..., object], tmp_path: Path
) -> None:
    readme = pytestconfig.rootpath / "README.md"
    shown = readme.read_text(encoding="utf-8")
    (example,) = EXAMPLE.findall(shown)
    (tmp_path / "my.yaml").write_text(example, encoding="utf-8")

    printed = BLOCK.sub(lambda block: f"```console\n{_replayed(block[1], terminal)}```", shown)

    if pytestconfig.getoption("--write-golden"):
        readme.write_text(printed, encoding="utf-8")
    assert printed == shown


def test_readme_mentions_every_command(pytestconfig: pytest.Config) -> None:
    shown = (pytestconfig.rootpath / "README.md").read_text(encoding="utf-8")

    mentioned = {name for name in COMMANDS if re.search(rf"kzfest (--\S+ \S+ )?{name}\b", shown)}

    assert mentioned == set(COMMANDS)


def test_readme_names_every_command_of_itineraries(pytestconfig: pytest.Config) -> None:
    shown = (pytestconfig.rootpath / "README.md").read_text(encoding="utf-8")

    named = {name for name in ItineraryGroup.table if re.search(rf"itinerary {name}\b|`{name}\b", shown)}

    assert named == set(ItineraryGroup.table)


def _replayed(block: str, terminal: Callable[..., object]) -> str:
    """Return *block* with the output of its commands as it is now, where it shows any output."""
    parts = re.split(r"^(\$ .*\n)", block, flags=re.MULTILINE)[1:]
    return "".join(
        command + (_output(command, terminal) if output else _ran(command, terminal))
        for command, output in zip(parts[::2], parts[1::2], strict=True)
    )


def _output(command: str, terminal: Callable[..., object]) -> str:
    words = shlex.split(command.removeprefix("$ kzfest"))
    done = terminal(*words, columns=COLUMNS, TERM="dumb")
    assert (command, done.code) == (command, 0), done  # type: ignore[attr-defined]
    return str(done.stdout + done.stderr)  # type: ignore[attr-defined]


def _ran(command: str, terminal: Callable[..., object]) -> str:
    """Run *command*, and show nothing of it."""
    _output(command, terminal)
    return ""
