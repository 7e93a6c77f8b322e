"""Questions to a catalogue: filters, limits, venues, labels, days nearby and completions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.folding import fold
from kzfest.core.model import Head, Showing
from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    Open = Callable[[str], Catalogue]

EVERY_FIELD = Path(__file__).parents[1] / "every_field.yaml"

PROGRAMME = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-01, last: 2023-12-31}
venues:
- {id: opera, name: {en: Astana Opera}, city: Astana}
- {id: circus, name: Circus, city: Astana}
- {id: yurt, name: Yurt, city: Almaty}
events:
- {id: aida, title: Aida, category: opera, tags: [Verdi, family], venue: opera, start: 2023-12-16 19:00}
- {id: bears, title: Bears, category: circus, tags: [Family], venue: circus, start: 2023-12-10, end: 2023-12-20}
- {id: choir, title: Choir, category: concert, place: the park, city: Almaty, start: 2023-12-16}
- {id: doors, title: Doors, category: concert, summary: An aida choir, venue: yurt, start: 2023-12-01, end: unknown}
- id: eagle
  title: Eagle
  category: circus
  showings: [{id: one, start: 2023-12-12, venue: circus}, {id: two, start: 2023-12-20, venue: opera}]
- {id: fire, title: Fire, category: holiday, city: Astana, start: 2022-12-16, repeats: FREQ=YEARLY}
- {id: gallery, title: Gallery, category: exhibition, venue: yurt, when: permanent}
- {id: hope, title: Hope, category: concert, venue: opera, when: unannounced}
- {id: icing, title: Icing, category: news, reported: 2023-12-05}
"""
NO_ID = "is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert"
IN_DECEMBER = EventQuery(first=date(2023, 12, 1), last=date(2023, 12, 31))


def ids(catalogue: Catalogue, question: EventQuery) -> str:
    return " ".join(listed.event.id for listed in catalogue.events(question))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (EventQuery(), "fire doors bears eagle choir aida gallery hope icing"),
        (IN_DECEMBER, "doors bears eagle choir fire aida gallery"),
        (EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 16)), "choir fire aida bears doors gallery"),
        (EventQuery(first=date(2023, 12, 20)), "eagle fire bears doors gallery"),
        (EventQuery(last=date(2023, 12, 11)), "fire doors bears gallery"),
        (EventQuery(venues=("opera",)), "aida eagle hope"),
        (EventQuery(venues=("circus", "yurt")), "doors bears eagle gallery"),
        (EventQuery(venues=()), ""),
        (EventQuery(venues=("nowhere",)), ""),
        (EventQuery(categories=(fold("circus"),)), "bears eagle"),
        (EventQuery(categories=(fold("circus"), "opera")), "bears eagle aida"),
        (EventQuery(not_categories=(fold("concert"), fold("circus"))), "fire aida gallery icing"),
        (EventQuery(categories=(fold("concert"),), not_categories=(fold("concert"),)), ""),
        (EventQuery(cities=("almati",)), "doors choir gallery"),
        (EventQuery(cities=("astana",)), "fire bears eagle aida hope"),
        (EventQuery(tags=("famili",)), "bears aida"),
        (EventQuery(tags=("verdi",)), "aida"),
        (EventQuery(tags=("verdi", "famili"), categories=("opera",), venues=("opera",), cities=("astana",)), "aida"),
        (EventQuery(numbers=(3, 1)), "choir aida"),
        (EventQuery(numbers=()), ""),
        (EventQuery(text='"aida"'), "doors aida"),
        (EventQuery(text='""'), ""),
        (EventQuery(undated=True), "hope icing"),
        (EventQuery(undated=True, venues=("opera",)), "hope"),
        (EventQuery(starting=True), "fire doors bears eagle choir aida"),
        (EventQuery(starting=True, first=date(2023, 12, 16), last=date(2023, 12, 20)), "choir fire aida eagle"),
        (EventQuery(limit=0), ""),
        (EventQuery(limit=3), "fire doors bears"),
        (EventQuery(limit=1, first=date(2023, 12, 16)), "choir"),
        (EventQuery(limit=2, undated=True), "hope icing"),
    ],
)
def test_question_is_answered_with_these_events(catalogue: Open, question: EventQuery, expected: str) -> None:
    assert ids(catalogue(PROGRAMME), question) == expected


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (EventQuery(), 2),
        (IN_DECEMBER, 2),
        (EventQuery(venues=("opera",)), 1),
        (EventQuery(categories=("news",)), 1),
        (EventQuery(cities=("astana",)), 1),
        (EventQuery(not_categories=("news", fold("concert"))), 0),
        (EventQuery(limit=0), 2),
    ],
)
def test_events_without_a_date_are_counted(catalogue: Open, question: EventQuery, count: int) -> None:
    assert catalogue(PROGRAMME).count_undated(question) == count


