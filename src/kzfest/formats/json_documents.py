"""The shape of each JSON document and record, with a description of every key; `json_schema.py` makes schemas of them.

`records.py` makes the records. A test holds the JSON of every command to these shapes. Keys that are newer than the
last release are `NotRequired`, so that documents from it stay valid.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, NotRequired, TypeAlias, TypedDict

from kzfest.core.clashes import Verdict
from kzfest.core.event_spans import SpanKind
from kzfest.core.festival_day import DayRole
from kzfest.core.history import Precision
from kzfest.core.model import Accuracy, Certainty, PlaceKind, Status
from kzfest.core.revisions import ChangeKind
from kzfest.core.travel import By
from kzfest.core.trouble import Cause
from kzfest.core.visit import State

ByLanguage: TypeAlias = dict[str, str]
"""Language code (ISO 639) to text."""

TextsByKey: TypeAlias = Annotated[
    dict[str, ByLanguage], "The texts above that the file has in several languages: key to language to text."
]
LabelsByWord: TypeAlias = Annotated[
    dict[str, ByLanguage], "What categories, tags, tracks and cities are called: word to language to label."
]
Titles: TypeAlias = Annotated[ByLanguage, "The title in every language that the file has."]
Title: TypeAlias = Annotated[str, "The title in the language of the answer."]
OwnTranslations: TypeAlias = Annotated[
    list[str], "Texts that are translations by the programme's author, as key.language."
]

Distance: TypeAlias = Annotated[int | None, "With --near, the metres from there in a straight line; else null."]


class AnyDocument(TypedDict):
    """What every document has."""

    schema: Annotated[Literal[1], "The version of these keys. Within one version, keys are only ever added."]


class ProgrammeRecord(TypedDict):
    """The programme that was asked."""

    id: Annotated[str, "Its id, as in --programme."]
    title: Title
    timezone: Annotated[str, "Its time zone: an IANA name."]


class SourceRecord(TypedDict):
    """Where a fact was published."""

    id: Annotated[str, "Its key in the programme's file."]
    title: Annotated[str, "The headline, or a description."]
    publisher: Annotated[str | None, "Who published it."]
    published: Annotated[date | None, "The day it was published."]
    url: Annotated[str | None, "Its web address."]
    note: Annotated[str | None, "What a reader should know about it."]
    texts: TextsByKey


Sources: TypeAlias = Annotated[list[SourceRecord], "The sources that confirm this."]


class DisputeRecord(TypedDict):
    """Another value for a field, from another source."""

    field: Annotated[str, "The field that is disputed."]
    value: Annotated[str, "What the other source says."]
    source: Annotated[str, "The id of that source."]
    note: Annotated[str | None, "Why the programme kept its own value."]
    texts: TextsByKey


class DetailRecord(TypedDict):
    """One more fact about an event."""

    label: Annotated[str, "The kind of fact."]
    value: Annotated[str, "The fact."]
    texts: TextsByKey


class HoursRecord(TypedDict):
    """Opening hours by weekday, such as 10:00-18:00 or closed; null where they are unknown."""

    mon: str | None
    tue: str | None
    wed: str | None
    thu: str | None
    fri: str | None
    sat: str | None
    sun: str | None


class RoomRecord(TypedDict):
    """A room of a venue."""

    id: Annotated[str, "Its id, which is unique within the venue."]
    name: Annotated[str, "The name in the language of the answer."]
    names: Annotated[ByLanguage, "The name in every language that the file has."]
    capacity: Annotated[int | None, "How many visitors it holds."]


Accessibility: TypeAlias = Annotated[str | None, "What a visitor with a disability should know."]
RoomId: TypeAlias = Annotated[str | None, "The id of the room."]


class VenueRecord(TypedDict):
    """A named place with an address."""

    id: Annotated[str, "Its id, which never changes."]
    name: Annotated[str, "The name in the language of the answer."]
    names: Annotated[ByLanguage, "The name in every language that the file has."]
    aliases: Annotated[list[str], "Other names by which people look for it."]
    address: Annotated[str | None, "The address as a source prints it."]
    city: str | None
    country: Annotated[str | None, "Two capital letters (ISO 3166)."]
    latitude: Annotated[float | None, "Degrees north (WGS 84)."]
    longitude: Annotated[float | None, "Degrees east (WGS 84)."]
    accuracy: Annotated[Accuracy | None, "How exact the point is."]
    location_source: Annotated[str | None, "The id of the source of the point."]
    hours: Annotated[HoursRecord | None, "The opening hours, if any are known."]
    hours_note: Annotated[str | None, "More about the hours."]
    hours_source: Annotated[str | None, "The id of the source of the hours."]
    url: Annotated[str | None, "The venue's website."]
    notes: Annotated[str | None, "Anything else that helps a visitor."]
    accessibility: NotRequired[Accessibility]
    rooms: NotRequired[list[RoomRecord]]
    texts: TextsByKey
    labels: LabelsByWord
    translated: OwnTranslations
    sources: Sources


class CountedVenueRecord(VenueRecord):
    """A venue with the number of its events."""

    events: Annotated[int, "How many events are there; with filters, how many of those that match."]
    distance_m: NotRequired[Distance]


class AmountsRecord(TypedDict):
    """A price in numbers. What is null is unknown."""

    free: NotRequired[Annotated[bool | None, "Whether a visit costs nothing, if the file says so."]]
    price_from: NotRequired[Annotated[float | None, "The lowest price."]]
    price_to: NotRequired[Annotated[float | None, "The highest price."]]
    currency: NotRequired[Annotated[str | None, "The currency of the two, in three capital letters (ISO 4217)."]]


class ShowingRecord(AmountsRecord):
    """One time at which an event takes place. What is null and is not about its time is as the event has it."""

    id: Annotated[str | None, "Null if the event has only one."]
    start: Annotated[date | datetime, "A date for whole days."]
    end: Annotated[date | datetime | None, "The last day, included; or when it ends; null if unknown."]
    venue: Annotated[str | None, "The id of its venue, if that is not the event's."]
    room: NotRequired[RoomId]
    title: NotRequired[Annotated[str | None, "Its own title, in the language of the answer."]]
    status: NotRequired[Annotated[Status | None, "Whether it takes place."]]
    price: NotRequired[Annotated[str | None, "What a visit costs."]]
    note: NotRequired[Annotated[str | None, "What a visitor should know about it."]]
    zone: NotRequired[Annotated[str | None, "The time zone of its start and end, if that is not the programme's."]]
    texts: NotRequired[TextsByKey]


class PersonRecord(TypedDict):
    """Somebody who takes part in an event."""

    name: str
    role: Annotated[str | None, "What they do there."]
    url: Annotated[str | None, "Their web page."]
    languages: Annotated[list[str], "The languages that they speak there (ISO 639)."]
    texts: TextsByKey


class EventRecord(AmountsRecord):
    """Something that a visitor can attend."""

    id: Annotated[str, "Its id, which never changes."]
    title: Title
    titles: Titles
    category: str
    tags: list[str]
    tracks: NotRequired[Annotated[list[str], "The strands of the programme to which it belongs."]]
    parent: NotRequired[Annotated[str | None, "The id of the event of which it is a part."]]
    labels: LabelsByWord
    status: Annotated[Status, "Whether it takes place."]
    certainty: Annotated[Certainty, "How certain it is that it is on, on the days asked."]
    all_day: Annotated[bool | None, "Whether it has days only, no hours; null without a date."]
    start: Annotated[date | datetime | None, "A date for whole days."]
    end: Annotated[date | datetime | None, "The last day, included; or when it ends; null if unknown."]
    first_day: Annotated[date | None, "The festival day on which it begins."]
    last_day: Annotated[date | None, "The festival day on which it ends, included; null if unknown."]
    showings: Annotated[list[ShowingRecord], "Of a repeating event those in the days asked."]
    hours: NotRequired[Annotated[HoursRecord | None, "Its own hours, on each of its days."]]
    reported: Annotated[date | None, "The day of the report, if no other date is known."]
    venue: Annotated[VenueRecord | None, "The venue of the listed showing."]
    room: NotRequired[Annotated[RoomRecord | None, "The room of the listed showing."]]
    distance_m: NotRequired[Distance]
    place: Annotated[str | None, "Where it is, in words, if not at a venue."]
    city: str | None
    country: Annotated[str | None, "Two capital letters (ISO 3166)."]
    summary: Annotated[str | None, "What it is, in a sentence or two."]
    price: Annotated[str | None, "What a visit costs."]
    tickets: NotRequired[Annotated[str | None, "The web address where tickets are sold."]]
    sold_out: NotRequired[Annotated[bool | None, "Whether there are no tickets left, if the file says so."]]
    age: NotRequired[Annotated[int | None, "The youngest age at which a visitor may attend."]]
    accessibility: NotRequired[Accessibility]
    organiser: str | None
    people: Annotated[list[str], "Names, each with the role in brackets."]
    people_texts: Annotated[list[ByLanguage], "The same people, in every language that the file has."]
    people_details: NotRequired[Annotated[list[PersonRecord], "The same people, key by key."]]
    url: Annotated[str | None, "The event's web page."]
    image: NotRequired[Annotated[str | None, "The web address of a picture."]]
    languages: Annotated[list[str], "The languages spoken there (ISO 639)."]
    details: list[DetailRecord]
    notes: Annotated[str | None, "Anything else that helps a visitor."]
    texts: TextsByKey
    translated: OwnTranslations
    revision: Annotated[int, "Rises when the time, the place or the status changes."]
    changed: Annotated[date | None, "The day on which anything about it last changed; null if never."]
    sources: Sources
    disputes: Annotated[list[DisputeRecord], "What other sources say."]


class ProgrammeDocument(AnyDocument):
    """What a document about a programme has."""

    programme: ProgrammeRecord


RangeOfDays = TypedDict(
    "RangeOfDays",
    {
        "from": Annotated[date | None, "The first day asked; null if there is none."],
        "to": Annotated[date | None, "The last day asked, included."],
    },
)


class EventsDocument(ProgrammeDocument, RangeOfDays):
    """The events that match, each once."""

    events: list[EventRecord]


class DayRecord(TypedDict):
    """A day of a month, with the ids of its events: each once, where it stands in a list of that day."""

    day: Annotated[date, "The festival day."]
    weekday: Annotated[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "Its weekday."]
    begin: Annotated[list[str], "The events with a showing that begins that day."]
    go_on: Annotated[list[str], "Those that began earlier and are still on."]
    may_be_on: Annotated[list[str], "Those whose closing day was not published."]
    planned: Annotated[list[str], "The ids of your visits that day; with filters, of those to events of the answer."]
    clashes: Annotated[int, "How many of these visits clash that day with others of your itinerary."]
    today: Annotated[bool, "Whether it is the current festival day."]


class MonthDocument(ProgrammeDocument, RangeOfDays):
    """What begins, goes on and may still be on, for every day of whole months."""

    week_starts: Annotated[Literal["mon"], "The first day of a week."]
    days: Annotated[list[DayRecord], "Every day of the months."]
    permanent: Annotated[list[str], "The ids of events that are always on, which no day counts."]
    undated: Annotated[list[str], "The ids of events without a known date."]
    off: Annotated[list[str], "The ids of events that are cancelled or postponed on these days; no day counts them."]


class PlannedVisitRecord(TypedDict):
    """A visit to the event in your itinerary."""

    id: Annotated[str, "Its id, which `itinerary edit` and `itinerary remove` take."]
    day: Annotated[date, "The festival day on which it starts."]
    start: Annotated[date | datetime, "A date if no time is fixed."]
    end: Annotated[date | datetime, "A date if no time is fixed."]


class VisitInViewRecord(PlannedVisitRecord):
    """A visit to the event in your itinerary, with its clashes."""

    last_day: Annotated[date, "The festival day on which it ends."]
    clashes: Annotated[int, "With how many other visits it clashes."]


DaysOfSpan = TypedDict(
    "DaysOfSpan",
    {
        "from": Annotated[date | None, "The first festival day; null for a permanent event."],
        "to": Annotated[date | None, "The last festival day, included; null if no source gives it."],
    },
)


class SpanRecord(DaysOfSpan):
    """Days of an event of one kind."""

    kind: Annotated[
        SpanKind,
        "Several days, a showing of one day, days on which it may still be on, days that only another source has, days "
        "that another source does not have, always, or cancelled or postponed.",
    ]
    source: Annotated[str | None, "The id of the other source, where sources differ."]


class EventInTimeRecord(TypedDict):
    """An event with its days."""

    id: Annotated[str, "Its id, which never changes."]
    title: Title
    titles: Titles
    status: Annotated[Status, "Whether it takes place."]
    spans: Annotated[list[SpanRecord], "Its days; none without a known date."]
    visits: list[VisitInViewRecord]


class EventGroupRecord(TypedDict):
    """The events of a category, a track or a venue."""

    name: Annotated[str | None, "Its name in the language of the answer; null for events without one."]
    key: Annotated[str | None, "The word, or the id of the venue, that the filters take."]
    events: Annotated[int, "How many events it has."]
    first_day: Annotated[date, "The first day on which one of them is on."]
    last_day: Annotated[date, "The last day on which one of them is on."]
    at_once: Annotated[int, "The greatest number of its cells."]
    cells: Annotated[
        list[int],
        "How many are on in each cell, one after the other: of a day all its events, of half an hour the most at once.",
    ]


class TimelineDocument(ProgrammeDocument, RangeOfDays):
    """Events with their days, or groups of events with how many are on."""

    axis: Annotated[Literal["days", "hours"], "What a drawing has from left to right."]
    by: Annotated[Literal["category", "track", "venue"] | None, "What the groups share; null without groups."]
    cells_from: Annotated[date | None, "The festival day with which the cells of groups begin: at 05:00."]
    cell_minutes: Annotated[int | None, "How long a cell is: 1440 is a day."]
    groups: list[EventGroupRecord]
    events: Annotated[list[EventInTimeRecord], "In order of time, those without a known date last."]


class DayPlaceRecord(TypedDict):
    """A venue, a room or a track with events on the days asked."""

    id: Annotated[str, "Of a venue its id, of a room that of its venue, a slash and its own, of a track its word."]
    name: Annotated[str, "The name in the language of the answer."]
    names: Annotated[ByLanguage, "The name in every language that the file has."]


class DayEventRecord(TypedDict):
    """An event on a day; each showing of the day has a record of its own."""

    day: Annotated[date | None, "The festival day; null without a known date."]
    id: Annotated[str, "The id of the event."]
    title: Title
    titles: Titles
    status: Annotated[Status, "Whether it takes place as first planned."]
    role: Annotated[DayRole, "What it is on that day."]
    place: Annotated[str | None, "The id of its place in `places`; null if none is known."]
    start: Annotated[datetime | None, "When it begins that day; null if no hour is known."]
    end: Annotated[datetime | None, "When it ends; null if that is not known."]
    at_once: Annotated[int, "How many events are on in its place when it begins, itself included."]
    visits: list[VisitInViewRecord]


class DayDocument(ProgrammeDocument, RangeOfDays):
    """What is where on some days, and at which hour."""

    by: Annotated[PlaceKind, "What the places are."]
    places: Annotated[list[DayPlaceRecord], "The places of the events, in the order of the columns."]
    events: Annotated[list[DayEventRecord], "By day, role and hour."]


class NearbyEventRecord(TypedDict):
    """Another event near the same place, at about the same time."""

    id: Annotated[str, "The id of the event."]
    title: Title
    start: Annotated[date | datetime, "A date for whole days."]
    end: Annotated[date | datetime | None, "The last day, included; or when it ends; null if unknown."]
    venue: Annotated[str, "The id of its venue."]
    distance_m: Annotated[int, "The metres between the two venues in a straight line."]
    planned: Annotated[bool, "Whether your itinerary has it at that time."]


class PartRecord(TypedDict):
    """An event that is a part of another, such as a talk of a conference."""

    id: Annotated[str, "The id of the event."]
    title: Title


class EventDocument(ProgrammeDocument):
    """Everything known about an event."""

    event: EventRecord
    parts: NotRequired[Annotated[list[PartRecord], "The events that are parts of it, in order of time."]]
    visits: NotRequired[list[PlannedVisitRecord]]
    nearby: NotRequired[Annotated[list[NearbyEventRecord], "What else is on near by."]]


class VenueDocument(ProgrammeDocument):
    """Everything known about a venue, and what is on there."""

    venue: VenueRecord
    events: list[EventRecord]


class VenuesDocument(ProgrammeDocument):
    """The venues of a programme; with filters, those with events that match."""

    venues: list[CountedVenueRecord]


class ResultRecord(TypedDict):
    """A search result."""

    kind: Literal["event", "venue", "person"]
    id: Annotated[str | None, "The id of the event or the venue; null for a person."]
    name: Annotated[str, "Its title or name."]
    events: Annotated[list[EventRecord], "The event, or all events of the person; with filters, those that match."]
    venue: VenueRecord | None
    matched: Annotated[str, "Where the words were found, such as title or notes."]
    distance_m: NotRequired[Distance]


class SearchDocument(ProgrammeDocument):
    """Events, venues and people with the words, best first."""

    query: Annotated[str, "The words."]
    results: list[ResultRecord]
    more: Annotated[int, "How many more results there are."]


class WordRecord(TypedDict):
    """A word of the programme, with the number of its events."""

    word: Annotated[str, "As the file has it; the filters take it."]
    name: Annotated[str, "What it is called in the language of the answer."]
    names: Annotated[ByLanguage, "What it is called in every language that the file has."]
    events: Annotated[int, "The number of events that match the filters."]


class CategoriesDocument(ProgrammeDocument):
    """The categories of events."""

    categories: list[WordRecord]


class TagsDocument(ProgrammeDocument):
    """The tags of events."""

    tags: list[WordRecord]


class TracksDocument(ProgrammeDocument):
    """The tracks of events."""

    tracks: list[WordRecord]


class CitiesDocument(ProgrammeDocument):
    """The cities of events."""

    cities: list[WordRecord]


class PlaceRecord(TypedDict):
    """A place on the map, as it was named."""

    name: Annotated[str, "Its name in the language of the answer, or the point."]
    venue: Annotated[str | None, "The id of the venue; null for a point."]
    event: Annotated[str | None, "The id of the event, if an event was named."]
    latitude: Annotated[float, "Degrees north (WGS 84)."]
    longitude: Annotated[float, "Degrees east (WGS 84)."]
    accuracy: Annotated[Accuracy, "How exact the point is."]


class WayRecord(TypedDict):
    """The travel time from one place to another."""

    minutes: int
    by: By
    estimate: Annotated[bool, "Whether the location of one of the places is not exact."]


EndsOfWay = TypedDict("EndsOfWay", {"from": PlaceRecord, "to": PlaceRecord})


class WayDocument(ProgrammeDocument, EndsOfWay):
    """How far it is from one place to another."""

    distance_m: Annotated[int, "The metres between the two in a straight line."]
    ways: Annotated[list[WayRecord], "On foot and by car."]
    map: Annotated[str, "The web address of a map with the route."]


class FaultRecord(TypedDict):
    """A fault in a programme file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    path: Annotated[str | None, "A JSON Pointer (RFC 6901) to the wrong value; null if the file is not YAML."]
    message: Annotated[str, "What is wrong, and what is allowed."]
    remedy: Annotated[str | None, "The line as it should be, if that is certain."]
    example: Annotated[str | None, "The key with a right value, if there is no remedy."]


