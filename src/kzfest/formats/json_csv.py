"""JSON, JSON lines and CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kzfest.core.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.formats.records import Record

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""Spreadsheets run cells that begin with these as formulas (the wide ones in Japan); an apostrophe prevents it."""


def json_text(document: Any) -> str:
    """Return *document* as indented JSON."""
    return _escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def json_parts(document: Record, key: str, batches: Iterable[Iterable[Record]]) -> Iterator[str]:
    """Yield *document* as JSON, with the records of *batches* under *key* at its end, each on a line of its own."""
    begun = json_text(document).removesuffix("\n}\n")
    yield f'{begun},\n  "{key}": ['
    between = "\n    "
    for records in batches:
        for record in records:
            yield between + _escaped(json.dumps(record, ensure_ascii=False))
            between = ",\n    "
    yield "]\n}\n" if between == "\n    " else "\n  ]\n}\n"


def jsonl_text(records: Iterable[Record]) -> str:
    """Return *records* as JSON Lines."""
    return "".join(_escaped(json.dumps(record, ensure_ascii=False)) + "\n" for record in records)


def _escaped(text: str) -> str:
    """Return JSON *text* with control and invisible characters as JSON escapes, so its value is unchanged."""
    return visible(text, lambda letters: json.dumps(letters)[1:-1])


def csv_text(records: Sequence[Record], fields: Sequence[str], *, header: bool = True) -> str:
    """Return the *fields* of *records* as CSV (RFC 4180), with a *header* or without; a list becomes one cell."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow(fields)
    writer.writerows([_cell(record[field]) for field in fields] for record in records)
    return text.getvalue()


def _cell(value: Any) -> str:
    """Return *value* as the text of a cell that no spreadsheet runs as a formula.

    >>> _cell("=1+1"), _cell(["a", "b"]), _cell(None), _cell(True), _cell({"title": "The museum", "id": "m"})
    ("'=1+1", 'a; b', '', 'true', 'm')
    """
    text = _text(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not isinstance(value, int | float) else text


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return _text(value.get("id"))
        case list():
            return "; ".join(map(_text, value))
    return str(value)
