"""Search names and words in a compiled programme: exact, partial, in another script, or misspelt."""

from __future__ import annotations

from itertools import islice, pairwise, product, takewhile
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from kzfest.core.folding import LONGEST_MISSPELT, SHORTEST_MISSPELT, fold, near_misses, transpositions
from kzfest.core.keyboard import other_keyboard_readings
from kzfest.core.localized import completing
from kzfest.programme.database.queries import LAST_LETTER, NOTHING, ONE_OF, fts_query, json_array
from kzfest.programme.database.stemming import keys, meaningful, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Choose = Callable[[str], list[str]]
    Rows = Callable[..., list[Any]]

SIMILAR_WORDS = 60
"""How many words with the most trigrams in common are compared with a misspelt word."""
Kind: TypeAlias = "Literal['event', 'venue', 'person']"
"""What has a name."""
MatchedPart: TypeAlias = "Literal['title', 'people', 'labels', 'place', 'details', 'address', 'notes']"
PARTS: tuple[MatchedPart, ...] = ("title", "people", "labels", "place", "details", "address", "notes")
"""The searchable parts of an event, most relevant first."""
MOST_CHOICES = 200
"""The largest number of words that one word of a query may stand for."""
SHORTEST_BEGUN = 3
"""Letters from which a word also matches longer words that begin with it."""
WORDS_BETWEEN = 10
"""How many words may stand between two words of a query in a long text."""
SHORTEST_JOINED, LONGEST_JOINED = 6, 40
"""Letters of a word that may be two words written together."""
FEWEST_WORDS, MOST_WORDS = 3, 8
"""Words of a query from which one may be dropped if there is no match."""


class NameMatch(NamedTuple):
    """An event, venue or person that a name or a search matches: its kind, and its number in the catalogue."""

    kind: Kind
    number: int
    shown: str
    """The name as written; empty if a search has found no name."""
    where: MatchedPart | None = None
    """The last of the parts that together have the words of a search; None if the name has them."""


class NameMatches(NamedTuple):
    """What a name matches; *near* means only as a misspelling."""

    candidates: tuple[NameMatch, ...]
    near: bool = False


class TextReading(NamedTuple):
    """What a text means that is searched for."""

    query: str
    """The full-text query."""
    form: str
    """The text, or what it is on another keyboard layout."""
    is_guess: bool = False
    """Whether nothing has the text as it was typed."""


