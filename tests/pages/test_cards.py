"""The cards of events and venues, and the page of the history: sources, links, days without an hour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

SOURCES = """\
  paper: {title: A fair in Neudorf, publisher: The Paper, url: "https://paper.invalid/fair"}
  guide: {title: A guide, note: Without an address.}
"""
VENUES = """\
  - id: hall
    name: Hall
    city: Neudorf
    location: {latitude: 51.088571, longitude: 71.4174, accuracy: building}
    url: "https://www.hall.invalid/"
    sources: [paper, guide]
"""
EVENTS = """\
  - {id: fair, title: The fair, category: fair, start: 2023-12-17, venue: hall, sources: [paper, guide]}
  - {id: tea, title: Tea time, category: fair, start: 2023-12-17, sources: [guide]}
"""
MAP = "https://www.openstreetmap.org/?mlat=51.08857&mlon=71.4174&zoom=17"


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Callable[..., list[str]]:
    """Return a function that asks the village's programme and gives the lines of the answer."""
    file = programme(EVENTS, venues=VENUES, sources=SOURCES)

    def ask(*args: str) -> list[str]:
        code, stdout, stderr = kzfest("--data", file, *args)
        assert (code, stderr) == (0, "")
        return stdout.splitlines()

    return ask


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["show", "fair"], "2 sources; `--sources` lists them"),
        (["show", "tea"], "1 source; `--sources` lists it"),
        (["venue", "hall"], "2 sources; `--sources` lists them"),
        (["show", "fair", "--lang", "kk"], "2 дереккөз; тізімін `--sources` көрсетеді"),
        (["show", "fair", "--lang", "ru"], "2 источника; их покажет `--sources`"),
        (["show", "fair", "-f", "markdown"], "2 sources; \\`--sources\\` lists them"),
    ],
)
def test_sources_are_one_line(ask: Callable[..., list[str]], args: list[str], told: str) -> None:
    assert ask(*args)[-1] == told


@pytest.mark.parametrize("args", [["show", "fair"], ["venue", "hall"]])
def test_sources_are_listed_where_that_is_asked_for(ask: Callable[..., list[str]], args: list[str]) -> None:
    assert ask(*args, "--sources")[-3:] == [
        "Sources",
        "1  A fair in Neudorf (The Paper) · https://paper.invalid/fair",
        "2  A guide · Without an address.",
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Neudorf", "Neudorf"),
        ("Hall, Neudorf", "Hall, Neudorf"),
        ("Neudorf Hall", "Neudorf Hall · Neudorf"),
        ("Altneudorf", "Altneudorf · Neudorf"),
    ],
)
def test_city_is_said_once(kzfest: Run, programme: Programme, name: str, place: str) -> None:
    file = programme(EVENTS, venues=f"  - {{id: hall, name: '{name}', city: Neudorf}}\n", sources=SOURCES)

    assert f"Where       {place}" in kzfest("--data", file, "show", "fair")[1].splitlines()


BALL = """
  - id: ball
    title: The ball
    category: ball
    start: 2023-12-17
    summary: "Dances:\\n- one\\n- two\\n \\nTo the end."
    notes: "First.\\nLast."
    details: [{label: Site, value: "https://ball.invalid/"}, {label: Dress, value: black}]
"""


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["--lang", "kk"],
            [
                *("The ball [en]", "", "Dances:", "- one", "- two", "", "To the end. [en]", ""),
                *("Қашан           2023 ж. 17 жел., сағаты белгісіз", "Site            https://ball.invalid/"),
                *("Dress           black [en]", "Санаты          ball", "ID              ball"),
                *("Жоспарлау үшін  kzfest --data FILE itinerary add ball", "", "Ескертпелер", "First.", "Last. [en]"),
            ],
        ),
        (
            ["-f", "markdown"],
            [
                *("# The ball", "", "Dances:\\", "\\- one\\", "\\- two", "", "To the end.", ""),
                *(
                    "- **When:** 17 Dec 2023, hour not known",
                    "- **Site:** <https://ball.invalid/>",
                    "- **Dress:** black",
                ),
                *("- **Category:** ball", "- **Id:** ball", "- **To plan it:** kzfest --data FILE itinerary add ball"),
                *("", "## Notes", "", "First.\\", "Last."),
            ],
        ),
    ],
)
def test_text_has_its_paragraphs_and_lines(kzfest: Run, programme: Programme, args: list[str], told: list[str]) -> None:
    file = programme(BALL)

    code, stdout, stderr = kzfest("--data", file, "show", "ball", *args)

    assert (code, stderr) == (0, "")
    assert re.sub(r"--data \S+", "--data FILE", stdout).replace("\xa0", " ").splitlines() == told


