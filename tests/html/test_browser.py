"""A real browser shows the pages as we mean them, with scripts switched off, on a phone, at a desk and on paper.

`CHROMIUM` is the command that starts the browser without a window, and `PAGE_JUDGES` a folder in which npm has
installed axe-core and html-validate: `nox -s browser` installs all of it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from tests.html.chromium import DESK, PHONE, SMALL_PHONE, TABLET, Browser, Size, browser
from tests.html.conftest import PAGES, PLAN
from typer.testing import CliRunner

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run: TypeAlias = "Callable[..., Any]"

CHROMIUM, JUDGES = os.environ.get("CHROMIUM"), os.environ.get("PAGE_JUDGES")
pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and JUDGES), reason="CHROMIUM and PAGE_JUDGES name no browser and no judges"),
    pytest.mark.xdist_group("browser"),
]
LANGUAGES = ("en", "kk", "ru")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = """
axe.run(document, {runOnly: %s, resultTypes: ['violations', 'incomplete']}).then(found => [
  found.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.slice(0, 200))),
  found.incomplete.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.split(/[ >]/)[0]))])
"""
UNDECIDED = "color-contrast: <text"
"""What axe cannot judge: letters in a drawing, of which it finds no ground. `test_style_sheet.py` does."""
VALIDATOR = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y", "html-validate:recommended"],
    "rules": {"long-title": "off"},  # advice for search engines; titles come from programmes
}
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-block:2em!important}"
)
"""WCAG 1.4.12."""
TWICE = "html{font-size:200%!important}"
STYLE = "(s=>{s.replaceSync(%s);document.adoptedStyleSheets.push(s)})(new CSSStyleSheet())"
"""Adds rules in a way that the page's policy does not forbid, because no page can."""
TOO_WIDE = """
[document.documentElement.scrollWidth - innerWidth,
 [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
   .slice(0, 3).map(each => each.outerHTML.slice(0, 120))]
"""
SHOWN = "[...document.querySelectorAll('main > .l')].filter(each => each.checkVisibility()).map(each => each.id)"
AFTER_HEADING = 60
"""So many letters of a section are together on one sheet, the heading and what follows it."""
TEXTS = """
[...document.querySelectorAll('%s')].filter(each => each.checkVisibility()).map(each => each.innerText.trim())
"""
COLOURS = """
((letters, ground, square) => [letters.color, ground.backgroundColor, square.fill])(
  ...['body', '.qr', '.qr path'].map(each => getComputedStyle(document.querySelector(each))))
"""
"""Of letters, and of the ground and the squares of a QR code."""
POINTS = {"a4": (595, 842), "a5": (420, 595), "a6": (298, 420), "letter": (612, 792)}


