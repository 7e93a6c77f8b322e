"""The documents lead somewhere: their links, and the files that they name, exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
NAMED = re.compile(r"`((?:[\w.]+/)*[\w.]+\.(?:py|yaml|toml|txt|md))`")
MADE_BY_READERS = {"my.yaml"}
"""Files that a document tells its reader to make."""


@pytest.fixture(name="documents")
def _documents(pytestconfig: pytest.Config) -> list[Path]:
    root = pytestconfig.rootpath
    return [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("benchmarks/*.md")]


def test_links_lead_to_files_and_headings(documents: list[Path]) -> None:
    broken = [
        (document.name, target, heading)
        for document in documents
        for target, heading in LINK.findall(document.read_text(encoding="utf-8"))
        if not _leads_somewhere(document.parent / target if target else document, heading)
    ]

    assert broken == []


def test_named_files_exist(documents: list[Path], pytestconfig: pytest.Config) -> None:
    root = pytestconfig.rootpath
    places = [root, root / "src/kzfest", root / "tests", root / "benchmarks", root / "data"]

    missing = [
        (document.name, name)
        for document in documents
        for name in NAMED.findall(document.read_text(encoding="utf-8"))
        if name not in MADE_BY_READERS and not any((place / name).exists() for place in places)
    ]

    assert missing == []


def _leads_somewhere(file: Path, heading: str) -> bool:
    if not file.exists():
        return False
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if heading else []
    return not heading or heading in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
