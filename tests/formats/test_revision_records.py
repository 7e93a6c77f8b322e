"""Records of changes: what CSV has of an event that is new, gone, or without a known end."""

from __future__ import annotations

from datetime import date

from kzfest.core.known_event import KnownEvent, KnownShowing
from kzfest.core.revisions import EventChange
from kzfest.formats.revision_records import EVENT_CHANGE_FIELDS, event_change_record, event_change_rows

SHOWING = KnownShowing("1", date(2025, 2, 1), open_end=True, places=({"en": "Room", "ru": "Зал"}, {"en": "Museum"}))
PHOTOS = KnownEvent("photos", "7", {"en": "Photos", "ru": "Фото"}, (SHOWING,), people=({"en": "Ann"},))


def test_visits_are_those_to_the_event_before_or_after() -> None:
    change = EventChange(("renamed",), PHOTOS._replace(id="old"), PHOTOS)

    assert event_change_record(change, "ru", {"old": ["v1"], "photos": ["v2"], "other": ["v3"]})["visits"] == [
        "v1",
        "v2",
    ]


def test_row_of_a_new_event_has_nothing_before() -> None:
    change = EventChange(("new",), None, PHOTOS, added=PHOTOS.showings)
    (row,) = event_change_rows([event_change_record(change, "ru")])

    assert {field: row[field] for field in EVENT_CHANGE_FIELDS} == {
        "kinds": ["new"],
        "id": "photos",
        "title": "Фото",
        "title_before": None,
        "dropped": [],
        "added": ["2025-02-01/.."],
        "past": [],
        "places_before": None,
        "places": ["Зал, Museum"],
        "people_before": None,
        "people": ["Ann"],
        "status_before": None,
        "status": "scheduled",
        "visits": [],
    }