class ImportRecord(TypedDict):
    """What was read from a file that another program wrote."""

    file: str
    format: Annotated[str, "The name of its format."]
    programme: Annotated[str, "The id of its programme."]
    title: str
    first: Annotated[str | None, "The first day of the programme."]
    last: Annotated[str | None, "The last day of the programme."]
    entries: Annotated[int, "Entries in the file."]
    events: Annotated[int, "Events made of them; entries of one event are its showings."]
    showings: int
    venues: int
    timezone: Annotated[str, "The time zone of its times."]
    timezone_reason: Annotated[str, "Where the time zone comes from, in words."]
    remarks: Annotated[list[str], "Sentences about what was mended, merged or left out, and what is doubtful."]


class FaultsDocument(AnyDocument):
    """The faults in programme files."""

    faults: list[FaultRecord]
    imports: Annotated[list[ImportRecord], "The files in formats of other programs."]


class MilestoneRecord(TypedDict):
    """A step on the way to independence."""

    id: str
    at: Annotated[str, "A year, a month, a day or a moment in ISO 8601."]
    precision: Precision
    timezone: str | None
    title: Title
    titles: Titles
    summary: str | None
    texts: TextsByKey
    sources: Sources
    disputes: list[DisputeRecord]


class RecognitionRecord(TypedDict):
    """A state that recognised the independence."""

    on: Annotated[date | None, "The day, if a source gives it."]
    country: Annotated[str, "The state's name."]
    note: str | None
    texts: TextsByKey
    sources: Sources