class SearchIndex:
    """Searches a catalogue for names and words; *rows* runs a query and returns its rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, kind: Kind, text: str) -> NameMatches:
        """Return what *text* matches: an id, else an exact name, else part of a name, else a misspelt name.

        An id beats all names, so that it always reaches its event.
        """
        if kind != "person" and (with_id := self._with_id(kind, text)):
            return NameMatches(with_id)
        forms = _forms(text)
        if not forms:
            return NameMatches(())
        for mistyped, form in enumerate(forms):
            if found := self._named_exactly(kind, fold(form)) or self._matching(kind, form, self._names_known):
                return NameMatches(found, near=mistyped > 0)
        for mistyped, form in enumerate(forms):
            if found := self._matching(kind, form, self._names_begun):
                return NameMatches(found, near=mistyped > 0)
        typed = forms[0]
        guessing = self._guessing(typed, self._names_begun)
        return NameMatches(self._matching(kind, typed, guessing) or self._all_but_one(kind, typed), near=True)

    def search(self, text: str) -> tuple[list[NameMatch], bool]:
        """Return the results for *text*, best first, and whether they are for a corrected spelling."""
        for words, near, form in self._readings(text):
            hits = self._hits(fold(form), words)
            if hits:
                return hits, near
        return [], bool(fold(text))

    def text_reading(self, text: str) -> TextReading:
        """Return the likeliest reading of *text* that is in the text of an event, else one that matches nothing."""
        known = "SELECT 1 FROM event_text WHERE event_text MATCH ? LIMIT 1"
        for words, near, form in self._readings(text):
            query = _together_in_texts(words)
            if self._rows(known, [query]):
                return TextReading(query, form, is_guess=near)
        return TextReading(NOTHING, text)

    def _readings(self, text: str) -> Iterator[tuple[list[list[str]], bool, str]]:
        """Yield the readings of *text*, likeliest first: choices for each word, whether it is a guess, its text."""
        forms = _forms(text)
        for choose in (self._known, self._begun_anywhere):
            for mistyped, form in enumerate(forms):
                if words := _choices(meaningful(words_of(form)), choose):
                    yield self._with_synonyms(words), mistyped > 0, form
        for form in forms[:1]:
            if words := _choices(meaningful(words_of(form)), self._guessing(form, self._begun_anywhere)):
                yield words, True, form

    def _guessing(self, text: str, choose: Choose) -> Choose:
        """Return a function like *choose* that falls back to corrected spellings; *text* has all words of the query."""
        alone = len(meaningful(words_of(text))) == 1
        return lambda word: choose(word) or self._misspelt(word, alone=alone)

    def _matching(self, kind: Kind, text: str, choose: Choose) -> tuple[NameMatch, ...]:
        """Return what has the words of *text* in its name, where *choose* gives the alternatives for each word."""
        typed = meaningful(words_of(text))
        words = self._with_synonyms(_choices(typed, choose))
        found = self._named(kind, words) or self._named_apart(kind, words)
        if kind == "venue":
            return found or self._without_city(kind, typed, choose)
        if kind == "person":
            return found
        exact = found if choose == self._names_known else ()
        whole = [each for each in exact if len(meaningful(words_of(each.shown))) == len(typed)]
        return tuple(whole) or _unique_targets([*found, *self._in_labels(words)])

    def _without_city(self, kind: Kind, typed: list[str], choose: Choose) -> tuple[NameMatch, ...]:
        """Return what matches *typed* without the name of a city: "national museum astana"."""
        cities = {key for (key,) in self._rows("SELECT DISTINCT city FROM showing WHERE city IS NOT NULL")}
        left = [word for word in typed if cities.isdisjoint(self._names_known(word))]
        words = _choices(left, choose) if left and len(left) < len(typed) else []
        return self._named(kind, words) or self._named_apart(kind, words)

    def _in_labels(self, words: list[list[str]]) -> tuple[NameMatch, ...]:
        """Return the events that have *words* in title and people, else in category and tags too."""
        if not words:
            return ()
        query = (
            "SELECT kind, target, shown FROM event_text JOIN name ON kind = 'event' AND target = event_text.rowid "
            "WHERE event_text MATCH ? ORDER BY name.number"
        )
        every, some = fts_query(words), fts_query([[each for choices in words for each in choices]])
        columns = [" ".join(PARTS[:2]), " ".join(PARTS[:3])]
        queries = [f"{{{each}}} : ({every})" for each in columns]
        if len(words) > 1:  # «вечер бокса»: one word is a tag, the other is in the details
            queries.append(f"{{{columns[-1]} details}} : ({every}) AND {{{columns[-1]}}} : ({some})")
        return next((found for each in queries if (found := _unique_targets(self._rows(query, [each])))), ())

    def _all_but_one(self, kind: Kind, text: str) -> tuple[NameMatch, ...]:
        """Return what matches all words of *text* except one."""
        typed = meaningful(words_of(text))
        if not FEWEST_WORDS <= len(typed) <= MOST_WORDS:
            return ()
        choices = [self._names_known(word) for word in typed]
        found: list[NameMatch] = []
        for left_out in range(len(typed)):
            words = choices[:left_out] + choices[left_out + 1 :]
            if all(words):
                found += self._named(kind, words) or self._named_apart(kind, words)
        return tuple({each.number: each for each in found}.values())

    def names_begun(self, kind: Kind, begun: str, most: int) -> list[str]:
        """Return at most *most* names that begin with *begun*."""
        key = fold(begun)
        query = (
            "SELECT DISTINCT target, shown FROM name WHERE kind = ? AND key >= ? AND key < ? "
            "AND shown NOT IN (SELECT id FROM event UNION ALL SELECT id FROM venue) "
            f"ORDER BY number LIMIT {most:d}"
        )
        found = self._rows(query, [kind, key, key + LAST_LETTER]) if key else []
        names = ((target, name) for target, shown in found for name in completing(begun, [shown]))
        unique = (  # a name that is the id of something else would match that
            name for target, name in names if all(holder.number == target for holder in self._with_id(kind, name))
        )
        return list(dict.fromkeys(unique))

    def _with_id(self, kind: Kind, text: str) -> tuple[NameMatch, ...]:
        """Return the event or venue with the id *text*, in any case."""
        asked = text.strip().casefold().encode(errors="replace").decode()  # it may be invalid UTF-8
        query = (
            "SELECT name.kind, target, shown FROM name "
            f"JOIN {kind} ON {kind}.number = target "
            "WHERE name.kind = ? AND name.key = ? AND id = ? ORDER BY name.number"
        )
        return _unique_targets(self._rows(query, [kind, fold(asked), asked]))

    def _named_exactly(self, kind: Kind, key: str) -> tuple[NameMatch, ...]:
        """Return what has the name *key*, a search form: titles and venues' own names only, if there are any.

        Else return aliases, and for a single word names that begin with it: several places are called EXPO.
        """
        query = "SELECT kind, target, shown FROM name WHERE kind = ? AND key = ? AND sure >= ? ORDER BY number"
        if sure := _unique_targets(self._rows(query, [kind, key, 1])):
            return sure
        if not (called := _unique_targets(self._rows(query, [kind, key, 0]))) or " " in key:
            return called
        begun = "SELECT kind, target, shown FROM name WHERE kind = ? AND key >= ? AND key < ? ORDER BY number"
        return _unique_targets([*called, *self._rows(begun, [kind, f"{key} ", f"{key}!"])])

    def _hits(self, key: str, words: list[list[str]]) -> list[NameMatch]:
        """Return what has one of each list of *words*: names equal to *key* first, then other names, then texts.

        A person has one hit, whatever the number of events.
        """
        named = (
            "SELECT kind, target, shown FROM name_text JOIN name ON name.number = name_text.rowid "
            "WHERE name_text MATCH ? ORDER BY name.key = ? DESC, rank, number"
        )
        query = fts_query(words)
        hits = [NameMatch(*row) for row in self._rows(named, [query, key])]
        in_texts = _together_in_texts(words)
        texts = "SELECT rowid FROM event_text WHERE event_text MATCH ? ORDER BY rank, rowid"
        for index, part in enumerate(PARTS, 1):
            if part in {"address", "notes"} and hits:
                break  # streets may have any name, and notes mention other events
            parts = " ".join(PARTS[:index])
            rows = self._rows(texts, [f"{{{parts}}} : ({in_texts})"])
            hits += [NameMatch("event", number, "", part) for (number,) in rows]
        first: dict[tuple[Kind, int | str], NameMatch] = {}
        for hit in hits:
            first.setdefault((hit.kind, hit.shown if hit.kind == "person" else hit.number), hit)
        return list(first.values())

    def _named(self, kind: Kind, words: list[list[str]]) -> tuple[NameMatch, ...]:
        if not words or not all(words):
            return ()
        query = (
            "SELECT kind, target, shown FROM name_text JOIN name ON name.number = name_text.rowid "
            "WHERE name_text MATCH ? AND kind = ? ORDER BY number"
        )
        return _unique_targets(self._rows(query, [fts_query(words), kind]))

    def _named_apart(self, kind: Kind, words: list[list[str]]) -> tuple[NameMatch, ...]:
        """Return what has all of *words* in its names together, such as one in Russian and another in Kazakh."""
        found = [self._named(kind, [choices]) for choices in words]
        in_all = set.intersection(*({each.number for each in named} for named in found)) if found else set()
        return tuple(each for each in found[0] if each.number in in_all) if in_all else ()

    def _with_synonyms(self, words: list[list[str]]) -> list[list[str]]:
        """Return *words* with the programme's synonyms for each word, and for several adjacent words."""
        synonyms: dict[int, list[str]] = {}
        for meaning, form in self._rows("SELECT meaning, form FROM synonym ORDER BY meaning"):
            synonyms.setdefault(meaning, []).append(form)
        if not words or not synonyms:
            return words
        found, place = [], 0
        while place < len(words):
            length, meant = max((_prefix_length(words[place:], forms), forms) for forms in synonyms.values())
            if length:
                own = words[place] if length == 1 else []
                found.append(list(dict.fromkeys([*own, *(phrase for form in meant for phrase in self._phrases(form))])))
            else:
                found.append(words[place])
            place += max(length, 1)
        return found

    def _phrases(self, form: str) -> list[str]:
        """Return *form*, one or more words, with each word in all known inflections."""
        choices = [self._known(word) or [word] for word in form.split()]
        return [" ".join(words) for words in islice(product(*choices), MOST_CHOICES)]

    def _names_known(self, word: str) -> list[str]:
        """Return the words of names and labels that share a key with *word*."""
        return self._with_keys(word, "AND other.part")

    def _known(self, word: str) -> list[str]:
        """Return the words of any text that share a key with *word*."""
        return self._with_keys(word, "")

    def _with_keys(self, word: str, condition: str) -> list[str]:
        form = fold(word)
        query = (
            "SELECT DISTINCT other.word FROM word_key AS own JOIN word_key AS other ON other.key = own.key "
            f"WHERE own.word = ? {condition} LIMIT {MOST_CHOICES}"
        )
        found = [each for (each,) in self._rows(query, [form])]  # avoids stemming a word that the programme has
        if not found:
            query = (
                f"SELECT DISTINCT word FROM word_key AS other WHERE key IN {ONE_OF} {condition} LIMIT {MOST_CHOICES}"
            )
            found = [each for (each,) in self._rows(query, [json_array(sorted(keys(word)))])]
        return sorted(found, key=lambda each: each != form)

    def _names_begun(self, word: str) -> list[str]:
        """Return the words of names that share a key with *word*, else begin with it, else are joined in it."""
        return self._names_known(word) or self._beginning(word, "part") or self._joined(word)

    def _begun_anywhere(self, word: str) -> list[str]:
        return self._known(word) or self._beginning(word, "1") or self._joined(word)

    def _beginning(self, word: str, condition: str) -> list[str]:
        form = fold(word)
        if len(form) < SHORTEST_BEGUN:
            return []
        query = f"SELECT DISTINCT word FROM word_key WHERE word >= ? AND word < ? AND {condition} LIMIT {MOST_CHOICES}"
        return [each for (each,) in self._rows(query, [form, form + LAST_LETTER])]

    def _joined(self, word: str) -> list[str]:
        """Return pairs of adjacent words of a name that *word* is without the space."""
        if not SHORTEST_JOINED <= len(word) <= LONGEST_JOINED:
            return []
        places = range(2, len(word) - 1)
        query = f"SELECT DISTINCT word FROM word_key WHERE word IN {ONE_OF} AND part"
        known = {first for (first,) in self._rows(query, [json_array(fold(word[:place]) for place in places)])}
        pairs = [
            f"{fold(word[:place])} {second}"
            for place in places
            if fold(word[:place]) in known
            for rest in (word[place:], word[place - 1 :])  # «хасанат»: one letter ends the first and begins the second
            for second in self._names_known(rest)
        ]
        return [pair for pair in pairs if self._rows("SELECT 1 FROM name_text WHERE name_text MATCH ?", [f'"{pair}"'])]

    def _misspelt(self, word: str, *, alone: bool) -> list[str]:
        """Return the words of names that *word* may be a misspelling of, in all their forms.

        Swapped letters are also corrected to words of labels, and to words of any text if *word* is not *alone*.
        """
        form, known = fold(word), "part" if alone else "1"
        query = f"SELECT DISTINCT word FROM word_key WHERE word IN {ONE_OF} AND {known}"
        swapped = [term for (term,) in self._rows(query, [json_array(transpositions(form))])]
        near = swapped or near_misses(form, self._similar(form), alone=alone)
        return list(dict.fromkeys(each for one in near for each in [one, *self._known(one)]))

    def _similar(self, word: str) -> list[str]:
        """Return words of names similar to *word*: with common trigrams, or its first letter and a similar length."""
        if not SHORTEST_MISSPELT <= len(word) <= LONGEST_MISSPELT:
            return []
        parts = " OR ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2))
        near = f"SELECT word FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT {SIMILAR_WORDS}"
        begun = (  # 'tnago' has no trigram of 'tango'
            "SELECT DISTINCT word FROM word_key "
            "WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ? AND part = 2"
        )
        begins = [word[0], word[0] + LAST_LETTER, len(word) - 2, len(word) + 2]
        return sorted({each for (each,) in (*self._rows(near, [parts]), *self._rows(begun, begins))})


