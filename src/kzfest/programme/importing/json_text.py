"""Parse JSON that anybody may have written, also as a JavaScript variable, and take texts from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.programme.importing.entries import Words

_VARIABLE = re.compile(r"\s*(?://[^\n]*\n\s*)*(?:export\s+default\s+|(?:var|let|const|window\.)\s*[\w.$]+\s*=\s*)")
_MOST_DIGITS = 30
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def parsed(text: str) -> Any:
    """Return the value in *text*: JSON, or the first value that a script assigns. Raises SyntaxError.

    Nothing is evaluated. Numbers that are no finite numbers are refused.
    """
    begun = _VARIABLE.match(text)
    decoder = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole_number)
    try:
        if begun:
            return decoder.raw_decode(text, begun.end())[0]
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        message = _("line {line}, column {column}: it is not valid JSON")
        raise SyntaxError(message.format(line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise SyntaxError(_("its values are nested too deeply")) from error
    except ValueError as error:
        raise SyntaxError(_("it has a number that is not a number of JSON")) from error


def text_in_json(value: Any) -> Words:
    """Return the text in *value*, or the texts by language; "" if it is none."""
    if isinstance(value, dict):
        if all(isinstance(each, str | None) and _LANGUAGE.fullmatch(key) for key, each in value.items()):
            return {key: each for key, each in value.items() if each and each.strip()}
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def in_one_language(words: Words) -> str:
    """Return *words* in one language, English if there is a choice."""
    if isinstance(words, str):
        return words
    return words.get("en") or next(iter(words.values()), "")


def _refuse(_name: str) -> NoReturn:
    raise ValueError


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError
    return int(digits)
