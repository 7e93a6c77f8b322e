"""Base41: examples, all bytes there and back, and letters that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.formats.base41 import ALPHABET, from_base41, to_base41


@pytest.mark.parametrize(
    ("given_bytes", "letters"),
    [(b"AB", "J.9"), (b"Hello!!", "11B:KG+-GX0"), (b"ietf!", "32GWTHX0"), (b"\xff\xff", "H:."), (b"", "")],
)
def test_two_bytes_are_three_letters_and_one_is_two(given_bytes: bytes, letters: str) -> None:
    assert to_base41(given_bytes) == letters
    assert from_base41(letters) == given_bytes


@given(st.binary(max_size=60))
def test_all_bytes_come_back(given_bytes: bytes) -> None:
    letters = to_base41(given_bytes)

    assert set(letters) <= set(ALPHABET)
    assert from_base41(letters) == given_bytes


@pytest.mark.parametrize("letters", ["A", "J.9A", "I:.", ":::", "::", "j.9", "J.é", "J 9", "J.9\n"])
def test_other_letters_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_base41(letters)
