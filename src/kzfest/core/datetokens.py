"""What people write for days, taken apart into tokens: words (`datewords.py`), figures and marks."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING
from unicodedata import normalize

from kzfest.core.datewords import DASH, HOURS, LONGEST_PHRASE, UNTIL, Meaning, Token, is_phrase, meaning, near
from kzfest.core.texts import quoted
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200
"""Far more than any range of days takes; nothing longer is looked at."""

_NUMBERS = (
    r"(?P<year>\d{4})(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<day>\d\d?)(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[./])(?P<month>\d\d?)(?P=_)(?P<short>\d\d)(?!\d)",
    r"(?P<year>\d{4})-(?P<joined_month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})[./](?P<month>\d\d?)(?!\d)",
    r"(?P<month>\d\d?)[-./](?P<year>\d{4})(?!\d)",
    r"(?P<hours>\d\d?:\d\d)",
    r"(?P<day>\d\d?)[./](?P<month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})(?!\d)(?:-(?P<joined_word>[^\W\d_]+))?",
    r"(?P<day>\d\d?)-(?P<joined_word>[^\W\d_]+)(?:-(?:(?P<year>\d{4})|(?P<short>\d\d)(?!-))(?!\d))?",
    r"(?P<day>\d\d?)(?!\d)",
    r"(?P<number>\d+)",
)
"""Of the forms that fit, the first one counts; the names of its groups are kinds of tokens."""
_OTHERS = (
    r"[\s,]+|\.(?!\.)",
    r"(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)(?:-(?=\d{4}(?!\d|[-./]\d)))?",  # the hyphen of dec-2023 makes no range
    r"(?P<word>\.\.|[-/+&])\.*",
)
_MARKS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("…"): ".."}


class ReadingError(Exception):
    """Why a text names no days, as part of a sentence: `read_when` makes a usage error of it."""


def tokens_of(text: str) -> list[Token]:
    """Return what *text* says, piece by piece.

    >>> tokens_of("Sun, 17-го декабря")
    [('weekday', 6), ('day', 17), ('month', 12)]
    >>> tokens_of("15.12.2023..")
    [('day', 15), ('month', 12), ('year', 2023), ('to', 1)]
    """
    tokens: list[Token] = []
    after_number = False
    for kind, written in _with_phrases(list(_pieces(text))):
        says = _said_by(kind, written, tokens, after_number=after_number)
        for token in says:
            _append(token, tokens, after_number=after_number)
        if says:
            after_number = "word" not in kind or says[0][0] == "number"
    return tokens


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words and figures of *text*, with the kinds that their form gives them."""
    if len(text) > LONGEST:
        raise ReadingError(_("it is longer than {longest} characters").format(longest=LONGEST))
    plain = normalize("NFC", text).casefold().translate(_MARKS)
    at = 0
    while at < len(plain):
        forms = _NUMBERS if plain[at].isdecimal() else _OTHERS
        match = next(filter(None, (re.compile(form).match(plain, at) for form in forms)), None)
        if match is None:
            raise ReadingError(_("{character} has no place in a date").format(character=quoted(plain[at])))
        yield from ((kind, written) for kind, written in match.groupdict().items() if written and kind != "_")
        at = match.end()


def _with_phrases(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield *pieces* with the words of each phrase in one."""
    while pieces:
        length = next(filter(lambda length: _begins_phrase(pieces, length), range(LONGEST_PHRASE, 1, -1)), 1)
        yield pieces[0][0], "".join(written for _kind, written in pieces[:length])
        pieces = pieces[length:]


def _begins_phrase(pieces: list[tuple[str, str]], length: int) -> bool:
    """Whether the first *length* pieces are words that say something together."""
    words = [written for kind, written in pieces[:length] if kind == "word" and written[0].isalpha()]
    return len(words) == length and is_phrase(words)


def _said_by(kind: str, written: str, tokens: list[Token], *, after_number: bool) -> Meaning:
    """Return what a piece says after *tokens*.

    One that a hyphen joins to the piece before belongs to the same day (15-dec, 2023-12) unless that has
    a month already; then it begins another one (dec 15-jan 3, 1 dec 2023-3 dec 2023).
    """
    month_said = "month" in dict(takewhile(lambda token: token[0] != "to", reversed(tokens)))
    match kind:
        case "word":
            return _meaning(written, after_number=after_number)
        case "joined_word":
            says = _meaning(written, after_number=after_number)
            return (DASH, *says) if month_said and "month" in dict(says) else says
        case "joined_month" if month_said:
            return DASH, ("day", int(written))
        case "hours":
            raise _whole_days(written)
        case "short":
            return ("year", 2000 + int(written)), ("guessed", 1)
    return ((kind.removeprefix("joined_"), int(written)),)


def _append(token: Token, tokens: list[Token], *, after_number: bool) -> None:
    """Add *token* to *tokens*, and let neighbours change each other.

    A number before "days" counts them, and a hyphen with no day before it is a minus.
    """
    kind, value = token
    if kind == "month" and not 1 <= value <= 12:
        why = _("there is no month {month} (25.12 begins with the day, 2023-12-25 with the year)")
        raise ReadingError(why.format(month=value))
    if kind in {"days", "week"} and value and after_number:
        tokens[-1] = ("count", tokens[-1][1])
    is_minus = token == DASH and (not tokens or tokens[-1] == UNTIL)
    tokens.append(("sign", -1) if is_minus else token)


def _meaning(word: str, *, after_number: bool) -> Meaning:
    """Return what *word* says, or refuse it."""
    says = meaning(word, after_number=after_number)
    if says is None:
        raise _unknown(word)
    if HOURS in says:
        raise _whole_days(word)
    return says


def _unknown(word: str) -> ReadingError:
    """Return the reason to refuse *word*, with the one that may be meant."""
    if known := near(word):
        return ReadingError(_("the word {word} is unknown ({known}?)").format(word=quoted(word), known=known))
    return ReadingError(_("the word {word} is unknown").format(word=quoted(word)))


def _whole_days(part: str) -> ReadingError:
    """Return the reason to refuse a *part* of a day: an answer that ignores it would not be one."""
    return ReadingError(_("days are taken whole, leave out {part}").format(part=quoted(part)))
