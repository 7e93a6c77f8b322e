"""What people write for days, taken apart into tokens: the words of three languages, figures and marks.

One meaning a row, whatever the language, so that languages mix freely. Words are compared in their
search form (`folding.py`), which brings Latin spellings and Kazakh without its own letters along.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

from kzfest.core.daynames import months
from kzfest.core.folding import fold
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200
"""Far more than any range of days takes; nothing longer is looked at."""
SHOWN = 40
"""Enough of a text for its writer to know it again in a message."""

Token: TypeAlias = tuple[str, int]
"""A kind and a value: ``("month", 12)``. What follows from which kinds is the grammar of `when.py`."""
Meaning: TypeAlias = tuple[Token, ...]
"""What one word says: nothing for a filler, two things for «жұмадан» (Friday, and "to" after it)."""

UNTIL = ("to", 1)
"""Between two days, or at the open end of a range."""
DASH = ("to", 0)
"""Between two days only: at an end, a hyphen is more likely a slip than a wish."""

# `a|b|c` stands for ab and ac; `a~` is a Kazakh noun, which takes the endings below.
_WORDS: tuple[tuple[Meaning, str], ...] = (
    ((), "on at the of during for в во на күні күндері дни числа число бастап"),
    ((("from", 1),), "from since с со"),
    ((UNTIL,), "to till until through по до .."),
    ((DASH,), "- /"),
    ((("till", 1),), "дейін шейін"),
    ((("in", 1),), "in"),
    ((("sign", 1),), "+ через кейін соң"),
    ((("sign", -1),), "ago назад бұрын"),
    ((("after", 1),), "after"),
    ((("after", -1),), "before"),
    ((("now", 0),), "now қазір сейчас"),
    ((("shift", 0),), "today tonight бүгін сегодня"),
    ((("shift", 1),), "tomorrow ертең завтра"),
    ((("shift", 2),), "бүрсігүні бүрсүгүні послезавтра"),
    ((("shift", -1),), "yesterday кеше вчера"),
    ((("shift", -2),), "позавчера"),
    ((("which", 0),), "this осы бұл эт|а|ой|у|от|ом|и|их|ого"),
    ((("which", 1),), "next келесі следующ|ая|ей|ую|ий|его|ем|ие|их"),
    ((("which", -1),), "last өткен прошл|ая|ой|ую|ый|ого|ом|ые|ых"),
    ((("days", 1),), "d day days д день дня дней күн күннен"),
    ((("week", 7),), "w week weeks нед недел|я|и|ю|е|ь апта||да|ны|ның|дан"),
    ((("weekend", 0),), "weekend выходн|ые|ых демалыс||та|ты|ы|ында"),
    ((("months", 0),), "month месяц||а|е ай||да"),
    ((), "айы айында"),
    ((("years", 0),), "year год||а|у жыл||ы|да"),
    ((("weekday", 0),), "monday mon понедельник||а|у|е|ом пн дүйсенбі~ дс"),
    ((("weekday", 1),), "tuesday tues tue вторник||а|у|е|ом вт сейсенбі~ сс"),
    ((("weekday", 2),), "wednesday weds wed сред|а|ы|у|е|ой ср сәрсенбі~"),
    ((("weekday", 3),), "thursday thurs thur thu четверг||а|у|е|ом чт бейсенбі~ бс"),
    ((("weekday", 4),), "friday fri пятниц|а|ы|у|е|ей пт жұма~ жм"),
    ((("weekday", 5),), "saturday sat суббот|а|ы|у|е|ой сб сенбі~"),
    ((("weekday", 6),), "sunday sun воскресен|ье|ья|ью|ьем|ие|ия|ию вс жексенбі~ жс"),
    ((("month", 1),), "january jan январ|ь|я|ю|е|ем янв қаңтар~ қаң"),
    ((("month", 2),), "february feb феврал|ь|я|ю|е|ем фев ақпан~ ақп"),
    ((("month", 3),), "march mar март||а|у|е|ом мар наурыз~ nawryz нау"),
    ((("month", 4),), "april apr апрел|ь|я|ю|е|ем апр сәуір~ sawir сәу"),
    ((("month", 5),), "may ма|й|я|ю|е|ем мамыр~ мам"),
    ((("month", 6),), "june jun июн||ь|я|ю|е|ем маусым~ mawsym мау"),
    ((("month", 7),), "july jul июл||ь|я|ю|е|ем шілде~ шіл"),
    ((("month", 8),), "august aug август||а|у|е|ом авг тамыз~ там"),
    ((("month", 9),), "september sept sep сентябр|ь|я|ю|е|ем сент сен қыркүйек~ қыр"),
    ((("month", 10),), "october oct октябр|ь|я|ю|е|ем окт қазан~ қаз"),
    ((("month", 11),), "november nov ноябр|ь|я|ю|е|ем нояб ноя қараша~ қар"),
    ((("month", 12),), "december dec декабр|ь|я|ю|е|ем дек желтоқсан~ желт жел"),
)
_FROM_ENDINGS = "нан нен дан ден тан тен ынан інен сынан сінен"
"""The Kazakh ablative, which says "from": 15 желтоқсаннан 17 желтоқсанға дейін."""
_OTHER_ENDINGS = (
    "ы і сы сі да де та те ында інде сында сінде ның нің дың дің тың тің "
    "ға ге қа ке на не ына іне сына сіне дағы дегі тағы тегі ындағы індегі"
)
_ONLY_AFTER_NUMBERS = "st nd rd th е го й я ое ого му ому г год года году ж жыл жылы жылғы жылдың ші шы нші інші"

_NUMBERS = (
    r"(?P<year>\d{4})(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<day>\d\d?)(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[./])(?P<month>\d\d?)(?P=_)(?P<short>\d\d)(?!\d)",
    r"(?P<year>\d{4})-(?P<joined_month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})[./](?P<month>\d\d?)(?!\d)",
    r"(?P<month>\d\d?)[-./](?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)[./](?P<month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)-(?P<joined_word>[^\W\d_]+)(?:-(?:(?P<year>\d{4})|(?P<short>\d\d)(?!-))(?!\d))?",
    r"(?P<day>\d\d?)(?!\d)",
    r"(?P<number>\d+)",
)
"""Of the forms that fit, the first one counts; the names of its groups are kinds of tokens."""
_OTHERS = (
    r"[\s,]+|\.(?!\.)",
    r"(?P<word>[^\W\d_]+)(?:-(?=\d{4}(?!\d|[-./]\d)))?",  # the hyphen of dec-2023 makes no range
    r"(?P<word>\.\.|[-/+])\.*",
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
    for kind, written in _pieces(text):
        says = _said_by(kind, written, tokens, after_number=after_number)
        for token in says:
            _append(token, tokens, after_number=after_number)
        after_number = "word" not in kind or (after_number and not says)
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
    if kind in {"days", "week"} and after_number:
        tokens[-1] = ("count", tokens[-1][1])
    is_minus = token == DASH and (not tokens or tokens[-1] == UNTIL)
    tokens.append(("sign", -1) if is_minus else token)


def _meaning(word: str, *, after_number: bool) -> Meaning:
    """Return what *word* says, or refuse it."""
    says = meaning(word, after_number=after_number)
    if says is None:
        raise ReadingError(_("the word {word} is unknown").format(word=quoted(word)))
    return says


def meaning(word: str, *, after_number: bool = False) -> Meaning | None:
    """Return what *word*, in lower case, says about days; None where it says nothing.

    >>> meaning("декабря"), meaning("желтоқсанда"), meaning("zheltoqsan"), meaning("marvellous")
    ((('month', 12),), (('month', 12),), (('month', 12),), None)
    >>> meaning("жұмадан"), meaning("го"), meaning("го", after_number=True)
    ((('weekday', 4), ('to', 1)), None, ())
    """
    tables = (_endings(), _meanings()) if after_number else (_meanings(),)
    return next((table[key] for key in (word, fold(word)) for table in tables if key in table), None)


def spellings() -> Iterator[tuple[str, Meaning]]:
    """Yield every word of the tables with what it says."""
    for says, words in _WORDS:
        for word in words.split():
            stem, *endings = word.rstrip("~").split("|")
            yield from ((stem + ending, says) for ending in endings or [""])
            if word.endswith("~"):
                yield from ((stem + ending, says) for ending in _OTHER_ENDINGS.split())
                yield from ((stem + ending, (*says, UNTIL)) for ending in _FROM_ENDINGS.split())


@cache
def _meanings() -> dict[str, Meaning]:
    """Return the tables as one mapping."""
    return _by_form(dict(spellings()))


@cache
def _endings() -> dict[str, Meaning]:
    """Return what may follow figures: 17th, 17-го, 17-сі, and 15-нен, which says "from"."""
    dropped: dict[str, Meaning] = dict.fromkeys(f"{_ONLY_AFTER_NUMBERS} {_OTHER_ENDINGS}".split(), ())
    return _by_form(dropped | dict.fromkeys(_FROM_ENDINGS.split(), (UNTIL,)))


def _by_form(meanings: dict[str, Meaning]) -> dict[str, Meaning]:
    """Return *meanings* by search form, where the first of several words counts, and by word as written.

    The latter tells «сс» (Tuesday) from «с» (from), and «день» from the ending of «17-ден». All are
    folded in one go, which is much faster than one by one.
    """
    words = [word for word in meanings if word.isalpha()]
    forms = fold(" ".join(words)).split()
    return dict(zip(reversed(forms), map(meanings.__getitem__, reversed(words)), strict=True)) | meanings


def quoted(text: str) -> str:
    r"""Return *text* for a message: cut where it is long, and with what a terminal would obey made visible.

    >>> quoted("сенбі" + chr(27))
    "'сенбі\\x1b'"
    """
    shown = ""
    for character in text:
        piece = character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        if len(shown) + len(piece) > SHOWN:
            return f"'{shown}…'"
        shown += piece
    return f"'{shown}'"


def day_name(day: int | None, month: int | None, year: int | None) -> str:
    """Return what people call a day, whatever is known of it: 17 December 2023."""
    if month is None:
        return _("year {year}").format(year=year) if day is None else _("day {day}").format(day=day)
    parts = (day, months()[month - 1], year)
    return " ".join(str(part) for part in parts if part is not None)
