"""Print, as JSON, the help of every command in the language of KZFEST_LANG: ``python -m tests.languages.helps``."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import TYPE_CHECKING, Any

import typer

from kzfest.cli.language import language_in
from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator


def paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield what is typed for *command* and for every command below it."""
    yield path
    for name in getattr(command, "names", ()):
        yield from paths(command.get_command(None, name), (*path, name))


def main() -> None:
    """Print the helps, each under what was typed for it."""
    set_language(language_in([], os.environ))
    from kzfest.cli.app import app  # its options have their help when they are made

    helps = {}
    for path in list(paths(typer.main.get_command(app))):
        with redirect_stdout(StringIO()) as printed, suppress(SystemExit):
            app([*path, "--help"], prog_name="kzfest")
        helps[" ".join(("kzfest", *path))] = printed.getvalue()
    sys.stdout.write(json.dumps(helps))


if __name__ == "__main__":
    main()
