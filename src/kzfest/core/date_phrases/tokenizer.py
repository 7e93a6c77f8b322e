"""Split text about days into tokens: words (`vocabulary.py`), numbers and punctuation."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from kzfest.core.date_phrases.token_kinds import (
    AT,
    COMMA,
    DASH,
    EVERY,
    HOURS,
    MAYBE_EVERY,
    PART,
    TIGHT_COMMA,
    UNLESS_COUNTED,
    Meaning,
    Token,
)
from kzfest.core.date_phrases.vocabulary import LONGEST_PHRASE, halves, is_ending, is_phrase, meaning, near
from kzfest.core.safe_text import quoted
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_PHRASE_READ = 200
"""Characters; longer text is rejected."""

_NUMBERS = (
    r"(?P<year>\d{4})-?w(?P<isoweek>\d\d)(?:-?(?P<isoday>[1-7]))?(?![\w-])",
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
    r"(?P<day>\d\d?)\s?(?P<_>[./])\s?(?P<month>\d\d?)\s?(?P=_)\s?(?P<year>\d{4})(?!\d)",
    r"(?P<year>\d{4})(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<day>\d\d?)(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[./])(?P<month>\d\d?)(?P=_)(?P<short>\d\d)(?!\d)",
    r"(?P<year>\d{4})-(?P<joined_month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})[./](?P<month>\d\d?)(?!\d)",
    r"(?P<month>\d\d?)[-./](?P<year>\d{4})(?!\d)",
    r"(?P<hours>\d\d?:\d\d(?::\d\d)?)",
    r"(?P<day>\d\d?)(?P<word>/)(?=\d\d?\.\d\d?(?!\d))",  # 16/17.12
    r"(?P<day>\d\d?)/(?P<slashed>\d\d?)(?!\d)(?:-(?P<joined_word>[^\W\d_]+))?",
    r"(?P<day>\d\d?)\.(?P<month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})(?!\d)(?:-(?P<joined_word>[^\W\d_]+))?",
    r"(?P<day>\d\d?)-(?P<joined_word>[^\W\d_]+)(?:-(?:(?P<year>\d{4})|(?P<short>\d\d)(?!-))(?!\d))?",
    r"(?P<day>\d\d?)(?!\d)",
    r"(?P<number>\d+)",
)
"""The first pattern that matches wins. The names of its groups are kinds of tokens."""
_OTHERS = (
    r"['’ʼ‘](?P<short_after_month>\d\d)(?![\d'’])",
    r"\s+|[«»“”„\"'‘’?!]|\.(?!\.)",
    r"(?P<comma>[,()\[\]]\s*)",
    r"(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)(?:-(?=\d{4}(?!\d|[-./]\d)))?",  # the hyphen of dec-2023 is not a range
    r"(?P<word>\.\.|[-/+&])\.*",
)
_MARKS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("…"): ".."}

_SIGNS = {DASH: -1, ("plus", 1): 1}
"""The sign of a mark that has no day before it: "+3d"."""
_GOVERNORS = {"to", "from", "beyond", "which", "nth", "begin", "end", "rest", "day", "number", "between", "eve"}
"""Kinds before «субботы» that show it means "of Saturday", not "Saturdays"."""


class ReadingError(Exception):
    """Why a text cannot be read, as part of a sentence; `read_when` turns it into a UsageError."""


class _Piece(NamedTuple):
    """A word or number of a text, with the kind that its form gives it."""

    kind: str
    written: str
    glued: bool
    """Whether no character, or only a hyphen, separates it from the piece before."""

    @property
    def is_word(self) -> bool:
        """Whether it has letters."""
        return self.kind == "word" and self.written[0].isalpha()


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of *text*. Raises ReadingError.

    >>> tokens_of("Sun, 17-го декабря")
    [('weekday', 6), ('comma', 0), ('nth', 17), ('month', 12)]
    >>> tokens_of("15.12.2023..")
    [('day', 15), ('month', 12), ('year', 2023), ('to', 4)]
    """
    tokens: list[Token] = []
    parts: list[str] = []
    after_number = False
    for piece in _with_phrases(list(_pieces(text))):
        says = _said_by(piece, tokens, after_number=after_number)
        if PART in says:
            parts.append(piece.written)
        _refuse_repetition(piece.written, says, tokens)
        for token in says:
            _append(token, tokens)
        if says:
            after_number = piece.kind not in {"word", "comma"}
    says_today = ("shift", 0) in tokens or (("which", 0), PART) in pairwise(tokens)  # this evening
    others = {kind for kind, value in tokens if (kind, value) != ("shift", 0)}
    if parts and not (says_today and others.isdisjoint({"day", "weekday", "shift"})):
        raise _whole_days(parts[0])
    return [  # without parts of a day; the "this" of "this evening" is today
        ("shift", 0) if token == ("which", 0) and tokens[at + 1 : at + 2] == [PART] else token
        for at, token in enumerate(tokens)
        if token != PART
    ]