def on(day: int) -> Showing:
    return Showing(id=f"20{day}-12-16", start=date(2000 + day, 12, 16), end=date(2000 + day, 12, 16))


@pytest.mark.parametrize(
    ("question", "showings"),
    [
        (EventQuery(), (on(23),)),
        (IN_DECEMBER, (on(23),)),
        (EventQuery(first=date(2022, 1, 1), last=date(2024, 12, 31)), (on(22), on(23), on(24))),
        (EventQuery(first=date(2024, 12, 16), last=date(2024, 12, 16)), (on(24),)),
        (EventQuery(last=date(2023, 12, 16)), (on(22), on(23))),
        (EventQuery(moment=datetime(2025, 12, 16, 12, tzinfo=UTC)), (on(25),)),
        (EventQuery(since=datetime(2023, 12, 16, 12, tzinfo=UTC), last=date(2025, 1, 1)), (on(23), on(24))),
    ],
)
def test_repeating_event_has_its_showings_in_the_days_asked(
    catalogue: Open, question: EventQuery, showings: tuple[Showing, ...]
) -> None:
    (fire,) = (each for each in catalogue(PROGRAMME).events(question) if each.event.id == "fire")

    assert fire.showings == showings


def test_repeating_event_without_an_end_has_none(catalogue: Open) -> None:
    text = PROGRAMME.replace("start: 2022-12-16, repeats", "start: 2022-12-16 18:00, repeats")

    fire = catalogue(text).event(6)

    assert [(each.start.isoformat(), each.end) for each in fire.showings] == [("2023-12-16T18:00:00+06:00", None)]


def test_repeating_event_goes_on_for_fifty_years_or_a_thousand_times(catalogue: Open) -> None:
    text = PROGRAMME + "- {id: daily, title: D, category: c, start: 2023-12-01, repeats: FREQ=DAILY}\n"
    always = EventQuery(first=date(1990, 1, 1), last=date(2200, 1, 1), numbers=(6, 10))

    fire, daily = (listed.showings for listed in catalogue(text).events(always))

    assert [fire[0].id, fire[-1].id, len(fire)] == ["2022-12-16", "2073-12-16", 52]
    assert [daily[0].id, daily[-1].id, len(daily)] == ["2023-12-01", "2026-08-26", 1_000]


def test_event_is_given_back_as_it_was_read(catalogue: Open) -> None:
    reading, _problems = read_programme(EVERY_FIELD.read_bytes(), file="p.yaml")
    opened = catalogue(EVERY_FIELD.read_text(encoding="utf-8"))

    assert reading is not None
    assert tuple(opened.event(n).event for n in range(1, opened.count() + 1)) == reading.events
    assert [venue for venue, _count in opened.venues()] == list(reading.venues.values())
    assert opened.sources() == reading.sources
    assert opened.head == Head(
        id="winter",
        title={"en": "Winter in Astana", "kk": "Астанадағы қыс"},
        timezone="Asia/Almaty",
        revised=date(2023, 12, 1),
        first=date(2023, 12, 10),
        last=date(2024, 3, 31),
        synonyms={"choir": ("хор", "singing")},
        city="Astana",
    )


def test_venues_come_in_the_order_of_the_file_with_their_events(catalogue: Open) -> None:
    opened = catalogue(PROGRAMME)

    assert [(venue.id, count) for venue, count in opened.venues()] == [("opera", 3), ("circus", 2), ("yurt", 2)]
    assert opened.venue(3).name == {"en": "Yurt"}
    assert list(opened.venues_by_id(["yurt", None, "opera", "yurt", "nowhere"])) == ["opera", "yurt"]
    assert opened.venues_by_id([None]) == {}


