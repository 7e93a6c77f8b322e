"""Which of a text's languages a person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.model import LANGUAGES
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kzfest.core.model import Texts


_WITHOUT_QUOTES = dict.fromkeys(map(ord, '«»“”„"'))
LETTERS_QUOTED = 40
"""Enough of a text for its writer to know it again in a message."""


class LocalizedText(NamedTuple):
    """A text and the language that it is in."""

    text: str
    language: str


def choose(texts: Texts, language: str) -> LocalizedText:
    """Return the text in *language*, else in English, else in the first language there is.

    >>> choose({"en": "Now, I See You", "fr": "Maintenant, je te vois"}, "kk")
    Chosen(text='Now, I See You', language='en')
    """
    for wanted in (language, LANGUAGES[0], *texts):
        if wanted in texts:
            return LocalizedText(texts[wanted], wanted)
    raise ValueError("a text has at least one language")


def text_in(texts: Texts | None, language: str) -> str | None:
    """Return the text that `choose` gives, or None where there is no text at all."""
    return choose(texts, language).text if texts else None


def as_python_writes(text: str) -> str:
    r"""Return *text* as it stands in a program's quotes: ``\x1b`` for an escape."""
    return text.encode("unicode_escape").decode()


def called(word: str, labels: Mapping[str, Texts], language: str) -> str:
    """Return what a category, a tag or a city is called by *labels*, else the word itself."""
    return choose({LANGUAGES[0]: word, **labels.get(word, {})}, language).text


def person_name(person: str) -> str:
    """Return the name in what is said of a person, behind which their role stands in brackets.

    >>> person_name("Temirlan Beisenbay (Ratovich; piano)")
    'Temirlan Beisenbay'
    """
    return person.partition(" (")[0]


def completing(begun: str, texts: Iterable[str]) -> list[str]:
    """Return those of *texts* that begin with *begun*, in its capitals, else a shell drops them; without quotes.

    >>> completing("нац", ["Национальный музей", "Нацмузей", "Цирк"]), completing("Бар", ["«Барыс Арена»"])
    (['национальный музей', 'нацмузей'], ['Барыс Арена'])
    """
    plain = (text.translate(_WITHOUT_QUOTES) for text in texts)
    found = (begun + text[len(begun) :] for text in plain if text.casefold().startswith(begun.casefold()))
    return list(dict.fromkeys(found))


def nested(text: str) -> str:
    """Return *text* with quotes inside quotes as Russian and Kazakh print them.

    >>> nested("«опера» понято как ««Астана Опера» театры»")
    '«опера» понято как «„Астана Опера“ театры»'
    """
    if text.count("«") != text.count("»"):
        return text  # somebody's own, and not ours to pair
    depth, printed = 0, []
    for letter in text:
        depth += letter == "«"
        printed.append({"«": "„", "»": "“"}.get(letter, letter) if depth > 1 else letter)
        depth -= letter == "»"
    return "".join(printed)


def quoted(text: str) -> str:
    r"""Return *text* for a message: cut where it is long, and with what a terminal would obey made visible.

    >>> quoted("сенбі" + chr(27))
    "'сенбі\\x1b'"
    """
    shown = ""
    for character in text:
        piece = character if character.isprintable() else as_python_writes(character)
        if len(shown) + len(piece) > LETTERS_QUOTED:
            shown += "…"
            break
        shown += piece
    return _("'{text}'").format(text=shown)


def legible(text: str) -> str:
    r"""Return *text*, which anybody may have written, without what acts on a terminal, deceives, or is no letter.

    Of what begins a new line, all becomes a line break, and a tab becomes a space.

    >>> legible("tea\x1b[2J at\tfive\udcff\r\nor\u202e six")
    'tea[2J at five\nor six'
    """
    import re

    while (left := re.sub(_acting(text), "", "\n".join(text.splitlines()).replace("\t", " ")).strip()) != text:
        text = left  # what is taken out may have stood between two that deceive only side by side
    return text


def legible_line(text: str) -> str:
    r"""Return *text* as `legible` does, on one line and with one space between its words.

    >>> legible_line("\ttea\n at  five")
    'tea at five'
    """
    while (line := " ".join(legible(text).split())) != text:
        text = line
    return text