class ChapterRecord(TypedDict):
    """A chapter of the law."""

    number: int
    articles: Annotated[str, "The numbers of its articles."]
    title: Title
    titles: Titles
    summary: str | None
    texts: TextsByKey


CountsOfVotes = TypedDict(
    "CountsOfVotes", {"for": int, "against": int, "abstained": int, "absent": int, "deputies": int}
)


class VotesRecord(CountsOfVotes):
    """How the deputies voted."""


class LawRecord(TypedDict):
    """The law of 16 December 1991."""

    citation: str
    title: Title
    titles: Titles
    passed: date
    timezone: str
    adopted: datetime
    signed: datetime
    votes: VotesRecord
    chapters: list[ChapterRecord]
    status: str
    enacted_by: str
    signed_by: str
    drafted_by: str
    chaired_by: str
    notes: str | None
    texts: TextsByKey
    sources: Sources


class HistoryDocument(AnyDocument):
    """The milestones of Kazakhstan's independence, and its law."""

    query: NotRequired[Annotated[str | None, "The days and words asked; null if there are none."]]
    milestones: list[MilestoneRecord]
    recognitions: list[RecognitionRecord]
    law: LawRecord


class KnownProgrammeRecord(TypedDict):
    """A programme that kzfest knows. All that its file says is null if the file cannot be read."""

    id: str | None
    title: Annotated[str | None, "The title in the language of the answer."]
    timezone: Annotated[str | None, "An IANA name."]
    revised: Annotated[date | None, "The day on which the file was last changed."]
    first: Annotated[date | None, "The first day that it covers."]
    last: Annotated[date | None, "The last day that it covers, included."]
    events: Annotated[int | None, "The number of events."]
    bundled: Annotated[bool, "Whether it comes with kzfest."]
    file: str
    by_id: Annotated[bool, "Whether --programme ID finds it."]
    kept: NotRequired[Annotated[bool, "Whether you keep it: it is then read from a copy."]]
    source: NotRequired[Annotated[str | None, "The file of which that is a copy; null if it came on standard input."]]
    read: NotRequired[Annotated[datetime | None, "When that file was read; null if you do not keep it."]]
    default: NotRequired[Annotated[bool, "Whether commands use it that name no programme."]]