def _refuse_repetition(written: str, says: Meaning, tokens: list[Token]) -> None:
    """Refuse repeated days: "sundays", «по субботам», «сенбі күндері»."""
    kinds = [kind for kind, _value in tokens]
    is_plural = bool(kinds) and kinds[-1] == "weekday" and ("days", 2) in says
    is_governed = bool(_GOVERNORS & set(kinds)) and AT not in tokens[-1:]
    is_counted = bool({"number", "day"} & set(kinds[-1:]))
    is_every = EVERY in says or (MAYBE_EVERY in says and not is_governed)
    if is_every or is_plural or (UNLESS_COUNTED in says and not is_counted):
        raise ReadingError(_("{word} means many days, ask for one of them").format(word=quoted(written)))


def _pieces(text: str) -> Iterator[_Piece]:
    if len(text) > LONGEST_PHRASE_READ:
        raise ReadingError(_("it is longer than {longest} characters").format(longest=LONGEST_PHRASE_READ))
    plain = normalize("NFC", text).casefold().translate(_MARKS)
    at, glued = 0, False
    while at < len(plain):
        forms = _NUMBERS if plain[at].isdecimal() else _OTHERS
        match = next(filter(None, (re.compile(form).match(plain, at) for form in forms)), None)
        if match is None:
            raise ReadingError(_("{character} is not allowed in a date").format(character=quoted(plain[at])))
        found = [(kind, written) for kind, written in match.groupdict().items() if written and kind != "_"]
        for kind, written in found:
            yield _Piece(kind, written, glued)
        glued = bool(found)
        at = match.end()


def _with_phrases(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Yield *pieces* with the words of each phrase joined, and without the hyphen before an ending: dec-тен."""
    while pieces:
        match pieces:
            case [word, _Piece(written="-"), end, *rest] if word.is_word and end.glued and is_ending(end.written):
                pieces = [word, end._replace(kind="joined_word"), *rest]
        words = [piece.written for piece in takewhile(lambda piece: piece.is_word, pieces[:LONGEST_PHRASE])]
        length = next((length for length in range(len(words), 1, -1) if is_phrase(words[:length])), 1)
        yield pieces[0]._replace(written="".join(piece.written for piece in pieces[:length]))
        pieces = pieces[length:]


def _said_by(piece: _Piece, tokens: list[Token], *, after_number: bool) -> Meaning:
    """Return the meaning of *piece* after *tokens*.

    A piece after a hyphen belongs to the same day (15-dec, 2023-12), or begins another day if that day already has a
    month (dec 15-jan 3, 1 dec 2023-3 dec 2023).
    """
    month_said = "month" in dict(takewhile(lambda token: token[0] != "to", reversed(tokens)))
    kind, written, glued = piece
    match kind:
        case "word":
            return _meaning(written, after_number=after_number, glued=glued)
        case "joined_word":
            says = _meaning(written, after_number=True, glued=True)
            return (DASH, *says) if month_said and "month" in dict(says) else says
        case "joined_month" if month_said:
            return DASH, ("day", int(written))
        case "comma":
            return (TIGHT_COMMA if written == "," else COMMA,)
        case "hours":
            raise _whole_days(written)
        case "short_after_month" if not month_said:
            raise unclear()
        case "short" | "short_after_month":
            return ("year", 2000 + int(written)), ("guessed", 1)
        case "isoday":
            written, kind = str(int(written) - 1), "weekday"
    return ((kind.removeprefix("joined_"), int(written)),)


def _append(token: Token, tokens: list[Token]) -> None:
    """Add *token* to *tokens*.

    An ending turns the number before it into an ordinal or a date, and a hyphen without a day before it is a minus.
    """
    kind, value = token
    if kind == "month":
        check_month(value)
    before, number = tokens[-1] if tokens else ("", 0)
    if kind in {"ordinal", "dated", "numbered"}:
        if before in {"day", "nth", "date"}:
            tokens[-1] = ("nth" if kind == "ordinal" else "date", number)
        return
    is_sign = token in _SIGNS and (not tokens or before == "to")
    if kind != "every":
        tokens.append(("sign", _SIGNS[token]) if is_sign else token)


def check_month(number: int) -> None:
    """Raise ReadingError if no month has that *number*."""
    if not 1 <= number <= 12:
        why = _("there is no month {month} (25.12 begins with the day, 2023-12-25 with the year)")
        raise ReadingError(why.format(month=number))


def _meaning(word: str, *, after_number: bool, glued: bool) -> Meaning:
    says = meaning(word, after_number=after_number, glued=glued)
    if says is None:
        says = halves(word)
    if says is None:
        known = near(word)
        told = _("the word {word} is unknown ({known}?)") if known else _("the word {word} is unknown")
        raise ReadingError(told.format(word=quoted(word), known=known))
    if HOURS in says:
        raise _whole_days(word)
    return says


def unclear() -> ReadingError:
    """Return the error for known words that together have no meaning, or more than one."""
    return ReadingError(_("it is not clear which days you mean"))


def disagreement(meant: str, said: str) -> ReadingError:
    """Return the error for words that mean the days *meant* beside other days, *said*."""
    return ReadingError(_("the other words mean {meant}, not {said}").format(meant=meant, said=said))


def _whole_days(part: str) -> ReadingError:
    return ReadingError(_("only whole days are possible, leave out {part}").format(part=quoted(part)))
