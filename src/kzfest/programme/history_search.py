"""Search the history and the law for words, years and days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.folding import fold, near_misses
from kzfest.programme.database.search import SHORTEST_BEGUN
from kzfest.programme.database.stemming import keys, meaningful, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kzfest.core.history import Chapter, History, Milestone
    from kzfest.core.model import Texts

ARTICLE = frozenset({"article", "бап", "статья"})
"""The words that people put beside the number of an article."""


class HistoryMatches(NamedTuple):
    """The parts of the history that a search found."""

    history: History
    """The history with only these milestones, recognitions and chapters of the law."""
    law_facts: bool
    """Whether the words are in what is said of the law as a whole."""
    guessed: bool
    """Whether the words were only found in another spelling."""

    @property
    def commands(self) -> Iterator[tuple[str, Texts]]:
        """The command that shows the milestones, and that for the law, each with the title of the first part found."""
        past = self.history
        steps = [each.title for each in past.milestones] + [each.country for each in past.recognitions]
        law = ([past.law.titles] if self.law_facts else []) + [each.titles for each in past.law.chapters]
        for command, titles in (("history", steps), ("history --law", law)):
            if titles:
                yield command, titles[0]


class _Part(NamedTuple):
    """A part of the history: the numbers of its date, or of its articles, and the words of its texts."""

    numbers: tuple[int, ...]
    month: int | None
    words: frozenset[str]


def search_history(text: str, past: History, *, in_texts_only: bool = False) -> HistoryMatches:
    """Return the parts of *past* that have all words of *text*, inflected or not, in any language.

    Years, days and months mean the date of a part. Only if no part has that date, they are looked for in the texts,
    where *in_texts_only* always looks. A number also means an article of the law.
    """
    law = past.law
    steps = [_dated(each.at, each.title, each.summary) for each in past.milestones]
    steps += [_dated(each.on.isoformat() if each.on else "", each.country, each.note) for each in past.recognitions]
    of_law = [law.titles, law.status, law.enacted_by, law.signed_by, law.drafted_by, law.chaired_by, law.notes]
    law_parts = [_Part((), None, _words_in(*of_law))]
    law_parts += [
        _Part(_articles_of(each), None, ARTICLE | _words_in(each.titles, each.summary)) for each in law.chapters
    ]
    if in_texts_only:
        steps, law_parts = ([each._replace(numbers=(), month=None) for each in parts] for parts in (steps, law_parts))
    asked = meaningful(words_of(text))
    known = {word for part in (*steps, *law_parts) for word in part.words}
    for guessed in (False, True):
        choices = [_choices(word, known, guess=guessed, alone=len(asked) == 1) for word in asked]
        found, of_the_law = (_having(asked, choices, parts) for parts in (steps, law_parts))
        if any(found + of_the_law):
            break
    kept = iter(found)
    matched = replace(
        past,
        milestones=tuple(each for each in past.milestones if next(kept)),
        recognitions=tuple(each for each in past.recognitions if next(kept)),
        law=replace(law, chapters=tuple(each for each, has in zip(law.chapters, of_the_law[1:], strict=True) if has)),
    )
    return HistoryMatches(matched, law_facts=of_the_law[0], guessed=guessed)


def milestones_around(text: str, past: History) -> list[Milestone]:
    """Return the last milestone before the years in *text* and the first one after them."""
    years = _years(words_of(text))
    if not years:
        return []
    before = [each for each in past.milestones if int(each.at[:4]) < min(years)]
    after = [each for each in past.milestones if int(each.at[:4]) > max(years)]
    return before[-1:] + after[:1]


def _dated(at: str, *texts: Texts | None) -> _Part:
    """Return the part of the date *at*, in ISO 8601 as far as it is known."""
    numbers = tuple(int(number) for number in at.partition("T")[0].split("-") if number)
    return _Part(numbers, numbers[1] if len(numbers) > 1 else None, _words_in(*texts))


def _words_in(*texts: Texts | None) -> frozenset[str]:
    return frozenset(word for each in texts for text in (each or {}).values() for word in words_of(text))


def _articles_of(chapter: Chapter) -> tuple[int, ...]:
    """Return the numbers of the articles of *chapter*, which are written as "6" or "6-8"."""
    written = [int(number) for number in words_of(chapter.articles) if number.isdecimal()]
    return tuple(range(written[0], written[-1] + 1)) if written else ()


def _having(asked: Sequence[str], choices: Sequence[frozenset[str]], parts: Sequence[_Part]) -> list[bool]:
    """Return which of *parts* have the date *asked*, else which have all words in their date or their texts."""
    then = [bool(asked) and _is_of(asked, part) for part in parts]
    if any(then):
        return then
    return [
        bool(asked)
        and all(
            _is_of([word], part) or not of_word.isdisjoint(part.words)
            for word, of_word in zip(asked, choices, strict=True)
        )
        for part in parts
    ]


def _is_of(words: Sequence[str], part: _Part) -> bool:
    """Whether *words* are of the date, or an article, of *part*; two years are the first and the last of a range."""
    years = _years(words)
    if years and not (part.numbers and min(years) <= part.numbers[0] <= max(years)):
        return False
    others = [word for word in words if not _is_year(word)]
    return all(int(word) in part.numbers if word.isdecimal() else _month(word) == (part.month or 0) for word in others)


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) == len("1991")


def _years(words: Iterable[str]) -> list[int]:
    return [int(word) for word in words if _is_year(word)]


def _month(word: str) -> int | None:
    """Return the number of the month that *word* names in any language, or None."""
    from kzfest.core.date_phrases.vocabulary import meaning  # not for words alone

    return next((value for kind, value in meaning(word.casefold()) or () if kind == "month"), None)


def _choices(word: str, known: Collection[str], *, guess: bool, alone: bool) -> frozenset[str]:
    """Return those of the *known* words that *word* may be: an inflection, else its beginning, else a *guess*."""
    form = fold(word)
    forms = [(fold(each), each) for each in known]
    likely = [each for folded, each in forms if folded[:2] == form[:2]]
    return frozenset(
        [each for each in likely if keys(word) & keys(each, translit=False)]
        or [each for folded, each in forms if len(form) >= SHORTEST_BEGUN and folded.startswith(form)]
        or (_misspelt(form, forms, alone=alone) if guess else [])
    )


def _misspelt(form: str, forms: Sequence[tuple[str, str]], *, alone: bool) -> list[str]:
    near = set(near_misses(form, sorted({folded for folded, _word in forms}), alone=alone))
    return [word for folded, word in forms if folded in near]
