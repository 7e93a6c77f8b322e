"""A page as its file has it, without a browser: its structure, its links, its size, and what of the data is in it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from tests.cli.hostile import TEXTS, acting, as_yaml, hostile_programme
from tests.html.conftest import PAGES, fair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.html.conftest import Element

    Run: TypeAlias = "Callable[..., Any]"
    Read: TypeAlias = "Callable[[str], list[Element]]"

LANGUAGES = ("en", "kk", "ru")
LARGEST = 256 * 1024
"""Bytes of the bundled season without a plan."""
POLICY = re.compile(r"default-src 'none'; style-src 'sha256-([^']+)'; base-uri 'none'; form-action 'none'")


@pytest.fixture(name="programme_page")
def _programme_page(page_of: Callable[[str], str]) -> str:
    return page_of("programme")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_acts_and_nothing_is_loaded(page_of: Callable[[str], str], elements: Read, name: str) -> None:
    found = elements(page_of(name))

    assert {each.name for each in found} & {
        "script",
        "img",
        "iframe",
        "link",
        "object",
        "base",
        "form",
        "image",
    } == set()
    attributes = {key for each in found for key in each.attributes}
    assert [key for key in attributes if key.startswith("on") or key in {"style", "src", "action"}] == []
    addresses = {str(each.attributes["href"]).partition(":")[0] for each in found if "href" in each.attributes}
    assert {each for each in addresses if not each.startswith("#")} <= {"https", "http", "data", "mailto", "tel"}


@pytest.mark.parametrize("name", PAGES)
def test_policy_allows_the_style_sheet_and_nothing_else(
    page_of: Callable[[str], str], elements: Read, name: str
) -> None:
    found = elements(page_of(name))
    (policy,) = [each for each in found if each.attributes.get("http-equiv") == "Content-Security-Policy"]
    (style,) = [each for each in found if each.name == "style"]

    allowed = POLICY.fullmatch(str(policy.attributes["content"]))
    assert allowed
    assert base64.b64decode(allowed[1]) == hashlib.sha256(style.text.encode()).digest()
    assert "url(" not in style.text.replace("url(#", "")


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_all_links_inside_resolve(page_of: Callable[[str], str], elements: Read, name: str) -> None:
    found = elements(page_of(name))
    ids = Counter(each.attributes["id"] for each in found if "id" in each.attributes)
    targets = {str(each.attributes["href"])[1:] for each in found if str(each.attributes.get("href")).startswith("#")}

    assert ([key for key, count in ids.items() if count > 1], targets - ids.keys()) == ([], set())
    labels = {each.attributes[key] for each in found for key in ("aria-labelledby",) if key in each.attributes}
    assert labels <= ids.keys()


@pytest.mark.parametrize("name", PAGES)
def test_headings_skip_no_level(page_of: Callable[[str], str], elements: Read, name: str) -> None:
    levels = [int(each.name[1]) for each in elements(page_of(name)) if re.fullmatch("h[1-6]", each.name)]

    assert levels.count(1) == 1
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []
    assert levels[0] == 1


@pytest.mark.parametrize("name", PAGES)
def test_each_language_is_said_once_and_complete(page_of: Callable[[str], str], elements: Read, name: str) -> None:
    found = elements(page_of(name))

    sections = [
        each.attributes["id"] for each in found if each.name == "div" and each.attributes.get("id") in LANGUAGES
    ]
    assert sections == ["en", "kk", "ru"]
    links = [(each.attributes["href"], each.attributes["hreflang"]) for each in found if "hreflang" in each.attributes]
    assert links == [("#en", "en"), ("#kk", "kk"), ("#ru", "ru")]
    parts = {own: {key[3:] for key in ids(found) if key.startswith(f"{own}-")} for own in LANGUAGES}
    assert parts["en"] == parts["kk"] == parts["ru"]


def ids(found: list[Element]) -> list[str]:
    return [str(each.attributes["id"]) for each in found if "id" in each.attributes]


def test_page_begins_in_the_language_of_the_run(kzfest: Run, elements: Read) -> None:
    found = elements(kzfest("page", "--lang", "kk").stdout)

    assert found[0].attributes == {"lang": "kk"}
    assert [each.text for each in found if each.name == "title"] == [
        "Астананың мерекелік бағдарламасы, 2023 жылғы желтоқсан мен 2024 жылғы қаңтар"
    ]
    assert [key for key in ids(found) if key in LANGUAGES] == ["kk", "en", "ru"]


def test_same_input_gives_the_same_bytes(process: Run, kzfest: Run) -> None:
    first = process("page", PYTHONHASHSEED="1").stdout

    assert first == process("page", PYTHONHASHSEED="2", KZFEST_NOW="2031-01-01").stdout == kzfest("page").stdout


def test_bundled_season_is_small(programme_page: str) -> None:
    assert len(programme_page.encode()) <= LARGEST


def test_every_event_has_a_card_in_each_language(kzfest: Run, programme_page: str, elements: Read) -> None:
    listed = json.loads(kzfest("list", "-f", "json").stdout)["events"]
    undated = json.loads(kzfest("list", "--undated", "-f", "json").stdout)["events"]
    known = {each["id"] for each in (*listed, *undated)}
    found = elements(programme_page)

    cards = [str(each.attributes["id"]) for each in found if each.name == "article"]
    assert sorted(cards) == sorted(f"{own}-{key}" for own in LANGUAGES for key in known)
    titles = {each["id"]: each["titles"] for each in (*listed, *undated)}
    for card in (each for each in found if each.name == "article"):
        own, key = str(card.attributes["id"]).split("-", 1)
        shown = titles[key].get(own, titles[key].get("en"))
        assert " ".join(shown.split()) in card.text


def test_months_count_what_list_counts(kzfest: Run, programme_page: str, elements: Read) -> None:
    found = elements(programme_page)
    cells = [each for each in found if each.name == "td" and each.text.strip()]
    english = cells[: len(cells) // 3]
    first = date(2023, 12, 1)

    told = {first + timedelta(days=number): cell.text for number, cell in enumerate(english)}
    for day, text in told.items():
        begin = json.loads(kzfest("list", "--on", str(day), "--starting", "-f", "json", "-q").stdout)["events"]
        on = json.loads(kzfest("list", "--on", str(day), "-f", "json", "-q").stdout)["events"]
        begun = {each["id"] for each in begin}
        goes_on = [each for each in on if each["certainty"] == "certain" and each["id"] not in begun]
        numbers = dict(re.findall(r"([•+?])(\d+)", text))
        assert (int(numbers.get("•", 0)), int(numbers.get("+", 0))) == (len(begun), len(goes_on)), day


@pytest.mark.parametrize("filters", [(), ("--category", "concert")])
def test_months_are_those_of_the_command(kzfest: Run, elements: Read, filters: tuple[str, ...]) -> None:
    days = json.loads(kzfest("month", *filters, "-f", "json").stdout)["days"]

    captions = [each.text for each in elements(kzfest("page", *filters).stdout) if each.name == "caption"]
    told = dict.fromkeys(date.fromisoformat(each["day"]).strftime("%B %Y") for each in days)
    assert captions[: len(captions) // 3] == [*told]


def test_sources_are_numbered_once_for_all_languages(kzfest: Run, programme_page: str, elements: Read) -> None:
    listed = json.loads(kzfest("list", "-f", "json").stdout)["events"]
    listed += json.loads(kzfest("list", "--undated", "-f", "json").stdout)["events"]
    cited = {each["id"] for event in listed for each in event["sources"]}
    cited |= {each["source"] for event in listed for each in event["disputes"]}
    found = elements(programme_page)

    numbers = [key for key in ids(found) if re.fullmatch(r"en-S\d+", key)]
    assert numbers == [f"en-S{number}" for number in range(1, len(cited) + 1)]


def test_disputes_stand_in_the_card(programme_page: str, elements: Read) -> None:
    (card,) = [each for each in elements(programme_page) if each.attributes.get("id") == "en-dialogue"]

    assert "Other sources saystart8 Dec 2023 (The Astana Times, 7 Dec 2023)" in card.text


def test_text_in_another_language_says_so(kzfest: Run, programme: Callable[..., str], elements: Read) -> None:
    file = programme("  - {id: tea, title: {fr: Le thé}, category: fair, start: 2023-12-16, summary: {ru: Чай}}\n")
    found = elements(kzfest("--data", file, "page").stdout)

    cards = [each for each in found if each.name == "article"]
    langs = [
        (each.text, each.attributes["lang"]) for each in found if "lang" in each.attributes and "article" in each.around
    ]
    assert len(cards) == 3
    assert langs == [("Le thé", "fr"), ("Чай", "ru"), ("Le thé", "fr"), ("Чай", "ru"), ("Le thé", "fr")]
    assert "[fr]" not in "".join(each.text for each in cards)


def test_value_of_another_source_says_its_language(kzfest: Run, programme: Callable[..., str], elements: Read) -> None:
    file = programme(
        "  - id: tea\n    title: Tea\n    category: fair\n    start: 2023-12-16\n    disputes:\n"
        "      - {field: start, value: 2023-12-15, source: news}\n"
        "      - {field: place, value: in two halls, source: news}\n"
        "      - {field: price, value: {en: free, kk: тегін}, source: news}\n"
        "      - {field: title, value: Чай, source: news}\n",
        sources="  news: {title: Ein Blatt}\n",
    )
    found = elements(kzfest("--data", file, "page").stdout)

    values = [(each.text, each.attributes.get("lang")) for each in found if each.name == "em" and "dd" in each.around]
    english = [("15 Dec 2023", None), ("in two halls", None), ("free", None), ("Чай", None)]
    kazakh = [("in two halls", "en"), ("тегін", None), ("Чай", None)]
    russian = [("in two halls", "en"), ("free", "en"), ("Чай", None)]
    assert (values[:4], values[5:8], values[9:]) == (english, kazakh, russian)
    (sources,) = [each for each in found if each.name == "ol"]
    assert (sources.text, sources.attributes) == ("Ein Blatt", {"lang": ""})


def test_labels_addresses_and_the_title_say_their_languages(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    file = tmp_path / "village.yaml"
    file.write_text(
        "format: 1\n"
        "programme:\n"
        "  id: village\n  title: {de: Dorffest}\n  language: de\n  timezone: Asia/Almaty\n  revised: 2023-12-01\n"
        "labels: {walk: {en: stroll}, linz: {en: Linz on the river}}\n"
        "venues:\n"
        "  - {id: mill, name: {de: Mühle}, address: {de: Mühlweg 1}, city: linz,\n"
        "     location: {latitude: 51.1, longitude: 71.4, accuracy: street}}\n"
        "events:\n"
        "  - {id: tea, title: {de: Tee}, category: walk, venue: mill, start: 2023-12-16,\n"
        "     details: [{label: {de: Schuhe}, value: {de: fest}}]}\n",
        encoding="utf-8",
    )
    found = elements(kzfest("--data", str(file), "page", "--notes").stdout)

    german = {each.text for each in found if each.attributes.get("lang") == "de"}
    assert german == {"Dorffest", "Tee", "Mühle", "Mühlweg 1", "Schuhe", "fest"}
    english = Counter(each.text for each in found if each.attributes.get("lang") == "en" and "dd" in each.around)
    assert english == {"stroll": 2, "Linz on the river": 2}


def test_right_to_left_texts_turn_by_themselves(page_of: Callable[[str], str], elements: Read) -> None:
    found = elements(page_of("hebrew"))

    texts = [each for each in found if each.name in {"a", "span", "h1"} and re.search("[א-ת]", each.text)]
    assert texts
    innermost = [each for each in texts if "dir" in each.attributes]
    assert {each.attributes["dir"] for each in innermost} == {"auto"}
    assert len(innermost) >= len({each.text for each in texts})


def test_permanent_undated_and_open_ends_have_lists(programme_page: str, elements: Read) -> None:
    headings = [each.text for each in elements(programme_page) if each.name == "h3"]

    assert {"Permanent", "Without a known date", "May still be on: the closing day was not published"} <= set(headings)


def test_cancelled_event_says_it_everywhere(kzfest: Run, programme: Callable[..., str], elements: Read) -> None:
    file = programme("  - {id: tea, title: Tea, category: fair, start: 2023-12-16 10:00, status: cancelled}\n")
    found = elements(kzfest("--data", file, "page").stdout)

    assert {each.text for each in found if each.attributes.get("href") == "#en-tea"} == {"CANCELLED: Tea"}
    assert [each.text for each in found if each.name == "h3"][:2] == ["Saturday 16 December 2023", "CANCELLED: Tea"]


@pytest.mark.parametrize(("asked", "first"), [((), 16), (("17..19", "dec"), 17)])
def test_postponed_event_of_several_days_is_told_once(
    kzfest: Run, programme: Callable[..., str], elements: Read, asked: tuple[str, ...], first: int
) -> None:
    file = programme(
        "  - {id: run, title: Run, category: fair, start: 2023-12-16, end: 2023-12-20, status: postponed}\n"
        "  - {id: fair, title: Fair, category: fair, start: 2023-12-14, end: 2023-12-24}\n"
    )
    found = elements(kzfest("--data", file, "page", *asked).stdout)

    days = [(each.attributes["id"], each.text) for each in found if str(each.attributes.get("id")).startswith("en-D2")]
    assert [day for day, text in days if "POSTPONED: Run" in text] == [f"en-D2023-12-{first}"]


def test_showings_of_a_day_that_differ_have_entries_of_their_own(
    kzfest: Run, programme: Callable[..., str], elements: Read
) -> None:
    file = programme(
        "  - id: tea\n    title: Tea\n    category: fair\n    place: Hall\n    showings:\n"
        "      - {start: 2023-12-16 16:00, status: cancelled}\n"
        "      - {start: 2023-12-16 10:00}\n"
        "      - {start: 2023-12-16 14:00}\n"
        "      - {start: 2023-12-16 12:00, title: Green tea}\n"
    )
    found = elements(kzfest("--data", file, "page").stdout)

    entries = [each.text for each in found if each.name == "li" and re.match(r"\d\d:", each.text)]
    assert entries[:3] == ["10:00, 14:00 Tea Hall", "12:00 Green tea Hall", "16:00 CANCELLED: Tea Hall"]


def test_filters_choose_events(kzfest: Run, elements: Read) -> None:
    found = elements(kzfest("page", "--category", "exhibition", "15..17", "dec").stdout)

    listed = json.loads(kzfest("list", "--category", "exhibition", "15..17 dec", "-f", "json").stdout)["events"]
    cards = {str(each.attributes["id"])[3:] for each in found if each.name == "article"}
    assert cards == {each["id"] for each in listed}


def test_above_400_events_cards_stand_once(page_of: Callable[[str], str], elements: Read) -> None:
    found = elements(page_of("large"))

    cards = [each for each in found if each.name == "article"]
    assert len(cards) == 500
    assert [each.attributes.get("id") for each in cards] == [None] * 500
    hours = [each for each in found if each.name == "a" and re.fullmatch(r"\d\d:\d\d", each.text)]
    assert len(hours) == 3 * len({(number % 2, number % 9, number % 6) for number in range(500)})


def test_event_of_two_days_and_one_without_a_day_stand_once_too(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    more = """\
  - id: twice
    title: Twice
    category: talk
    showings: [{id: one, start: 2023-12-16 20:00}, {id: two, start: 2023-12-17 20:00}]
  - {id: some-day, title: Some day, category: talk, when: unannounced}