class ProgrammesDocument(AnyDocument):
    """The programmes that kzfest knows."""

    programmes: list[KnownProgrammeRecord]


class KnownShowingRecord(TypedDict):
    """One time of an event in a version of a programme."""

    id: Annotated[str | None, "Null if the event has only one."]
    start: Annotated[date | datetime, "A date for whole days."]
    end: Annotated[date | datetime | None, "The last day, included; or when it ends; null if unknown."]
    open_end: Annotated[bool, "Whether the closing day is unknown."]
    places: Annotated[list[str], "The names of its room and its venue, or its place in words."]
    status: Annotated[Status, "Whether it takes place."]


class KnownEventRecord(TypedDict):
    """An event in a version of a programme, as far as changes of it are told."""

    id: Annotated[str, "Its id in that version."]
    title: Title
    titles: Titles
    status: Annotated[Status, "Whether it takes place; a title such as CANCELLED: Tango tells it, too."]
    showings: Annotated[list[KnownShowingRecord], "Of a repeating event only the first."]
    repeats: Annotated[str | None, "What its times repeat by."]
    places: Annotated[list[str], "Where it is if its showings do not say so."]
    people: Annotated[list[str], "Names, which the role may follow in brackets."]
    revision: Annotated[int, "Rises when the time, the place or the status changes."]
    changed: Annotated[date | None, "The day on which anything about it last changed; null if never."]


