"""Which of a text's languages is shown, and which letters of it: none that acts, none that deceives."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.localized import LocalizedText, choose, text_in
from kzfest.core.safe_text import deceiving, legible, legible_line, nested, visible

ALL = {"en": "Circus", "kk": "Цирк (kk)", "ru": "Цирк", "fr": "Cirque"}


@pytest.mark.parametrize(
    ("texts", "language", "chosen"),
    [
        (ALL, "kk", LocalizedText("Цирк (kk)", "kk")),
        (ALL, "ru", LocalizedText("Цирк", "ru")),
        (ALL, "fr", LocalizedText("Cirque", "fr")),
        (ALL, "de", LocalizedText("Circus", "en")),
        ({"kk": "Цирк (kk)", "en": "Circus"}, "ru", LocalizedText("Circus", "en")),
        ({"ru": "Цирк", "kk": "Цирк (kk)"}, "en", LocalizedText("Цирк", "ru")),
        ({"fr": "Cirque", "ru": "Цирк"}, "kk", LocalizedText("Cirque", "fr")),
    ],
)
def test_text_is_in_the_language_asked_else_in_english_else_in_the_first(
    texts: dict[str, str], language: str, chosen: LocalizedText
) -> None:
    assert choose(texts, language) == chosen
    assert text_in(texts, language) == chosen.text


@pytest.mark.parametrize("texts", [None, {}])
def test_no_text_is_none(texts: dict[str, str] | None) -> None:
    assert text_in(texts, "en") is None


def test_text_has_at_least_one_language() -> None:
    with pytest.raises(ValueError, match=r"^a text has at least one language$"):
        choose({}, "en")


NEEDED = [
    "Тәуелсіздік күні – ұлы мереке…",
    "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 ©\ufe0f 2023",  # families, keycaps and hearts are several letters
    "نمی\u200cخواهم، PDF\u200cها",  # Persian
    "ശ്രീ ക്\u200d क्\u200dष",  # Malayalam and Hindi
    "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",  # Mongolian
    "葛\U000e0100飾区",  # one of the two ways to write a ward of Tokyo
    "שלום!\u200f 2023 \u061cسلام",
    "\xa0non\u2011breaking\u202fspaces\u3000",
    "⠓⠑⠇⠇⠕\u2800⠺⠕⠗⠇⠙",  # Braille, whose words have its blank between them
    *(f"🏴{''.join(chr(0xE0000 + ord(letter)) for letter in name)}\U000e007f!" for name in ("gbeng", "gbsct", "gbwls")),
]
DECEIVING = [
    ("\u202etxt.exe", "\u202e"),
    ("a\u202ab\u202bc\u202cd\u202de", "\u202a\u202b\u202c\u202d"),
    ("\u2066a\u2067b\u2068c\u2069", "\u2066\u2067\u2068\u2069"),
    ("soft\xadhyphen", "\xad"),
    ("pay\u200bpal \u2060\u2063", "\u200b\u2060\u2063"),
    ("\ufeffBegun", "\ufeff"),
    ("\u115f\u1160\u3164\uffa0 is no name", "\u115f\u1160\u3164\uffa0"),
    ("Opera\U000e0049\U000e0067\U000e006e", "\U000e0049\U000e0067\U000e006e"),  # a text that only machines read
    ("Тео\u200dатр", "\u200d"),
    ("ope\u200cra", "\u200c"),
    ("opera\ufe0f", "\ufe0f"),
    ("🎄\ufe00\ufe01\ufe02\U000e0100", "\ufe00\ufe01\ufe02\U000e0100"),  # bytes behind an emoji
    ("pay\u200epal\u200f\u061c", "\u200e\u200f\u061c"),
    ("שלום\u202e\u200f", "\u202e"),
    ("\u2800\u2800", "\u2800\u2800"),
    ("a\u2800b ⠓\u2800", "\u2800\u2800"),
    ("\ufdd0\ufdef \ufffe\uffff\U0001fffe\U0010ffff", "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"),
    ("\ufff0\U0001d159", "\ufff0\U0001d159"),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067"),
    ("🏴\U000e0075\U000e0073\U000e007f", "\U000e0075\U000e0073\U000e007f"),  # no flag has it yet
]


@pytest.mark.parametrize("text", NEEDED)
def test_what_languages_need_is_kept(text: str) -> None:
    assert deceiving(text) == []
    assert legible(text) == text.strip()


@pytest.mark.parametrize(("text", "found"), DECEIVING)
def test_what_deceives_is_found_and_taken_out(text: str, found: str) -> None:
    assert deceiving(text) == list(found)
    assert legible(text) == "".join(letter for letter in text if letter not in found).strip()


@pytest.mark.parametrize(("text", "found"), [each for each in DECEIVING if not each[0].isprintable()])
def test_what_deceives_is_made_visible(text: str, found: str) -> None:
    assert visible(text) == re.sub(f"[{found}]", lambda each: each[0].encode("unicode_escape").decode(), text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b]8;;https://example.com\x1b\\\\tea\x07", "]8;;https://example.com\\\\tea"),
        ("\x9b31mtea\x00", "31mtea"),
        ("tea\rcoffee\u2028milk\x85\v\fsugar", "tea\ncoffee\nmilk\n\n\nsugar"),
        ("\ttea\tat five ", "tea at five"),
        ("a\u200d\u200b\u200db", "ab"),
        ("\u200b \u202e", ""),
    ],
)
def test_what_acts_is_taken_out(text: str, left: str) -> None:
    assert legible(text) == left


ODD = (
    "🏴\U000e0067\U000e007f\u2800⠓\ufdd0"
    "\0\t\n\r\x1b\x7f\x9b\xa0\xad\ud800\u061c\u180e\u200b\u200c\u200d\u200f\u2028\u202e\u2066\u3000\ufe0f\ufeff😀aяم"
)
ANY = st.text(st.sampled_from(ODD) | st.characters())


@given(ANY)
def test_legible_text_neither_acts_nor_deceives(text: str) -> None:
    left = legible(text)

    assert legible(left) == left == left.strip()
    assert deceiving(left) == []
    assert {letter for letter in left if category(letter) in {"Cc", "Cs", "Zl", "Zp"}} <= {"\n"}


@given(ANY)
@example("a\u3000\u200db")
def test_legible_line_is_one(text: str) -> None:
    line = legible_line(text)

    assert legible(line) == line == " ".join(line.split())
    assert legible_line(line) == line
    assert len(line.splitlines()) <= 1


@given(ANY)
@example("\ud800\u180e")
@example("\u200d\u2028")
@example("\u202e\u200d\ufeff")
def test_visible_text_neither_acts_nor_deceives(text: str) -> None:
    shown = visible(text)

    assert visible(shown) == shown
    assert [letter for letter in deceiving(shown) if not letter.isprintable()] == []
    assert {letter for letter in shown if category(letter) in {"Cc", "Cs", "Zl", "Zp"}} <= {"\n", "\r", "\t"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("«a»", "«a»"),
        ("««a» b»", "«„a“ b»"),
        ("«a» и «b «c» d»", "«a» и «b „c“ d»"),
        ("«a «b» c", "«a «b» c"),
        ("'«a»'", "'«a»'"),
    ],
)
def test_quotes_inside_quotes_are_others(text: str, printed: str) -> None:
    assert nested(text) == printed
