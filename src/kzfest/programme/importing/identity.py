"""Which entries are times of one event, and the ids of events: readable, and the same when the file is read again."""

from __future__ import annotations

import re
from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from kzfest.core.folding import latin
from kzfest.programme.importing.plain_text import in_each

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from kzfest.programme.importing.entries import Entry, Words

KINDS_OF_KEYS = ("guid", "code", "uid", "url", "id")
"""What may identify an event, the most reliable first."""

LONGEST_SLUG = 24
"""Letters of a title in an id: enough to recognise it, and few enough for a table of 80 columns."""
LETTERS_OF_KEY = 4
"""Letters that follow it: with a million ids of one title, half of them would be taken once."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters that nobody mistakes for others."""
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""The form of a key that no two programs give to different events."""
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


class Identified(NamedTuple):
    """The entries of one event, with its key."""

    key: str
    entries: Sequence[Entry]


class Identities(NamedTuple):
    """The events of a file, and which kinds of key do not identify them there."""

    events: Sequence[Identified]
    distrusted: Sequence[str]


def identify(entries: Sequence[Entry]) -> Identities:
    """Return the events of *entries*, in the order of their first entries.

    A kind of key counts only if no two entries with different titles share one of its keys in this file: real files
    give one number to several talks. An entry without a trusted key is an event by its title, start and venue.
    """
    titles = [title_of(entry) for entry in entries]
    distrusted = [kind for kind in KINDS_OF_KEYS if _shares(kind, entries, titles)]
    trusted = [kind for kind in KINDS_OF_KEYS if kind not in distrusted]
    events: dict[str, list[Entry]] = defaultdict(list)
    for entry, title in zip(entries, titles, strict=True):
        events[key_of(entry, title, trusted)].append(entry)
    return Identities([Identified(key, found) for key, found in events.items()], distrusted)


def title_of(entry: Entry) -> str:
    """Return what the title of *entry* is compared by, or of its series."""
    return same(entry.series or _first(entry.title))


def key_of(entry: Entry, title: str, trusted: Iterable[str]) -> str:
    """Return what identifies the event of *entry*: the first of the *trusted* kinds of key that it has.

    A UID that begins with a GUID is that GUID, because the same programme gives it without a host in other formats.
    """
    for kind in trusted:
        if value := entry.keys.get(kind):
            guid = GUID.match(value)
            return guid[0].lower() if guid else value
    place = same(_first(entry.place.name)) if entry.place else ""
    return "\n".join((title, entry.start.isoformat() if entry.start else "", place))


def same(text: str) -> str:
    """Return *text* as names and titles are compared: without regard to case and blanks.

    It is stricter than the search form, in which two rooms may be one.

    >>> same("Saal  1") == same("SAAL 1"), same("EMC II") == same("EMC I")
    (True, False)
    """
    return " ".join(normalize("NFC", text).casefold().split())


def slug(text: str) -> str:
    """Return *text* as a part of an id: Latin letters and digits, joined by hyphens; "" if it has none.

    >>> slug("Welcome to FOSDEM 2026!"), slug("Наурыз мейрамы"), slug("休息")
    ('welcome-to-fosdem-2026', 'nauriz-meirami', '')
    """
    letters = _NOT_IN_SLUG.sub("-", latin(text)).strip("-")
    if len(letters) > LONGEST_SLUG:
        letters = letters[: LONGEST_SLUG + 1].rpartition("-")[0] or letters[:LONGEST_SLUG]
    return letters


def event_id(titles: Iterable[str], key: str, taken: Mapping[str, object]) -> str:
    """Return the id of the event with this *key*, which is not among those *taken*.

    It begins with the first of its *titles* that has Latin or Cyrillic letters.
    """
    number = int.from_bytes(sha256(key.encode(errors="surrogatepass")).digest())
    begun = next(filter(None, map(slug, titles)), "event")
    letters = ""
    while number:
        number, letter = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[letter]
        found = f"{begun}-{letters}"
        if len(letters) >= LETTERS_OF_KEY and found not in taken:
            return found
    raise ValueError("two events with one key")


def free_key(wanted: str, taken: Container[str]) -> str:
    """Return *wanted*, with a number if it is *taken*."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _shares(kind: str, entries: Sequence[Entry], titles: Sequence[str]) -> bool:
    """Whether two entries with different titles have the same key of this *kind*."""
    title_by_key: dict[str, str] = {}
    for entry, title in zip(entries, titles, strict=True):
        if (key := entry.keys.get(kind)) and title_by_key.setdefault(key, title) != title:
            return True
    return False


def _first(words: Words) -> str:
    return next(iter(in_each(words).values()), "")