"""
    file = tmp_path / "talks.yaml"
    file.write_text(fair(400) + more, encoding="utf-8")
    found = elements(kzfest("--data", str(file), "page").stdout)

    assert [each.text for each in found if each.name == "h4" and each.text in {"Twice", "Some day"}] == [
        "Twice",
        "Some day",
    ]
    cards = next(each for each in found if each.name == "section" and "Events" in each.texts)
    assert "Sunday 17 December 2023" in cards.text
    again = [each for each in found if each.name == "a" and each.text == "Twice"]
    assert [str(each.attributes["href"])[:4] for each in again] == ["#en-", "#kk-", "#ru-"]
    assert [each.attributes.get("lang") for each in again] == [None, "en", "en"]


def test_links_of_a_shared_card_keep_the_language_of_the_reader(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    more = (
        "  - {id: whole, title: Whole, category: talk, start: 2023-12-16}\n"
        "  - {id: part, title: Part, category: talk, start: 2023-12-16 20:00, parent: whole, sources: [news]}\n"
        "sources: {news: {title: Paper}}\n"
    )
    file = tmp_path / "talks.yaml"
    file.write_text(fair(400) + more, encoding="utf-8")
    found = elements(kzfest("--data", str(file), "page").stdout)

    links = [
        (each.text, str(each.attributes["href"])[1:3])
        for each in found
        if each.name == "a" and "article" in each.around
    ]
    assert links == [("Whole", "en"), ("Whole", "kk"), ("Whole", "ru"), ("1", "en"), ("1", "kk"), ("1", "ru")]


def test_cancelled_event_of_a_large_programme_stands_under_its_day(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    off = "  - {id: off, title: Off, category: talk, start: 2023-12-18 10:00, status: cancelled}\n"
    file = tmp_path / "talks.yaml"
    file.write_text(fair(400) + off, encoding="utf-8")
    found = elements(kzfest("--data", str(file), "page").stdout)

    headings = [each.text for each in found if each.name in {"h3", "h4"}]
    assert headings[-2:] == ["Monday 18 December 2023", "CANCELLED: Off"]


def test_what_has_no_day_of_its_own_in_a_large_programme_has_its_headings(
    kzfest: Run, tmp_path: Path, elements: Read
) -> None:
    more = """\
  - {id: hall, title: Hall, category: exhibition, when: permanent}
  - {id: some-day, title: Some day, category: talk, when: unannounced}
  - {id: long, title: Long, category: exhibition, start: 2023-12-10, end: 2023-12-20}
  - {id: open, title: Open, category: exhibition, start: 2023-12-10, end: unknown}