class EventChangeRecord(TypedDict):
    """How an event has changed from one version of its programme to another."""

    kinds: Annotated[list[ChangeKind], "What has changed; past is over and is no longer listed."]
    id: Annotated[str, "The id of the event as it is now, or as it was if it is gone."]
    title: Title
    titles: Titles
    before: Annotated[KnownEventRecord | None, "Null if it is new."]
    after: Annotated[KnownEventRecord | None, "Null if it is gone."]
    dropped: Annotated[list[KnownShowingRecord], "Its times that are no longer listed, apart from what is over."]
    added: Annotated[list[KnownShowingRecord], "Its times that were not listed before."]
    past: Annotated[list[KnownShowingRecord], "Its times that are over and are no longer listed."]
    visits: Annotated[list[str], "The ids of your visits to it."]


class EventChangesDocument(AnyDocument):
    """What has changed between two versions of a programme."""

    old: Annotated[ProgrammeRecord, "The programme in the earlier version."]
    new: Annotated[ProgrammeRecord, "The programme in the later version."]
    changes: Annotated[list[EventChangeRecord], "In the order of the later version; what is gone comes last."]


class EventChangeReadRecord(EventChangeRecord):
    """How an update has changed an event."""

    read: Annotated[datetime, "When the update was made."]


class UpdatesDocument(AnyDocument):
    """What updates of a programme that you keep have changed."""

    programme: ProgrammeRecord
    changes: Annotated[list[EventChangeReadRecord], "Update by update, the oldest first."]


