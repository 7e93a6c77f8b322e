"""Draws the pictures of the page that the documents show: `CHROMIUM=chromium python -m tests.html.pictures`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PIL import Image
from tests.html.chromium import Size, browser
from typer.testing import CliRunner

from kzfest.cli.app import app

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PICTURES = {
    "page-desk": ("#en-Timeline", Size(960, 640), False),
    "page-phone": ("#kk-dialogue", Size(360, 620), True),
}
"""By name, which part of the page, in which window, and whether it is dark."""
DAYS = ("14..31", "dec")
COLOURS = 64
"""Few colours make a small file; letters look the same."""


def draw() -> None:
    """Write each picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "page.html"
        CliRunner().invoke(app, ["page", *DAYS, "-o", str(page)], env={"KZFEST_HOME": name}, catch_exceptions=False)
        with browser(os.environ.get("CHROMIUM", "chromium"), folder) as running:
            for picture, (part, size, dark) in PICTURES.items():
                running.open(page.as_uri() + part, size, dark=dark)
                file = FOLDER / f"{picture}.png"
                running.picture(file)
                with Image.open(file) as drawn:
                    drawn.convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    draw()
