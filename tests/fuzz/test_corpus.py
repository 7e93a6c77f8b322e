"""What fuzzing has found, replayed: inputs that once broke a promise, and those that reach most of the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
INPUTS = sorted(file for target in TARGETS for file in (CORPUS / target).iterdir())


@pytest.mark.parametrize("file", INPUTS, ids=lambda file: f"{file.parent.name}-{file.name[:12]}")
def test_input_breaks_no_promise(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())