class ItineraryRecord(TypedDict):
    """The itinerary that was asked."""

    name: str
    revision: Annotated[int, "The number of changes made to it, undone ones included."]


class ClashTimesRecord(TypedDict):
    """How one visit follows another."""

    verdict: Annotated[Verdict, "Whether the two overlap, or the travel time between them is too long."]
    needs_minutes: Annotated[int | None, "Travel time and buffer; null if the travel time is unknown."]
    has_minutes: Annotated[int, "From the end of the first to the start of the second; negative if they overlap."]
    estimate: Annotated[bool, "Whether the location of one of the places is not exact."]


OtherVisit = TypedDict("OtherVisit", {"with": Annotated[str, "The id of the other visit."]})


class VisitClashRecord(OtherVisit, ClashTimesRecord):
    """A clash of a visit with another."""


class UnnumberedVisitRecord(TypedDict):
    """What a visit has besides its id."""

    event: Annotated[str | None, "The id of the event; null for your own appointment."]
    programme: Annotated[str | None, "The id of the programme that has the event."]
    title: Title
    titles: Titles
    day: Annotated[date, "The festival day on which it starts."]
    start: Annotated[date | datetime, "A date if no time is fixed."]
    end: Annotated[date | datetime, "A date if no time is fixed."]
    end_assumed: Annotated[bool, "Whether the end is assumed from the category."]
    must: Annotated[bool, "Whether it is a must-see."]
    note: Annotated[str | None, "Your note."]
    venue: VenueRecord | None
    room: NotRequired[Annotated[RoomRecord | None, "The room of the event at that venue."]]
    planned_room: NotRequired[Annotated[str | None, "The id of the room when you added it; null if unknown."]]
    place: Annotated[str | None, "Where it is, in words."]
    way: Annotated[WayRecord | None, "The way from the previous visit of the day."]
    clashes: list[VisitClashRecord]
    state: Annotated[State | None, "What has become of it since you added it; null if its programme cannot be read."]
    changes: Annotated[int, "The number of its changes, undone ones included."]
    changed: Annotated[datetime, "When it last changed."]
    more_clashes: Annotated[int, "How many clashes there are besides those listed."]