@pytest.mark.parametrize("args", [["show", "fair"], ["venue", "hall"]])
@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_sources_are_the_same_for_programs(ask: Callable[..., list[str]], args: list[str], format_: str) -> None:
    assert ask(*args, "-f", format_, "--sources") == ask(*args, "-f", format_)


@pytest.mark.parametrize("law", [[], ["--law"]])
@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_history_has_its_sources_in_a_line_or_in_full(kzfest: Run, law: list[str], language: str) -> None:
    short = kzfest("history", *law, "--lang", language)[1].splitlines()
    full = kzfest("history", *law, "--lang", language, "--sources")[1].splitlines()

    count = full[-1].split()[0]
    assert short[:-1] == full[: len(short) - 1]
    assert short[-1].split()[0] == count
    assert len(full) - len(short) == int(count)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "Disputed: 'Kazakhstan way' says 6 December 1991. It is the text of a museum hall, of about 2016. "
                "The text of the law bears the date 16 December, as do the other sources; 16 December is right."
            ),
        ),
        (
            "kk",
            (
                "Даулы мәлімет: 1991 ж. 6 желтоқсан («Kazakhstan way» дерегі). Бұл – музей залының шамамен 2016 жылғы "
                "мәтіні. Заң мәтінінде де, басқа дереккөздерде де 16 желтоқсан көрсетілген; дұрысы – 16 желтоқсан."
            ),
        ),
        (
            "ru",
            (
                "Есть расхождение: 6 декабря 1991 г. — по другому источнику («Kazakhstan way»). Это текст музейного "
                "зала, написанный около 2016 года. В тексте закона, как и в других источниках, стоит 16 декабря; "
                "верно 16 декабря."
            ),
        ),
    ],
)
def test_history_tells_a_dispute_once_and_quotes_a_title(kzfest: Run, language: str, told: str) -> None:
    stdout = kzfest("history", "--lang", language)[1].replace("\xa0", " ")

    assert [each for line in stdout.splitlines() for each in line.split(" · ") if "Kazakhstan way" in each] == [told]


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("start: 2023-12-17", "17 Dec 2023, hour not known"),
        ("start: 2023-12-17, end: 2023-12-17", "17 Dec 2023, hour not known"),
        ("start: 2023-12-17, end: 2023-12-18", "17–18 Dec 2023"),
        ("start: 2023-12-17, end: unknown", "from 17 Dec 2023, closing day not published"),
        ("start: 2023-12-17 19:00", "17 Dec 2023, 19:00"),
        ("start: 2023-12-17 04:30, end: 2023-12-17 06:00", "17 Dec 2023, 04:30–06:00"),
        (
            "showings: [{id: a, start: 2023-12-17}, {id: b, start: 2023-12-18 11:00}]",
            "17 Dec 2023, hour not known · 18 Dec 2023, 11:00",
        ),
    ],
)
def test_card_says_that_an_hour_is_not_known(kzfest: Run, programme: Programme, when: str, shown: str) -> None:
    file = programme(f"  - {{id: fair, title: The fair, category: fair, {when}}}")

    stdout = kzfest("--data", file, "show", "fair")[1]

    assert " ".join(stdout.splitlines()[2].split()) == f"When {shown}"


