"""Put the words of a range into English order: Kazakh has "until" after the day, English and Russian before it."""

from __future__ import annotations

from itertools import pairwise

from kzfest.core.date_phrases.token_kinds import (
    ABLATIVE,
    AND,
    BETWEEN,
    DASH,
    DOTS,
    ONTO,
    ONWARDS,
    SINCE,
    THROUGH,
    UNTIL,
    Token,
)
from kzfest.core.date_phrases.tokenizer import ReadingError, unclear
from kzfest.i18n import _


def in_english_order(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with Kazakh postpositions moved before their day, and `DOTS` at the end of an open "from" range.

    >>> from kzfest.core.date_phrases.tokenizer import tokens_of
    >>> from kzfest.core.date_phrases.grammar import grammar
    >>> for text in (
    ...     "17 желтоқсанға дейін",
    ...     "15-нен 17 желтоқсанға дейін",
    ...     "17 желтоқсаннан кейін",
    ...     "3 күннен кейін",
    ...     "3 күннен кейін бастап",
    ...     "between 15 and 17 dec",
    ...     "from 17 dec",
    ...     "from 15 to 17 dec",
    ... ):
    ...     print(text, [f"{kind} {value}" for kind, value in in_english_order(grammar(tokens_of(text)))], sep=": ")
    17 желтоқсанға дейін: ['to 1', 'day 17', 'month 12']
    15-нен 17 желтоқсанға дейін: ['day 15', 'to 1', 'day 17', 'month 12']
    17 желтоқсаннан кейін: ['beyond 1', 'day 17', 'month 12']
    3 күннен кейін: ['count 3', 'days 1', 'sign 1']
    3 күннен кейін бастап: ['count 3', 'days 1', 'sign 1', 'to 4']
    between 15 and 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    from 17 dec: ['day 17', 'month 12', 'to 4']
    from 15 to 17 dec: ['day 15', 'to 1', 'day 17', 'month 12']
    """
    _refuse_unclear_ranges(tokens)
    if ONTO in tokens and "from" in dict(tokens[: tokens.index(ONTO)]):  # с 16 на 17 декабря
        tokens = [AND if token == ONTO else token for token in tokens if token[0] != "from"]
    tokens = [token for token in tokens if token != ONTO]
    has_two_ends = bool({UNTIL, DASH, DOTS, THROUGH} & set(tokens))
    if turned := _with_postpositions_before(tokens, has_two_ends=has_two_ends):
        return turned
    if BETWEEN in tokens and (has_two_ends or AND in tokens):
        return [UNTIL if token == AND else token for token in tokens if token != BETWEEN]
    if "from" in dict(tokens):
        return _without_from(tokens, has_two_ends=has_two_ends)
    return [*tokens[:-1], DOTS] if tokens[-1:] == [ABLATIVE] else tokens


def unfinished() -> ReadingError:
    """Return the error for a range without its last day: "17 to"."""
    return ReadingError(_("a day is missing after the last word"))


def _refuse_unclear_ranges(tokens: list[Token]) -> None:
    """Refuse two range words without a day between them: "from until 17 december".

    Refuse «выходные до Нового года» too, which may be the last weekend before it or a range from a weekend.
    """
    kinds = [kind for kind, _value in tokens[:3]]
    may_be_before = tokens[1:2] == [UNTIL] and (kinds[0] in {"week", "weekend"} or kinds == ["weekday", "to", "named"])
    if tokens[:1] == [ONWARDS] or may_be_before:
        raise unclear()
    for (kind, value), (follower, _value) in pairwise(tokens):
        if kind == "from" and (kind, value) != ONWARDS and follower in {"from", "to", "till", "beyond"}:
            raise unclear()


def _with_postpositions_before(tokens: list[Token], *, has_two_ends: bool) -> list[Token] | None:
    """Return *tokens* with the Kazakh postposition at their end moved to the front, or None if there is none."""
    match tokens:
        case [*named, ("to", 5), ("till", 3)]:
            return [THROUGH, *named]
        case [*named, ("to", 5), ("from", -1)]:
            return [SINCE, *named]
        case [*named, ("till", _)] if ABLATIVE in named:  # -дан (бастап) … -ға дейін
            return [UNTIL if token == ABLATIVE else token for token in named if token != ONWARDS]
        case [*named, ("till", 1)]:
            return named if has_two_ends else [UNTIL, *named]
        case [*named, ("to", 5), ("sign", way)] | [*named, ("to", 5), ("sign", 1 as way), ("from", 2)]:
            # The same Kazakh word means "in" with a length ("3 days", "a week", but not "next week"), and "after" with
            # a day, which is an open range anyway.
            opened = [DOTS] if tokens[-1] == ONWARDS else []
            said = dict(named)
            is_length = "count" in said or ("week" in said and "which" not in said)
            return [*named, ("sign", way), *opened] if is_length else [("beyond", way), *named]
    return None


def _without_from(tokens: list[Token], *, has_two_ends: bool) -> list[Token]:
    """Return *tokens* without "from", with `SINCE` or `DOTS` if the range is open."""
    if tokens[-1][0] == "from" and tokens[-1] != ONWARDS:
        raise unfinished()
    named = [token for token in tokens if token[0] != "from"]
    if tokens[-2:] == [ABLATIVE, ONWARDS]:
        named = named[:-1]
    if has_two_ends:
        return named
    return [SINCE, *named] if SINCE in tokens else [*named, DOTS]
