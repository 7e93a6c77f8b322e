"""Names and words in a compiled programme: exact, in part, in another script, or misspelt."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.folding import (
    LONGEST_MISSPELT,
    NEAR_ENOUGH,
    NEAR_ENOUGH_ALONE,
    SHORTEST_MISSPELT,
    fold,
    nearest,
    unswapped,
)
from kzfest.core.layouts import relaid
from kzfest.core.texts import completing
from kzfest.programme.questions import LAST_LETTER, ONE_OF, matching, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kzfest.programme.catalogue import Kind

    Rows = Callable[..., list[Any]]

SIMILAR_WORDS = 60
"""How many words that share three letters in a row are compared with a misspelt one."""


class Named(NamedTuple):
    """Something that a name stands for: its kind, its number in the catalogue, and the name as written."""

    kind: Kind
    number: int
    shown: str


Hit = Named
"""What a search found; `shown` is empty where the text is not in a name."""


class Found(NamedTuple):
    """What a name was found to stand for; *near* where it had to be taken for a misspelling."""

    candidates: tuple[Named, ...]
    near: bool = False


class Lookup:
    """What asks a catalogue for names and words; *rows* gives it the rows of a query."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, kind: Kind, text: str) -> Found:
        """Return what *text* may stand for: an id, an exact name, else a part of one, else one misspelt or mistyped.

        An id comes before all names: no other text is sure to reach its event.
        """
        if kind != "person" and (with_id := self._with_id(kind, text)):
            return Found(with_id)
        for mistyped, key in enumerate(_forms(text)):
            words = _as_written(key)
            found = self._called(kind, key) or self._named(kind, words) or self._named_apart(kind, words)
            if found:
                return Found(found, near=mistyped > 0)
        key = fold(text)
        return Found(self._named(kind, self._respelt(key, "name_words")), near=bool(key))

    def search(self, text: str) -> tuple[list[Hit], bool]:
        """Return what *text* is found in, best first, and whether it had to be taken for something misspelt."""
        for mistyped, key in enumerate(_forms(text)):
            hits = self._hits(key, _as_written(key))
            if hits:
                return hits, mistyped > 0
        key = fold(text)
        return self._hits(key, self._respelt(key, "event_words")), bool(key)

    def text_query(self, text: str) -> str:
        """Return the full-text query for *text*, in another spelling where nothing is found in its own."""
        known = "SELECT 1 FROM event_text WHERE event_text MATCH ? LIMIT 1"
        for key in _forms(text):
            plain = matching(_as_written(key))
            if self._rows(known, [plain]):
                return plain
        return matching(self._respelt(fold(text), "event_words"))

    def names_begun(self, kind: Kind, begun: str, most: int) -> list[str]:
        """Return at most so many names that begin with *begun*."""
        key = fold(begun)
        query = (
            "SELECT DISTINCT target, shown FROM name WHERE kind = ? AND key >= ? AND key < ? "
            "AND shown NOT IN (SELECT id FROM event UNION ALL SELECT id FROM venue) "
            f"ORDER BY number LIMIT {most:d}"
        )
        found = self._rows(query, [kind, key, key + LAST_LETTER]) if key else []
        names = ((target, name) for target, shown in found for name in completing(begun, [shown]))
        return list(dict.fromkeys(name for target, name in names if not self._is_id_of_another(kind, name, target)))

    def _is_id_of_another(self, kind: Kind, name: str, target: int) -> bool:
        """Whether *name*, which *target* has, is the id of another, which it then stands for."""
        return any(holder.number != target for holder in self._with_id(kind, name))

    def _with_id(self, kind: Kind, text: str) -> tuple[Named, ...]:
        """Return the event or the venue that has the id *text*, in small letters or capitals."""
        asked = text.strip().casefold().encode(errors="replace").decode()  # what is typed may be no text
        query = (
            "SELECT name.kind, target, shown FROM name "
            f"JOIN {kind} ON {kind}.number = target WHERE name.kind = ? AND key = ? AND id = ? ORDER BY name.number"
        )
        return _distinct(self._rows(query, [kind, fold(asked), asked]))

    def _called(self, kind: Kind, key: str) -> tuple[Named, ...]:
        """Return what has the name *key*, a search form."""
        query = "SELECT kind, target, shown FROM name WHERE kind = ? AND key = ? ORDER BY number"
        return _distinct(self._rows(query, [kind, key]))

    def _hits(self, key: str, words: list[list[str]]) -> list[Hit]:
        """Return what has one of each list of *words*: names that are *key*, other names, then other texts."""
        if not words:
            return []
        query = matching(words)
        named = (
            "SELECT kind, target, shown FROM name_text JOIN name ON name.number = name_text.rowid "
            "WHERE name_text MATCH ? ORDER BY name.key = ? DESC, rank, number"
        )
        hits = [Hit(*row) for row in self._rows(named, [query, key])]
        texts = "SELECT rowid FROM event_text WHERE event_text MATCH ? ORDER BY bm25(event_text, 10, 6, 4, 1), rowid"
        hits += [Hit("event", number, "") for (number,) in self._rows(texts, [query])]
        return _once(hits)

    def _named(self, kind: Kind, words: list[list[str]]) -> tuple[Named, ...]:
        """Return what has a name with one of each list of *words*."""
        if not words or not all(words):
            return ()
        query = (
            "SELECT kind, target, shown FROM name_text JOIN name ON name.number = name_text.rowid "
            "WHERE name_text MATCH ? AND kind = ? ORDER BY number"
        )
        return _distinct(self._rows(query, [matching(words), kind]))

    def _named_apart(self, kind: Kind, words: list[list[str]]) -> tuple[Named, ...]:
        """Return what has each of *words* in one of its names: one in Russian, another in Kazakh."""
        found = [self._named(kind, [choices]) for choices in words]
        in_all = set.intersection(*({each.number for each in named} for named in found)) if found else set()
        return tuple(each for each in found[0] if each.number in in_all) if in_all else ()

    def _respelt(self, key: str, vocabulary: str) -> list[list[str]]:
        """Return for each word of *key* the words of the *vocabulary* that it is, begins, or may be misspelt for.

        Empty where one of them is like none.
        """
        words = list(dict.fromkeys(key.split()))
        enough = NEAR_ENOUGH if len(words) > 1 else NEAR_ENOUGH_ALONE
        found = list(takewhile(bool, (self._spellings(word, vocabulary, enough) for word in words)))
        return found if len(found) == len(words) else []

    def _spellings(self, word: str, vocabulary: str, enough: float) -> list[str]:
        known = f"SELECT 1 FROM {vocabulary} WHERE term >= ? AND term < ? LIMIT 1"
        if self._rows(known, [word, word + LAST_LETTER if len(word) > 2 else word + "\0"]):
            return [word]
        query = f"SELECT term FROM {vocabulary} WHERE term IN {ONE_OF}"
        found = [term for (term,) in self._rows(query, [together(unswapped(word))])]
        return found or nearest(word, self._alike(word, vocabulary), enough=enough)

    def _alike(self, word: str, vocabulary: str) -> list[str]:
        """Return the words that may be meant by *word* among those that share its first letter, or three in a row."""
        if not SHORTEST_MISSPELT <= len(word) <= LONGEST_MISSPELT:
            return []
        parts = " OR ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2))
        alike = self._rows(
            f"SELECT word FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT {SIMILAR_WORDS}", [parts]
        )
        begun = f"SELECT term FROM {vocabulary} WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        alike += self._rows(
            begun, [word[0], word[0] + LAST_LETTER, len(word) - 1, len(word) + 1]
        )  # 'tnago' for 'tango'
        return sorted({each for (each,) in alike if _may_be(word, each)})


