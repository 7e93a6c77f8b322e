"""Columns stand under each other whatever letters are in them, measured by Unicode's own tables and not by ours."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import category, east_asian_width, normalize

import pytest

from kzfest.cli.terminal.tables import letters, render
from kzfest.core.collation import alphabetical
from kzfest.formats.page import Fields, cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

APART = [normalize("NFD", text) for text in ("Қысқы ёлка — «Һауа» йогасы", "Чайный йогурт", "Café Nýx — ǵ ñ")]
TITLES = [
    *APART,
    "За\u0301мок и\u0301рисов: пе\u0301сни",
    "Электроэнцефалография" + "и\u0306е\u0308" * 30,
    "Ұлттық музей – 2023 — көрме―жәрмеңке",
    "Ән\u00a0– күй\u202f— той\u2009мерекесі",
    "Ғұң-әіөүқһ: ҒҰҢ ӘІӨҮҚҺ №5 ₸",
    "祭典の夜 — ән",
    "Қар",
]
"""Marks apart from their letters, marks that no letter has joined to it, dashes and spaces of several widths."""


def cells(line: str) -> Iterator[str]:
    """Yield what stands in each column of the terminal: a letter with its marks; a wide one takes two."""
    for letter in re.findall(r"(?s)(.[\u0300-\u036f]*)", line):
        assert category(letter[0]) not in {"Mn", "Me", "Cf"}, "a mark without its letter"
        yield letter
        if east_asian_width(letter[0]) in "WF":
            yield ""


def under_the_heads(printed: str) -> list[str]:
    """Return what stands under each head of a table, cut where on the terminal it begins; spaces do not count."""
    lines = printed.splitlines()
    (rule,) = (number for number, line in enumerate(lines) if set(line) == {"─"})
    starts = [head.start() for head in re.finditer(r"\S+(?: \S+)*", lines[rule - 1])]
    rows = [list(cells(line)) for line in lines[rule + 1 :]]
    return [
        without_spaces(*chain.from_iterable(row[start:end] for row in rows)) for start, end in pairwise([*starts, None])
    ]


def without_spaces(*texts: str) -> str:
    return "".join("".join(texts).split())


def wider_than(columns: int, printed: str) -> list[str]:
    """Return the lines that a terminal of so many *columns* would break."""
    return [line for line in printed.splitlines() if len(list(cells(line))) > columns]


@pytest.fixture(name="file")
def _file(programme: Programme) -> str:
    """Return the name of a programme with an event of each title, at a venue of that name and address."""
    named = [(n, f'{{en: "{text}", kk: "{text}", ru: "{text}"}}', text) for n, text in enumerate(TITLES)]
    venues = (f'  - {{id: v{n}, name: {name}, city: C, address: "{text}"}}\n' for n, name, text in named)
    events = (
        f"  - {{id: e{n}, title: {name}, category: c, venue: v{n}, when: permanent}}\n" for n, name, _text in named
    )
    return programme("".join(events), venues="".join(venues))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("columns", [80, 120])
def test_titles_and_venues_stand_under_their_heads(on_terminal: Run, file: str, columns: int, language: str) -> None:
    asked = ("list", "--data", file, "--sort", "venue", "--color", "never", "--lang", language)

    code, printed, _told = on_terminal(*asked, columns=columns)

    assert (code, wider_than(columns, printed)) == (0, [])
    titles = without_spaces(*sorted(TITLES, key=lambda title: alphabetical(title, language)))
    assert under_the_heads(printed)[1:3] == [titles, titles]


@pytest.mark.parametrize("columns", [30, 40])
def test_titles_and_venues_stand_whole_under_each_other_where_no_columns_fit(
    on_terminal: Run, file: str, columns: int
) -> None:
    code, printed, _told = on_terminal("list", "--data", file, "--color", "never", columns=columns)

    assert (code, wider_than(columns, printed)) == (0, [])
    rows = "".join(f"{text}{text}e{n}" for n, text in enumerate(TITLES))
    assert without_spaces(printed.partition("Permanent")[2]) == without_spaces(rows)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_addresses_stand_under_their_heads(on_terminal: Run, file: str, columns: int) -> None:
    code, printed, _told = on_terminal("venues", "--data", file, "--color", "never", columns=columns)

    assert (code, wider_than(columns, printed)) == (0, [])
    addresses = (f"{text}, C" for text in TITLES)
    assert under_the_heads(printed)[:3] == [without_spaces(*TITLES), without_spaces(*addresses), "1" * len(TITLES)]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_values_stand_under_each_other_beside_their_labels(columns: int) -> None:
    labels = [text for text in TITLES if len(list(cells(text))) < columns // 2]
    fields = Fields(tuple((label, cell(text, "end")) for label, text in zip(labels, TITLES, strict=False)))

    lines = letters(render([fields], columns)).splitlines()

    indent = max(len(list(cells(label))) for label in labels) + 2
    beside = [list(cells(line)) for line in lines]
    assert {"".join(line[indent - 2 : indent]) for line in beside} == {"  "}
    assert [label for line in beside if (label := "".join(line[:indent]).rstrip(" "))] == labels
    values = chain.from_iterable(line[indent:] for line in beside)
    assert without_spaces(*values) == without_spaces(*(f"{text} end" for text in TITLES[: len(labels)]))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize(
    "args",
    [
        "list --on 2023-12-17",
        "list now",
        "list --undated",
        "list --sort title",
        "search museum",
        "venues",
        "venue national-museum",
        "itinerary gaps 2023-12-15",
        "itinerary suggest 2023-12-16",
    ],
)
def test_eighty_columns_show_the_id(on_terminal: Run, args: str, language: str) -> None:
    asked = (*args.split(), "--color", "never", "--lang", language, "--now", "2023-12-15T15:00")

    code, printed, _told = on_terminal(*asked, columns=80)

    assert (code, wider_than(80, printed)) == (0, [])
    lines = printed.splitlines()
    first = next(number for number, line in enumerate(lines) if line and set(line) == {"─"})
    assert lines[first - 1].split()[-1] in {"Id", "ID"}
