"""Write values as YAML, on one line, as a programme file has them."""

from __future__ import annotations

import json
import re
from typing import Any

_PLAIN = re.compile(r"[^\W_](?:[\w .;/()&%+='’–—-]|[:?](?=\w|//))*")
"""A text that means itself without quotes, also inside brackets."""


def flow_style(value: Any) -> str:
    """Return *value* as YAML on one line, in quotes where it needs them.

    >>> flow_style({"start": "2023-12-16 19:00", "title": {"en": "Fairy tale: the show"}, "tags": ["music", "010"]})
    '{start: 2023-12-16 19:00, title: {en: "Fairy tale: the show"}, tags: [music, 010]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_style(key)}: {flow_style(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_style, value)) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if _PLAIN.fullmatch(text) and text == text.strip() else in_quotes(text)


def in_quotes(text: str) -> str:
    """Return *text* in double quotes, or in single ones if it has double ones itself."""
    return (
        f"'{text}'" if '"' in text and "'" not in text and text.isprintable() else json.dumps(text, ensure_ascii=False)
    )
