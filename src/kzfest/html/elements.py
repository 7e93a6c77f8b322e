"""The writer of HTML: the only place where markup is made, so that text of a programme can never act.

`element` escapes every text that it is given, and `Markup` is what it returns; nothing else makes one. Whatever is done
to a `Markup` as to a string gives a plain string, which is escaped again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.core.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VOID = frozenset({"br", "meta"})
"""The elements of ours that have no content and no end tag."""
SHAPES = frozenset({"circle", "line", "path", "rect", "use"})
"""The elements of SVG without content."""
FORBIDDEN = re.compile(r"style|on.*|srcdoc|action|formaction|src|xlink.*")
"""Attributes that act, or load something; the content security policy allows none of them either."""
ADDRESSES = re.compile(r"#|https?://|mailto:|tel:", re.IGNORECASE)
"""The beginning of what a link may lead to."""
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Markup(str):
    """Text of HTML in which everything from outside is escaped."""

    __slots__ = ()


NO_MARKUP = Markup()


def element(name: str, /, *content: str | None, **attributes: str | float | bool | None) -> Markup:
    """Return the element *name* with its *attributes* and its *content*, of which only `Markup` is not escaped.

    Attributes that are None or False are left out. A trailing underscore of their names is dropped, and others become
    hyphens. A link to an address that is no web page, mail address or telephone number leads nowhere.

    >>> element("a", "1 < 2 ", element("b", "&"), href="#x", class_='"')
    '<a href="#x" class="&quot;">1 &lt; 2 <b>&amp;</b></a>'
    >>> element("a", "here", href="javascript:alert(1)")
    '<a>here</a>'
    """
    opening = name
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        if FORBIDDEN.fullmatch(written):
            raise ValueError(f"the attribute {written} may act")
        if written == "href" and not ADDRESSES.match(str(value)):
            continue
        opening += f" {written}" if value is True else f' {written}="{escaped(str(value))}"'
    if name in VOID:
        return Markup(f"<{opening}>")
    if name in SHAPES:
        return Markup(f"<{opening}/>")
    if name == "script":
        raise ValueError("a page has no scripts")
    return Markup(f"<{opening}>{together(*content)}</{name}>")


def escaped(text: str) -> str:
    r"""Return *text* as HTML shows it, with control and deceptive characters in ASCII.

    >>> escaped('<b title="x">\x1b')
    '&lt;b title=&quot;x&quot;&gt;\\x1b'
    """
    return visible(text).translate(_SPECIAL)


def together(*parts: str | None) -> Markup:
    """Return *parts* one after the other, those escaped that are not `Markup`."""
    return Markup("".join([part if isinstance(part, Markup) else escaped(part) for part in parts if part]))


def between(parts: Iterable[str], separator: str) -> Markup:
    """Return *parts* with *separator* between them."""
    return together(*_separated(parts, separator))


def _separated(parts: Iterable[str], separator: str) -> Iterator[str]:
    for number, part in enumerate(parts):
        if number:
            yield separator
        yield part


def styles(rules: str) -> Markup:
    """Return the element with the *rules* of our own style sheet, which is no text of a programme."""
    if "<" in rules:
        raise ValueError("a style sheet has no markup")
    return Markup(f"<style>{rules}</style>")


def calendar_link(text: str, calendar: bytes, name: str) -> Markup:
    """Return a link that saves *calendar*, which is inside it, as the file *name*."""
    from base64 import b64encode  # few pages have a calendar

    inside = b64encode(calendar).decode()
    return Markup(f'<a href="data:text/calendar;base64,{inside}" download="{escaped(name)}">{together(text)}</a>')


def in_language(language: str) -> str | None:
    """Return *language* as the value of `lang`, or None if it is no tag of a language."""
    return language if _LANGUAGE_TAG.fullmatch(language) else None


def direction(text: str) -> str | None:
    """Return the value of `dir` for a text of a programme: its letters decide, if any goes from right to left."""
    return "auto" if not text.isascii() and _RIGHT_TO_LEFT.search(text) else None
