"""QR codes are read by a program that we did not write, from the letters of a terminal and from a picture."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kzfest.formats.qr_code import NARROW_ZONE, QUIET_ZONE, QrCode, qr_code

if TYPE_CHECKING:
    from collections.abc import Sequence

PIXELS = 4
"""The side of a square in the pictures that are read."""
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def scanned(squares: Sequence[Sequence[int]]) -> list[str]:
    """Return the texts of the codes in a picture of *squares*, 1 for a dark one."""
    picture = np.array([[255 * (1 - square) for square in row] for row in squares], dtype=np.uint8)
    return [each.text for each in zxingcpp.read_barcodes(picture.repeat(PIXELS, 0).repeat(PIXELS, 1))]


def squares_of(letters: Sequence[str], *, light: bool = False) -> list[list[int]]:
    """Return the squares that *letters* draw, the blocks being the dark or the *light* ones."""
    halves = [[HALVES[letter][half] ^ light for letter in line] for line in letters for half in (0, 1)]
    return [list(map(int, row)) for row in halves]


def made(text: str) -> QrCode:
    code = qr_code(text)
    assert code is not None
    return code


@given(
    text=st.text("ABCXYZ0189 $%*+-./:", min_size=1, max_size=600),
    zone=st.sampled_from([QUIET_ZONE, NARROW_ZONE]),
    light=st.booleans(),
)
@settings(max_examples=25)
def test_letters_of_a_terminal_are_read(*, text: str, zone: int, light: bool) -> None:
    code = made(text)

    letters = code.letters(zone, light=light)

    assert scanned(squares_of(letters, light=light)) == [text]
    assert {len(letters)} == {code.lines(zone)}
    assert {len(line) for line in letters} == {code.columns(zone)}


def test_outline_has_all_dark_squares() -> None:
    code = made("KZF1:OUTLINE")

    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.outline())
        for step in range(int(width))
    }

    assert dark == {(x, y) for y, row in enumerate(code.squares) for x, square in enumerate(row) if square}


def test_text_in_three_scripts_is_read() -> None:
    text = "SUMMARY:Қысқы жүгіру, зимний забег"

    assert scanned(squares_of(made(text).letters(QUIET_ZONE))) == [text]


def test_picture_is_read() -> None:
    picture = Image.open(BytesIO(made("KZF1:PICTURE").file("png")))

    assert [each.text for each in zxingcpp.read_barcodes(picture)] == ["KZF1:PICTURE"]


def test_too_much_gives_no_code() -> None:
    assert qr_code("A" * 5_000) is None
