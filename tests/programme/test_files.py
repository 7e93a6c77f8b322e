"""Which files are read as programmes, and which are refused before they do harm."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kzfest.core.errors import KzfestError
from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.files import LARGEST_FILE, content_of, status_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def large(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)


def pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda file: file.mkdir(), "is a folder; name a programme file", id="folder"),
        pytest.param(large, "has 256 MB; the maximum is 256 MB", id="large"),
        pytest.param(
            pipe,
            "is a pipe or a device; pass its output on standard input, with --data -",
            id="pipe",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes"),
        ),
    ],
)
def test_what_is_no_programme_file_is_refused(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    file = tmp_path / "p.yaml"
    make(file)

    for read in (status_of, content_of, lambda each: Catalogue(each, folder=tmp_path / "cache")):
        with pytest.raises(KzfestError) as caught:
            read(file)

        assert str(caught.value) == f"{file} {reason}"


def test_plain_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(b"format: 1\r\n")

    assert (content_of(file), status_of(file).st_size) == (b"format: 1\r\n", 11)


def test_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        content_of(tmp_path / "none.yaml")
