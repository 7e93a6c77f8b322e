"""`share --qr` and `export --qr`: what a terminal shows is scanned by a program that we did not write."""

from __future__ import annotations

import re
from random import Random
from string import ascii_letters, digits
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest
import zxingcpp
from PIL import Image
from tests.formats.test_qr_code import scanned, squares_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

INK = re.compile(r"\x1b\[38;5;16;48;5;231m(.*?)\x1b\[0m")
"""Black on white, whatever the colours of the terminal are."""
TEN = "10 visits; others scan the code, and add them with `kzfest itinerary merge -`\n"
FEWER = "choose fewer days with --on, or write a picture with -o plan.svg"


def random_text(seed: int) -> str:
    """Return 900 letters that cannot be compressed well."""
    return "".join(Random(seed).choices(ascii_letters + digits, k=900))


class Screen(NamedTuple):
    code: int
    stdout: str
    stderr: str


@pytest.fixture(name="shown")
def _shown(terminal: Callable[..., Screen], mine: Run, home: Path, fair: Path, token: str) -> Callable[..., Screen]:
    """Return a function that runs `kzfest itinerary` on a terminal, with ten visits in the plan."""
    mine("merge", token)

    def shown(*args: str, columns: int = 100, lines: int = 60, **environment: str) -> Screen:
        env = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "LINES": str(lines), "TERM": "xterm-256color"}
        done = terminal("itinerary", *args, columns=columns, **(env | environment))
        return Screen(done.code, done.stdout, done.stderr)

    return shown


def test_plan_on_a_terminal_is_scanned_and_merged(shown: Callable[..., Screen], kzfest: Run, tmp_path: Path) -> None:
    code, stdout, stderr = shown("share", "--qr", "--color", "always")

    (token,) = scanned(squares_of(INK.findall(stdout)))
    assert (code, stderr) == (0, TEN)
    theirs = {"KZFEST_HOME": str(tmp_path / "theirs"), "KZFEST_NOW": "2023-12-10T12:00"}
    assert [kzfest("itinerary", "merge", each, **theirs)[0] for each in (token, token.lower())] == [0, 0]
    shared = kzfest("itinerary", "share", **theirs)
    assert shared == kzfest("itinerary", "share", **theirs | {"KZFEST_HOME": str(tmp_path / "home")})


@pytest.mark.parametrize(("asked", "light"), [((), True), (("--invert",), False)])
def test_without_colours_the_blocks_are_light_or_dark(
    *, shown: Callable[..., Screen], asked: tuple[str, ...], light: bool
) -> None:
    code, stdout, stderr = shown("share", "--qr", *asked, NO_COLOR="1")

    hint = "on a light terminal without colours, scanners need --invert\n" if light else ""
    assert (code, stderr) == (0, TEN + hint)
    assert scanned(squares_of(stdout.splitlines(), light=light))[0].startswith("KZF1:")


def test_zone_is_narrow_where_only_that_fits(shown: Callable[..., Screen]) -> None:
    wide = shown("share", "--qr", NO_COLOR="1").stdout.splitlines()

    narrow = shown("share", "--qr", columns=len(wide[0]) - 1, NO_COLOR="1").stdout.splitlines()
    assert len(narrow[0]) == len(wide[0]) - 4
    assert scanned(squares_of(narrow, light=True)) == scanned(squares_of(wide, light=True))
    needs = f"{len(narrow[0])}×{len(narrow) + 1}"
    for columns, lines in ((len(narrow[0]) - 1, 60), (100, len(narrow))):
        assert shown("share", "--qr", columns=columns, lines=lines) == (
            2,
            "",
            f"kzfest: this QR code needs a terminal of {needs}, and this one has {columns}×{lines}; {FEWER}\n",
        )


def test_plan_that_no_code_holds_is_shared_in_parts(mine: Run, tmp_path: Path) -> None:
    for n in range(8):
        assert mine("add", "--own", f"Walk {n}", "--on", f"{n + 10} dec", "--note", random_text(n))[0] == 0

    for more in ([], ["-o", str(tmp_path / "plan.svg")]):
        told = "kzfest: this is too much for a QR code; choose fewer days with --on\n"
        assert mine("share", "--qr", *more) == (2, "", told)
    assert mine("share", "--qr", "--on", "10 dec", "-o", str(tmp_path / "plan.svg"))[0] == 0