DAILY = """\
  - id: play
    title: The play
    category: theatre
    showings:
      - {id: a, start: 2023-12-20 10:00}
      - {id: b, start: 2023-12-20 16:00, end: 2023-12-20 18:00}
      - {id: c, start: 2023-12-21 10:00}
      - {id: d, start: 2023-12-21 16:00, end: 2023-12-21 18:00}
      - {id: e, start: 2023-12-22 10:00}
      - {id: f, start: 2023-12-22 16:00, end: 2023-12-22 18:00}
      - {id: g, start: 2023-12-23 10:00, venue: mill}
      - {id: h, start: 2023-12-24 10:00, venue: mill}
      - {id: i, start: 2023-12-25 10:00, venue: mill}
      - {id: j, start: 2023-12-26 10:00}
      - {id: k, start: 2023-12-27 10:00}
      - {id: l, start: 2023-12-28 01:00}
      - {id: m, start: 2023-12-29}
      - {id: n, start: 2023-12-30}
      - {id: o, start: 2023-12-31}
"""


def test_days_with_the_same_hours_are_one_line_of_a_card(kzfest: Run, programme: Programme) -> None:
    file = programme(DAILY, venues="  - {id: mill, name: The mill, city: Altdorf}\n")

    stdout = kzfest("--data", file, "show", "play")[1]

    assert stdout.splitlines()[2].removeprefix("When        ").split(" · ") == [
        "20–22 Dec 2023, every day: 10:00, 16:00–18:00",
        "23–25 Dec 2023, every day: 10:00, The mill",
        "26 Dec 2023, 10:00",
        "27 Dec 2023, 10:00",
        "28 Dec 2023, 01:00",
        "29 Dec 2023, hour not known",
        "30 Dec 2023, hour not known",
        "31 Dec 2023, hour not known",
    ]


@pytest.mark.parametrize(
    ("language", "shown"), [("kk", "2023 ж. 17 жел., сағаты белгісіз"), ("ru", "17 дек. 2023 г., время неизвестно")]
)
def test_card_says_that_an_hour_is_not_known_in_every_language(
    ask: Callable[..., list[str]], language: str, shown: str
) -> None:
    assert shown in ask("show", "tea", "--lang", language)[2].replace("\xa0", " ")


def test_place_is_a_pair_of_coordinates_and_a_whole_link(ask: Callable[..., list[str]]) -> None:
    assert [line for line in ask("venue", "hall") if line.startswith(("Map", "Link"))] == [
        f"Map      51.0886, 71.4174, the building itself · {MAP}",
        "Link     https://www.hall.invalid/",
    ]


def test_link_without_room_beside_its_label_begins_at_the_left_edge(on_terminal: Run, programme: Programme) -> None:
    file = programme(EVENTS, venues=VENUES, sources=SOURCES)

    _code, stdout, _stderr = on_terminal("--data", file, "show", "fair", columns=70, TERM="dumb")

    lines = stdout.splitlines()
    assert lines[lines.index(MAP) - 1].split() == "Map 51.0886, 71.4174, the building itself".split()
    assert f"kzfest --data {file} itinerary add fair" in lines


def test_link_is_short_where_the_terminal_makes_links(on_terminal: Run, programme: Programme) -> None:
    file = programme(EVENTS, venues=VENUES, sources=SOURCES)

    _code, stdout, _stderr = on_terminal("--data", file, "venue", "hall", "--sources", VTE_VERSION="7600")

    links = [part.partition("\x1b]8;;\x1b\\")[0].split("\x1b\\", 1) for part in stdout.split("\x1b]8;id=")[1:]]
    assert [(to.partition(";")[2], text) for to, text in links] == [
        (MAP, "\x1b[4m51.0886, 71.4174\x1b[0m"),
        ("https://www.hall.invalid/", "\x1b[4mhall.invalid\x1b[0m"),
        ("https://paper.invalid/fair", "\x1b[4mA fair in Neudorf\x1b[0m"),
    ]
    assert stdout.count("https://") == len(links)
