"""The programmes in the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PROGRAMMES = {"astana": "events.yaml", "archive": "archive.yaml", "abroad": "abroad.yaml"}
"""Id to file name; the first is the default programme."""

HISTORY = "history.yaml"


@cache
def data_folder() -> Path:
    """Return the folder of the bundled files, in an installed package or in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


def is_bundled(file: Path) -> bool:
    """Whether *file* is in the package, so that its path and times differ between installations."""
    return file.absolute().parent == data_folder().absolute()