"""
    file = tmp_path / "talks.yaml"
    file.write_text(fair(900) + more, encoding="utf-8")

    def told(*asked: str) -> tuple[dict[str, str], list[str]]:
        """Return the heading above the cards of `more`, and the headings of the lists of days."""
        under, above = {}, ""
        found = elements(kzfest("--data", str(file), "page", *asked).stdout)
        for each in found:
            above = each.text if each.name == "h3" else above
            if each.name == "h4" and not each.text.startswith("Talk"):
                under[each.text] = above
        (days,) = [each for each in found if each.attributes.get("id") == "en-Days"]
        addresses = {str(each.attributes.get("href")) for each in found}
        assert {each[1:] for each in addresses if each.startswith("#")} <= {*ids(found)}
        return under, re.findall("May still be on: |Permanent|Without a known date", days.text)

    may, permanent, undated = "May still be on: the closing day was not published", "Permanent", "Without a known date"
    assert told() == (
        {"Long": "Sunday 10 December 2023", "Open": "Sunday 10 December 2023", "Hall": permanent, "Some day": undated},
        ["May still be on: ", permanent, undated],
    )
    assert told("16", "dec") == (
        {"Long": "On since earlier", "Open": may, "Hall": permanent},
        ["May still be on: ", permanent],
    )


def test_many_undated_events_of_a_large_programme_are_a_link(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    undated = "".join(f"  - {{id: u{n}, title: Later {n}, category: talk, when: unannounced}}\n" for n in range(30))
    file = tmp_path / "talks.yaml"
    file.write_text(fair(400) + undated, encoding="utf-8")
    found = elements(kzfest("--data", str(file), "page").stdout)

    (days,) = [each for each in found if each.attributes.get("id") == "en-Days"]
    assert days.text.endswith("Without a known date30 events")
    (link,) = [each for each in found if each.name == "a" and each.text == "30 events"]
    assert str(link.attributes["href"])[1:] in ids(found)


def test_timeline_of_a_large_programme_has_a_line_for_each_group(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    def talk(number: int) -> str:
        track = "Late" if number in {55, 57} else "Science" if number % 3 else "Art"
        hour, day = 9 + number % 9, 16 + number % 2
        return (
            f"  - {{id: e{number}, title: Talk, category: talk, tracks: [{track}],"
            f" start: 2023-12-{day} {hour:02}:00, end: 2023-12-{day} {hour:02}:30}}\n"
        )

    head = "format: 1\nprogramme: {id: talks, title: Talks, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    file = tmp_path / "talks.yaml"
    file.write_text(head + "".join(map(talk, range(420))), encoding="utf-8")
    groups = json.loads(kzfest("--data", str(file), "timeline", "--by", "track", "-f", "json").stdout)["groups"]
    found = elements(kzfest("--data", str(file), "page").stdout)

    (lines,) = [each for each in found if each.attributes.get("id") == "en-Timeline"]
    told = [f"{each['name']} {each['events']} events, 16–17 Dec 2023" for each in groups if each["name"] != "Late"]
    told.append("Late 2 events, 17 Dec 2023, 10:00–12:30")
    assert [text for text in told if text not in lines.text] == []
    assert len(told) == len(groups) == 3
    assert "A line for each track: the higher it is, the more of its events are on." in lines.text
    assert "Sat 16 Dec" in lines.text
    shapes = [each for each in found if each.name == "symbol"]
    hours = 24 + 8.5  # from the first begin to the last end
    assert [each.attributes["viewbox"] for each in shapes] == [f"0 0 {2 * hours:g} 10"] * 3


def test_large_page_of_what_began_earlier_has_the_same_bytes(process: Run, tmp_path: Path) -> None:
    lasting = re.sub(r"start: 2023-12-\d+ [\d:]+", "start: 2023-12-01, end: 2023-12-20", fair(401))
    file = tmp_path / "talks.yaml"
    file.write_text(lasting, encoding="utf-8")

    pages = {process("--data", str(file), "page", "16", "dec", PYTHONHASHSEED=seed).stdout for seed in "123"}
    assert len(pages) == 1


def test_timeline_of_too_many_groups_says_so(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    file = tmp_path / "talks.yaml"
    file.write_text(fair(401).replace("category: talk", "category: talk-X"), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    for number in range(401):
        text = text.replace("talk-X", f"talk-{number % 120}", 1)
    file.write_text(text, encoding="utf-8")
    found = elements(kzfest("--data", str(file), "page").stdout)

    (lines,) = [each for each in found if each.attributes.get("id") == "en-Timeline"]
    assert lines.text == "TimelineThis programme has too many groups or days for a timeline on a page."


def test_show_after_midnight_belongs_to_the_evening_before(
    kzfest: Run, programme: Callable[..., str], elements: Read
) -> None:
    file = programme("  - {id: tea, title: Tea, category: fair, start: 2023-12-17 00:30, city: Oral}\n")
    found = elements(kzfest("--data", file, "page").stdout)

    day = next(each for each in found if each.attributes.get("id") == "en-D2023-12-16")
    assert day.text == "Saturday 16 December 202317 Dec, 00:30 Tea"


def test_end_after_midnight_is_told(kzfest: Run, programme: Callable[..., str], elements: Read) -> None:
    hours = [("16 10:00", "16 11:30"), ("16 23:00", "17 02:00"), ("16 23:30", "17 05:30"), ("17 00:30", "17 02:00")]
    event = "  - {{id: e{}, title: Tea, category: fair, start: 2023-12-{}, end: 2023-12-{}}}\n"
    file = programme("".join(event.format(number, *each) for number, each in enumerate(hours)))
    found = elements(kzfest("--data", file, "page").stdout)

    told = [each.text for each in found if each.name == "li" and each.text.endswith("0 Tea")][:4]
    assert told == ["10:00–11:30 Tea", "23:00–02:00 Tea", "23:30 – 17 Dec, 05:30 Tea", "17 Dec, 00:30–02:00 Tea"]


@pytest.mark.parametrize(("start", "told"), [("2023-12-16 10:00", 0), ("2023-12-16", 3)])
def test_hours_that_are_not_known_are_told_if_there_are_any(
    kzfest: Run, programme: Callable[..., str], elements: Read, start: str, told: int
) -> None:
    file = programme(f"  - {{id: tea, title: Tea, category: fair, start: {start}}}\n")
    found = elements(kzfest("--data", file, "page").stdout)

    days = [each.text for each in found if each.name == "p" and "section" in each.around]
    assert len([text for text in days if text.startswith(("Where no time", "Если время", "Уақыты"))]) == told


def test_of_many_months_those_are_drawn_in_which_something_begins(
    kzfest: Run, programme: Callable[..., str], elements: Read
) -> None:
    file = programme(
        "  - {id: hall, title: Hall, category: exhibition, start: 2023-01-10, end: 2024-12-20}\n"
        "  - {id: tea, title: Tea, category: fair, start: 2024-05-05}\n"
    )
    found = elements(kzfest("--data", file, "page").stdout)

    assert [each.text for each in found if each.name == "caption"][:2] == ["January 2023", "May 2024"]


def test_of_thousands_of_years_only_the_months_near_an_end_of_something_are_in(
    kzfest: Run, programme: Callable[..., str], elements: Read
) -> None:
    file = programme(
        "  - {id: hall, title: Hall, category: exhibition, start: 1000-02-01, end: 5999-10-30}\n"
        "  - {id: tea, title: Tea, category: fair, start: 2024-05-05}\n"
    )
    done = kzfest("--data", file, "page")

    months = 5000 * 12 - 1 - 2  # from February 1000 to October 5999
    left_out = months - 2 - 3 - 2  # neighbours of the begin, of the day of the tea, and of the end
    assert done.stderr == f"the page is without {left_out} months in which nothing begins or ends\n"
    days = [key[4:] for key in ids(elements(done.stdout)) if key.startswith("en-D") and key != "en-Days"]
    assert days == ["1000-02-01", "1000-02-02", "2024-04-01", "2024-05-05", "2024-05-06", "5999-09-01"]
    assert len(done.stdout) < 100_000


def test_ten_thousand_events_take_seconds(tmp_path: Path, process: Run) -> None:
    file = tmp_path / "talks.yaml"
    file.write_text(fair(10_000), encoding="utf-8")
    process("--data", str(file), "list", "--limit", "1")  # the programme is read once

    begun = os.times()
    done = process("--data", str(file), "page", "-o", str(tmp_path / "page.html"))
    over = os.times()

    assert done.code == 0
    used = over.children_user + over.children_system - begun.children_user - begun.children_system
    assert used < 15  # 2 s on an idle machine
    assert (tmp_path / "page.html").stat().st_size < 10_000_000


def test_hostile_programme_adds_nothing(
    page_of: Callable[[str], str], elements: Read, kzfest: Run, tmp_path: Path
) -> None:
    def harmless(value: Any) -> Any:
        match value:
            case dict():
                return {key: harmless(inner) for key, inner in value.items()}
            case list():
                return [harmless(inner) for inner in value]
            case str() if value in TEXTS.values() or "\n" in value:
                return re.sub(r"[^\w\s/]|_", "x", value) if "\n" in value else "tea" + str(len(value))
        return value

    file = tmp_path / "hostile.yaml"
    file.write_text(as_yaml(harmless(hostile_programme())).lstrip(), encoding="utf-8")
    tame = elements(kzfest("--data", str(file), "page").stdout)
    wild = elements(page_of("hostile"))

    assert {each.name for each in wild} <= {each.name for each in tame}
    assert {key for each in wild for key in each.attributes} <= {key for each in tame for key in each.attributes} | {
        "dir"
    }
    assert list(acting(page_of("hostile"))) == []
    for text in TEXTS.values():
        assert any(" ".join(text.split()) in each.text for each in wild if each.name == "article"), text


def test_notes_are_in_if_they_are_wanted(kzfest: Run, elements: Read) -> None:
    def headings(*args: str) -> set[str]:
        return {each.text for each in elements(kzfest("page", *args).stdout) if each.name in {"h3", "h4"}}

    assert headings("--notes") - headings() == {"Notes", "Ескертпелер", "Примечания"} & headings("--notes")
    assert "Notes" in headings("--notes")


def test_paper_and_print_are_in_the_style_sheet(kzfest: Run) -> None:
    assert "@page{size:105mm 148mm;" in kzfest("page", "--paper", "A6").stdout
    assert "font-size:13pt" in kzfest("page", "--large").stdout
    assert kzfest("page", "--paper", "a7") == (
        2,
        "",
        "kzfest: unknown paper 'a7'; choose a4, a5, a6 or letter\n",
    )


def test_page_is_no_file_of_another_kind(kzfest: Run, tmp_path: Path) -> None:
    told = "kzfest: a page is HTML: -o takes a file that ends in .html\n"

    assert kzfest("page", "-o", str(tmp_path / "page.pdf")) == (2, "", told)
    assert kzfest("itinerary", "page", "-o", str(tmp_path / "page.md")) == (2, "", told)
    assert [*tmp_path.iterdir()] == []


def test_plan_has_its_days_its_code_and_its_calendar(
    pages: Path, page_of: Callable[[str], str], elements: Read
) -> None:
    found = elements(page_of("plan"))

    headings = [each.text for each in found if each.name in {"h2", "h3"}]
    assert headings[:4] == [
        "Your plan",
        "Friday 15 December 2023",
        "Saturday 16 December 2023",
        "Sunday 17 December 2023",
    ]
    assert [each.text for each in found if each.name == "title"] == [
        "Itinerary main · Astana's festive programme, December 2023 and January 2024"
    ]
    (calendar,) = [each for each in found if "download" in each.attributes]
    inside = str(calendar.attributes["href"]).removeprefix("data:text/calendar;base64,")
    assert base64.b64decode(inside) == (pages / "plan.ics").read_bytes()
    plan = next(each for each in found if each.attributes.get("id") == "en-Plan").text
    assert "CLASH: overlaps with A walk" in plan
    assert re.search(r"NOT ENOUGH TIME: \d+ min needed (to|from)", plan), plan
    assert "take the camera" in plan
    (label,) = [each for each in found if each.attributes.get("id") == "code"]
    assert label.text.startswith("The plan as a QR code, for kzfest")
    assert "code" in [each.attributes.get("aria-labelledby") for each in found if each.name == "svg"]


def test_plan_without_notes_keeps_them_out(kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path)}
    kzfest("itinerary", "add", "--own", "A walk", "--on", "2023-12-17", "--at", "13:30", "--note", "the camera", **home)

    assert "the camera" in kzfest("itinerary", "page", **home).stdout
    page = kzfest("itinerary", "page", "--without-notes", **home).stdout
    calendar = base64.b64decode(re.findall(r"base64,([^\"]+)", page)[0])
    assert ("the camera" in page, b"the camera" in calendar) == (False, False)


def test_month_marks_the_days_of_the_plan(page_of: Callable[[str], str], elements: Read) -> None:
    cells = {each.text.split(" ")[0] for each in elements(page_of("plan")) if each.name == "td"}

    assert {"15*", "16!", "17!"} <= cells


def test_page_of_no_events_says_so(kzfest: Run) -> None:
    done = kzfest("page", "1", "jan", "2030", "-c", "concert")

    assert done.code == 0
    assert "no matching events on those days\n" in done.stderr


def test_page_goes_to_a_file_as_a_whole(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = kzfest("page", "-o", str(file))

    size = -(-file.stat().st_size // 1024)
    assert done == (0, "", f"{file}: {size} KB; open it in a browser\n")
    assert file.read_text(encoding="utf-8") == kzfest("page").stdout


def test_page_of_an_empty_plan_says_so(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    done = kzfest("itinerary", "page", KZFEST_HOME=str(tmp_path))

    assert (done.code, done.stderr) == (0, "the itinerary 'main' is empty\n")
    assert [
        each for each in elements(done.stdout) if "download" in each.attributes or each.attributes.get("id") == "code"
    ] == []


def test_plan_that_no_code_holds_has_its_calendar(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    home = {"KZFEST_HOME": str(tmp_path)}
    note = " ".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(100))
    kzfest("itinerary", "add", "--own", "A walk", "--on", "2023-12-17", "--at", "13:30", "--note", note, **home)
    done = kzfest("itinerary", "page", **home)

    assert done.stderr == "the plan is too long for a QR code; the page has none\n"
    found = elements(done.stdout)
    assert len([each for each in found if "download" in each.attributes]) == 1
    assert [each for each in found if each.attributes.get("id") == "code"] == []


def test_page_for_a_terminal_wants_a_file(on_terminal: Run) -> None:
    done = on_terminal("page")

    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == "kzfest: a page is for a browser: name its file, as in `-o page.html`\n"


def test_calendar_of_a_page_counts_as_exported(kzfest: Run, programme: Callable[..., str], tmp_path: Path) -> None:
    event = "  - {{id: tea, title: Tea, category: fair, start: 2023-12-16 10:00, revision: {}}}\n"
    home = {"KZFEST_HOME": str(tmp_path)}
    file = programme(event.format(3))
    kzfest("--data", file, "itinerary", "add", "tea", **home)
    kzfest("--data", file, "itinerary", "page", "-o", str(tmp_path / "page.html"), **home)

    programme(event.format(1))  # an older version of the file
    lines = kzfest("--data", file, "itinerary", "export", **home).stdout.splitlines()
    assert "SEQUENCE:3" in lines


def test_plan_on_a_page_tells_others_no_command_and_no_file(
    kzfest: Run, programme: Callable[..., str], tmp_path: Path, elements: Read
) -> None:
    event = "  - {{id: {}, title: {}, category: fair, start: 2023-12-{}}}\n"
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    file = programme(event.format("tea", "Tea", "16 10:00") + event.format("cake", "Cake", 17))
    kzfest("--data", file, "itinerary", "add", "tea", "cake", **home)
    programme(event.format("tea", "Tea", "16 11:00") + event.format("cake", "Cake", 20))

    def plan() -> list[str]:
        found = elements(kzfest("--data", file, "itinerary", "page", **home).stdout)
        return [each.text for each in found if each.name == "div" and each.attributes.get("id") in LANGUAGES]

    told = ["MOVED, now 16 Dec 2023, 11:00", "КӨШІРІЛДІ, жаңа уақыты", "ПЕРЕНЕСЕНО, теперь"]
    assert [text in own for text, own in zip(told, plan(), strict=True)] == [True] * 3
    assert [own for own in plan() if "kzfest --" in own or file in own] == []
    (tmp_path / "village.yaml").unlink()
    other = programme(event.format("walk", "Walk", 16), key="other")
    page = kzfest("--data", other, "itinerary", "page", **home).stdout
    assert ("Tea" in page, file in page) == (True, False)


def test_programme_of_other_events_is_linked_to_no_card(kzfest: Run, tmp_path: Path, elements: Read) -> None:
    home = {"KZFEST_HOME": str(tmp_path)}
    kzfest("-p", "archive", "itinerary", "add", "--all", **home)
    found = elements(kzfest("itinerary", "page", **home).stdout)

    plan = next(each for each in found if each.attributes.get("id") == "en-Plan")
    assert "Astana" in plan.text
    links = [
        each for each in found if each.name == "a" and "h3" not in each.around and each.attributes.get("href") == "#"
    ]
    assert links == []
