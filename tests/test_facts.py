"""What the four sources say, held against the bundled data; the tables in `facts/` were written from the sources."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.core.festival_day import showings_of
from kzfest.core.localized import person_name, person_texts, text_in
from kzfest.formats.prices import price_line
from kzfest.paths import HISTORY, PROGRAMMES, data_folder
from kzfest.programme.decode_history import history_of
from kzfest.programme.reading.reader import read_history, read_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kzfest.core.history import History
    from kzfest.core.model import Dispute, Event, Programme, Showing, Source, Texts, Venue

TABLES = Path(__file__).parent / "facts"
ONE_DAY = timedelta(days=1)
LANGUAGES = {"en", "kk", "ru"}
FIVE_METRES = 5e-5
"""In degrees: sources and data round a point differently, no more."""

USUAL = {
    "astana": {"venue": "", "city": "Astana", "country": "KZ"},
    "archive": {"venue": "", "city": "Astana", "country": "KZ"},
    "abroad": {"venue": "", "city": "", "country": "KZ"},
    "venues": {"address": "", "city": "Astana", "point": [], "accuracy": "approximate", "hours": {}},
}
"""What a row of a table means where it does not say; a venue has no point and no hours that nobody published."""

ADVERTISING = re.compile(
    r"""\b(?: breathtaking | captivat\w+ | delectabl\w+ | delight\w* | don[’']t\ miss | embark\w* | enchant\w+
          | exceptional | exciting | extraordinary | extravaganza | fascinating | groove | immers\w+ | join\ us
          | mark\ your\ calendar | memorable | mesmeri[sz]\w+ | must-see | remarkable | savou?r | step\ (?:back|into)
          | taste\ buds | thriving | transformative | treat\ for | unforgettable | unique | vibrant
          | won[’']t\ want\ to\ miss | your )\b""",
    re.IGNORECASE | re.VERBOSE,
)


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def programme(name: str) -> Programme:
    file = data_folder() / PROGRAMMES[name]
    reading, problems = read_programme(file.read_bytes(), file=file.name)
    assert reading, problems
    return reading


@cache
def history() -> History:
    values, problems = read_history((data_folder() / HISTORY).read_bytes(), file=HISTORY)
    assert values, problems
    return history_of(values)


def event_in(name: str, key: str) -> Event:
    (event,) = [each for each in programme(name).events if each.id == key]
    return event


def venue_anywhere(key: str) -> tuple[Venue, Programme]:
    """Return the venue of the first file that has it: that the others have the same is a test of its own."""
    holder = next(programme(name) for name in PROGRAMMES if key in programme(name).venues)
    return holder.venues[key], holder


def rows(names: Collection[str], fields: Collection[str]) -> list[Any]:
    """Return table, record, field and fact, for those of the *fields* that a table gives."""
    return [
        pytest.param(name, key, field, fact, id=f"{key}: {field}")
        for name in names
        for key, facts in table(name).items()
        for field, fact in (USUAL[name] | facts).items()
        if field in fields
    ]


# What the data say, in the words of the tables


def days_and_hours(event: Event) -> list[str]:
    """Return when *event* is on, in the words of the tables; days that follow each other are one stretch."""
    if event.when or event.reported:
        return [event.when or f"reported {event.reported}"]
    stretches: list[list[Any]] = []
    for showing in event.showings:
        if stretches and _follows(showing, stretches[-1]):
            stretches[-1][1] = showing.end
        else:
            stretches.append([showing.start, "unknown" if showing.open_end else showing.end])
    return [_stretch(start, end) for start, end in stretches]


def _follows(showing: Showing, stretch: Sequence[Any]) -> bool:
    days = showing.all_day and not showing.open_end and type(stretch[1]) is date
    return days and showing.start == stretch[1] + ONE_DAY


def _stretch(start: date, end: date | str | None) -> str:
    return _iso(start) if end in {None, start} else f"{_iso(start)}..{_iso(end)}"


def _iso(moment: Any) -> str:
    return str(moment) if isinstance(moment, str) or type(moment) is date else moment.isoformat(timespec="minutes")


def days_until_2026(event: Event) -> list[str]:
    return [_iso(showing.start) for showing in showings_of(event, until=date(2026, 12, 31))]


def names_of_people(event: Event) -> list[str]:
    return [person_name(person.name["en"]) for person in event.people]


def numbers_in(event: Event) -> list[str]:
    """Return every number that a visitor reads about *event*, but for the notes on the sources."""
    shown = [*event.title.values(), *(event.summary or {}).values(), *map("\n".join, _details(event))]
    return sorted({*re.findall(r"\d+", _plain("\n".join(shown)))}, key=lambda digits: (int(digits), digits))


def guest_countries(event: Event) -> list[str]:
    (countries,) = [value for label, value in _details(event) if label.startswith("Countries")]
    return countries.split(", ")


def _details(event: Event) -> list[tuple[str, str]]:
    return [(detail.label["en"], detail.value["en"]) for detail in event.details]


def in_words(disputes: Iterable[Dispute]) -> list[str]:
    return [f"{dispute.field}: {dispute.value['en']}" for dispute in disputes]


def _printed(texts: Texts, field: str, record: Event | Venue) -> dict[str, str]:
    """Return *texts* without those that are our own translations."""
    return {language: text for language, text in texts.items() if f"{field}.{language}" not in record.translated}


def venue_of(event: Event, holder: Programme) -> Venue | None:
    return holder.venues[event.venue] if event.venue else None


def sources_of(record: Event | Venue, holder: Programme) -> list[Source]:
    return [holder.sources[key] for key in record.sources]


EVENT_FIELDS: Mapping[str, Callable[[Event, Programme], object]] = {
    "title_kk": lambda event, _: event.title.get("kk"),
    "title_ru": lambda event, _: event.title.get("ru"),
    "category": lambda event, _: event.category,
    "when": lambda event, _: days_and_hours(event),
    "yearly": lambda event, _: days_until_2026(event),
    "venue": lambda event, _: event.venue or "",
    "address": lambda event, holder: text_in(getattr(venue_of(event, holder), "address", None), "en"),
    "city": lambda event, holder: (venue_of(event, holder) or event).city or "",
    "country": lambda event, holder: (venue_of(event, holder) or event).country,
    "price": lambda event, _: (price_line(event.price, "en") or "").replace("\u00a0", " "),
    "people": lambda event, _: names_of_people(event),
    "guests": lambda event, _: guest_countries(event),
    "numbers": lambda event, _: numbers_in(event),
    "disputes": lambda event, _: in_words(event.disputes),
    "texts": lambda event, holder: [each.id for each in sources_of(event, holder) if each.url is None],
    "headlines": lambda event, holder: [
        f"{each.published}: {_plain(each.title)}" for each in sources_of(event, holder) if each.url is None
    ],
}
VENUE_FIELDS: Mapping[str, Callable[[Venue], object]] = {
    "name": lambda venue: _printed(venue.name, "name", venue),
    "address": lambda venue: text_in(venue.address, "en") or "",
    "city": lambda venue: venue.city,
    "url": lambda venue: venue.url,
    "hours": lambda venue: venue.hours or {},
    "address_ru": lambda venue: text_in(venue.address, "ru"),
    "accuracy": lambda venue: venue.location.accuracy if venue.location else "approximate",
    "point": lambda venue: [venue.location.latitude, venue.location.longitude] if venue.location else [],
}


# Phrases: the data say things in their own words, so that a table gives names and numbers, not sentences


def _plain(text: str) -> str:
    """Return *text* with one kind of quote and dash, and without commas inside numbers."""
    for letters, letter in (("“”«»", '"'), ("‘’", "'"), ("–—", "-")):
        for other in letters:
            text = text.replace(other, letter)
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def said(phrases: Sequence[str], text: str) -> list[str]:
    """Return those of *phrases* that *text* has, in one order of their words or the other, near each other."""
    return [
        phrase for phrase in phrases if any(re.search(each, _plain(text), re.IGNORECASE) for each in _patterns(phrase))
    ]


def _patterns(phrase: str) -> Iterator[str]:
    words = [r"\W+".join(re.findall(r"\w+", word)) for word in _plain(phrase).split()]
    for order in (words, words[::-1]):
        yield r"(?<!\w)" + r"\W+(?:\w+\W+){0,2}".join(order) + r"(?!\w)"


def text_in_language(event: Event, language: str) -> str:
    """Return all that *event* says in *language*."""
    return "\n".join(texts[language] for _field, texts in texts_in(event) if language in texts)


def text_of(event: Event) -> str:
    texts = [*event.title.values(), *_texts(event.summary), *map(": ".join, _details(event)), *_texts(event.notes)]
    people = [text for person in event.people for text in person_texts(person).values()]
    return "\n".join([*texts, *people, *_texts(event.organiser), *_texts(event.price and event.price.text)])


def _texts(texts: Texts | None) -> Collection[str]:
    return (texts or {}).values()


def texts_in(record: Event | Venue) -> Iterator[tuple[str, Texts]]:
    """Yield field and text for all of *record* that is told in languages."""
    for field in ("title", "name", "summary", "place", "accessibility", "organiser", "hours_note", "notes"):
        if texts := getattr(record, field, None):
            yield field, texts
    if texts := getattr(getattr(record, "price", None), "text", None):
        yield "price", texts
    yield from (("people", person_texts(person)) for person in getattr(record, "people", ()))
    for detail in getattr(record, "details", ()):
        yield from (("details", detail.label), ("details", detail.value))
    for dispute in getattr(record, "disputes", ()):
        is_quoted = dispute.field == "title" or dispute.value["en"].replace("-", "").isdigit()
        yield from (("disputes", texts) for texts in (None if is_quoted else dispute.value, dispute.note) if texts)


# The events


def test_the_programmes_run_in_the_time_of_astana() -> None:
    zones = {name: programme(name).head.timezone for name in PROGRAMMES}

    assert zones == dict.fromkeys(PROGRAMMES, "Asia/Almaty")


@pytest.mark.parametrize(
    ("name", "days"),
    [("astana", ("2023-12-01", "2024-01-31")), ("abroad", ("2025-12-01", "2025-12-31"))],
)
def test_a_programme_covers_its_days(name: str, days: tuple[str, str]) -> None:
    assert (str(programme(name).head.first), str(programme(name).head.last)) == days


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_has_the_events_of_the_sources_and_no_others(name: str) -> None:
    ids = [event.id for event in programme(name).events]

    assert sorted(ids) == sorted(table(name))


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, EVENT_FIELDS))
def test_an_event_is_as_the_source_says(name: str, key: str, field: str, fact: object) -> None:
    event = event_in(name, key)

    assert EVENT_FIELDS[field](event, programme(name)) == fact


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, {"title"}))
def test_an_event_has_the_title_of_the_source(name: str, key: str, field: str, fact: str) -> None:
    title = event_in(name, key).title["en"]

    assert {field: said([fact], title)} == {field: [fact]}


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, {"place"}))
def test_an_event_without_a_venue_names_its_places(name: str, key: str, field: str, fact: list[str]) -> None:
    place = (event_in(name, key).place or {}).get("en", "")

    assert {field: said(fact, place)} == {field: fact}


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, {"says"}))
def test_an_event_says_who_and_how_many(name: str, key: str, field: str, fact: list[str]) -> None:
    text = text_of(event_in(name, key))

    assert {field: said(fact, text)} == {field: fact}


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, {"says_kk", "says_ru"}))
def test_an_event_says_it_in_kazakh_and_in_russian(name: str, key: str, field: str, fact: list[str]) -> None:
    text = text_in_language(event_in(name, key), field.removeprefix("says_"))

    assert {field: said(fact, text)} == {field: fact}


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(PROGRAMMES, {"urls"}))
def test_an_event_names_the_pages_that_its_facts_are_from(name: str, key: str, field: str, fact: list[str]) -> None:
    pages = {source.url for source in sources_of(event_in(name, key), programme(name))}

    assert {field: [url for url in fact if url in pages]} == {field: fact}


