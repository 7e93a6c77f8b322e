"""Base45: the examples of its standard, all bytes there and back, and letters that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.formats.base45 import ALPHABET, from_base45, to_base45


@pytest.mark.parametrize(
    ("given_bytes", "letters"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_examples_of_the_standard(given_bytes: bytes, letters: str) -> None:
    assert to_base45(given_bytes) == letters
    assert from_base45(letters) == given_bytes


@given(st.binary(max_size=60))
def test_all_bytes_come_back(given_bytes: bytes) -> None:
    letters = to_base45(given_bytes)

    assert set(letters) <= set(ALPHABET)
    assert from_base45(letters) == given_bytes


@pytest.mark.parametrize("letters", ["A", "BB8A", "GGW", ":::", "::", "bb8", "BBé", "BB8\n"])
def test_other_letters_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_base45(letters)
