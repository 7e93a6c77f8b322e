"""What the words for days stand for: the kinds of tokens that the tables of the languages share."""

from __future__ import annotations

from typing import TypeAlias

Token: TypeAlias = tuple[str, int]
"""A kind and a value: ``("month", 12)``. What follows from which kinds is the grammar of `parser.py`."""
Meaning: TypeAlias = tuple[Token, ...]
"""What one word says: nothing for a filler, two things for «жұмадан» (Friday, and "from" it)."""
WordTable: TypeAlias = tuple[tuple[Meaning, str], ...]
"""The words of a language by what they say; `vocabulary.py` tells how they are written there."""

DASH = ("to", 0)
"""Between two days only: at an end, a hyphen is more likely a slip than a wish."""
UNTIL = ("to", 1)
"""Before the last day: "until 17 dec" includes it, "until january" ends before it begins."""
AND = ("to", 2)
"""Between two days that follow each other."""
THROUGH = ("to", 3)
"""Before the last day, which is included whatever it is: "through january"."""
DOTS = ("to", 4)
"""Between two days, or at the open end of a range."""
SLASH = ("to", 6)
"""Between two ISO dates a range, and elsewhere two days that follow each other: 16/17 december."""
ABLATIVE = ("to", 5)
"""Kazakh for "from", after the first day: 15 желтоқсаннан 17 желтоқсанға дейін."""
TILL = ("till", 1)
"""Kazakh for "until", after the last day."""
NO_LATER = ("till", 3)
FROM = ("from", 1)
ONWARDS = ("from", 2)
"""Says "from" after the day."""
SINCE = ("from", -1)
"""Says "from" of a day that is over."""
ONTO = ("onto", 1)
"""The Russian word for "on" that also joins two days: с 16 на 17 декабря."""
BETWEEN = ("between", 1)
"""What makes a range of "15 and 17 december"."""
COMMA = ("comma", 0)
"""Between what is said of one day, or between the days of a list."""
TIGHT_COMMA = ("comma", 1)
"""A comma without a space after it, between figures: 16,17."""
AT = ("at", 1)
"""Before a day of the week, or an hour."""
A = ("number", -1)
"""The article: one where something is counted, and nothing elsewhere."""
THE = ("the", 1)
"""What makes a stretch of "the two days after new year" and "for a week from tomorrow"."""
NOW = ("now", 0)
NAMED = ("named", 0)
"""What tells a day with a name from one with a date."""
TURN = ("named", 1)
"""New Year, which is the turn of one: "until New Year" ends before it begins."""
HOURS = ("hours", 1)
"""An hour, which is no day."""
PART = ("part", 1)
"""A part of a day: that of today names the day, as in "this evening"."""
EVERY = ("every", 1)
"""What names a day over and over."""
MAYBE_EVERY = ("every", 0)
"""A form that is both "Saturday's" and "Saturdays" in Russian."""
UNLESS_COUNTED = ("every", 2)
"""A plural that says nothing sharp, unless a number stands before it: weeks, "two weeks"."""
MANY = ("many", 1)
"""A plural, which says nothing sharp unless it is counted: "the first days of january"."""


def month(number: int) -> Meaning:
    """Return what the name of a month says."""
    return (("month", number),)


def weekday(number: int) -> Meaning:
    """Return what the name of a day of the week says, from 0 for Monday."""
    return (("weekday", number),)


def each(kind: str, first: int, words: str) -> WordTable:
    """Return a row for each of *words*, whose values count up from *first*."""
    return tuple((((kind, first + index),), word) for index, word in enumerate(words.split()))


NEW_YEAR: Meaning = (TURN, ("day", 1), ("month", 1))
NEW_YEARS_EVE: Meaning = (NAMED, ("day", 31), ("month", 12))
INDEPENDENCE_DAY: Meaning = (NAMED, ("day", 16), ("month", 12))
CATHOLIC_CHRISTMAS: Meaning = (NAMED, ("day", 25), ("month", 12))
ORTHODOX_CHRISTMAS: Meaning = (NAMED, ("day", 7), ("month", 1))