class VisitRecord(UnnumberedVisitRecord):
    """A visit in an itinerary."""

    id: Annotated[str, "Its id, which `edit` and `remove` take."]


class VisitsDocument(AnyDocument):
    """The visits of an itinerary, day by day."""

    itinerary: ItineraryRecord
    visits: list[VisitRecord]


class WeekDocument(VisitsDocument, RangeOfDays):
    """The visits of some weeks."""

    free: Annotated[list[date], "The days of these weeks without a visit."]


class ChangeRecord(TypedDict):
    """A visit before and after a change."""

    change: Literal["added", "changed", "removed"]
    before: Annotated[VisitRecord | None, "Null if it was added."]
    after: Annotated[VisitRecord | None, "Null if it was removed."]


class ChangesDocument(AnyDocument):
    """What a command has changed. For `merge --diff`, what differs: your visit before, theirs after."""

    itinerary: Annotated[ItineraryRecord, "The itinerary after the change."]
    changes: list[ChangeRecord]


class CheckedVisitRecord(VisitRecord):
    """A visit with a problem."""

    warnings: Annotated[list[str], "What has changed since it was added, and what is uncertain, in words."]


class ClashPair(TypedDict):
    """Two visits of which a visitor cannot attend both."""

    first: Annotated[str, "The id of the earlier visit."]
    second: Annotated[str, "The id of the later visit."]


class ClashRecord(ClashPair, ClashTimesRecord):
    """A clash, with a command that solves it."""

    solution: Annotated[str | None, "A command that moves one of the two visits, so that both can stay."]
    late: Annotated[bool | None, "Whether you then miss the beginning."]


class CheckDocument(AnyDocument):
    """What is wrong with an itinerary."""

    itinerary: ItineraryRecord
    visits: Annotated[list[CheckedVisitRecord], "The visits that clash or have a warning."]
    clashes: Annotated[list[ClashRecord], "Each clash once."]
    more_clashes: Annotated[int, "How many clashes there are besides those listed."]


class ClashLeftRecord(ClashPair, ClashTimesRecord):
    """A clash that a repair leaves, because it may move neither of the two visits."""


class RepairRecord(TypedDict):
    """A visit that changes when an itinerary is repaired."""

    change: Annotated[Literal["changed", "removed"], "Whether it moves or is dropped."]
    cause: Annotated[Cause, "Its event was moved, cancelled or postponed, or is gone; it clashes; or it makes room."]
    why: Annotated[str, "The cause in words."]
    others: Annotated[
        list[str], "The ids of the visits with which it clashes or would clash, or that it makes room for."
    ]
    minutes: Annotated[int | None, "How far it moves; whole days if it has no hour. Null if it is dropped."]
    before: Annotated[VisitRecord, "The visit as it was planned."]
    after: Annotated[VisitRecord | None, "Null if it is dropped."]


