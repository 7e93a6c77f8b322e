"""Changes of events as values of JSON: nothing is lost, and damaged values raise what callers catch."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.known_event import KnownEvent, KnownShowing
from kzfest.core.model import LANGUAGES, STATUSES
from kzfest.core.revisions import CHANGE_KINDS, EventChange
from kzfest.programme.change_values import change_of_values, values_of_change

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001  # ZONES gives them
TEXTS = st.dictionaries(st.sampled_from([*LANGUAGES, "fr"]), st.text(), min_size=1)
TUPLE_OF_TEXTS = st.lists(TEXTS, max_size=2).map(tuple)
SHOWINGS = st.builds(
    KnownShowing,
    st.text(),
    DAYS | TIMES,
    st.none() | DAYS | TIMES,
    st.booleans(),
    TUPLE_OF_TEXTS,
    st.sampled_from(STATUSES),
)
SEVERAL_SHOWINGS = st.lists(SHOWINGS, max_size=3).map(tuple)
EVENTS = st.builds(
    KnownEvent,
    st.text(),
    st.text(),
    TEXTS,
    SEVERAL_SHOWINGS,
    TUPLE_OF_TEXTS,
    st.text(),
    TUPLE_OF_TEXTS,
    st.sampled_from(STATUSES),
    st.integers(0, 9),
    st.none() | DAYS,
)
KINDS = st.lists(st.sampled_from(CHANGE_KINDS), unique=True).map(tuple)
CHANGES = st.builds(
    EventChange, KINDS, EVENTS, st.none() | EVENTS, SEVERAL_SHOWINGS, SEVERAL_SHOWINGS, SEVERAL_SHOWINGS
) | st.builds(EventChange, KINDS, st.none(), EVENTS, st.just(()), SEVERAL_SHOWINGS, st.just(()))
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.sampled_from([[], {}, ["id"]])
)

TALK = KnownEvent(
    "talk",
    "guid",
    {"en": "Talk", "kk": "Баяндама"},
    (KnownShowing("1", datetime(2025, 2, 1, 16, tzinfo=UTC), places=({"en": "Room 1"}, {"en": "Hall"})),),
)


@given(CHANGES)
def test_change_comes_back_from_json_as_it_was(change: EventChange) -> None:
    values = json.loads(json.dumps(values_of_change(change)))

    assert change_of_values(values) == change


def test_usual_values_are_not_written() -> None:
    assert values_of_change(EventChange(("gone",), TALK, None, dropped=TALK.showings)) == {
        "kinds": ["gone"],
        "before": {
            "id": "talk",
            "key": "guid",
            "title": {"en": "Talk", "kk": "Баяндама"},
            "showings": [
                {"id": "1", "start": "2025-02-01T16:00:00+00:00", "places": [{"en": "Room 1"}, {"en": "Hall"}]}
            ],
        },
        "dropped": [{"id": "1", "start": "2025-02-01T16:00:00+00:00", "places": [{"en": "Room 1"}, {"en": "Hall"}]}],
    }


@given(CHANGES, st.data())
def test_damaged_values_raise_what_callers_catch(change: EventChange, data: st.DataObject) -> None:
    values = json.loads(json.dumps(values_of_change(change)))
    holder, key = data.draw(st.sampled_from(list(_places_in(values))))
    if data.draw(st.booleans()):
        holder[key] = data.draw(JUNK)
    else:
        del holder[key]

    with suppress(ValueError, KeyError, TypeError):
        change_of_values(values)


@given(JUNK)
def test_what_is_no_change_raises_what_callers_catch(junk: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        change_of_values(junk)


@pytest.mark.parametrize("start", ["2025-02-01T16:00:00", "0001-01-01", "9999-12-31T23:00:00+00:00", "soon", 7])
def test_start_that_no_page_can_show_is_damaged(start: object) -> None:
    values = {"kinds": ["new"], "after": {"id": "a", "key": "a", "title": {"en": "A"}}, "added": [{"id": ""}]}
    values["added"][0]["start"] = start  # type: ignore[index]  # a list

    with pytest.raises((ValueError, TypeError)):
        change_of_values(values)


def test_keys_of_later_versions_are_ignored() -> None:
    values = values_of_change(EventChange(("gone",), TALK, None))

    assert change_of_values(values | {"later": 1}) == EventChange(("gone",), TALK, None)


def _places_in(values: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each mapping or list in *values* with each of its keys or positions."""
    for key in values if isinstance(values, dict) else range(len(values)):
        yield values, key
        if isinstance(values[key], dict | list):
            yield from _places_in(values[key])
