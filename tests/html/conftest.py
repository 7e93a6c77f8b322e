"""What the tests of pages share: those of several programmes, written once by the program itself, and their parts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.cli.conftest import _kzfest, _on_terminal, _process, _programme, _warm_home
from tests.cli.hostile import as_yaml, hostile_programme
from typer.testing import CliRunner

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["_kzfest", "_on_terminal", "_process", "_programme", "_warm_home"]

NOW = "2023-12-14T12:00"
PLAN = (
    ("argymaq-equestrian",),
    ("gastromania", "--on", "2023-12-16", "--at", "11:00"),
    ("now-i-see-you", "--on", "2023-12-16", "--at", "14:10"),
    ("tango-dellamore",),
    ("--own", "Lunch with Aida", "--on", "2023-12-17", "--at", "13:00"),
    ("--own", "A walk", "--on", "2023-12-17", "--at", "13:30", "--note", "take the camera"),
)
"""Visits with a clash, a tight way, one without an hour, and appointments."""
HEBREW = """\
format: 1
programme:
  {id: hebrew, title: {he: פסטיבל האור, en: Festival}, language: he, timezone: Asia/Jerusalem, revised: 2023-12-01}
venues:
  - {id: hall, name: {he: "היכל התרבות (אולם 1)"}, address: {he: "רחוב הירקון 12, תל אביב"}}
events:
  - {id: light, title: {he: "אור ראשון: קונצרט!"}, category: concert, venue: hall, start: 2023-12-10 20:00,
     summary: {he: "קונצרט פתיחה, בהשתתפות Band of Brothers."}, price: {he: "50 ₪"}}
  - {id: candles, title: {he: נרות}, category: exhibition, venue: hall, start: 2023-12-10, end: 2023-12-14}
"""
PAGES = ("programme", "archive", "plan", "hostile", "hebrew", "large", "empty")


class Element(NamedTuple):
    """An element of a page: its name, its attributes, the text in it, and the names of those around it."""

    name: str
    attributes: dict[str, str | None]
    texts: list[str]
    around: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text in it and in what it has inside."""
        return "".join(self.texts)


class Elements(HTMLParser):
    """Reads a page as a browser does, as far as our pages need it."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        element = Element(tag, dict(attrs), [], tuple(each.name for each in self._open))
        self.found.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a shape without content."""
        self.found.append(Element(tag, dict(attrs), [], tuple(each.name for each in self._open)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last that was opened."""
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        """Add text to all open elements."""
        for each in self._open:
            each.texts.append(data)


@pytest.fixture(name="elements", scope="session")
def _elements() -> Callable[[str], list[Element]]:
    """Return a function that returns the elements of a page in their order."""
    return lambda page: Elements(page).found


def fair(events: int) -> str:
    """Return a programme of so many events in two days."""
    lines = [
        f"  - {{id: e{number}, title: Talk {number}, category: talk, place: Room {number % 7},"
        f" start: 2023-12-{16 + number % 2} {9 + number % 9:02}:{number % 6}0}}"
        for number in range(events)
    ]
    head = "format: 1\nprogramme: {id: talks, title: Talks, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    return head + "\n".join(lines) + "\n"


@pytest.fixture(name="pages", scope="session")
def _pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a page of each of `PAGES`, and the calendar of the plan."""
    folder = tmp_path_factory.mktemp("pages")
    files = {"hostile": as_yaml(hostile_programme()).lstrip(), "hebrew": HEBREW, "large": fair(500)}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def kzfest(*args: str) -> None:
        env = {"KZFEST_HOME": str(folder / "home"), "KZFEST_NOW": NOW, "LANGUAGE": None}
        done = CliRunner().invoke(app, args, env=env, prog_name="kzfest", catch_exceptions=False)
        assert done.exit_code == 0, done.output

    for visit in PLAN:
        kzfest("itinerary", "add", *visit)
    kzfest("page", "-o", str(folder / "programme.html"))
    kzfest("-p", "archive", "page", "-o", str(folder / "archive.html"))
    kzfest("page", "1", "jan", "2030", "-c", "concert", "-o", str(folder / "empty.html"))
    kzfest("itinerary", "page", "-o", str(folder / "plan.html"))
    kzfest("itinerary", "export", "-o", str(folder / "plan.ics"))
    for name in files:
        kzfest("--data", str(folder / f"{name}.yaml"), "page", "-o", str(folder / f"{name}.html"))
    return folder


@pytest.fixture(name="page_of", scope="session")
def _page_of(pages: Path) -> Callable[[str], str]:
    """Return a function that returns the page of this name."""
    return lambda name: (pages / f"{name}.html").read_text(encoding="utf-8")
