"""Events that a calendar repeats as entries of their own: a cinema has an entry with a new UID for each screening."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kzfest.core.folding import fold
from kzfest.programme.importing.identity import GUID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzfest.programme.importing.entries import Entry

_ADDRESS = re.compile(r"https?://\S+")
"""In the text of an entry: each screening may have an address for tickets."""


def join_showings(entries: Iterable[Entry]) -> int:
    """Give *entries* that differ only in their times the same UID, and return the number of such events.

    They have one title, place, kind and text, different UIDs, and no start in common. A GUID stays: the same programme
    has it in other formats.
    """
    alike: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        uid = entry.keys.get("uid", "")
        if isinstance(entry.title, str) and entry.title and uid and not GUID.match(uid):
            name = entry.place.name if entry.place else ""
            alike[fold(entry.title), fold(name) if isinstance(name, str) else ""].append(entry)
    joined = 0
    for (title, place), group in alike.items():
        times = len(group)
        if times < 2:
            continue
        said = {
            (entry.kind, entry.tags, *(_ADDRESS.sub("", str(text or "")) for text in entry.summary)) for entry in group
        }
        are_apart = times == len({entry.keys["uid"] for entry in group}) == len({entry.start for entry in group})
        if len(said) == 1 and are_apart:
            joined += 1
            for entry in group:
                entry.keys["uid"] = f"{title}\n{place}"
    return joined
