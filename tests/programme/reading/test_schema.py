"""The JSON Schema of a programme file says what the reader says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from kzfest.programme.reading.schema import DESCRIBED, json_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]

EVENT_KEYS = {
    "id", "title", "category", "summary", "tags", "venue", "room", "place", "city", "country", "start", "end",
    "showings", "hours", "repeats", "except", "when", "reported", "price", "organiser", "people", "url", "languages",
    "details", "notes", "status", "revision", "changed", "translated", "sources", "disputes", "tracks", "parent",
    "tickets", "sold_out", "age", "accessibility", "image",
}  # fmt: skip


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json_schema()["$defs"][name]
    return found


def test_schema_has_the_sections_of_a_file() -> None:
    schema = json_schema()

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == {"format", "programme", "sources", "labels", "synonyms", "venues", "events"}
    assert (set(schema["required"]), schema["additionalProperties"]) == ({"format", "programme", "events"}, False)


@pytest.mark.parametrize(
    ("name", "required", "keys"),
    [
        ("Event", {"id", "title", "category"}, EVENT_KEYS),
        ("Showing", {"start"}, {"id", "start", "end", "zone", "title", "venue", "room", "price", "status", "note"}),
        ("Room", {"name"}, {"name", "capacity"}),
        ("Dispute", {"field", "value", "source"}, {"field", "value", "source", "note"}),
        ("Price", set(), {"free", "from", "to", "currency", "text"}),
        ("Person", {"name"}, {"name", "role", "url", "languages"}),
        ("Detail", {"label", "value"}, {"label", "value"}),
        ("Location", {"latitude", "longitude", "accuracy"}, {"latitude", "longitude", "accuracy", "source"}),
        ("Source", {"title"}, {"title", "publisher", "published", "url", "note"}),
    ],
)
def test_schema_of_a_record_has_its_keys_and_no_others(name: str, required: set[str], keys: set[str]) -> None:
    schema = definition(name)

    assert (set(schema.get("required", ())), set(schema["properties"])) == (required, keys)
    assert schema["additionalProperties"] is False


def test_schema_of_an_event_wants_one_way_of_saying_when() -> None:
    assert definition("Event")["oneOf"] == [{"required": [way]} for way in ("start", "showings", "when", "reported")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (key, value)
        for key, values in {
            "category": ["concert", "new-year", "a--b", "Concert", "-a", "жаңа", "a1", ""],
            "country": ["KZ", "kz", "KAZ", ""],
            "url": ["https://a.kz", "http://a.kz/b?c=d", "a.kz", "ftp://a.kz", "https://a b"],
            "changed": ["2023-12-16", "16.12.2023", "0001-01-01", "9999-01-01", "2023-12-16 19:00", "２０２３-12-16"],
            "reported": ["2023-12-16", "2023-12-1"],
        }.items()
        for value in values
    ],
)
def test_pattern_of_the_schema_takes_what_the_reader_takes(faults: Faults, key: str, value: str) -> None:
    pattern = definition("Event")["properties"][key]["pattern"]
    head = "format: 1\nprogramme: {id: p, title: P, timezone: UTC, revised: 2023-12-01}\n"
    fields = {"id": "e", "title": "E", "category": "c"} | ({} if key == "reported" else {"when": "permanent"})
    event = ", ".join(f"{each}: '{text}'" for each, text in (fields | {key: value}).items())

    assert (re.search(pattern, value) is not None) is (faults(f"{head}events: [{{{event}}}]\n") == [])


def test_schema_is_of_the_types_that_yaml_makes_of_the_texts() -> None:
    latitude = definition("Location")["properties"]["latitude"]

    assert (latitude["type"], latitude["minimum"], latitude["maximum"]) == ("number", -90, 90)
    assert definition("Event")["properties"]["revision"]["type"] == "integer"
    assert json_schema()["properties"]["format"]["enum"] == [1, "1"]


def test_every_field_has_a_description_and_an_example() -> None:
    records = [json_schema(), *json_schema()["$defs"].values()]

    fields = [(record["title"], key, field) for record in records for key, field in record["properties"].items()]

    assert [each[:2] for each in fields if not (each[2].get("description") and each[2].get("examples"))] == []
    undescribed = [record["title"] for record in records[1:] if not record.get("description")]
    assert undescribed == ["Price"]  # which is one form of a value: its key describes both


def test_every_example_is_valid() -> None:
    fields = [field for record in DESCRIBED for field in record.described.values()]
    examples = [(field.kind, as_written(example)) for field in fields for example in field.examples]

    checked = [TypeAdapter(kind).validate_python(example) for kind, example in examples]

    assert len(checked) > len(EVENT_KEYS)


def as_written(value: Any) -> Any:
    """Return *value*, as YAML makes it, the way that the reader hands it on: every scalar as text."""
    if isinstance(value, dict):
        return {key: as_written(part) for key, part in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return [as_written(part) for part in value] if isinstance(value, list) else str(value)
