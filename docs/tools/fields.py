"""The tables of docs/file-format.md, made from the descriptions that the JSON Schema has too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from kzfest.programme.reading.schema import DESCRIBED

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKED = re.compile(r"(<!-- fields of (.*?) -->\n).*?(<!-- end of fields -->)", re.DOTALL)
"""Where a table stands in the page."""
HEADER = "| Key | Meaning | Example |\n|---|---|---|\n"


class _AsWritten(yaml.SafeDumper):
    """Writes scalars without quotes where a programme file needs none."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # as in its base


def with_tables(page: str) -> str:
    """Return *page* with its tables of fields as they are now."""
    tables = {record.__name__: table(record) for record in DESCRIBED}
    return MARKED.sub(lambda part: f"{part[1]}\n{tables[part[2]]}\n{part[3]}", page)


def table(record: Any) -> str:
    """Return the fields of *record* as a table in Markdown, the required ones first."""
    rows = (_row(key, field, required=key in record.__required_keys__) for key, field in record.described.items())
    return HEADER + "".join(rows)


def _row(key: str, field: Any, *, required: bool) -> str:
    name = f"`{key}`, required" if required else f"`{key}`"
    examples = "<br>".join(f"`{_in_yaml(example)}`" for example in field.examples)
    cells = (name, " ".join((field.description, *_choices(field.kind))), examples)
    return f"| {' | '.join(cells)} |\n"


def _choices(kind: Any) -> Iterable[str]:
    """Yield a sentence with the words that are allowed, where only some are."""
    for extra in kind.__metadata__ if hasattr(kind, "__metadata__") else ():
        words = (getattr(extra, "json_schema", None) or {}).get("enum", ())
        if words and words != ["1"] and all(isinstance(word, str) for word in words):
            yield f"One of {', '.join(f'`{word}`' for word in words)}."


def _in_yaml(value: Any) -> str:
    written = yaml.dump(
        _as_text(value), Dumper=_AsWritten, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000
    )
    return written.removesuffix("\n...\n").rstrip("\n")


def _as_text(value: Any) -> Any:
    """Return *value* with every scalar as text, as a programme file has them."""
    if isinstance(value, dict):
        return {key: _as_text(part) for key, part in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_as_text(part) for part in value] if isinstance(value, list) else str(value)