class RepairDocument(AnyDocument):
    """The smallest change after which all visits of an itinerary take place and none clash."""

    itinerary: ItineraryRecord
    repairs: Annotated[list[RepairRecord], "The visits that change, day by day."]
    left: Annotated[list[ClashLeftRecord], "The clashes that cannot be repaired."]
    more_left: Annotated[int, "How many of these there are besides those listed."]
    tried_all: Annotated[bool, "Whether every possible time was tried; where hundreds clash, only the nearest are."]


class ShareRecord(ItineraryRecord):
    """An itinerary as a token."""

    visits: Annotated[int, "The number of its visits."]
    token: Annotated[str, "What `kzfest itinerary merge` reads."]


class ShareDocument(AnyDocument):
    """An itinerary as one line of text, for others."""

    share: ShareRecord


class FitRecord(TypedDict):
    """An event that fits into free time."""

    id: Annotated[str, "The id of the event."]
    start: datetime
    end: datetime


class GapRecord(TypedDict):
    """Free time between visits."""

    day: date
    start: datetime
    end: datetime
    minutes: int
    fits: list[FitRecord]


class GapsDocument(AnyDocument):
    """The free time of an itinerary."""

    gaps: list[GapRecord]


class SuggestedVisitRecord(UnnumberedVisitRecord):
    """A suggested visit, which has no id yet."""

    id: None
    why: Annotated[str, "Why it was chosen."]


class LeftOutRecord(TypedDict):
    """An event that is not suggested."""

    event: Annotated[str, "The id of the event."]
    title: Title
    must: Annotated[bool, "Whether you asked for it with --must."]
    why: Annotated[str, "Why it was left out."]


class SuggestionDocument(AnyDocument):
    """A plan without clashes for the free days of an itinerary."""

    visits: list[SuggestedVisitRecord]
    left_out: list[LeftOutRecord]
    planned: Annotated[list[VisitRecord], "What you have planned already on those days."]


class ItinerarySummaryRecord(TypedDict):
    """One of your itineraries."""

    name: str
    visits: Annotated[int, "The number of its visits."]
    current: Annotated[bool, "Whether commands use it without --itinerary."]


class ItinerariesDocument(AnyDocument):
    """Your itineraries."""

    itineraries: list[ItinerarySummaryRecord]


class UsedItineraryDocument(AnyDocument):
    """The itinerary that you have chosen."""

    itineraries: Annotated[list[ItinerarySummaryRecord], "That itinerary alone."]


class RestoredDocument(AnyDocument):
    """Your itineraries after kzfest has restored a copy of them."""

    copy: Annotated[str | None, "The name of the copy that was restored; null if there is none."]
    itineraries: list[ItinerarySummaryRecord]


class RowsDocument(AnyDocument):
    """The rows that a query finds."""

    columns: Annotated[list[str], "The names of the columns, in their order."]
    rows: Annotated[list[dict[str, str | int | float | None]], "Each row, with a value for every column."]


class DescribedCommandRecord(TypedDict):
    """A command whose JSON has a schema."""

    command: Annotated[str, "Its words after `kzfest`."]
    keys: Annotated[list[str], "The keys of its JSON."]


class CommandsDocument(AnyDocument):
    """The commands whose JSON has a schema."""

    commands: list[DescribedCommandRecord]


DOCUMENTS: dict[str, Any] = {
    "list": EventsDocument,
    "month": MonthDocument,
    "timeline": TimelineDocument,
    "day": DayDocument,
    "show": EventDocument,
    "venue": VenueDocument,
    "venues": VenuesDocument,
    "way": WayDocument,
    "search": SearchDocument,
    "categories": CategoriesDocument,
    "tags": TagsDocument,
    "tracks": TracksDocument,
    "cities": CitiesDocument,
    "history": HistoryDocument,
    "programmes list": ProgrammesDocument,
    "programmes update": UpdatesDocument,
    "programmes changes": UpdatesDocument,
    "check": FaultsDocument,
    "diff": EventChangesDocument,
    "itinerary show": VisitsDocument,
    "itinerary week": WeekDocument,
    **{f"itinerary {name}": ChangesDocument for name in ("add", "edit", "remove", "clear", "undo", "merge", "import")},
    "itinerary check": CheckDocument,
    "itinerary repair": RepairDocument,
    "itinerary share": ShareDocument,
    "itinerary gaps": GapsDocument,
    "itinerary suggest": SuggestionDocument,
    "itinerary export": VisitsDocument,
    "itinerary list": ItinerariesDocument,
    "itinerary use": UsedItineraryDocument,
    "itinerary restore": RestoredDocument,
    "export": EventsDocument,
    "sql": RowsDocument,
    "schema": CommandsDocument,
}
"""By the words of a command, the shape of its JSON."""
