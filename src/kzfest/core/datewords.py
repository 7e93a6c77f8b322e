"""What people write for days, taken apart into tokens: the words of three languages, figures and marks.

One meaning a row, whatever the language, so that languages mix freely. Words are compared in their
search form (`folding.py`), which brings Latin spellings and Kazakh without its own letters along.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

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
    ((("months", 0),), "month месяц||а|е ай||да|ы|ында"),
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
_ONLY_AFTER_NUMBERS = (
    "st nd rd th е го й я ое ого му ому г год года году ж жыл жылы жылғы жылдың ші шы нші інші"
)

_NUMBERS = (
    r"(?P<year>\d{4})(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<day>\d\d?)(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[-./])(?P<month>\d\d?)(?P=_)(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)(?P<_>[./])(?P<month>\d\d?)(?P=_)(?P<short>\d\d)(?!\d)",
    r"(?P<year>\d{4})[-./](?P<month>\d\d?)(?!\d)",
    r"(?P<month>\d\d?)[-./](?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)[./](?P<month>\d\d?)(?!\d)",
    r"(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d\d?)(?!\d)(?:-(?=[^\W\d]))?",  # the hyphen of 17-dec or 17-го makes no range
    r"(?P<number>\d+)",
)
"""Of the forms that fit, the first one counts; the names of its groups are kinds of tokens."""
_OTHERS = (
    r"[\s,]+|\.(?!\.)",
    r"(?P<word>[^\W\d_]+)(?:-(?=\d{4}(?!\d|[-./]\d)))?",  # nor does the hyphen of dec-2023
    r"(?P<word>\.\.|[-/+])\.*",
)
_MARKS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("…"): ".."}


class Unreadable(Exception):  # noqa: N818 - a reason on its way to `read_when`, which makes an error of it
    """Why a text names no days, as part of a sentence."""


def tokens_of(text: str) -> list[Token]:
    """Return what *text* says, piece by piece.

    >>> tokens_of("Sun, 17-го декабря")
    [('weekday', 6), ('day', 17), ('month', 12)]
    >>> tokens_of("15.12.2023..")
    [('day', 15), ('month', 12), ('year', 2023), ('to', 1)]
    """
    tokens: list[Token] = []
    after_number = False
    for piece in _pieces(text):
        if "word" in piece:
            says = _said_by(piece["word"], after_number=after_number)
            for token in says:
                _append(token, tokens, after_number=after_number)
            after_number = after_number and not says
        else:
            tokens += _figures({kind: int(figures) for kind, figures in piece.items() if kind != "_"})
            after_number = True
    return tokens


def _pieces(text: str) -> Iterator[dict[str, str]]:
    """Yield the words and the dates in figures of *text*, by the kinds that their form gives them."""
    if len(text) > LONGEST:
        raise Unreadable(_("it is longer than {longest} characters").format(longest=LONGEST))
    plain = normalize("NFC", text).casefold().translate(_MARKS)
    at = 0
    while at < len(plain):
        forms = _NUMBERS if plain[at].isdecimal() else _OTHERS
        match = next(filter(None, (re.compile(form).match(plain, at) for form in forms)), None)
        if match is None:
            raise Unreadable(_("{character} has no place in a date").format(character=quoted(plain[at])))
        if piece := match.groupdict():
            yield piece
        at = match.end()


def _said_by(word: str, *, after_number: bool) -> Meaning:
    """Return what *word* says."""
    says = meaning(word, after_number=after_number)
    if says is None:
        raise Unreadable(_("the word {word} is unknown").format(word=quoted(word)))
    return says


def _append(token: Token, tokens: list[Token], *, after_number: bool) -> None:
    """Add *token* to *tokens*, and let neighbours change each other.

    A number before "days" counts them, and a hyphen with no day before it is a minus.
    """
    if token == DASH and (not tokens or tokens[-1] == UNTIL):
        token = ("sign", -1)
    if token[0] in {"days", "week"} and after_number:
        tokens[-1] = ("count", tokens[-1][1])
    tokens.append(token)


def _figures(parts: dict[str, int]) -> Iterator[Token]:
    """Yield the *parts* of a date in figures; a year of two figures is a guess at the century."""
    if not 1 <= parts.get("month", 1) <= 12:
        why = _("there is no month {month} (25.12 begins with the day, 2023-12-25 with the year)")
        raise Unreadable(why.format(month=parts["month"]))
    for kind, value in parts.items():
        yield from [("year", 2000 + value), ("guessed", 1)] if kind == "short" else [(kind, value)]


def meaning(word: str, *, after_number: bool = False) -> Meaning | None:
    """Return what *word*, in lower case, says about days; None where it says nothing.

    >>> meaning("декабря"), meaning("желтоқсанда"), meaning("zheltoqsan"), meaning("marvellous")
    ((('month', 12),), (('month', 12),), (('month', 12),), None)
    >>> meaning("жұмадан"), meaning("го"), meaning("го", after_number=True)
    ((('weekday', 4), ('to', 1)), None, ())
    """
    form = fold(word)
    if after_number and form in _endings():
        return _endings()[form]
    return _meanings().get(word, _meanings().get(form))


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
    """Return the tables as one mapping, by search form and by the word as written.

    The latter only for the marks, and for «сс» (Tuesday), which folds to the letter of «с» (from).
    """
    written = dict(spellings())
    return _by_form(written) | written


@cache
def _endings() -> dict[str, Meaning]:
    """Return what may follow figures: 17th, 17-го, 17-сі, and 15-нен, which says "from"."""
    dropped: dict[str, Meaning] = dict.fromkeys(f"{_ONLY_AFTER_NUMBERS} {_OTHER_ENDINGS}".split(), ())
    return _by_form(dropped | dict.fromkeys(_FROM_ENDINGS.split(), (UNTIL,)))


def _by_form(meanings: dict[str, Meaning]) -> dict[str, Meaning]:
    """Return *meanings* by search form; of two words with one form, the first counts.

    All are folded in one go, which is much faster than one by one.
    """
    words = [word for word in meanings if word.isalpha()]
    forms = fold(" ".join(words)).split()
    return dict(zip(reversed(forms), (meanings[word] for word in reversed(words)), strict=True))


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
    parts = (day, _month_names()[month - 1], year)
    return " ".join(str(part) for part in parts if part is not None)


def _month_names() -> tuple[str, ...]:
    """Return the names of the months, as they follow a day."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )


def weekday_name(number: int) -> str:
    """Return the name of a day of the week, of which Monday is 0."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[number]
