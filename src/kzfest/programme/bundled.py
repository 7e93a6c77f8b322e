"""The programmes that come with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PROGRAMMES = {"astana": "events.yaml", "archive": "archive.yaml", "abroad": "abroad.yaml"}
"""Id to file; the first is the one that is asked where none is named."""

HISTORY = "history.yaml"


@cache
def data_folder() -> Path:
    """Return the folder of the bundled files: inside an installed package, else in its checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


def is_bundled(file: Path) -> bool:
    """Whether *file* comes with the package: then each installation has it in another place, with other times."""
    return file.absolute().parent == data_folder().absolute()
