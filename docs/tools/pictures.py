"""Pictures of kzfest for the README and the manual, made from real runs: `python -m docs.tools.pictures`."""

from __future__ import annotations

import io
import os
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree as ET

from docs.tools.terminal import on_terminal

FOLDER = Path(__file__).parents[1] / "pictures"
COLUMNS = 92


class Picture(NamedTuple):
    """Commands that prepare a picture, and the one that it shows."""

    before: tuple[str, ...]
    shown: str


PLAN = (
    "kzf1:eNpFkE1uwyAQha9izRpUx1VrtzvvewOLxQQTmxqGhB85btW7F5y00YhZDO99j2EAi5qADQNgiEgIDPqg8ak3FuMGQpSr6dSMHljNuvalZjBlqXcWSRc5s"
    "Lap2SGfUqCuZ8elougVZDOcPsN6eXjJrVzzoBTfXNrdXR6_ZUAxE0btCA23Kahkd8ASLs9_gAOD_MjJ8VEZg9bljIKgZMytNYXyNZddPD-jQVkUGJYKjy7FKmq5"
    "qBh2MG3X4_wPfjDarmav921un8Kl9jKFe9A3KIJ3-Egk52rVca56PSL8CCF-AWF2Zz8"
)
PICTURES = {
    "list": Picture((), "kzfest list --on 2023-12-17"),
    "itinerary": Picture((f"kzfest itinerary merge {PLAN}",), "kzfest itinerary"),
}
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""As Rich has it, without a font from the network."""
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


def seen_on_terminal(picture: Picture, home: Path) -> str:
    """Return the command and what it prints on a terminal with colours; plans are kept in *home*."""
    environment = {"KZFEST_HOME": str(home), "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "FORCE_HYPERLINK": "0"}
    on_terminal(["list"], environment | {"TERM": "dumb"})  # a slow first compilation would draw its bar
    for command in (*picture.before, picture.shown):
        code, printed = on_terminal(shlex.split(command)[1:], environment)
        if code:
            raise SystemExit(printed)
    return f"$ {picture.shown}\n{printed}"


def drawn(name: str, seen: str) -> str:
    """Return what was *seen* on a terminal as an SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(seen.rstrip("\n")), soft_wrap=True)
    return console.export_svg(title="", code_format=TEMPLATE, unique_id=f"kzfest-{name}")


def letters_of(svg: str) -> str:
    """Return all letters of a picture, without the spaces between them: how these are drawn is Rich's affair."""
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314  # a picture of ours
    return "".join("".join("".join(text.itertext()).split()) for text in texts)


def letters_seen(seen: str) -> str:
    """Return all letters that were *seen* on a terminal, without the spaces between them."""
    return "".join(SEQUENCE.sub("", seen).split())


def main() -> None:
    """Draw all pictures anew."""
    for name in [name for name in os.environ if name.startswith("KZFEST_")]:
        del os.environ[name]
    for name, picture in PICTURES.items():
        with TemporaryDirectory() as home:
            svg = drawn(name, seen_on_terminal(picture, Path(home)))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
