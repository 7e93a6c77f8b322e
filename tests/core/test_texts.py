"""Which of a text's languages is shown."""

from __future__ import annotations

import pytest

from kzfest.core.texts import Chosen, choose, text_in

ALL = {"en": "Circus", "kk": "Цирк (kk)", "ru": "Цирк", "fr": "Cirque"}


@pytest.mark.parametrize(
    ("texts", "language", "chosen"),
    [
        (ALL, "kk", Chosen("Цирк (kk)", "kk")),
        (ALL, "ru", Chosen("Цирк", "ru")),
        (ALL, "fr", Chosen("Cirque", "fr")),
        (ALL, "de", Chosen("Circus", "en")),
        ({"kk": "Цирк (kk)", "en": "Circus"}, "ru", Chosen("Circus", "en")),
        ({"ru": "Цирк", "kk": "Цирк (kk)"}, "en", Chosen("Цирк", "ru")),
        ({"fr": "Cirque", "ru": "Цирк"}, "kk", Chosen("Cirque", "fr")),
    ],
)
def test_text_is_in_the_language_asked_else_in_english_else_in_the_first(
    texts: dict[str, str], language: str, chosen: Chosen
) -> None:
    assert choose(texts, language) == chosen
    assert text_in(texts, language) == chosen.text


@pytest.mark.parametrize("texts", [None, {}])
def test_no_text_is_none(texts: dict[str, str] | None) -> None:
    assert text_in(texts, "en") is None


def test_text_has_at_least_one_language() -> None:
    with pytest.raises(ValueError, match=r"^a text has at least one language$"):
        choose({}, "en")
