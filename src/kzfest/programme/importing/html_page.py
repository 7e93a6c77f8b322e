"""What an HTML page, or a part of one, says about itself, and the items in it: as JSON-LD, microdata or RDFa."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kzfest.programme.importing import linked_data
from kzfest.programme.importing.html_tokens import Tag, tags
from kzfest.programme.importing.limits import MOST_ITEMS
from kzfest.programme.importing.linked_data import LinkedItem, local_name
from kzfest.programme.importing.plain_text import LONGEST_RAW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_ENDED_BY = {
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"td", "th", "tr", "p"},
}
"""The elements that end where another begins, although they have no end tag."""
_DEEPEST = 512
"""Elements inside each other; browsers do not follow more either."""
_ADDRESSES = frozenset(
    ("url", "sameAs", "image", "logo", "photo", "contentUrl", "thumbnailUrl", "mainEntityOfPage", "availability")
)
"""The properties for which a link gives its address; for others, such as the name, it gives its text."""
_CALENDAR = re.compile(r"[^?#]*(?:\.ics|/schedule\.(?:xml|json))(?:[?#].*)?|webcal:.*", re.IGNORECASE | re.DOTALL)


class HtmlPage(NamedTuple):
    """What was found in a page."""

    title: str
    language: str | None
    address: str | None
    """Its own web address."""
    linked: Sequence[LinkedItem]
    """The items of its JSON-LD."""
    marked: Sequence[LinkedItem]
    """The items that its markup describes."""
    unread: Sequence[int]
    """The positions of the faults in JSON-LD that cannot be read."""
    calendars: Sequence[str]
    """The addresses of calendars and schedules to which it links."""
    is_cut: bool
    """Whether it describes more items than kzfest reads."""


def read_page(text: str) -> HtmlPage:
    """Return what is in the HTML *text*."""
    markup = _Markup(text)
    facts: dict[str, str] = {}
    calendars: dict[str, None] = {}
    values: list[object] = []
    unread: list[int] = []
    last = Tag(0, 0)
    for tag in tags(text):
        if tag.is_end:
            markup.end(tag)
            if last.name == "script" and "ld+json" in last.attributes.get("type", "").lower():
                block = linked_data.parsed(text[last.ends : tag.begins])
                values.extend(block.values)
                if block.error is not None:
                    unread.append(last.ends + block.error)
            elif last.name == tag.name == "title":
                facts.setdefault("title", text[last.ends : tag.begins])
        elif tag.name:
            markup.start(tag)
            fact, value = _fact(tag) if tag.attributes else ("", "")
            if value:
                facts.setdefault(fact, value)
            address = tag.attributes.get("href")
            if address and (_CALENDAR.fullmatch(address) or tag.attributes.get("type") == "text/calendar"):
                calendars[address] = None
        last = tag
    markup.finish()
    return HtmlPage(
        title=facts.get("og:title") or facts.get("title") or "",
        language=facts.get("lang") or facts.get("og:locale"),
        address=facts.get("base") or facts.get("canonical") or facts.get("og:url"),
        linked=linked_data.items_of(values),
        marked=markup.items,
        unread=unread,
        calendars=list(calendars),
        is_cut=markup.is_cut,
    )


def _fact(tag: Tag) -> tuple[str, str]:
    """Return what *tag* says about the whole page: the name of a fact and its value."""
    given = tag.attributes
    if tag.name == "html":
        return "lang", given.get("lang") or given.get("xml:lang", "")
    if tag.name == "base":
        return "base", given.get("href", "")
    if tag.name == "link":
        return given.get("rel", "").lower(), given.get("href", "")
    if tag.name == "meta":
        return (given.get("property") or given.get("name", "")).lower(), given.get("content", "")
    return "", ""


_ITEMS = {"itemscope", "typeof"}
"""The attributes with which an item begins."""


class _Open(NamedTuple):
    """An element whose end tag has not come."""

    name: str
    begins: int
    """Where its content begins."""
    item: LinkedItem | None
    """The item that it describes."""
    owner: LinkedItem | None = None
    """The item of which its text is a property."""
    properties: Sequence[str] = ()
    shared: LinkedItem | None = None
    """Its properties, if items elsewhere refer to them."""


class _Markup:
    """Collects the items that microdata and RDFa describe; both mark the same things, with other attributes."""

    def __init__(self, text: str) -> None:
        self.items: list[LinkedItem] = []
        self.is_cut = False
        self._text = text
        self._open: list[_Open] = []
        self._names = Counter[str]()
        self._too_deep = 0
        self._owners: list[LinkedItem] = []
        self._number = 0
        self._referring: list[tuple[LinkedItem, Iterable[str]]] = []
        self._shared = _shared_elements(text)
        self._awaited = dict(self._shared)
        self._shares_left = MOST_ITEMS
        self._letters_left = 4 * len(text)
        """What all texts together may have: a text within a text counts twice, and a hostile page has many."""

    def start(self, tag: Tag) -> None:
        """Begin an element, and the item or the property that its attributes give; outside items, only items count."""
        shared = self._awaited.pop(tag.attributes.get("id", ""), None) if self._awaited else None
        if not self._open and shared is None and tag.attributes.keys().isdisjoint(_ITEMS):
            return
        while self._open and self._open[-1].name in _ENDED_BY.get(tag.name, ()):
            self._close(tag.begins)
        is_empty = tag.name in _EMPTY
        if len(self._open) >= _DEEPEST:
            self._too_deep += not is_empty
            return
        if shared:
            self._owners.append(shared)
        opened = self._opened(tag, self._owners[-1] if self._owners else None)
        if is_empty and not shared:
            return
        self._open.append(opened._replace(shared=shared) if shared else opened)
        self._names[tag.name] += 1
        if opened.item:
            self._owners.append(opened.item)
        if is_empty:
            self._close(tag.ends)

    def _opened(self, tag: Tag, owner: LinkedItem | None) -> _Open:
        """Return the element that *tag* begins, and give *owner* what its attributes say."""
        given = tag.attributes
        if not given:
            return _Open(tag.name, tag.ends, None)
        names = [local_name(name) for name in (given.get("itemprop") or given.get("property") or "").split()]
        types = given.get("itemtype", "") if "itemscope" in given else given.get("typeof")
        if types is not None:
            item = self._new_item(types, given.get("itemid") or given.get("resource") or "")
            if item and (keys := given.get("itemref")):
                self._referring.append((item, dict.fromkeys(keys.split())))
            if item and owner and names:
                _add(owner, names, item)
            elif item:
                self.items.append(item)
            return _Open(tag.name, tag.ends, item)
        value = _attribute(tag, names) if owner and names else None
        if owner and value:
            _add(owner, names, value.strip())
        return _Open(tag.name, tag.ends, None, owner if names and value is None else None, names)

    def end(self, tag: Tag) -> None:
        """End an element with all that is open in it; an end tag without its start is ignored."""
        if self._too_deep:
            self._too_deep -= 1
        elif self._names[tag.name]:
            while self._close(tag.begins) != tag.name:
                pass

    def finish(self) -> None:
        """End what is still open."""
        while self._open:
            self._close(len(self._text))
        for item, keys in self._referring:
            for key in keys:
                self._share(self._shared[key], item)

    def _close(self, ends: int) -> str:
        closed = self._open.pop()
        self._names[closed.name] -= 1
        if closed.item:
            self._owners.pop()
        if closed.owner:
            raw = self._text[closed.begins : min(ends, closed.begins + LONGEST_RAW)].strip()
            self._letters_left -= len(raw)
            if self._letters_left >= 0:
                is_markup = "<" in raw and "description" in closed.properties
                _add(closed.owner, closed.properties, f"<div>{raw}</div>" if is_markup else _without_tags(raw))
        if closed.shared:
            self._owners.pop()
            if self._owners:
                self._share(closed.shared, self._owners[-1])
        return closed.name

    def _share(self, shared: LinkedItem, owner: LinkedItem) -> None:
        """Give *owner* the properties of an element that it contains, or to which it refers."""
        for name, values in shared.properties.items():
            self._shares_left -= len(values)
            if self._shares_left >= 0:
                owner.properties.setdefault(name, []).extend(values)

    def _new_item(self, types: str, key: str) -> LinkedItem | None:
        self._number += 1
        if self._number > MOST_ITEMS:
            self.is_cut = True
            return None
        return LinkedItem(types=tuple(local_name(each) for each in types.split()), id=key)


def _shared_elements(text: str) -> dict[str, LinkedItem]:
    """Return what will have the properties of each element to which an item refers, by the id of the element."""
    if "itemref" not in text.lower():
        return {}
    return {key: LinkedItem() for tag in tags(text) for key in tag.attributes.get("itemref", "").split()}


def _without_tags(raw: str) -> str:
    parts: list[str] = []
    position = 0
    for tag in tags(raw):
        parts.append(raw[position : tag.begins])
        position = tag.ends
    return "".join([*parts, raw[position:]])


def _add(owner: LinkedItem, names: Sequence[str], value: str | LinkedItem) -> None:
    for name in names:
        owner.properties.setdefault(name, []).append(value)


def _attribute(tag: Tag, names: Sequence[str]) -> str | None:
    """Return the value that the attributes of *tag* give the properties *names*; None if its text does."""
    given = tag.attributes
    for attribute in ("content", "datetime"):
        if attribute in given:
            return given[attribute]
    if tag.name in {"meter", "data"}:
        return given.get("value")
    if tag.name == "object":
        return given.get("data")
    if "src" in given:
        return given["src"]
    return given.get("href") if tag.name == "link" or not _ADDRESSES.isdisjoint(names) else None
