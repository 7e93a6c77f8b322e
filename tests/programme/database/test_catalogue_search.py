"""Names and texts that people type, and what a catalogue finds for them."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.database.search import NameMatch, NameMatches

if TYPE_CHECKING:
    from pathlib import Path

    from kzfest.programme.database.search import Kind

PROGRAMME = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}
venues:
- {id: national-museum, name: {en: National Museum, kk: Ұлттық музей, ru: Национальный музей}, city: Astana}
- {id: opera, name: {en: Astana Opera, kk: Астана Опера}, aliases: [Opera House], city: Astana, address: 1 Turan}
- {id: circus, name: {en: Astana Circus, ru: Цирк}, city: Astana}
- {id: jastar, name: {en: Jastar Palace, kk: «Жастар» сарайы}, city: Astana}
events:
- id: now-i-see-you
  title: {en: "Now, I See You", fr: "Maintenant, je te vois"}
  category: exhibition
  venue: national-museum
  people: ["Adèle Jelansky", "Jazz Ensemble"]
  start: 2023-12-16
- {id: nutcracker, title: {en: The Nutcracker, ru: Щелкунчик}, category: ballet, venue: opera, start: 2023-12-16}
- {id: nutcracker-for-children, title: The Nutcracker for children, category: ballet, venue: opera, start: 2023-12-16}
- {id: opera-at-the-circus, title: Opera at the Circus, category: opera, venue: circus, start: 2023-12-16}
- {id: tango, title: Tango dell'amore, category: concert, summary: A museum of jazz, start: 2023-12-16}
- {id: cpp, title: C++ and Rock'n'Roll, category: concert, people: ["Adèle Jelansky"], start: 2023-12-16}
- {id: gala, title: Gala, category: gala, notes: "Tickets 2,000, AND free", tags: [jazz], start: 2023-12-16}
- {id: gala-2, title: Gala, category: gala, summary: Dancing bears, start: 2023-12-17}
- id: torches
  title: Torches
  category: walk
  summary: A parade of all the schools of the town goes through the old streets to the far end, each with a lantern.
  start: 2023-12-18
"""


@pytest.fixture(name="opened", scope="module")
def _opened(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder: Path = tmp_path_factory.mktemp("search")
    (folder / "p.yaml").write_text(PROGRAMME, encoding="utf-8")
    return Catalogue(folder / "p.yaml", folder=folder / "cache")


def names(found: NameMatches) -> list[str]:
    return [named.shown for named in found.candidates]


EXACT, NEAR = False, True
KINDS: tuple[Kind, ...] = ("event", "venue", "person")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nutcracker", (["nutcracker"], EXACT)),
        ("The Nutcracker", (["The Nutcracker"], EXACT)),
        ("the nutcracker!", (["The Nutcracker"], EXACT)),
        ("щелкунчик", (["Щелкунчик"], EXACT)),
        ("shchelkunchik", (["Щелкунчик"], EXACT)),
        ("now i see you", (["Now, I See You"], EXACT)),
        ("Maintenant je te vois", (["Maintenant, je te vois"], EXACT)),
        ("nutcracker children", (["The Nutcracker for children"], EXACT)),
        ("nutcr", (["The Nutcracker", "The Nutcracker for children"], EXACT)),
        ("child nut", (["The Nutcracker for children"], EXACT)),
        ("gala", (["Gala"], EXACT)),
        ("gala-2", (["gala-2"], EXACT)),
        ("opera", (["Opera at the Circus"], EXACT)),
        ("dell'amore", (["Tango dell'amore"], EXACT)),
        ("amore", (["Tango dell'amore"], EXACT)),
        ("tango dellamore", (["Tango dell'amore"], EXACT)),
        ("nutcraker", (["The Nutcracker", "The Nutcracker for children"], NEAR)),
        ("nutcraker childern", (["The Nutcracker for children"], NEAR)),
        ("щилкунчик", (["Щелкунчик"], NEAR)),
        ("tnago", (["Tango dell'amore"], NEAR)),
        ("C++", (["C++ and Rock'n'Roll"], EXACT)),
        ("rock'n'roll", (["C++ and Rock'n'Roll"], EXACT)),
        ("rocknroll", (["C++ and Rock'n'Roll"], EXACT)),
        ("nutcrackers for children", (["The Nutcracker for children"], EXACT)),
        ("the galas", (["Gala", "Gala"], EXACT)),
        ("на Щелкунчике", (["Щелкунчик"], EXACT)),
        ("to Щелкунчикке", (["Щелкунчик"], EXACT)),
        ("jelansky", (["Now, I See You", "C++ and Rock'n'Roll"], EXACT)),
        ("at a ballet", (["The Nutcracker", "The Nutcracker for children"], EXACT)),
        ("tango concert", (["Tango dell'amore"], EXACT)),
        ("nutcracking", ([], NEAR)),
        ("nutcracker circus", ([], NEAR)),
        ("zzzzzz", ([], NEAR)),
        ("adele", (["Now, I See You", "C++ and Rock'n'Roll"], EXACT)),
        ("bears", ([], NEAR)),
        ("", ([], EXACT)),
        ("***", ([], EXACT)),
    ],
)
def test_event_is_found_by_its_name_part_of_it_or_a_near_one(
    opened: Catalogue, text: str, expected: tuple[list[str], bool]
) -> None:
    found = opened.lookup.find("event", text)

    assert (names(found), found.near) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("national-museum", (["National Museum"], EXACT)),
        ("ulttyq muzei", (["Ұлттық музей"], EXACT)),
        ("Национальный", (["Национальный музей"], EXACT)),
        ("museum", (["National Museum"], EXACT)),
        ("muzey", (["Ұлттық музей"], EXACT)),
        ("opera", (["opera"], EXACT)),
        ("opera hous", (["Opera House"], EXACT)),
        ("astana", (["Astana Opera", "Astana Circus"], EXACT)),
        ("zhastar", (["jastar"], EXACT)),
        ("zhastar palace", (["Jastar Palace"], EXACT)),
        ("Жастар сарайы", (["«Жастар» сарайы"], EXACT)),
        ("jastar sarayi", (["«Жастар» сарайы"], EXACT)),
        ("в Национальном музее", (["Национальный музей"], EXACT)),
        ("v natsionalnom muzee", (["Национальный музей"], EXACT)),
        ("Ұлттық музейлерден", (["Ұлттық музей"], EXACT)),
        ("у цирка", (["Цирк"], EXACT)),
        ("National Museum's", (["National Museum"], EXACT)),
        ("national museum astana", (["National Museum"], EXACT)),
        ("the Kazakh National Museum", (["National Museum"], NEAR)),
        ("jastarpalace", (["Jastar Palace"], EXACT)),
        ("d jgthe", (["Astana Opera"], NEAR)),
        ("musuem", (["National Museum"], NEAR)),
        ("circus palace", ([], NEAR)),
        ("turan", ([], NEAR)),
    ],
)
def test_venue_is_found_in_three_scripts(opened: Catalogue, text: str, expected: tuple[list[str], bool]) -> None:
    found = opened.lookup.find("venue", text)

    assert (names(found), found.near) == expected


