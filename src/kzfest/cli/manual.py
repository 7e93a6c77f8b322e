"""The manual: its pages by name, as `docs/index.md` lists them, and the page that tells more about a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzfest.paths import manual_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LISTED = re.compile(r"^\*\*(?P<part>.+)\*\*$|^ *- \[(?P<title>.+)\]\((?P<path>.+)\.md\): (?P<about>.+)$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^]]+)\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)")
_DIRECTIVE = re.compile(r"^```\{.*?^```\n", re.MULTILINE | re.DOTALL)

_MORE = {
    "finding-things": (
        *("list", "show", "venue", "venues", "way", "search", "history"),
        *("categories", "tags", "tracks", "cities"),
    ),
    "views": ("month", "timeline", "day", "itinerary week"),
    "browse": ("browse",),
    "itinerary": ("itinerary",),
    "calendars": ("export", "itinerary export", "itinerary import"),
    "page": ("page", "itinerary page"),
    "programmes": ("programmes", "new"),
    "changes": ("diff",),
    "file-format": ("check",),
    "convert": ("convert",),
    "sql": ("sql",),
    "scripting": ("schema",),
}
"""The commands, or groups of commands, about which a page tells more."""


class ManualPage(NamedTuple):
    """A page of the manual."""

    name: str
    file: Path
    part: str
    """The heading under which the list has it."""
    about: str


def manual_pages() -> list[ManualPage]:
    """Return the pages in the order of the manual. Raises OSError if there is no manual."""
    folder = manual_folder()
    pages: list[ManualPage] = []
    part = ""
    for found in _LISTED.finditer((folder / "index.md").read_text(encoding="utf-8")):
        part = found["part"] or part
        if found["path"]:
            name = found["path"].removesuffix("/index").rpartition("/")[2]
            pages.append(ManualPage(name, folder / f"{found['path']}.md", part, found["about"].removesuffix(".")))
    return pages


def page_called(words: Iterable[str]) -> ManualPage | None:
    """Return the page whose name the *words* are, with spaces or hyphens, or None."""
    name = "-".join(words).replace(" ", "-").casefold()
    return next((page for page in manual_pages() if page.name == name), None)


def more_about(command: str) -> str | None:
    """Return the name of the page that tells more about *command*, such as "kzfest itinerary add", if there is one."""
    name = command.partition(" ")[2]
    pages = {each: page for page, commands in _MORE.items() for each in commands}
    return pages.get(name) or pages.get(name.partition(" ")[0])


def for_reading(page: ManualPage) -> str:
    """Return *page* in Markdown, with the commands that show other pages instead of the links to them."""
    names = {other.file.resolve(): other.name for other in manual_pages()}

    def told(link: re.Match[str]) -> str:
        name = names.get((page.file.parent / link[2]).resolve())
        return f"{link[1]} (`kzfest manual {name}`)" if name and name != page.name else link[1]

    return _LINK.sub(told, _DIRECTIVE.sub("", page.file.read_text(encoding="utf-8")))
