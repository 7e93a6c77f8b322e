"""A cache file that was cut short or overwritten in part: the answers stay right."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.history import open_history

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_FIELD = Path(__file__).parents[1] / "every_field.yaml"
HISTORY = Path(__file__).parents[3] / "data" / "history.yaml"
PAGE = 4_096
LONG_AGO = 1_700_000_000


def answers(file: Path, folder: Path | None) -> list[Any]:
    """Return what a catalogue says to every kind of question."""
    catalogue = Catalogue(file, folder=folder)
    days = EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 31))
    listed = [catalogue.events(question) for question in (days, EventQuery(), EventQuery(undated=True))]
    found = [
        catalogue.lookup.find("venue", "sirk"),
        catalogue.lookup.find("event", "fair tael"),
        catalogue.lookup.search("circus"),
    ]
    labels = [catalogue.words("tag"), catalogue.completions("event", "h"), catalogue.days_near(date(2023, 12, 1))]
    return [listed, found, labels, catalogue.head, catalogue.venues(), catalogue.sources(), catalogue.count()]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda good, at: good[:at], id="cut at a page"),
        pytest.param(lambda good, at: good[: at + 100], id="cut in a page"),
        pytest.param(lambda good, at: good[:at] + b"\0" * PAGE + good[at + PAGE :], id="zeros"),
        pytest.param(lambda good, at: good[:at] + b"\xff" * PAGE + good[at + PAGE :], id="ones"),
    ],
)
def test_answers_are_right_whichever_page_is_damaged(tmp_path: Path, damage: Callable[[bytes, int], bytes]) -> None:
    file, folder = tmp_path / "p.yaml", tmp_path / "cache"
    shutil.copy(EVERY_FIELD, file)
    os.utime(file, (LONG_AGO, LONG_AGO))
    right = answers(file, folder)
    (kept,) = folder.iterdir()
    good = kept.read_bytes()

    for at in range(0, len(good), PAGE):
        kept.write_bytes(damage(good, at))

        assert answers(file, folder) == right


def test_history_is_right_when_its_cache_is_damaged(tmp_path: Path) -> None:
    right = open_history(HISTORY, folder=tmp_path)
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()

    for at in range(0, len(good), PAGE):
        kept.write_bytes(good[:at] + b"\xff" * PAGE + good[at + PAGE :])

        assert open_history(HISTORY, folder=tmp_path) == right


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'{"id":', b'["id":'),
        (b'"title"', b'"tilte"'),
        (b'"start":"2', b'"start":"x'),
        (b'"category":', b'"categoru":'),
        (b'"name"', b'"eman"'),
        (b'"timezone"', b'"timezona"'),
        (b'"latitude":"5', b'"latitude":"x'),
        (b'"publisher"', b'"publishers'),
    ],
)
def test_answers_are_right_where_the_letters_of_a_record_are_damaged(tmp_path: Path, good: bytes, bad: bytes) -> None:
    file, folder = tmp_path / "p.yaml", tmp_path / "cache"
    shutil.copy(EVERY_FIELD, file)
    os.utime(file, (LONG_AGO, LONG_AGO))
    right = answers(file, folder)
    (kept,) = folder.iterdir()
    content = kept.read_bytes()
    assert (good in content, len(good)) == (True, len(bad))

    kept.write_bytes(content.replace(good, bad))

    assert answers(file, folder) == right


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_catalogue_that_others_may_have_written_is_made_anew(tmp_path: Path, mode: int) -> None:
    file, folder = tmp_path / "p.yaml", tmp_path / "cache"
    shutil.copy(EVERY_FIELD, file)
    right = answers(file, folder)
    (kept,) = folder.iterdir()
    planted = kept.read_bytes().replace(b"circus", b"closed")
    kept.write_bytes(planted)
    kept.chmod(mode)

    assert answers(file, folder) == right
    assert (kept.read_bytes() == planted, stat.S_IMODE(kept.stat().st_mode)) == (False, 0o600)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_catalogue_of_another_user_is_made_anew(tmp_path: Path) -> None:
    file, folder = tmp_path / "p.yaml", tmp_path / "cache"
    shutil.copy(EVERY_FIELD, file)
    right = answers(file, folder)
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"circus", b"closed"))
    os.chown(kept, 12_345, -1)

    assert (answers(file, folder), kept.stat().st_uid) == (right, 0)