def _may_be(word: str, known: str) -> bool:
    """Whether *word* is as long as *known*, give or take a letter, or is it with an ending: 'apteka' is no 'apta'."""
    return len(known) >= SHORTEST_MISSPELT and (abs(len(known) - len(word)) < 2 or word.startswith(known))


def _as_written(key: str) -> list[list[str]]:
    """Return for each word of *key* the one that it is; one that is there twice asks for no more than once."""
    return [[word] for word in dict.fromkeys(key.split())]


def _forms(text: str) -> list[str]:
    """Return the search forms of *text*: its own, then those of what else its letters may stand for.

    Another keyboard layout was on; or j is й, as libraries write it ("sojuz"), and not ж, as Kazakh does ("jastar").
    """
    key = fold(text)
    if len(key) < SHORTEST_MISSPELT:
        return [key] if key else []
    others = (*relaid(text), text.casefold().replace("j", "y"))
    return list(dict.fromkeys([key, *(form for form in map(fold, others) if len(form) >= SHORTEST_MISSPELT)]))


def _distinct(rows: Iterable[tuple[Kind, int, str]]) -> tuple[Named, ...]:
    """Return one name a target, the first of each."""
    by_target: dict[int, Named] = {}
    for kind, target, shown in rows:
        by_target.setdefault(target, Named(kind, target, shown))
    return tuple(by_target.values())


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Return *hits* with the first of each event, venue and person; a person's events make one hit."""
    seen: dict[tuple[Kind, int | str], Hit] = {}
    for hit in hits:
        seen.setdefault((hit.kind, hit.shown if hit.kind == "person" else hit.number), hit)
    return list(seen.values())
