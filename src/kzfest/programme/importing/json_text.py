"""Parse JSON that anybody may have written, also as a JavaScript variable."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from kzfest.i18n import _

_VARIABLE = re.compile(r"\s*(?://[^\n]*\n\s*)*(?:export\s+default\s+|(?:var|let|const|window\.)\s*[\w.$]+\s*=\s*)")
_MOST_DIGITS = 30


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


def _refuse(_name: str) -> NoReturn:
    raise ValueError


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError
    return int(digits)
