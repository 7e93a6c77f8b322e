"""Programme files that the program writes: they replace no file, and a note names the commands to try."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from kzfest.atomic_files import create_file
from kzfest.cli.terminal.console import note
from kzfest.i18n import _

if TYPE_CHECKING:
    from pathlib import Path


def commands_to_try(file: Path) -> tuple[str, ...]:
    """Return the commands that check the programme *file*, show it, and let an editor explain its keys."""
    from kzfest.programme.reading.template import SCHEMA_FILE  # pydantic

    shown = quote(str(file))
    return (
        f"kzfest check {shown}",
        f"kzfest list --data {shown}",
        f"kzfest check --schema -o {quote(str(file.with_name(SCHEMA_FILE)))}",
    )


def create_programme(file: Path, text: str) -> None:
    """Write *text* to the new *file*, and say what to try. Raises OSError, and KzfestError if the file exists."""
    create_file(file, text.encode())
    note(_("{file} is ready; try these commands:").format(file=file))
    for line in commands_to_try(file):
        note(f"  `{line}`")
