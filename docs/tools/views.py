"""The tables of docs/sql.md, made from the definitions of the views."""

from __future__ import annotations

import re

from kzfest.programme.database.sql_views import VIEWS

MARKED = re.compile(r"(<!-- columns of (\w+) -->\n).*?(<!-- end of columns -->)", re.DOTALL)
"""Where a table stands in the page."""
HEADER = "| Column | Meaning |\n|---|---|\n"


def with_columns(page: str) -> str:
    """Return *page* with its tables of columns as they are now."""
    return MARKED.sub(lambda part: f"{part[1]}\n{_table(part[2])}\n{part[3]}", page)


def _table(view: str) -> str:
    return HEADER + "".join(f"| `{name}` | {about} |\n" for name, (_made, about) in VIEWS[view].columns.items())
