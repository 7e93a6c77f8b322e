"""Breaks what its process is made of. A test puts this folder on PYTHONPATH; the program knows nothing of it.

Python runs it before the program. `BROKEN_CALL=json.loads` has that function raise, `BROKEN_IMPORT=rich` any import of
that module; `BROKEN_BY=MemoryError` chooses what they raise.
"""

import builtins
import os
import sys
from importlib import import_module
from typing import NoReturn


def broken(*_args: object, **_options: object) -> NoReturn:
    """Raise what was chosen, with a text that would act on a terminal."""
    raise getattr(builtins, os.environ.get("BROKEN_BY", "ValueError"))("broken on purpose \x1b[2J")


class Finder:
    """Finds the module that is broken, before anybody else does."""

    def find_spec(self, name: str, *_where: object) -> None:
        """Raise where *name* is that of the broken module; leave the others to the next finder."""
        if name == os.environ["BROKEN_IMPORT"]:
            broken()


if "BROKEN_CALL" in os.environ:
    module, _dot, function = os.environ["BROKEN_CALL"].rpartition(".")
    setattr(import_module(module), function, broken)
if "BROKEN_IMPORT" in os.environ:
    sys.meta_path.insert(0, Finder())
