"""The colours of a page are readable on all its grounds, by the formula of WCAG 2.2, and its rules load nothing."""

from __future__ import annotations

import re
from itertools import product

import pytest

from kzfest.html.style_sheet import DARK, LIGHT, PAPERS, PRINTED, style_sheet

TEXTS, SIGNS, GROUNDS = (
    ("ink", "mut", "acc", "warn", "bad", "plan"),
    ("line", "acc", "warn", "plan"),
    ("bg", "card", "wk"),
)
READABLE, VISIBLE = 4.5, 3.0
"""Contrast of text (1.4.3) and of what carries a meaning or bounds a control (1.4.11)."""
LANGUAGES = ("en", "kk", "ru")


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert (contrast("#fff", "#000000"), round(contrast("#777777", "#ffffff"), 2)) == (21.0, 4.48)


@pytest.mark.parametrize("colours", [LIGHT, DARK, PRINTED], ids=["light", "dark", "printed"])
def test_texts_are_readable_and_signs_visible_on_every_ground(colours: dict[str, str]) -> None:
    faint = [pair for pair in product(TEXTS, GROUNDS) if contrast(*(colours[each] for each in pair)) < READABLE]
    hidden = [pair for pair in product(SIGNS, GROUNDS) if contrast(*(colours[each] for each in pair)) < VISIBLE]

    assert (faint, hidden) == ([], [])
    assert contrast(colours["hatch"], colours["bg"]) >= VISIBLE


@pytest.mark.parametrize("paper", PAPERS)
def test_every_name_of_a_style_sheet_is_filled_in(paper: str) -> None:
    rules = "".join(style_sheet(LANGUAGES, paper=paper, large=large) for large in (False, True))

    assert re.findall(r"[A-Z]{4,}", rules.replace("A4", "").replace("A5", "")) == []
    assert rules.count("{") == rules.count("}")
    assert re.findall(r"url\((?!#)|@import|expression", rules) == []


def test_first_language_is_shown_until_another_is_chosen() -> None:
    rules = style_sheet(("kk", "en", "ru"), paper="a4", large=False)

    assert ':root:not(:has([id|="en"]:target,[id|="ru"]:target)) .l[lang="kk"]' in rules
    assert ':root:has([id|="en"]:target) .l[lang="en"]' in rules