def test_two_of_the_items_from_abroad_state_a_day_and_two_have_it_from_other_reports() -> None:
    dated = [event.id for event in programme("abroad").events if event.showings]

    assert dated == ["mim-donation", "independence-day-2025", "kuala-lumpur-concert", "shymkent-tbilisi-flights"]


def test_two_of_the_items_from_abroad_are_news_and_no_events() -> None:
    news = [event.id for event in programme("abroad").events if event.category == "news"]

    assert news == ["escooter-law", "shymkent-tbilisi-flights"]


def test_what_only_hearsay_tells_is_not_in_the_programmes() -> None:
    everything = [f"{event.id}\n{text_of(event)}" for name in PROGRAMMES for event in programme(name).events]

    assert said(["Best of Tarsi", "Лучшее от Tarsi", "best-of-tarsi"], "\n".join(everything)) == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_no_event_is_praised_in_the_words_of_advertising(name: str) -> None:
    praised = {event.id: ADVERTISING.findall(text_of(event)) for event in programme(name).events}

    assert {key: words for key, words in praised.items() if words} == {}


# The venues


def test_the_venues_are_those_of_the_sources() -> None:
    ids = {key for name in PROGRAMMES for key in programme(name).venues}

    assert sorted(ids) == sorted(table("venues"))


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(["venues"], VENUE_FIELDS))
def test_a_venue_is_as_the_source_says(name: str, key: str, field: str, fact: Any) -> None:
    venue, _holder = venue_anywhere(key)

    value = VENUE_FIELDS[field](venue)

    assert value == (pytest.approx(fact, abs=FIVE_METRES) if field == "point" else fact), name


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(["venues"], {"aliases"}))
def test_a_venue_is_found_by_its_other_names(name: str, key: str, field: str, fact: list[str]) -> None:
    venue, _holder = venue_anywhere(key)

    assert {field: [alias for alias in fact if alias in venue.aliases]} == {field: fact}, name


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(["venues"], {"says"}))
def test_a_venue_says_what_else_is_printed(name: str, key: str, field: str, fact: list[str]) -> None:
    venue, _holder = venue_anywhere(key)
    text = "\n".join([*_texts(venue.notes), *_texts(venue.hours_note), text_in(venue.address, "en") or ""])

    assert {field: said(fact, text)} == {field: fact}, name