@pytest.fixture(name="chromium", scope="module")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(str(CHROMIUM), tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.mark.parametrize(
    ("name", "size", "scheme", "language"),
    [
        ("programme", SMALL_PHONE, "light", "en"),
        ("programme", PHONE, "dark", "kk"),
        ("programme", DESK, "dark", "ru"),
        ("archive", TABLET, "light", "ru"),
        ("plan", PHONE, "light", "kk"),
        ("plan", DESK, "dark", "en"),
        ("hostile", PHONE, "light", "en"),
        ("hebrew", TABLET, "dark", "en"),
        ("large", PHONE, "dark", "kk"),
        ("empty", DESK, "light", "ru"),
    ],
)
def test_axe_finds_nothing(  # noqa: PLR0913, PLR0917  # a page, and how it is looked at
    chromium: Browser, pages: Path, name: str, size: Size, scheme: str, language: str
) -> None:
    chromium.open(f"{(pages / name).as_uri()}.html#{language}", size, scripts=True, dark=scheme == "dark")
    chromium.value(Path(str(JUDGES), "node_modules", "axe-core", "axe.min.js").read_text(encoding="utf-8") + ";1")
    violations, undecided = chromium.value(AXE % json.dumps(RULES))

    assert (violations, [each for each in undecided if each != UNDECIDED]) == ([], [])


def test_validator_finds_nothing(pages: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps(VALIDATOR), encoding="utf-8")
    answer = tmp_path / "answer.json"
    judge = Path(str(JUDGES), "node_modules", ".bin", "html-validate")
    files = [pages / f"{name}.html" for name in PAGES]
    subprocess.run([judge, "--config", settings, "--formatter", f"json={answer}", *files], check=False)

    found = json.loads(answer.read_text(encoding="utf-8"))
    assert [(each["filePath"], each["messages"]) for each in found if each["messages"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_and_nothing_is_refused(chromium: Browser, pages: Path, name: str) -> None:
    address = (pages / name).as_uri() + ".html"
    chromium.requests.clear()
    chromium.messages.clear()
    for size in (PHONE, DESK):
        chromium.open(address, size)
    chromium.pdf()

    assert ({each.partition("#")[0] for each in chromium.requests}, chromium.messages) == ({address}, [])
    assert chromium.value("document.scripts.length + performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, language) for name in ("programme", "plan") for language in LANGUAGES),
        *(("archive", "kk"), ("hostile", "en"), ("hebrew", "ru"), ("large", "kk"), ("empty", "en")),
    ],
)
def test_nothing_is_wider_than_the_window(chromium: Browser, pages: Path, name: str, language: str) -> None:
    found = []
    for size, rules in ((SMALL_PHONE, ""), (SMALL_PHONE, SPACING), (PHONE, TWICE), (DESK, SPACING), (DESK, TWICE)):
        chromium.open(f"{(pages / name).as_uri()}.html#{language}", size)
        chromium.value(STYLE % json.dumps(rules))
        found.append(chromium.value(TOO_WIDE)[0])

    assert found == [0] * 5


def test_language_switches_without_scripts(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "programme.html").as_uri(), PHONE)
    shown = [chromium.value(SHOWN)]
    for link in (
        "header a[lang=kk]",
        "#kk td a",
        "#kk-Days li a",
        "#kk-dialogue > p:last-child > a",
        "header a[lang=ru]",
        "header a[lang=en]",
    ):
        chromium.click(link)
        shown.append(chromium.value(SHOWN))

    assert shown == [["en"], ["kk"], ["kk"], ["kk"], ["kk"], ["ru"], ["en"]]
    chromium.value("history.back()")
    chromium.value("new Promise(done => setTimeout(done, 100))") if chromium.value(SHOWN) != ["ru"] else None
    assert chromium.value(SHOWN) == ["ru"]


def test_language_that_is_chosen_begins_at_the_top(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "programme.html").as_uri(), PHONE)
    chromium.click("header a[lang=kk]")

    assert chromium.value("[scrollY, location.hash]") == [0, "#kk"]


def test_way_back_to_the_top_is_always_in_sight(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "programme.html").as_uri() + "#kk-dialogue", PHONE)
    box = chromium.value("(r => [r.top > 0, r.bottom <= innerHeight])([...document.querySelectorAll('.u')]"
                         ".find(each => each.checkVisibility()).getBoundingClientRect())")  # fmt: skip
    chromium.click("footer [lang=kk] .u")

    assert (box, chromium.value("scrollY"), chromium.value(SHOWN)) == ([True, True], 0, ["kk"])


def test_keyboard_switches_the_language(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "programme.html").as_uri(), DESK)
    for _link in LANGUAGES:
        chromium.press("Tab", 9)
    focused = chromium.value("[document.activeElement.lang, getComputedStyle(document.activeElement).outlineStyle]")
    chromium.press("Enter", 13, "\r")

    assert (focused, chromium.value(SHOWN)) == (["ru", "solid"], ["ru"])


def test_hidden_languages_are_hidden_from_all_readers(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "programme.html").as_uri() + "#ru", DESK)
    nodes = chromium.ask("Accessibility.getFullAXTree")["nodes"]
    headings = [each["name"]["value"] for each in nodes if each.get("role", {}).get("value") == "heading"]

    assert headings[0].startswith("Праздничная программа")
    assert {"События", "Источники"} <= set(headings)
    assert {"Events", "Іс-шаралар", "Sources"}.isdisjoint(headings)