def deceiving(text: str) -> list[str]:
    r"""Return the letters of *text* that nobody sees, or that put others into an order which is not theirs.

    What a language needs is none of them: a joiner in Persian or in an emoji, a mark of direction in Hebrew, the blank
    between words of Braille, the letters of a flag.

    >>> deceiving("pay\u200bpal \u202etxt.exe"), deceiving("نمی\u200cخواهم 👩\u200d🚀")
    (['\u200b', '\u202e'], [])
    """
    import re

    if text.isascii() or not re.search(f"[{_TURNING}{_UNSEEN}{_BLANK}{_JOINING}{_DIRECTING}]", text):
        return []
    return list("".join(re.findall(_deceiving(text), text)))


def visible(text: str, written: Callable[[str], str] = as_python_writes) -> str:
    r"""Return *text* with what acts on a terminal, or deceives, as it is *written* in plain letters.

    Where Unicode has nothing in it but letters, even unseen ones, it is left alone: this is on the way of every page.

    >>> visible("\x1b[2J is no file;\u202e see\n")
    '\\x1b[2J is no file;\\u202e see\n'
    """
    if text.replace("\r\n", "").replace("\n", "").replace("\xa0", "").isprintable():  # dates in Russian have that space
        return text
    import re

    return re.sub(_acting(text), lambda found: written(found[0]), text)


_TURNING = "\u202a-\u202e\u2066-\u2069"
"""Puts letters into another order, also those that follow on the line: RTL overrides, embeddings, isolates."""
_UNSEEN = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\ufdd0-\ufdef"
) + "".join(chr(plane + last) for plane in range(0, 0x11_0000, 0x1_0000) for last in (0xFFFE, 0xFFFF))
"""Nobody sees them, and no language of a programme needs them; the last of them stand for no letter, and never will."""
_BLANK = "\u2800"
"""The Braille letter without a dot, which nobody sees: a space, and only between others of Braille."""
_BRAILLE = "[\u2800-\u28ff]"
_FLAG = "\U0001f3f4"
_FLAGS = tuple(
    f"{_FLAG}{''.join(chr(0xE0000 + ord(letter)) for letter in place)}\U000e007f"
    for place in ("gbeng", "gbsct", "gbwls")
)
"""England, Scotland and Wales: a black flag and unseen letters, which are lawful nowhere else."""
_IN_A_FLAG = "|".join(f"(?<={flag[:at]}){flag[at:]}" for flag in _FLAGS for at in range(1, len(flag)))
_JOINING = "\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Nobody sees them, yet they shape the letters beside them: in Persian, Mongolian, emoji, Japanese names."""
_DIRECTING = "\u061c\u200e\u200f"
"""Nobody sees them, yet they put a full stop on the right side of Hebrew and Arabic words."""
_RIGHT_TO_LEFT = "[\u0590-\u0619\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_HIDDEN = f"[{_TURNING}{_UNSEEN}{_BLANK}{_DIRECTING}\ud800-\udfff\u2028\u2029]"
"""Shown as it is written, in Latin letters and digits; so no joiner belongs beside it."""
_SHAPED = f"(?!{_HIDDEN})[\xa9\xae\u0530-\U0010ffff]"
"""What may have a joiner beside it: no Latin, Greek or Cyrillic letter, no digit or sign but © and ® (as emoji)."""
_OBEYED = "[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ud800-\udfff\u2028\u2029]|\\r(?!\\n)"


def _deceiving(text: str) -> str:
    """Return the pattern of what deceives in *text*; as text, since compiling it takes longer than most runs need."""
    import re

    directing = "" if re.search(_RIGHT_TO_LEFT, text) else _DIRECTING
    lawful = f"(?!{_IN_A_FLAG})" if _FLAG in text else ""
    unseen = f"(?:{lawful}[{_TURNING}{_UNSEEN}{directing}])+|(?<!{_BRAILLE}){_BLANK}+|{_BLANK}+(?!{_BRAILLE})"
    return f"{unseen}|(?<!{_SHAPED})[{_JOINING}]+(?!{_SHAPED})|[{_JOINING}]{{3,}}"


def _acting(text: str) -> str:
    return f"{_deceiving(text)}|{_OBEYED}"