@pytest.mark.parametrize(("name", "key", "field", "fact"), rows(["venues"], {"urls"}))
def test_a_venue_names_the_pages_that_its_facts_are_from(name: str, key: str, field: str, fact: list[str]) -> None:
    venue, holder = venue_anywhere(key)
    pages = {source.url for source in sources_of(venue, holder)}

    assert {field: [url for url in fact if url in pages]} == {field: fact}, name


# Three languages


@pytest.mark.parametrize("name", PROGRAMMES)
def test_what_is_told_of_events_and_venues_is_in_three_languages(name: str) -> None:
    records: list[Event | Venue] = [*programme(name).events, *programme(name).venues.values()]

    lacking = {
        f"{record.id}: {field}": sorted(LANGUAGES - texts.keys())
        for record in records
        for field, texts in texts_in(record)
    }

    assert {where: languages for where, languages in lacking.items() if languages} == {}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_notes_on_sources_are_in_three_languages(name: str) -> None:
    notes = {source.id: source.note for source in programme(name).sources.values() if source.note}

    assert {key: note for key, note in notes.items() if note.keys() != LANGUAGES} == {}


def test_what_is_told_of_the_way_to_independence_is_in_three_languages() -> None:
    told = history()
    texts = [text for step in told.milestones for text in (step.title, step.summary)]
    texts += [text for chapter in told.law.chapters for text in (chapter.titles, chapter.summary)]
    texts += [text for state in told.recognitions for text in (state.country, state.note)]
    texts += [source.note for source in told.sources.values()]
    texts += [told.law.titles, told.law.notes, told.law.status, told.law.enacted_by]
    texts += [told.law.signed_by, told.law.drafted_by, told.law.chaired_by]

    assert [text for text in texts if text and text.keys() != LANGUAGES] == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_category_tag_and_city_is_called_something_in_each_language(name: str) -> None:
    told = programme(name)
    words = {word for event in told.events for word in (event.category, *event.tags, event.city)}
    words |= {venue.city for venue in told.venues.values()}

    assert {word: set(texts) for word, texts in told.head.labels.items()} == {
        word: LANGUAGES - {"en"} for word in words if word
    }