def test_person_is_found_for_each_of_their_events(opened: Catalogue) -> None:
    assert opened.lookup.find("person", "adele") == NameMatches(
        (NameMatch("person", 1, "Adèle Jelansky"), NameMatch("person", 6, "Adèle Jelansky"))
    )


def found_by(opened: Catalogue, text: str) -> list[str]:
    """Return what a search gives, in words: a name, or the id of the event whose text it is in."""
    hits, _near = opened.lookup.search(text)
    return [f"{hit.kind} {hit.shown or opened.event(hit.number).event.id}" for hit in hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("museum", ["venue National Museum", "event now-i-see-you", "event tango"]),
        ("opera", ["venue opera", "event Opera at the Circus", "event nutcracker", "event nutcracker-for-children"]),
        ("jazz", ["person Jazz Ensemble", "event now-i-see-you", "event gala", "event tango"]),
        ("adele", ["person Adèle Jelansky", "event cpp", "event now-i-see-you"]),
        ("gala", ["event Gala", "event Gala"]),
        ("bears", ["event gala-2"]),
        ("tickets free", ["event gala"]),
        ("turan", ["event nutcracker", "event nutcracker-for-children"]),
        ("nutcracker opera", ["event nutcracker", "event nutcracker-for-children"]),
        ("bears nutcracker", []),
        ("danicng baers", ["event gala-2"]),
        ("baers", []),
        ("far lantern", ["event torches"]),
        ("parade lantern", []),
        ("torches parade", ["event torches"]),
        ("jelanski", ["person Adèle Jelansky", "event cpp", "event now-i-see-you"]),
        ("цирк", ["venue Цирк", "event opera-at-the-circus"]),
        ("zzzzzz", []),
        ("", []),
    ],
)
def test_search_finds_names_before_texts(opened: Catalogue, text: str, hits: list[str]) -> None:
    assert found_by(opened, text) == hits


NOISE = random.Random(1)
ODD = [
    "C++", "don't", "AND", "OR", "NOT", "NEAR(a b)", '"', '""', "'", "*", "jazz*", "^jazz", "jazz -bears", "title:gala",
    "{title people}:jazz", "(", "((()", ";", "--", "%", "_", "\\", "", " ", "\t\n", "\0", "\udcff", "½", "²",
    "🎪", "👩‍🎤🎄", "हिन्दी", "日本語", "العربية", "a" * 10_000, "ab " * 5_000, " ".join(f"w{n}" for n in range(5_000)),
    "".join(NOISE.choice(string.ascii_lowercase) for _ in range(10_000)),
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=[f"{text[:20]!r} ({len(text)})" for text in ODD])
def test_odd_text_is_searched_for_as_words(opened: Catalogue, text: str) -> None:
    check_searching(opened, text)


