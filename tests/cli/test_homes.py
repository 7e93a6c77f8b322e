"""Without a home, or with one that nothing can be written to: what can be answered is, the rest is one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"

READS = [[], ["list", "2023-12-16"], ["programmes"], ["itinerary"], ["itinerary", "list"], ["itinerary", "restore"]]
WRITES = [["itinerary", "add", "gastromania", "--on", "2023-12-16"], ["itinerary", "use", "x"], ["itinerary", "undo"]]
NOW = {"KZFEST_NOW": "2023-12-16T12:00"}


@pytest.fixture(name="homes")
def _homes(tmp_path: Path) -> list[dict[str, str]]:
    """Return environments whose home is a file, lies in one, or where no folder can be made."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    system = [] if sys.platform == "win32" else [{"KZFEST_HOME": "", "HOME": "/proc"}, {"KZFEST_HOME": "/dev/null/x"}]
    return [
        {"KZFEST_HOME": str(file)},
        {"KZFEST_HOME": "", "HOME": str(file)},
        {"KZFEST_HOME": str(file / "x")},
        *system,
    ]


def test_what_needs_no_home_is_answered(kzfest: Run, homes: list[dict[str, str]]) -> None:
    for home in homes:
        for args in READS:
            outcome = kzfest(*args, **NOW, **home)

            assert (outcome.code, args, home) == (0, args, home), outcome.stderr


def test_what_cannot_be_kept_is_told_in_a_sentence(kzfest: Run, homes: list[dict[str, str]]) -> None:
    for home in homes:
        for args in WRITES:
            code, stdout, stderr = kzfest(*args, **NOW, **home)

            assert (code, stdout, stderr.count("\n"), stderr[:8]) == (1, "", 1, "kzfest: ")


def test_home_that_is_missing_is_made_for_its_owner_only(kzfest: Run, tmp_path: Path) -> None:
    home = tmp_path / "missing" / "home"

    assert kzfest("itinerary", "add", "gastromania", "--on", "2023-12-16", KZFEST_HOME=str(home), **NOW).code == 0
    kept = [each for kind in ("cache", "data") for each in (home / kind, *(home / kind).iterdir())]
    assert {(each.name, each.stat().st_mode & 0o077) for each in kept} == {(each.name, 0) for each in kept}


NOBODY = """\
import os, sys
os.setreuid(54_321, 0)  # who asks is not among the users, yet may read Python's own files
from kzfest.cli.app import app
app(sys.argv[1:])
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become nobody")
@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["list", "2023-12-16"], 0, ""),
        (["programmes"], 0, ""),
        (["itinerary"], 1, "kzfest: no home folder to store itineraries in; set KZFEST_HOME to a folder\n"),
    ],
)
def test_nobody_without_a_home_is_answered(unmeasured: dict[str, str], args: list[str], code: int, told: str) -> None:
    environment = {name: value for name, value in unmeasured.items() if name not in {"HOME", "KZFEST_HOME"}}

    command = [sys.executable, "-c", NOBODY, *args]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, bool(done.stdout)) == (code, code == 0)
    assert done.stderr.endswith(told)
    assert "Traceback" not in done.stderr
