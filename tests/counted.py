"""Run one command in this process and count what it does: `python tests/counted.py openings list --on 2023-12-17`.

The last line of standard error is JSON: each opening of a database; with `annotations`, each one that was a text and
had to be compiled; or, with `functions`, those of kzfest that the command entered, which takes twice the time.
"""

from __future__ import annotations

import inspect
import json
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from types import CodeType, FrameType


class Counter:
    """What has happened so far."""

    def __init__(self, package: Path) -> None:
        self._package = f"{package}/"
        self._code: set[CodeType] = set()
        self.openings: list[str] = []
        self.annotations: list[str] = []

    def audit(self, event: str, values: tuple[Any, ...]) -> None:
        """Note each opening of a database, and each compilation of an annotation."""
        if event == "sqlite3.connect":
            self.openings.append(unquote(urlsplit(str(values[0])).path))
        elif event == "compile" and values[1] == "<string>" and not values[0].startswith(b"lambda"):  # named tuples
            self.annotations.append(values[0].decode())

    def profile(self, frame: FrameType, event: str, _value: object) -> None:
        """Note each call."""
        if event == "call":
            self._code.add(frame.f_code)

    @property
    def functions(self) -> list[tuple[str, str]]:
        """The functions of kzfest that were entered, each with its file.

        The bodies of modules and classes do not count, nor do lambdas and comprehensions: their function does.
        """
        return sorted(
            (code.co_filename.removeprefix(self._package), code.co_qualname)
            for code in self._code
            if code.co_filename.startswith(self._package)
            and code.co_flags & inspect.CO_OPTIMIZED
            and not code.co_name.startswith("<")
        )


def main() -> None:
    """Run what the command line names, and print what was counted."""
    spec = find_spec("kzfest")
    assert spec
    assert spec.origin
    counter = Counter(Path(spec.origin).parent)
    wanted = sys.argv.pop(1)
    sys.argv[0] = "kzfest"
    sys.addaudithook(counter.audit)
    if wanted == "functions":
        sys.setprofile(counter.profile)
    from kzfest.__main__ import main as run  # after the hooks, which see all of it

    with suppress(SystemExit):
        run()
    sys.setprofile(None)
    print(json.dumps(getattr(counter, wanted)), file=sys.stderr)


if __name__ == "__main__":
    main()