def test_pipe_gets_the_line_that_the_code_says(mine: Run, token: str) -> None:
    mine("merge", token)

    code, stdout, stderr = mine("share", "--qr")

    assert (code, stdout[:5], stdout.count("\n"), stderr) == (0, "KZF1:", 1, TEN)
    assert mine("merge", stdout.rstrip("\n")) == (0, "", "nothing has changed\n")


def test_terminal_that_cannot_draw_says_the_line(shown: Callable[..., Screen]) -> None:
    code, stdout, stderr = shown("share", "--qr", TERM="dumb")

    told = "this terminal cannot draw a QR code; `-o plan.svg` writes a picture\n"
    assert (code, stdout[:5], stderr) == (0, "KZF1:", told)


def test_picture_is_scanned(mine: Run, token: str, tmp_path: Path) -> None:
    mine("merge", token)
    _code, line, _stderr = mine("share", "--qr")

    assert mine("share", "--qr", "-o", str(tmp_path / "plan.png")) == (0, "", TEN)
    assert [each.text for each in zxingcpp.read_barcodes(Image.open(tmp_path / "plan.png"))] == [line.rstrip("\n")]
    assert mine("share", "--qr", "-o", str(tmp_path / "plan.svg"))[0] == 0
    assert (tmp_path / "plan.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_days_choose_what_is_shared(mine: Run, token: str, kzfest: Run, tmp_path: Path) -> None:
    mine("merge", token)

    code, stdout, stderr = mine("share", "--on", "16 dec")

    count = int(stderr.splitlines()[-1].split()[0])
    assert (code, 0 < count < 10) == (0, True)
    merged = kzfest("itinerary", "merge", stdout.strip(), KZFEST_HOME=str(tmp_path / "theirs"))
    assert len(merged[1].splitlines()) == count


def test_calendar_entry_of_one_visit_is_scanned(shown: Callable[..., Screen]) -> None:
    code, stdout, stderr = shown("export", "--visit", "v-swan", "--qr", NO_COLOR="1")

    assert (code, stderr.splitlines()[0]) == (0, "the calendar entry of Swan Lake; scan it with a phone to add it")
    assert scanned(squares_of(stdout.splitlines(), light=True))[0].splitlines() == [
        "BEGIN:VEVENT",
        "SUMMARY:Swan Lake",
        "DTSTART:20231216T130000Z",
        "DTEND:20231216T153000Z",
        "UID:visit.v-swan.swan@fair.kzfest.invalid",
        "LOCATION:Opera\\, 1 Qonaev Street\\, Astana",
        "END:VEVENT",
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("export", "--qr"), "a QR code holds one calendar entry, not 10; choose one with --visit"),
        (
            ("export", "--qr", "--visit", "v-swan", "--remind", "1h"),
            "--qr draws one entry; do not combine it with -f, --vdir, --remind or --fresh-uids",
        ),
        (("export", "--invert"), "--invert is for --qr"),
        (
            ("export", "--visit", "v-swan", "--vdir", "calendar"),
            "--vdir and --fresh-uids are for the whole itinerary; do not combine them with --visit",
        ),
        (("share", "--qr", "-f", "json"), "--qr draws a code; do not combine it with -f"),
        (("share", "--qr", "-o", "plan.txt"), "a QR code is a picture: -o takes a file that ends in .svg or .png"),
    ],
)
def test_what_does_not_go_together_is_refused(mine: Run, token: str, args: tuple[str, ...], message: str) -> None:
    mine("merge", token)

    assert mine(*args) == (2, "", f"kzfest: {message}\n")


@pytest.mark.parametrize("args", [("share", "--on", "25 dec"), ("share", "--on", "25 dec", "--qr")])
def test_nothing_is_shared_of_days_without_visits(mine: Run, token: str, args: tuple[str, ...]) -> None:
    mine("merge", token)

    code, stdout, stderr = mine(*args)

    assert (code, stdout, stderr.splitlines()[-1]) == (0, "", "no visits to share")


def test_code_of_no_event_is_none(kzfest: Run, fair: Path) -> None:
    code, stdout, stderr = kzfest("export", "--data", str(fair), "--qr", "--on", "2023-12-10")

    assert (code, stdout) == (0, "")
    assert stderr.splitlines()[0] == "no entries to write, so no calendar was created"
