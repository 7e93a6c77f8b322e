"""Who holds up the store, where the system does not tell; tests/faults/test_locks.py has where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.itineraries.lock_holder import holder_of

if TYPE_CHECKING:
    from pathlib import Path


def test_file_that_nobody_has_locked_is_held_by_another_program(tmp_path: Path) -> None:
    file = tmp_path / "store"
    file.touch()

    assert holder_of(file) == "another program"


def test_file_that_is_gone_is_held_by_another_program(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "store") == "another program"
