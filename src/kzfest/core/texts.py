"""Which of a text's languages a person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.model import LANGUAGES

if TYPE_CHECKING:
    from kzfest.core.model import Texts


class Chosen(NamedTuple):
    """A text and the language that it is in."""

    text: str
    language: str


def choose(texts: Texts, language: str) -> Chosen:
    """Return the text in *language*, else in English, else in the first language there is.

    >>> choose({"en": "Now, I See You", "fr": "Maintenant, je te vois"}, "kk")
    Chosen(text='Now, I See You', language='en')
    """
    for wanted in (language, LANGUAGES[0], *texts):
        if wanted in texts:
            return Chosen(texts[wanted], wanted)
    raise ValueError("a text has at least one language")


def text_in(texts: Texts | None, language: str) -> str | None:
    """Return the text that `choose` gives, or None where there is no text at all."""
    return choose(texts, language).text if texts else None


def legible(text: str) -> str:
    r"""Return *text*, which anybody may have written, without what a terminal would obey and what is no letter.

    >>> legible("tea\x1b[2J at \udcff five\nor six")
    'tea[2J at  five\nor six'
    """
    from unicodedata import category  # for what people type only

    return "".join(letter for letter in text if letter == "\n" or category(letter) not in {"Cc", "Cs"}).strip()
