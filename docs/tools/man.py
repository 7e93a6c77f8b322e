"""Checks the man pages in a folder: `python -m docs.tools.man FOLDER`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docs.tools.commands import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATTERS = (("mandoc", "-T", "lint", "-W", "error"), ("groff", "-man", "-t", "-z", "-ww", "-K", "utf8"))
"""Programs that complain about a page that they cannot format; the first that the system has is used."""


def faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong: a command without its page, a page without a part, and what the formatter complains of."""
    formatter = next((each for each in FORMATTERS if shutil.which(each[0])), None)
    for command in commands():
        page = folder / f"{command.page}.1"
        if not page.exists():
            yield f"{page}: not written"
            continue
        text = page.read_text(encoding="utf-8")
        yield from (
            f"{page}: no {part}" for part in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS") if f"{part}\n" not in text
        )
        if formatter:
            done = subprocess.run(  # noqa: S603  # one of the two above
                [*formatter, str(page)], capture_output=True, text=True, check=False
            )
            if done.returncode or done.stderr:
                yield f"{page}: {done.stderr or done.stdout}"


if __name__ == "__main__":
    found = list(faults(Path(sys.argv[1])))
    print(*found, sep="\n", end="\n" if found else "")  # noqa: T201
    sys.exit(bool(found))
