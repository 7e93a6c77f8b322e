"""What fuzzing has found, replayed: inputs that once broke a promise, and those that reach most of the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from random import Random

CORPUS = Path(__file__).with_name("corpus")
INPUTS = sorted(file for target in TARGETS for file in (CORPUS / target).iterdir())
PUBLISHED = [file for file in INPUTS if file.parent.name not in {"reader", "token", "calendar"}]
"""Programmes in the formats of others."""


@pytest.mark.parametrize("file", INPUTS, ids=lambda file: f"{file.parent.name}-{file.name[:12]}")
def test_input_breaks_no_promise(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@given(st.sampled_from(PUBLISHED), st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_programme_with_changed_parts_breaks_no_promise(file: Path, changes: int, random: Random) -> None:
    data = file.read_bytes()
    for _change in range(changes):
        data = mutated(data, random)
    TARGETS[file.parent.name](data)
