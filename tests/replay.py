"""Runs the commands that a document shows, and writes what they print beneath them."""

from __future__ import annotations

import re
import shlex
from contextlib import chdir
from pathlib import Path
from shutil import copy

from docs.tools.terminal import on_terminal

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
EXAMPLE = re.compile(r"```yaml\n(format:.*?)```", re.DOTALL)
"""The programme that a document tells its reader to save as `my.yaml`."""
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
"""Files that the manual opens."""
COMMAND = re.compile(r"\$ kzfest(?P<words>.*?)(?P<quiet> 2>/dev/null)?(?P<coded> ; echo \$\?)?\n")
TERMINAL = {"COLUMNS": "100", "TERM": "xterm-256color", "NO_COLOR": "1"}


def replayed(document: str, folder: Path) -> str:
    """Return *document* with the output of its commands as it is now, where it shows any; they run in *folder*."""
    for file in EXAMPLES.iterdir():
        copy(file, folder)
    for example in EXAMPLE.findall(document):
        (folder / "my.yaml").write_text(example, encoding="utf-8")
    with chdir(folder):
        return BLOCK.sub(lambda block: f"```console\n{_replayed_block(block[1])}```", document)


def _replayed_block(block: str) -> str:
    parts = re.split(r"^(\$ .*\n)", block, flags=re.MULTILINE)
    assert parts[0] == "", f"no command stands before {parts[0]!r}"
    return "".join(
        command + _printed(command, shown=bool(output))
        for command, output in zip(parts[1::2], parts[2::2], strict=True)
    )


def _printed(command: str, *, shown: bool) -> str:
    """Run *command*, and return what a reader of the document sees of it."""
    read = COMMAND.fullmatch(command)
    assert read, f"only kzfest is run, not {command!r}"
    words = shlex.split(read["words"], comments=True)
    code, printed = on_terminal(words, TERMINAL, with_notes=not read["quiet"])
    if not read["coded"]:
        assert code == 0, (command, printed)
    return printed + (f"{code}\n" if read["coded"] else "") if shown else ""