@given(text=st.text(max_size=40) | st.text(alphabet="galjz \"'*()^:-+AND", max_size=20))
def test_any_text_is_searched_for_as_words(opened: Catalogue, text: str) -> None:
    check_searching(opened, text)


def check_searching(opened: Catalogue, text: str) -> None:
    """Search for *text* in every way that there is; what is found in the texts of events is the same in two of them."""
    hits, _near = opened.lookup.search(text)
    listed = {each.event.id for each in opened.events(EventQuery(text=opened.lookup.text_reading(text).query))}
    found = [named.kind for kind in KINDS for named in opened.lookup.find(kind, text).candidates]

    assert {opened.event(hit.number).event.id for hit in hits if hit.kind == "event" and not hit.shown} <= listed
    assert set(found) <= set(KINDS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("jazz", ["now-i-see-you", "tango", "gala"]),
        ("jaz ensembl", ["now-i-see-you"]),
        ("nutcraker", ["nutcracker", "nutcracker-for-children"]),
        ("don't", []),
        ("zzzzzz", []),
        ("***", []),
        ("and", ["cpp", "gala"]),
        ("2,000", ["gala"]),
    ],
)
def test_list_is_filtered_by_a_text(opened: Catalogue, text: str, ids: list[str]) -> None:
    listed = opened.events(EventQuery(text=opened.lookup.text_reading(text).query))

    assert [each.event.id for each in listed] == ids


@pytest.mark.parametrize(("word", "query"), [("Museum", '("museum")'), ("museun", '("museum")'), ("qwx" * 100, '""')])
def test_word_that_is_there_many_times_is_looked_for_once(opened: Catalogue, word: str, query: str) -> None:
    assert opened.lookup.text_reading(f"{word} " * 1_000).query == query
    assert opened.lookup.find("venue", f"{word} " * 1_000) == opened.lookup.find("venue", f"{word} {word}")


NEW_LETTERS = "".join(map(chr, (0x19B0, 0x1CF2, 0x1E900, 0x20BB7, 0x30000)))
"""New Tai Lue, Vedic, Adlam and rare Chinese: letters that became ones, or came, after Unicode 6.1."""


@pytest.mark.parametrize("letter", NEW_LETTERS, ids=ascii)
def test_word_with_a_letter_of_any_plane_is_found_completed_and_begun(tmp_path: Path, letter: str) -> None:
    file = tmp_path / "p.yaml"
    notes = f"A word{letter} {letter}z{letter}"
    event = f"- {{id: e, title: Barn{letter}{letter} concert, category: c, notes: {notes}, start: 2023-12-16}}"
    file.write_text(f"{PROGRAMME.partition('venues:')[0]}events:\n{event}\n", encoding="utf-8")
    lookup = Catalogue(file, folder=None).lookup
    name = f"Barn{letter}{letter} concert"

    assert lookup.find("event", f"barn{letter}") == NameMatches((NameMatch("event", 1, name),))
    assert lookup.find("event", f"concert barn{letter}{letter}") == NameMatches((NameMatch("event", 1, name),))
    assert lookup.find("event", f"cnocert barn{letter}") == NameMatches((NameMatch("event", 1, name),), near=True)
    assert lookup.search(f"word{letter}") == ([NameMatch("event", 1, "", "notes")], False)
    assert lookup.search(f"{letter}z{letter}") == ([NameMatch("event", 1, "", "notes")], False)
    assert lookup.search(letter * 9) == ([], True)
    assert lookup.names_begun("event", "Barn", 5) == [name]


SYNONYMS = """\
synonyms:
  fireworks: [салют, отшашу]
  ice rink: [каток, мұз айдыны]
"""
NIGHTS = """\
events:
- {id: night, title: Night, category: party, summary: Fireworks at midnight, start: 2023-12-31}
- {id: rink, title: An ice rink opens, category: sport, start: 2023-12-16}
- {id: ice, title: An ice sculpture, category: art, start: 2023-12-16}
"""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("салюты", ["night"]),
        ("отшашуға", ["night"]),
        ("firework", ["night"]),
        ("на катке", ["rink"]),
        ("мұз айдынында", ["rink"]),
        ("ice rinks", ["rink"]),
        ("ice", ["ice", "rink"]),
        ("мұз", []),
    ],
)
def test_programme_says_which_words_mean_the_same(tmp_path: Path, text: str, ids: list[str]) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(PROGRAMME.partition("venues:")[0] + SYNONYMS + NIGHTS, encoding="utf-8")
    catalogue = Catalogue(file, folder=None)

    hits, _near = catalogue.lookup.search(text)

    assert [catalogue.event(hit.number).event.id for hit in hits] == ids