def test_one_word_is_called_the_same_in_every_programme() -> None:
    called: dict[str, set[str]] = {}

    for name in PROGRAMMES:
        for word, texts in programme(name).head.labels.items():
            called.setdefault(word, set()).add(repr(texts))

    assert [word for word, versions in called.items() if len(versions) > 1] == []


# Where it all comes from


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_event_and_venue_has_a_source(name: str) -> None:
    records: list[Event | Venue] = [*programme(name).events, *programme(name).venues.values()]

    assert [record.id for record in records if not record.sources] == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_point_has_a_source_and_no_more_accuracy_than_it_gives(name: str) -> None:
    points = {key: venue.location for key, venue in programme(name).venues.items() if venue.location}

    exact = {point.source for point in points.values() if point.accuracy != "approximate"}

    assert [key for key, point in points.items() if not point.source] == []
    assert exact <= {"osm-astana"}  # which has the houses themselves; other points are of hobby quality


def test_points_of_openstreetmap_say_their_licence() -> None:
    notes = [programme(name).sources["osm-astana"].note or {} for name in ("astana", "archive")]

    assert [note.keys() for note in notes] == [LANGUAGES] * 2
    assert [text for note in notes for text in note.values() if "OpenStreetMap" not in text or "ODbL" not in text] == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_opening_hours_have_a_source(name: str) -> None:
    venues = programme(name).venues.values()

    assert [venue.id for venue in venues if venue.hours and not venue.hours_source] == []


