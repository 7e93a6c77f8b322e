"""Search the history for words that a search has not found in a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.folding import fold
from kzfest.programme.database.stemming import keys, meaningful, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.core.history import History
    from kzfest.core.model import Texts


def chapter_with(text: str, past: History) -> Iterator[tuple[str, Texts]]:
    """Yield the command that shows the history, or its law, and the title of the first part with *text*."""
    law = past.law
    milestones = [(each.title, [each.title, each.summary]) for each in past.milestones]
    recognitions = [(each.country, [each.country, each.note]) for each in past.recognitions]
    of_law = [law.titles, law.status, law.enacted_by, law.signed_by, law.drafted_by, law.chaired_by, law.notes]
    chapters = [(each.titles, [each.titles, each.summary]) for each in law.chapters]
    for command, parts in (
        ("history", milestones + recognitions),
        ("history --law", [(law.titles, of_law), *chapters]),
    ):
        if titles := next((titles for titles, texts in parts if _has(text, texts)), None):
            yield command, titles


def _has(text: str, texts: list[Texts | None]) -> bool:
    """Whether one of *texts* has all words of *text*, inflected or not, in one of its languages."""
    asked = [keys(word) for word in meaningful(words_of(text))]
    begins = {fold(word)[:2] for word in meaningful(words_of(text))}
    for said in (said for each in texts for said in (each or {}).values()):
        likely = [word for word in words_of(said) if fold(word)[:2] in begins]
        if asked and all(any(each & keys(word, translit=False) for word in likely) for each in asked):
            return True
    return False
