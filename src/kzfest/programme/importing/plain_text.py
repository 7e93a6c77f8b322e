"""Texts of other formats as plain text: HTML and Markdown without their marks, links apart, unseen letters removed."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kzfest.core.safe_text import legible, legible_line
from kzfest.programme.importing.html_tokens import tags
from kzfest.programme.importing.limits import MOST_LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.programme.importing.entries import Words
    from kzfest.programme.importing.html_tokens import Tag

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
"""Characters, as in our own format (`reading/scalars.py`)."""

_TAG = re.compile(
    r"</?(?:p|br|a|b|i|u|ul|ol|li|em|strong|div|span|h[1-6]|img|code|pre|table|blockquote)\b", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]\[]{0,1000})\]\(\s*<?(https?://[^\s<>)]+(?:\([^\s<>)]*\))?[^\s<>)]*)>?[^)\n]{0,200}\)")
_AUTOMATIC_LINK = re.compile(r"<(https?://[^\s<>]+)>")
_STRONG = re.compile(r"(\*\*)(?=\S)(.{1,500}?)(?<=\S)\1")
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)(?: +#+)?$", re.MULTILINE)
_BREAK = re.compile(r"(?:\\| {2,})$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
LONGEST_RAW = 20 * LONGEST_TEXT
"""Characters of a text with its marks; more are an embedded picture, not a text."""
_BLANK_LINES = re.compile(r"\n\s*\n+")
_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_LINE_END = "\v"
"""Stands for a line break of the source until the tags round it are known."""


class Cleaner:
    """Cleans the texts of one file, and counts what it changed."""

    def __init__(self) -> None:
        self.letters = 0
        """Control characters and characters that nobody sees, which were removed."""
        self.texts = 0
        """Texts that had any."""
        self.cut = 0
        """Texts that were longer than our format allows."""
        self._lines: dict[str, str] = {}

    def line(self, raw: str) -> str:
        """Return *raw* on one line, without marks."""
        if raw not in self._lines:
            text = without_marks(raw)[0] if _TAG.search(raw) else _unescaped(raw)
            self._lines[raw] = self._cut(self._seen(" ".join(text.split()), legible_line), LONGEST_LINE)
        return self._lines[raw]

    def word(self, raw: str) -> str:
        """Return *raw* as a line in NFC, so that equal words are equal."""
        return normalize("NFC", self.line(raw))

    def text(self, raw: str) -> tuple[str, list[tuple[str, str]]]:
        """Return *raw* as plain text, and the links in it: labels and addresses."""
        text, links = without_marks(raw)
        cleaned = self._cut(self._seen(text, legible), LONGEST_TEXT)
        return cleaned, [(self.line(label), address) for label, address in links]

    def address(self, raw: str | None) -> str | None:
        """Return the web address *raw*, or None if it is not one that a browser opens."""
        if not raw:
            return None
        address = _unescaped(raw.strip())
        is_web = _ADDRESS.fullmatch(address) and len(address) <= LONGEST_LINE and legible_line(address) == address
        scheme, mark, rest = address.partition("://")
        return f"{scheme.lower()}{mark}{rest}" if is_web else None

    def _seen(self, text: str, clean: Any) -> str:
        """Return *text* as *clean* returns it, and count what it removes."""
        cleaned: str = clean(text)
        if len(cleaned) < len(text):  # else nothing but spaces can have changed
            removed = len("".join(text.split())) - len("".join(cleaned.split()))
            self.letters += removed
            self.texts += removed > 0
        return cleaned

    def cut_text(self, text: str) -> str:
        """Return *text*, shortened if our format does not allow its length."""
        return self._cut(text, LONGEST_TEXT)

    def _cut(self, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        self.cut += 1
        return legible(text[: longest - 1]) + "…"


def without_marks(raw: str) -> tuple[str, list[tuple[str, str]]]:
    r"""Return HTML, Markdown or plain text without marks, and its links: labels and addresses.

    >>> without_marks('<p>See <a href="https://example.org/a">the site</a>.</p><ul><li>one<li>two</ul>')
    ('See the site.\n\n- one\n- two', [('the site', 'https://example.org/a')])
    >>> without_marks("# Talk\nSee **now** [the site](https://example.org/a).")
    ('Talk\nSee now the site.', [('the site', 'https://example.org/a')])
    """
    raw = raw[:LONGEST_RAW]
    links: list[tuple[str, str]] = []
    if _TAG.search(raw):
        read = _HtmlText(raw)
        text, links = read.text, read.links
    else:
        text = "\n".join(_unescaped(raw).splitlines())
    text = _without_markdown(text, links)
    lines = (line.strip() if line.isspace() else line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(), list(dict.fromkeys(links))[:MOST_LINKS]


def in_each(words: Words | None) -> Mapping[str, str]:
    """Return *words* by language; the key "" is for a text whose language the file does not give."""
    if words is None:
        return {}
    return {"": words} if isinstance(words, str) else words


def _shortened(text: str, run: str, to: str) -> str:
    """Return *text* without *run*, which becomes *to* as often as it is there: ten times as fast as `re.sub`."""
    while run in text:
        text = text.replace(run, to)
    return text


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def _without_markdown(text: str, links: list[tuple[str, str]]) -> str:
    def linked(found: re.Match[str]) -> str:
        label = found[1].strip() or found[2]
        links.append((label, found[2]))
        return label

    if "](" in text:
        text = _LINK.sub(linked, text)
    if "<http" in text:
        text = _AUTOMATIC_LINK.sub(r"\1", text)
    if "**" in text:  # not __, which is also a part of names
        text = _STRONG.sub(r"\2", text)
    if "#" in text:
        text = _HEADING.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", _BREAK.sub("", text))
    return text


_PARAGRAPHS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article", "header", "footer"}
    | {f"h{level}" for level in range(1, 7)}
)
_LINES = frozenset({"br", "tr", "dt", "dd", "hr"})
_UNSEEN = frozenset({"script", "style", "template", "title"})


class _HtmlText:
    """Collects the text of HTML: paragraphs apart, items of lists with a dash."""

    def __init__(self, raw: str) -> None:
        self.links: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self._unseen = 0
        self._link: tuple[str, int] | None = None
        self._paragraphs = 0
        position = 0
        for tag in tags(raw):
            is_whole = tag.ends < len(raw) or raw.endswith(">")  # else it is a text such as "a <b"
            self._add(raw[position : tag.begins if is_whole else tag.ends])
            if is_whole and tag.is_end:
                self._end(tag.name)
            elif is_whole and not (tag.name in _UNSEEN and raw.endswith("/>", tag.begins, tag.ends)):
                self._start(tag)
            position = tag.ends
        self._add(raw[position:])
        self._end_link()

    @property
    def text(self) -> str:
        """The text."""
        lines = _shortened("".join(self._parts), "  ", " ").split("\n")
        text = "\n".join(line.strip(f" {_LINE_END}") for line in lines)
        text = text.replace(f" {_LINE_END}", "\n").replace(f"{_LINE_END} ", "\n").replace(_LINE_END, "\n")
        return _shortened(text, "\n\n\n", "\n\n").strip()

    def _start(self, tag: Tag) -> None:
        """Begin a paragraph, a line, an item or a link."""
        if tag.name in _UNSEEN:
            self._unseen += 1
        elif tag.name == "li":
            self._parts.append("\n- ")
        elif tag.name in _PARAGRAPHS:
            self._paragraphs += 1
            self._parts.append("\n\n")
        elif tag.name in _LINES:
            self._parts.append("\n")
        elif tag.name == "a":
            self._end_link()
            address = tag.attributes.get("href", "").strip()
            self._link = (address, len(self._parts)) if _ADDRESS.match(address) else None

    def _end(self, name: str) -> None:
        """End a paragraph or a link."""
        if name in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif name == "a":
            self._end_link()
        elif name in _PARAGRAPHS:
            self._paragraphs = max(self._paragraphs - 1, 0)
            self._parts.append("\n\n")

    def _add(self, raw: str) -> None:
        """Add text. A line break in it counts outside the paragraphs that tags mark, and a blank line everywhere."""
        if raw and not self._unseen:
            text = unescape(raw)
            for blank in "\t\r\f":
                text = text.replace(blank, " ")
            if "\n" in text:
                text = _shortened(text, "  ", " ").replace(" \n", "\n").replace("\n ", "\n")
                text = _SINGLE_BREAK.sub(" " if self._paragraphs else _LINE_END, text)
            self._parts.append(text)

    def _end_link(self) -> None:
        if self._link:
            address, begun = self._link
            label = " ".join("".join(self._parts[begun:]).split())
            self.links.append((label or address, address))
        self._link = None
