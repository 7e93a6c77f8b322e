"""Write values as YAML, as a programme file has them: on one line, or as a block of lines."""

from __future__ import annotations

import json
import re
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDEST_COMMENT = 100
WIDEST_FLOW = 120
"""Characters of a line up to which a list or a mapping stands on the line of its key."""

_PLAIN = re.compile(r"[^\W_](?:[\w .;/()&%+='’–—-]|[:?](?=\w|//))*")
"""A text that means itself without quotes, also inside brackets."""
_MISREAD = re.compile(
    r"null|true|false|yes|no|on|off|y|n|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[0-9]+(:[0-5]?[0-9])+",
    re.IGNORECASE,
)
"""A text that other programs take for a number, an hour, a truth value or nothing; ours takes it as it is written."""

_UNLIKE_LETTERS = re.compile("[\x00-\x08\t\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What a block of lines cannot hold, or an editor would change."""
LONGEST_KEY = 1_000
"""Characters of a key with its quotes; YAML finds the colon of a longer one only if a question mark is before it."""


class Bare(str):
    """A number or a truth value as text, which stands without quotes."""

    __slots__ = ()


def flow_style(value: Any) -> str:
    """Return *value* as YAML on one line, in quotes where it needs them.

    >>> flow_style({"start": "2023-12-16 19:00", "title": {"en": "Fairy tale: the show"}, "tags": ["music", "010"]})
    '{start: 2023-12-16 19:00, title: {en: "Fairy tale: the show"}, tags: [music, "010"]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_style(key)}: {flow_style(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_style, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, Bare)):
        return str(value)
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and not _MISREAD.fullmatch(text)
    return text if is_plain else in_quotes(text)


def in_quotes(text: str) -> str:
    """Return *text* in double quotes, or in single ones if it has double ones itself."""
    return (
        f"'{text}'" if '"' in text and "'" not in text and text.isprintable() else json.dumps(text, ensure_ascii=False)
    )


def block_style(
    values: Mapping[str, Any], indent: str = "", comments: Mapping[str, str] | None = None
) -> Iterator[str]:
    r"""Yield the lines of *values*: a key on each, and under it what does not fit on its line.

    A key may have one of the *comments* behind it.

    >>> print("\n".join(block_style({"id": "dance", "summary": "A fiddler.\n\nAnd punch.", "tags": ["music"]}, "  ")))
      id: dance
      summary: |
        A fiddler.
    <BLANKLINE>
        And punch.
      tags: [music]
    """
    for key, value in values.items():
        name = flow_style(key)
        begun = f"{indent}{name}:" if len(name) <= LONGEST_KEY else f"{indent}? {name}\n{indent}:"
        lines = _entry(begun, value, f"{indent}  ")
        if comments and key in comments:
            yield f"{next(lines)}  # {comments[key]}"
        yield from lines


def item_lines(values: Mapping[str, Any], indent: str = "", comments: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the lines of *values* as an item of a list."""
    lines = block_style(values, f"{indent}  ", comments)
    yield f"{indent}- {next(lines)[len(indent) + 2 :]}"
    yield from lines


def comment(text: str, indent: str = "") -> list[str]:
    """Return *text* as lines of a comment."""
    return [f"{indent}# {line}" for line in wrap(text, WIDEST_COMMENT - len(indent) - 2)]


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of *value* after its *key*; further lines have this *indent*."""
    on_one_line = f"{key} {flow_style(value)}"
    if isinstance(value, str):
        yield from _literal(key, value, indent) if _may_be_literal(value) else [on_one_line]
    elif not value or not isinstance(value, (dict, list)) or (len(on_one_line) <= WIDEST_FLOW and _is_flat(value)):
        yield on_one_line
    elif isinstance(value, dict):
        yield key
        yield from block_style(value, indent)
    else:
        yield key
        for item in value:
            if isinstance(item, dict) and not (_is_flat(item) and len(flow_style(item)) <= WIDEST_FLOW):
                yield from item_lines(item, indent)
            else:
                yield f"{indent}- {flow_style(item)}"


def _is_flat(value: Any) -> bool:
    """Whether no text in *value* has several lines."""
    if isinstance(value, dict):
        return all(map(_is_flat, value.values()))
    return all(map(_is_flat, value)) if isinstance(value, list) else "\n" not in str(value)


def _may_be_literal(text: str) -> bool:
    """Whether *text* has lines, and a block of lines keeps each of its characters for everybody who edits it."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and text == text.strip()
        and not _UNLIKE_LETTERS.search(text)
        and all(line == line.rstrip() for line in lines)
    )


def _literal(key: str, text: str, indent: str) -> Iterator[str]:
    yield f"{key} |"
    yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
