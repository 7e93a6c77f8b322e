"""The words that people write for days, in three languages: what each of them says.

One meaning a row, whatever the language, so that languages mix freely. Words are compared in their
search form (`folding.py`), which brings Latin spellings and Kazakh without its own letters along.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from kzfest.core.folding import SHORTEST_MISSPELT, fold, nearest_folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Token: TypeAlias = tuple[str, int]
"""A kind and a value: ``("month", 12)``. What follows from which kinds is the grammar of `when.py`."""
Meaning: TypeAlias = tuple[Token, ...]
"""What one word says: nothing for a filler, two things for «жұмадан» (Friday, and "to" after it)."""

UNTIL = ("to", 1)
"""Between two days, or at the open end of a range."""
DASH = ("to", 0)
"""Between two days only: at an end, a hyphen is more likely a slip than a wish."""
AND = ("to", 2)
"""Between two days that follow each other."""
FROM = ("from", 1)
BETWEEN = ("between", 1)
"""What makes a range of "15 and 17 december"."""
NOW = ("now", 0)
HOURS = ("hours", 1)
"""A part of a day, which is no day."""

# `a|b|c` stands for ab and ac; `a~` is a Kazakh noun and `a*` a Russian adjective, which take the endings below.
_WORDS: tuple[tuple[Meaning, str], ...] = (
    ((), "on at the of during for up all whole inclusive в во на числа число весь всю вся всё включительно"),
    ((), "бастап бүкіл ішінде"),
    ((FROM,), "from since starting onwards с со от начиная c"),  # this c is Latin, and looks the same
    ((UNTIL,), "to till until through по до .."),
    ((DASH,), "- /"),
    ((AND,), "and & и және мен бен пен"),
    ((BETWEEN,), "between между аралығы аралығында"),
    ((("till", 1),), "дейін шейін"),
    ((("beyond", 1),), "after после"),
    ((("beyond", -1),), "before раньше"),
    ((("begin", 1),), "beginning start начал|о|а|е басы||нда"),
    ((("begin", 1), UNTIL), "басынан"),
    ((("end", 1),), "end кон|ец|ца|це соңы||на|нда аяғы||на|нда"),
    ((("in", 1),), "in"),
    ((("sign", 1),), "+ через кейін соң"),
    ((("sign", -1),), "ago назад бұрын"),
    ((NOW,), "now қазір сейчас"),
    ((("shift", 0),), "today tonight бүгін~ сегодня сегодняшн*"),
    ((("shift", 1),), "tomorrow ертең~ завтра завтрашн*"),
    ((("shift", 2),), "бүрсігүн~ бүрсүгүн~ послезавтра"),
    ((("shift", -1),), "yesterday кеше кешегі вчера вчерашн*"),
    ((("shift", -2),), "алдыңгүні позавчера"),
    ((("which", 0),), "this current осы бұл эт|а|о|ой|у|от|ом|и|их|ого текущ*"),
    ((("which", 1),), "next келесі келер следующ* будущ*"),
    ((("which", -1),), "last previous өткен алдыңғы прошл|ая|ой|ую|ый|ого|ом|ые|ых"),
    ((("coming", 1),), "coming upcoming алдағы ближайш* предстоящ*"),
    ((("days", 1),), "d day days д день дня дней күн күнде күнге"),
    ((("days", 1), UNTIL), "күннен"),
    ((("days", 0),), "дни күні күнінде күніне күнінің күнгі күндер|і|де|інде|ге|іне"),
    ((("days", 0), UNTIL), "күнінен"),
    ((("week", 7),), "w week weeks нед недел|я|и|ю|е|ь апта~"),
    ((("weekend", 0),), "weekend выходн|ые|ых уикенд||е демалыс~ демалысты"),
    ((("months", 0),), "month месяц||а|е ай~"),
    ((("years", 0),), "year год||а|у жыл~"),
    ((("which", 0), ("years", 0)), "биыл биылғы"),
    ((("which", -1), ("years", 0)), "былтыр былтырғы"),
    ((("weekday", 0),), "monday mon понедельник||а|у|е|ом пн дүйсенбі~ дс"),
    ((("weekday", 1),), "tuesday tues tue вторник||а|у|е|ом вт сейсенбі~ сс"),
    ((("weekday", 2),), "wednesday weds wed сред|а|ы|у|е|ой ср сәрсенбі~"),
    ((("weekday", 3),), "thursday thurs thur thu четверг||а|у|е|ом чт бейсенбі~ бс"),
    ((("weekday", 4),), "friday fri пятниц|а|ы|у|е|ей пт жұма~ жм"),
    ((("weekday", 5),), "saturday sat суббот|а|ы|у|е|ой сб сенбі~"),
    ((("weekday", 6),), "sunday sun воскресен|ье|ья|ью|ьем|ие|ия|ию вс жексенбі~ жс"),
    ((("month", 1),), "january jan январ|ь|я|ю|е|ем янв қаңтар~ қаң"),
    ((("month", 2),), "february feb феврал|ь|я|ю|е|ем фев февр ақпан~ ақп"),
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
    ((("number", 1),), "a one один одну одна бір"),
    ((("number", 2),), "two два две двух екі"),
    ((("number", 3),), "three три трёх үш"),
    ((("number", 4),), "four четыре төрт"),
    ((("number", 5),), "five пять бес"),
    ((("number", 6),), "six шесть алты"),
    ((("number", 7),), "seven семь жеті"),
    ((HOURS,), "morning noon afternoon evening night am pm oclock hour hours час||а|ов сағат"),
    ((HOURS,), "утро утром утра полдень днём вечер||ом|а ночь ночью ночи"),
    ((HOURS,), "таң таңертең таңғы түс түсте кеш кешке кешкі кешкісін түн түнде түнгі"),
)
# What several words say together: `_` is the space between them.
_PHRASES: tuple[tuple[Meaning, str], ...] = (
    ((("shift", 2),), "day_after_tomorrow после_завтра"),
    ((("shift", -2),), "day_before_yesterday алдыңғы_күн алдыңғы_күні"),
    ((("weekend", 0),), "апта_соңы апта_соңында"),
    ((("day", 1), ("month", 1)), "new_year new_years new_year_day new_years_day новый_год нового_года новому_году"),
    ((("day", 1), ("month", 1)), "жаңа_жыл~"),
    ((("day", 31), ("month", 12)), "new_year_eve new_years_eve новогодняя_ночь новогоднюю_ночь новогодней_ночи"),
    ((("day", 31), ("month", 12)), "канун_нового_года жаңа_жыл_түн~ жаңа_жыл_қарсаң~"),
    ((("day", 16), ("month", 12)), "independence_day день_независимости дня_независимости дню_независимости"),
    ((("day", 16), ("month", 12)), "тәуелсіздік_күн~"),
)
LONGEST_PHRASE = 3
"""How many words the longest of them has."""
_NAMES = {"weekday", "month", "weekend", "shift"}
"""Kinds whose words are long and like no others, so that a misspelt one can be told."""
_FROM_ENDINGS = "нан нен дан ден тан тен ынан інен сынан сінен"
"""The Kazakh ablative, which says "from": 15 желтоқсаннан 17 желтоқсанға дейін."""
_OTHER_ENDINGS = (
    "ы і сы сі да де та те ында інде сында сінде ның нің дың дің тың тің ының інің сының сінің "
    "ға ге қа ке на не ына іне сына сіне ны ні ды ді ын ін сын сін ғы гі дағы дегі тағы тегі ындағы індегі"
)
_ADJECTIVE_ENDINGS = "ая яя ей ую юю ий его ему ем ие их ее"
_ONLY_AFTER_NUMBERS = "st nd rd th е го й я ое ого му ому г год года году ж жыл~ ші шы нші інші"


def meaning(word: str, *, after_number: bool = False) -> Meaning | None:
    """Return what *word*, in lower case, says about days; None where it says nothing.

    >>> meaning("декабря"), meaning("желтоқсанда"), meaning("zheltoqsan"), meaning("marvellous")
    ((('month', 12),), (('month', 12),), (('month', 12),), None)
    >>> meaning("жұмадан"), meaning("го"), meaning("го", after_number=True)
    ((('weekday', 4), ('to', 1)), None, ())
    """
    tables = (_endings, _meanings) if after_number else (_meanings,)
    for table in tables:
        if word in table():
            return table()[word]
    if len(word) == 1 and not word.isascii():  # «ә» is the key of 2, and no "a"
        return None
    forms = (_by_form(table) for table in tables)  # folding takes ten times as long, and few words need it
    return next((form[key] for form in forms for key in (fold(word), word) if key in form), None)


def is_phrase(words: list[str]) -> bool:
    """Whether *words* say something together; `meaning` is then asked for them in one: «жаңажыл»."""
    return len(words) > 1 and fold("".join(words)) in _by_form(_phrases)


def near(word: str) -> str | None:
    """Return the word that *word* may be a misspelling of.

    >>> near("decemer"), near("васкресенье"), near("marvellous")
    ('december', 'воскресенье', None)
    """
    if len(word) <= SHORTEST_MISSPELT:
        return None
    names = ((says, words.replace("~", "")) for says, words in _WORDS if says and says[0][0] in _NAMES)
    known = (name for name, _says in _spelt(names) if len(name) > SHORTEST_MISSPELT)
    return next(iter(nearest_folded(word, known, most=1)), None)


def spellings() -> Iterator[tuple[str, Meaning]]:
    """Yield every word of the tables with what it says, and every phrase in one word."""
    return _spelt((*_WORDS, *_PHRASES))


def _spelt(table: Iterable[tuple[Meaning, str]]) -> Iterator[tuple[str, Meaning]]:
    """Yield every form of the words in *table* with what it says."""
    for says, words in table:
        for word in words.replace("_", "").split():
            stem, *endings = word.rstrip("~*").split("|")
            if word.endswith("*"):
                endings = _ADJECTIVE_ENDINGS.split()
            yield from ((stem + ending, says) for ending in endings or [""])
            if word.endswith("~"):
                yield from ((stem + ending, says) for ending in _OTHER_ENDINGS.split())
                yield from ((stem + ending, (*says, UNTIL)) for ending in _FROM_ENDINGS.split())


@cache
def _meanings() -> dict[str, Meaning]:
    """Return the tables as one mapping."""
    return dict(spellings())


@cache
def _phrases() -> dict[str, Meaning]:
    """Return what several words say together, each phrase in one word."""
    return dict(_spelt(_PHRASES))


@cache
def _endings() -> dict[str, Meaning]:
    """Return what may follow figures: 17th, 17-го, 17-сі, and 15-нен, which says "from"."""
    words = dict(_spelt([((), f"{_ONLY_AFTER_NUMBERS} {_OTHER_ENDINGS}")]))
    return words | dict.fromkeys(_FROM_ENDINGS.split(), (UNTIL,))


@cache
def _by_form(table: Callable[[], dict[str, Meaning]]) -> dict[str, Meaning]:
    """Return the meanings of *table* by search form, where the first of several words counts.

    A word as written comes first: it tells «сс» (Tuesday) from «с» (from), and «день» from the ending of «17-ден».
    All are folded in one go, which is much faster than one by one.
    """
    meanings = table()
    words = [word for word in meanings if word.isalpha()]
    forms = fold(" ".join(words)).split()
    return dict(zip(reversed(forms), map(meanings.__getitem__, reversed(words)), strict=True))