@pytest.mark.parametrize(("key", "day"), table("sources").items())
def test_a_source_has_the_day_of_its_publication(key: str, day: str) -> None:
    holders = [programme(name).sources for name in PROGRAMMES if key in programme(name).sources]

    assert {str(sources[key].published) for sources in holders} == {day}


@pytest.mark.parametrize("kind", ["venues", "sources"])
def test_one_id_means_one_record_in_every_programme(kind: str) -> None:
    records: dict[str, set[str]] = {}

    for name in PROGRAMMES:
        for key, record in getattr(programme(name), kind).items():
            records.setdefault(key, set()).add(repr(record))

    assert [key for key, versions in records.items() if len(versions) > 1] == []


# The way to independence, and its law


def steps(field: str) -> list[Any]:
    milestones = table("history")["milestones"]
    return [pytest.param(key, facts[field], id=f"{key}: {field}") for key, facts in milestones.items()]


def test_the_milestones_are_those_of_the_sources() -> None:
    ids = [milestone.id for milestone in history().milestones]

    assert ids == list(table("history")["milestones"])


@pytest.mark.parametrize(("key", "at"), steps("at"))
def test_a_milestone_is_dated_as_the_source_says(key: str, at: str) -> None:
    (milestone,) = [each for each in history().milestones if each.id == key]

    assert milestone.at == at


@pytest.mark.parametrize(("key", "phrases"), steps("says"))
def test_a_milestone_says_what_happened(key: str, phrases: list[str]) -> None:
    (milestone,) = [each for each in history().milestones if each.id == key]
    text = "\n".join([*milestone.title.values(), *_texts(milestone.summary)])

    assert said(phrases, text) == phrases


def test_only_the_day_of_the_law_is_disputed() -> None:
    disputes = {each.id: in_words(each.disputes) for each in history().milestones if each.disputes}

    assert disputes == {"independence-law-adopted": ["at: 1991-12-06"]}


def test_the_disputed_day_is_that_of_the_museum_text() -> None:
    (dispute,) = [each for milestone in history().milestones for each in milestone.disputes]

    assert history().sources[dispute.source].title == "Kazakhstan way"


def test_the_recognitions_are_those_of_the_source_in_its_order() -> None:
    recognitions = [(each.country["en"], str(each.on or "")) for each in history().recognitions]

    assert recognitions == list(table("history")["recognitions"].items())


LAW_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "titles": lambda titles: {language: _plain(title) for language, title in titles.items()},
    **dict.fromkeys(
        ("status", "enacted_by", "signed_by", "drafted_by", "chaired_by"), lambda texts: _plain(texts["en"])
    ),
    "passed": str,
    "adopted": _iso,
    "signed": _iso,
    "votes": lambda votes: {key: getattr(votes, key) for key in votes.__slots__},
}


@pytest.mark.parametrize("field", table("history")["law"])
def test_the_law_is_as_the_source_says(field: str) -> None:
    value = getattr(history().law, field)

    assert LAW_FIELDS.get(field, str)(value) == table("history")["law"][field]


def test_the_law_says_where_it_applies_and_who_administered_it() -> None:
    phrases = ["applies to Kazakhstan", "administered by the Supreme Soviet of the Kazakh SSR"]

    assert said(phrases, (history().law.notes or {})["en"]) == phrases


def test_the_votes_leave_73_deputies_unaccounted_for() -> None:
    votes = history().law.votes
    cast = votes.in_favour + votes.against + votes.abstained + votes.absent

    assert (cast, votes.deputies - cast) == (287, 73)


@pytest.mark.parametrize("number", range(1, 8))
def test_a_chapter_has_its_articles_and_its_titles_in_three_languages(number: int) -> None:
    (chapter,) = [each for each in history().law.chapters if each.number == number]

    assert {"articles": chapter.articles} | dict(chapter.titles) == table("history")["chapters"][number - 1]


def test_the_law_has_seven_chapters_in_their_order() -> None:
    assert [chapter.number for chapter in history().law.chapters] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("url", table("history")["urls"])
def test_the_law_names_the_pages_that_its_facts_are_from(url: str) -> None:
    pages = [history().sources[key].url for key in history().law.sources]

    assert pages.count(url) == 1


def test_every_step_recognition_and_the_law_has_a_source() -> None:
    told = history()

    unsourced = [step.id for step in told.milestones if not step.sources]
    unsourced += [each.country["en"] for each in told.recognitions if not each.sources]

    assert (unsourced, bool(told.law.sources)) == ([], True)
