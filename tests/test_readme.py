"""The README stays short, shows what kzfest looks like, and keeps the two commands that set everything up."""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 780


def test_readme_is_short() -> None:
    assert len(README.split()) <= MOST_WORDS


def test_readme_shows_two_pictures() -> None:
    assert len(re.findall(r"!\[[^\]]+\]\(docs/pictures/\w+\.svg\)", README)) >= 2


def test_readme_sets_up_the_program_and_the_tests_in_a_line_each() -> None:
    commands = re.findall(r"^```sh\n(python3 -m venv .*)$", README, re.MULTILINE)

    ends = [(command.count("constraints.txt"), command.rpartition(" && ")[2]) for command in commands]

    assert ends == [(1, ".venv/bin/kzfest list --on 2023-12-17"), (1, ".venv/bin/python -m pytest -q")]
