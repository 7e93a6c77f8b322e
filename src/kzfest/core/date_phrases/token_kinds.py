"""The kinds of tokens that the vocabularies of all languages share."""

from __future__ import annotations

from typing import TypeAlias

Token: TypeAlias = tuple[str, int]
"""A kind and a value: ``("month", 12)``. `grammar.py` and `parser.py` combine them."""
Meaning: TypeAlias = tuple[Token, ...]
"""The tokens of one word: none for a filler, two for «жұмадан» (Friday, and "from")."""
WordTable: TypeAlias = tuple[tuple[Meaning, str], ...]
"""Meanings with the words that have them; `vocabulary.py` explains how the words are written."""

DASH = ("to", 0)
"""A range, only between two days: at the end, a hyphen is more likely a typing error."""
UNTIL = ("to", 1)
"""Before the last day: "until 17 dec" includes it, "until january" excludes January."""
AND = ("to", 2)
"""Between two consecutive days."""
THROUGH = ("to", 3)
"""Before the last day, which is always included: "through january"."""
DOTS = ("to", 4)
"""Between two days, or at the open end of a range."""
SLASH = ("to", 6)
"""A range between two ISO dates, else two consecutive days: 16/17 december."""
ABLATIVE = ("to", 5)
"""Kazakh for "from", after the first day: 15 желтоқсаннан 17 желтоқсанға дейін."""
TILL = ("till", 1)
"""Kazakh for "until", after the last day."""
NO_LATER = ("till", 3)
FROM = ("from", 1)
ONWARDS = ("from", 2)
"""The word "from" after its day."""
SINCE = ("from", -1)
"""The word "since", for a day in the past."""
ONTO = ("onto", 1)
"""The Russian «на», which can join two days: «с 16 на 17 декабря»."""
BETWEEN = ("between", 1)
"""Makes "15 and 17 december" a range."""
COMMA = ("comma", 0)
"""Separates parts of one day, or the days of a list."""
TIGHT_COMMA = ("comma", 1)
"""A comma without a space after it: 16,17."""
AT = ("at", 1)
"""Before a weekday or an hour."""
A = ("number", -1)
"""The article: "one" before a unit ("a week"), nothing elsewhere."""
THE = ("the", 1)
"""Makes a period of "the two days after new year" and "for a week from tomorrow"."""
NOW = ("now", 0)
NAMED = ("named", 0)
"""Marks a day that has a name."""
TURN = ("named", 1)
"""New Year: "until New Year" excludes it."""
HOURS = ("hours", 1)
"""An hour, which a range of days cannot have."""
PART = ("part", 1)
"""A part of a day, allowed only for today: "this evening"."""
EVERY = ("every", 1)
"""A repeated day: "sundays"."""
MAYBE_EVERY = ("every", 0)
"""A Russian form that means both "of Saturday" and "Saturdays"."""
UNLESS_COUNTED = ("every", 2)
"""A plural that is indefinite without a number: "weeks", but "two weeks"."""
MANY = ("many", 1)
"""A plural that is indefinite without an ordinal and a number: "the first days of january"."""


def month(number: int) -> Meaning:
    """Return the meaning of the name of a month."""
    return (("month", number),)


def weekday(number: int) -> Meaning:
    """Return the meaning of the name of a weekday, 0 for Monday."""
    return (("weekday", number),)


def each(kind: str, first: int, words: str) -> WordTable:
    """Return a row for each of *words*, with values from *first* upwards."""
    return tuple((((kind, first + index),), word) for index, word in enumerate(words.split()))


NEW_YEAR: Meaning = (TURN, ("day", 1), ("month", 1))
NEW_YEARS_EVE: Meaning = (NAMED, ("day", 31), ("month", 12))
INDEPENDENCE_DAY: Meaning = (NAMED, ("day", 16), ("month", 12))
CATHOLIC_CHRISTMAS: Meaning = (NAMED, ("day", 25), ("month", 12))
ORTHODOX_CHRISTMAS: Meaning = (NAMED, ("day", 7), ("month", 1))
