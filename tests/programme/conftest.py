"""What the tests of programme files share: a file from a short text, its faults, and its catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(name="faults", scope="session")
def _faults() -> Callable[[str | bytes], list[str]]:
    """Return the function that gives every fault of a programme file as a line of text; the file is called p.yaml."""

    def faults(content: str | bytes) -> list[str]:
        data = content if isinstance(content, bytes) else content.encode()
        reading, problems = read_programme(data, file="p.yaml")
        assert (reading is None) is bool(problems)
        return [f"{each.file}:{each.line}: {each.sentence}" for each in problems]

    return faults


@pytest.fixture(name="catalogue")
def _catalogue(tmp_path: Path) -> Callable[[str], Catalogue]:
    """Return the function that writes a programme file and opens its catalogue, compiled into a cache folder."""

    def catalogue(text: str) -> Catalogue:
        file = tmp_path / "p.yaml"
        file.write_text(text, encoding="utf-8")
        return Catalogue(file, folder=tmp_path / "cache")

    return catalogue
