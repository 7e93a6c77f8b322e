"""QR codes (ISO/IEC 18004) by segno: as rows of squares, as letters for a terminal, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

import segno

if TYPE_CHECKING:
    from collections.abc import Sequence

QrFile: TypeAlias = Literal["svg", "png"]
QUIET_ZONE = 4
"""The squares of white around a code that the standard asks for."""
NARROW_ZONE = 2
"""The least that scanners read on a screen."""
_PIXELS = 8
"""The side of a square in a file."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code without its quiet zone: rows from the top, True for a dark square."""

    squares: Sequence[Sequence[bool]]
    _drawn: segno.QRCode

    def columns(self, zone: int) -> int:
        """Return how many columns of a terminal it takes with a quiet *zone*."""
        return len(self.squares) + 2 * zone

    def lines(self, zone: int) -> int:
        """Return how many lines of a terminal it takes with a quiet *zone*."""
        return (self.columns(zone) + 1) // 2

    def letters(self, zone: int, *, light: bool = False) -> list[str]:
        """Return its lines for a terminal, two squares in each letter; the blocks are the dark or the *light* squares.

        The last line may have a second half that belongs to no square, which is white like the zone.
        """
        size = self.columns(zone)
        empty = [False] * size
        rows = [empty] * zone + [[*empty[:zone], *row, *empty[:zone]] for row in self.squares] + [empty] * (zone + 1)
        pairs = zip(rows[: size + size % 2 : 2], rows[1 : size + 1 + size % 2 : 2], strict=False)
        return ["".join(_HALVES[up ^ light, down ^ light] for up, down in zip(*pair, strict=True)) for pair in pairs]

    def outline(self) -> str:
        """Return the path of its dark squares for an SVG picture, one unit a square, without a zone."""
        parts: list[str] = []
        for y, row in enumerate(self.squares):
            x = 0
            for dark, run in groupby(row):
                width = len(list(run))
                if dark:
                    parts.append(f"M{x} {y}h{width}v1h-{width}z")
                x += width
        return "".join(parts)

    def file(self, kind: QrFile) -> bytes:
        """Return it as a picture, black on white, with its quiet zone."""
        made = BytesIO()
        self._drawn.save(made, kind=kind, scale=_PIXELS, border=QUIET_ZONE, light="white")
        return made.getvalue()


def qr_code(text: str) -> QrCode | None:
    """Return the smallest code for *text*, or None if none holds it."""
    try:
        drawn = segno.make_qr(text, error="l", boost_error=True)
    except segno.DataOverflowError:
        return None
    return QrCode([[bool(square) for square in row] for row in drawn.matrix], drawn)