def _together_in_texts(words: list[list[str]]) -> str:
    """Return the full-text query for events with one of each list of *words*.

    Unless one of them is in a name, label or place, they must be near each other: in a long text, "united" and "states"
    may be unrelated.
    """
    every = fts_query(words)
    pairs = [list(product(first, second)) for first, second in pairwise(words)]
    if not pairs or max(map(len, pairs)) > MOST_CHOICES:
        return every
    named = f"{{{' '.join(PARTS[:4])}}} : ({fts_query([[each for choices in words for each in choices]])})"
    near = (" OR ".join(f'NEAR("{one}" "{other}", {WORDS_BETWEEN})' for one, other in pair) for pair in pairs)
    return f"({every}) AND ({named} OR ({' AND '.join(f'({each})' for each in near)}))"


def _prefix_length(words: list[list[str]], forms: list[str]) -> int:
    """Return the number of words of the longest of *forms* that *words* begin with, or 0."""
    lengths = [0]
    for form in forms:
        parts = form.split()
        if len(parts) <= len(words) and all(part in choices for part, choices in zip(parts, words, strict=False)):
            lengths.append(len(parts))
    return max(lengths)


def _choices(words: list[str], choose: Choose) -> list[list[str]]:
    """Return *choose* of each of *words*, or an empty list if one of them has no choices."""
    found = list(takewhile(bool, map(choose, dict.fromkeys(words))))
    return found if len(found) == len(dict.fromkeys(words)) else []


def _forms(text: str) -> list[str]:
    """Return *text* and other readings of its letters.

    These are other keyboard layouts; j as й, as libraries write it ("sojuz"), instead of ж, as in Kazakh ("jastar"); yo
    as ё; and c as ц.
    """
    key = fold(text)
    if len(key) < SHORTEST_MISSPELT:
        return [text] if key else []
    lowered = text.casefold()
    others = [*other_keyboard_readings(text), lowered.replace("j", "y"), without_yo := lowered.replace("yo", "e")]
    others += [each.replace("c", "ts") for each in (lowered, without_yo)]
    forms = {key: text}
    for other in others:
        if len(form := fold(other)) >= SHORTEST_MISSPELT:
            forms.setdefault(form, other)
    return list(forms.values())


def _unique_targets(rows: Iterable[Sequence[Any]]) -> tuple[NameMatch, ...]:
    by_target: dict[int, NameMatch] = {}
    for kind, target, shown, *_where in rows:
        by_target.setdefault(target, NameMatch(kind, target, shown))
    return tuple(by_target.values())
