"""Texts in several languages: which one to show, and what labels call a word."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kzfest.core.model import LANGUAGES, Person, Texts

_WITHOUT_QUOTES = dict.fromkeys(map(ord, '«»“”„"'))


class LocalizedText(NamedTuple):
    """A text and its language code."""

    text: str
    language: str


def choose(texts: Texts, language: str) -> LocalizedText:
    """Return the text in *language*, else in English, else in the first language of *texts*.

    >>> choose({"en": "Now, I See You", "fr": "Maintenant, je te vois"}, "kk")
    LocalizedText(text='Now, I See You', language='en')
    """
    for wanted in (language, LANGUAGES[0], *texts):
        if wanted in texts:
            return LocalizedText(texts[wanted], wanted)
    raise ValueError("a text has at least one language")


def text_in(texts: Texts | None, language: str) -> str | None:
    """Return the text that `choose` gives, or None if there are no *texts*."""
    return choose(texts, language).text if texts else None


def called(word: str, labels: Mapping[str, Texts], language: str) -> str:
    """Return the name of a category, tag or city from *labels*, else the *word* itself."""
    return choose({LANGUAGES[0]: word, **labels.get(word, {})}, language).text


def label_of(word: str, labels: Mapping[str, Texts], language: str) -> LocalizedText:
    """Return what `called` does, and its language, which is empty for the *word* itself.

    >>> label_of("opera", {"opera": {"ru": "опера"}}, "ru"), label_of("opera", {"opera": {"ru": "опера"}}, "kk")
    (LocalizedText(text='опера', language='ru'), LocalizedText(text='opera', language=''))
    """
    texts = labels.get(word, {})
    own = language if language in texts else LANGUAGES[0]
    return LocalizedText(called(word, labels, language), own if own in texts else "")


def person_texts(person: Person) -> Texts:
    """Return the name of *person*, followed by the role in brackets, in each language of the two."""
    name, role = person.name, person.role
    if not role:
        return name
    return {language: f"{choose(name, language).text} ({choose(role, language).text})" for language in {**name, **role}}


def person_name(person: str) -> str:
    """Return the name of a *person* without the role in brackets.

    >>> person_name("Temirlan Beisenbay (Ratovich; piano)")
    'Temirlan Beisenbay'
    """
    return person.partition(" (")[0]


def completing(begun: str, texts: Iterable[str]) -> list[str]:
    """Return those of *texts* that begin with *begun*, without quotes, and spelt as *begun*, as shells require.

    >>> completing("нац", ["Национальный музей", "Нацмузей", "Цирк"]), completing("Бар", ["«Барыс Арена»"])
    (['национальный музей', 'нацмузей'], ['Барыс Арена'])
    """
    plain = (text.translate(_WITHOUT_QUOTES) for text in texts)
    found = (begun + text[len(begun) :] for text in plain if text.casefold().startswith(begun.casefold()))
    return list(dict.fromkeys(found))
