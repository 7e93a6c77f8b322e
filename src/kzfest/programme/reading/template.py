"""A programme file to begin with: the usual keys with the examples of the schema, and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzfest.core.model import OWN
from kzfest.i18n import _
from kzfest.paths import PROGRAMMES
from kzfest.programme.reading import schema
from kzfest.programme.reading.remedies import as_id
from kzfest.programme.reading.yaml_writer import comment, flow_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCHEMA_FILE = "kzfest.schema.json"
"""Beside the programme file, for editors."""
EVENT_KEYS = (
    "id",
    "title",
    "category",
    "venue",
    "start",
    "end",
    "summary",
    "tags",
    "price",
    "people",
    "url",
    "sources",
)
VENUE_KEYS = ("id", "name", "city", "country", "address", "location", "hours", "sources")
SOURCE_KEYS = ("title", "publisher", "published", "url")
DAY_ALONE = IN_ONE_LANGUAGE = 1
"""The position of such an example of a beginning or a title; the first has an hour, or several languages."""
WITH_HOUR = 1
"""The same for an end; the first example is a day."""


def template(title: str, language: str, *, commands: Sequence[str]) -> str:
    """Return a file for a programme called *title*, with texts in *language*; its head names the *commands* to try."""
    return "\n".join([*_head(commands), *_programme(title, language), *_places(), *_events(), ""])


def _head(commands: Sequence[str]) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield "#"
    yield from comment(
        _("A programme for kzfest. Replace the examples with your own facts, and delete what you do not need.")
    )
    yield from comment(_("These commands check it, show it, and let your editor complete and explain its keys:"))
    yield from (f"#   {command}" for command in commands)


def _programme(title: str, language: str) -> Iterator[str]:
    given = {"language": language, "id": _id(title), "title": title}
    yield from ("format: 1", "", "programme:")
    yield from comment(_("Texts without a language are in this one."), "  ")
    yield from _lines(schema.HEAD, ("language",), given, indent="  ")
    yield from comment(_("Calendars remember the id, so never change it."), "  ")
    yield from _lines(schema.HEAD, ("id", "title"), given, indent="  ")
    yield from comment(_("All times are in this time zone."), "  ")
    yield from _lines(schema.HEAD, ("timezone",), indent="  ")
    yield from comment(
        _("The day on which you last changed the file, and the first and the last day of the programme:"), "  "
    )
    yield from _lines(schema.HEAD, ("revised", "first", "last"), indent="  ")


def _id(title: str) -> str:
    """Return an id like *title* that neither a bundled programme nor the user's own appointments have."""
    found = as_id(title)
    return f"my-{found or 'programme'}" if found in {"", OWN, *PROGRAMMES} else found


def _places() -> Iterator[str]:
    yield from (
        "",
        *comment(_("Where the facts were published. Venues and events name a source by its key.")),
        "sources:",
    )
    yield f"  {_source()}:"
    yield from _lines(schema.SOURCE, SOURCE_KEYS, indent="    ")
    yield from ("", *comment(_("Names for categories, tags and cities in other languages.")))
    yield from _lines(schema.DESCRIBED[0], ("labels",))
    yield from ("", *comment(_("A text may be in several languages, as the name of this venue is.")), "venues:")
    yield from _record(schema.VENUE, VENUE_KEYS, {"sources": [_source()]})


def _events() -> Iterator[str]:
    yield from ("", *comment(_("Each event says when it is in one way. The first has a date and a time.")), "events:")
    given = {
        "venue": _example(schema.VENUE, "id"),
        "sources": [_source()],
        "end": _example(schema.EVENT, "end", WITH_HOUR),
    }
    yield from _record(schema.EVENT, EVENT_KEYS, given)
    day = {"start": _example(schema.EVENT, "start", DAY_ALONE)}
    ways: list[tuple[str, dict[str, Any]]] = [
        (_("Whole days; the last one is included."), day | {"end": _example(schema.EVENT, "end")}),
        (_("Several times:"), {"showings": _example(schema.EVENT, "showings")}),
        (_("By a rule, here every Saturday:"), day | {"repeats": _example(schema.EVENT, "repeats")}),
        (_("Without a date; `permanent` is for what is always there:"), {"when": _example(schema.EVENT, "when")}),
    ]
    title = _example(schema.EVENT, "title", IN_ONE_LANGUAGE)
    for number, (told, way) in enumerate(ways, 2):
        yield from comment(told, "  ")
        event_id = f"{_example(schema.EVENT, 'id')}-{number}"
        first, *rest = _lines(schema.EVENT, ("id", "title", "category", *way), {"id": event_id, "title": title} | way)
        yield from (f"  - {first}", *(f"    {line}" for line in rest))


def _record(shape: Any, keys: Sequence[str], given: dict[str, Any]) -> Iterator[str]:
    """Yield an item of a list with these *keys*, and a comment with the names of the others."""
    first, *rest = _lines(shape, keys, given)
    yield from (f"  - {first}", *(f"    {line}" for line in rest))
    others = ", ".join(key for key in shape.described if key not in keys)
    yield from comment(_("More keys: {keys}.").format(keys=others), "    ")


def _lines(shape: Any, keys: Sequence[str], given: dict[str, Any] | None = None, *, indent: str = "") -> Iterator[str]:
    """Yield the *keys* of *shape*, each with its *given* value, else with its example."""
    for key in keys:
        yield f"{indent}{key}: {flow_style((given or {}).get(key, _example(shape, key)))}"


def _example(shape: Any, key: str, position: int = 0) -> Any:
    return shape.described[key].examples[position]


def _source() -> str:
    """Return the key of the source, as in the example of a list of sources."""
    key: str = _example(schema.EVENT, "sources")[0]
    return key