@pytest.mark.parametrize(
    ("paper", "language"),
    [("a4", "en"), ("a4", "kk"), ("a4", "ru"), ("letter", "en"), ("a5", "ru"), ("a6", "kk"), ("a6", "en")],
)
def test_paper_has_its_size_and_cuts_no_event(
    chromium: Browser, kzfest: Run, tmp_path: Path, paper: str, language: str
) -> None:
    file = tmp_path / "page.html"
    kzfest("page", "--paper", paper, "-o", str(file))
    chromium.open(f"{file.as_uri()}#{language}", DESK)
    chromium.ask("Emulation.setEmulatedMedia", media="print")
    whole = chromium.value(TEXTS % f"#{language} article, #{language}-Days > div")
    links = chromium.value(TEXTS % "[download], [href*=openstreetmap]")
    begin = chromium.value(TEXTS % f"#{language} > section:not(:has([role=img]))")  # letters of a map stand anywhere

    printed = PdfReader(BytesIO(chromium.pdf()))
    sizes = {tuple(round(float(each)) for each in page.mediabox[2:]) for page in printed.pages}
    texts = [letters(page.extract_text()) for page in printed.pages]
    cut = [each for each in whole if not any(letters(each) in text for text in texts)]
    alone = [each[:60] for each in begin if not any(letters(each)[:AFTER_HEADING] in text for text in texts)]
    assert (sizes, cut, alone, links) == ({POINTS[paper]}, [], [], [])
    assert all(re.search(rf"{number}/{len(texts)}", text) for number, text in enumerate(texts, 1))


def test_days_of_a_plan_are_not_cut(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "plan.html").as_uri(), DESK)
    whole = chromium.value(TEXTS % "#en-Plan > div")

    texts = [letters(page.extract_text()) for page in PdfReader(BytesIO(chromium.pdf())).pages]
    assert [each for each in whole if not any(letters(each) in text for text in texts)] == []
    assert len(whole) == len({"15", "16", "17"})


def test_paper_is_white_whatever_the_screen(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "plan.html").as_uri(), DESK, dark=True)
    on_screen = chromium.value(COLOURS)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    chromium.ask("Emulation.setEmulatedMedia", media="print", features=dark)

    assert on_screen[0] != "rgb(0, 0, 0)"
    assert chromium.value(COLOURS)[0] == "rgb(0, 0, 0)"


def test_code_stays_black_on_white_in_forced_colours(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "plan.html").as_uri(), DESK)
    forced = [{"name": "forced-colors", "value": "active"}, {"name": "prefers-color-scheme", "value": "dark"}]
    chromium.ask("Emulation.setEmulatedMedia", media="", features=forced)

    assert chromium.value(COLOURS)[1:] == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def letters(text: str) -> str:
    """Return *text* without spaces, and with the letters that a font joins apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_calendar_is_saved_as_export_writes_it(chromium: Browser, pages: Path, tmp_path: Path) -> None:
    chromium.open((pages / "plan.html").as_uri(), DESK)
    chromium.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    chromium.forget()
    chromium.click("header a[download]")
    while not any(each["params"].get("state") == "completed" for each in chromium.events):
        chromium.value("1")

    (saved,) = tmp_path.iterdir()
    assert (saved.name, saved.read_bytes()) == ("main.ics", (pages / "plan.ics").read_bytes())


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_code_of_the_plan_is_scanned(chromium: Browser, pages: Path, tmp_path: Path, size: Size, scheme: str) -> None:
    chromium.open((pages / "plan.html").as_uri(), size, dark=scheme == "dark")
    chromium.picture(tmp_path / "screen.png")

    with Image.open(tmp_path / "screen.png") as seen:
        found = zxingcpp.read_barcodes(seen)
    (code,) = [each for each in found if each.format == zxingcpp.BarcodeFormat.QRCode]  # its squares may look like bars
    env = {"KZFEST_HOME": str(tmp_path), "LANGUAGE": None}
    done = CliRunner().invoke(app, ["itinerary", "merge", code.text, "-f", "json"], env=env)
    changes = json.loads(done.stdout)["changes"]
    assert (done.exit_code, len(changes)) == (0, len(PLAN))


def test_hostile_text_is_text(chromium: Browser, pages: Path) -> None:
    chromium.open((pages / "hostile.html").as_uri(), PHONE, scripts=True)

    assert chromium.value("document.querySelectorAll('script, img, iframe, h1 h1, [onerror]').length") == 0
    assert "<script>alert(1)</script>" in chromium.value("document.querySelector('#en').innerText")