def test_labels_come_most_frequent_first(catalogue: Open) -> None:
    opened = catalogue(PROGRAMME)

    assert opened.words("category") == ["concert", "circus", "exhibition", "holiday", "news", "opera"]
    assert opened.words("city") == ["Astana", "Almaty"]
    assert opened.words("tag") == ["Family", "Verdi"]


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2022-01-01", None, "2023-12-01"),
        ("2023-11-30", None, "2023-12-01"),
        ("2023-12-05", "2023-12-01", "2023-12-10"),
        ("2023-12-15", "2023-12-14", "2023-12-16"),
        ("2023-12-20", "2023-12-19", None),
        ("2023-12-25", "2023-12-20", None),
        ("2100-01-01", "2023-12-20", None),
    ],
)
def test_days_nearby_are_days_of_the_programme_with_anything_certainly_on(
    catalogue: Open, day: str, before: str | None, after: str | None
) -> None:
    near = catalogue(PROGRAMME).days_near(date.fromisoformat(day))

    assert near == (before and date.fromisoformat(before), after and date.fromisoformat(after))


def test_days_nearby_keep_to_the_filters_of_the_question(catalogue: Open) -> None:
    opened = catalogue(PROGRAMME)
    operas = EventQuery(categories=("opera",))

    near = opened.days_near(date(2023, 12, 1), operas)

    first = opened.events(operas)[0].first_day
    assert near == (None, first)


def test_completions_are_ids_and_words_that_begin_alike(catalogue: Open) -> None:
    opened = catalogue(PROGRAMME)
    by_id = sorted(opened.events(EventQuery()), key=lambda listed: listed.event.id)

    assert opened.completions("event", "") == [listed.event.id for listed in by_id]
    assert opened.completions("event", "e") == ["eagle"]
    assert opened.completions("event", "E") == ["Eagle"]
    assert opened.completions("venue", "ASTANA") == ["ASTANA Opera"]
    assert opened.completions("venue", "астана о") == []
    assert opened.completions("venue", "Astana O") == ["Astana Opera"]
    assert opened.completions("venue", "c") == ["circus"]
    assert opened.completions("category", "c") == ["concert", "circus"]
    assert opened.completions("city", "A") == ["Astana", "Almaty"]
    assert opened.completions("tag", "\udcff") == []
    assert opened.completions("venue", "\udcff") == []


def test_programme_without_events_answers_with_nothing(catalogue: Open) -> None:
    opened = catalogue(
        PROGRAMME.partition("events:")[0].replace(", first: 2023-12-01, last: 2023-12-31", "") + "events: []\n"
    )

    assert (opened.head.first, opened.head.last, opened.count()) == (None, None, 0)
    assert opened.events(EventQuery()) == []
    assert opened.days_near(date(2023, 12, 16)) == (None, None)
    assert opened.lookup.search("aida")[0] == []


def test_faulty_programme_is_refused_with_its_faults(catalogue: Open, tmp_path: Path) -> None:
    with pytest.raises(FaultyProgrammeError) as caught:
        catalogue(PROGRAMME.replace("category: opera", "category: Opera"))

    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path / 'p.yaml'}:8:37: category: 'Opera' {NO_ID}"
    ]


def test_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Catalogue(tmp_path / "none.yaml", folder=tmp_path)


def test_any_number_of_things_can_be_asked_for_at_once(catalogue: Open) -> None:
    asked = catalogue(PROGRAMME)
    many = [f"n{number}" for number in range(300_000)]

    assert list(asked.venues_by_id([*many, "opera"])) == ["opera"]
    assert list(asked.events_by_id([*many, "aida"], first=date(2023, 12, 1), last=date(2023, 12, 31))) == ["aida"]
    assert asked.sources(many) == {}
    assert ids(asked, EventQuery(categories=(*many, fold("opera")))) == "aida"
    assert ids(asked, EventQuery(numbers=tuple(range(300_000)), not_categories=tuple(many), tags=("verdi",))) == "aida"
