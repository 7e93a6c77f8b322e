"""What of a text may reach a terminal or a plan: control characters and deceptive letters are shown or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS_QUOTED = 40
"""Characters of a value that a message quotes."""


def as_python_writes(text: str) -> str:
    r"""Return *text* with escape sequences as in Python source: ``\x1b`` for an escape character."""
    return text.encode("unicode_escape").decode()


def nested(text: str) -> str:
    """Return *text* with inner quotation marks as in Russian and Kazakh typography.

    >>> nested("«опера» понято как ««Астана Опера» театры»")
    '«опера» понято как «„Астана Опера“ театры»'
    """
    if text.count("«") != text.count("»"):
        return text  # unpaired quotes of the data
    depth, printed = 0, []
    for letter in text:
        depth += letter == "«"
        printed.append({"«": "„", "»": "“"}.get(letter, letter) if depth > 1 else letter)
        depth -= letter == "»"
    return "".join(printed)


def quoted(text: str) -> str:
    r"""Return *text* in quotes for a message: shortened, and with control characters escaped.

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
    r"""Return untrusted *text* without control characters, deceptive characters and surrogates.

    All line separators become line feeds, and tabs become spaces.

    >>> legible("tea\x1b[2J at\tfive\udcff\r\nor\u202e six")
    'tea[2J at five\nor six'
    """
    import re

    if text.isascii() and text.isprintable():
        return text.strip()
    text = "\n".join(text.splitlines()).replace("\t", " ").strip()
    if not re.search(_SUSPECT, text):  # ten times as fast, and true of most texts
        return text
    while (left := re.sub(_unsafe(text), "", text).strip()) != text:
        text = "\n".join(left.splitlines())  # removal may join two that deceive only side by side
    return text


def legible_line(text: str) -> str:
    r"""Return *text* as `legible` does, on one line with single spaces.

    >>> legible_line("\ttea\n at  five")
    'tea at five'
    """
    while (line := " ".join(legible(text).split())) != text:
        text = line
    return text


def deceiving(text: str) -> list[str]:
    r"""Return the characters of *text* that are invisible or change the order of others.

    Characters that a script needs do not count: joiners in Persian or in emoji, direction marks in Hebrew, blanks in
    Braille, the tag characters of a flag.

    >>> deceiving("pay\u200bpal \u202etxt.exe"), deceiving("نمی\u200cخواهم 👩\u200d🚀")
    (['\u200b', '\u202e'], [])
    """
    import re

    if text.isascii() or not re.search(_SUSPECT, text):
        return []
    return list("".join(re.findall(_deceptive(text), text)))


def visible(text: str, written: Callable[[str], str] = as_python_writes) -> str:
    r"""Return *text* with control and deceptive characters replaced by what *written* makes of them.

    Every page passes through here, so text that is printable by `str.isprintable` is returned at once.

    >>> visible("\x1b[2J is no file;\u202e see\n")
    '\\x1b[2J is no file;\\u202e see\n'
    """
    if text.replace("\r\n", "").replace("\n", "").replace("\xa0", "").isprintable():  # Russian dates have NBSP
        return text
    import re

    return re.sub(_unsafe(text), lambda found: written(found[0]), text)


_REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Overrides, embeddings and isolates: they change the order of the characters after them on the line."""
_INVISIBLE_COMMON = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u206a-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff"
)
_INVISIBLE = (
    f"{_INVISIBLE_COMMON}\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(chr(plane + last) for plane in range(0x1_0000, 0x11_0000, 0x1_0000) for last in (0xFFFE, 0xFFFF))
"""Invisible characters that no language of a programme needs, and noncharacters; the common ones are below U+10000."""
_BLANK = "\u2800"
"""The Braille pattern without dots, which looks like a space; allowed only between Braille patterns."""
_BRAILLE = "[\u2800-\u28ff]"
_FLAG = "\U0001f3f4"
_FLAGS = tuple(
    f"{_FLAG}{''.join(chr(0xE0000 + ord(letter)) for letter in place)}\U000e007f"
    for place in ("gbeng", "gbsct", "gbwls")
)
"""England, Scotland and Wales: a black flag and tag characters, which are allowed nowhere else."""
_IN_A_FLAG = "|".join(f"(?<={flag[:at]}){flag[at:]}" for flag in _FLAGS for at in range(1, len(flag)))
_JOINERS_COMMON = "\u180b-\u180f\u200c\u200d\ufe00-\ufe0f"
_JOINERS = f"{_JOINERS_COMMON}\U000e0100-\U000e01ef"
"""Joiners and variation selectors: invisible, but they shape the characters beside them, as in Persian and emoji."""
_DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Direction marks: invisible, but Hebrew and Arabic text needs them."""
_RIGHT_TO_LEFT = "[\u0590-\u0619\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_ESCAPED = f"[{_REORDERING}{_INVISIBLE}{_BLANK}{_DIRECTION_MARKS}\ud800-\udfff\u2028\u2029]"
"""`visible` replaces these by ASCII, so a joiner beside them has nothing to shape."""
_JOINABLE = f"(?!{_ESCAPED})[\xa9\xae\u0530-\U0010ffff]"
"""May have a joiner beside it. Excludes Latin, Greek, Cyrillic, digits, and signs except © and ® (as emoji)."""
_CONTROL = "[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ud800-\udfff\u2028\u2029]|\\r(?!\\n)"

_SUSPECT = (
    "[\\0-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029"
    f"{_REORDERING}{_INVISIBLE_COMMON}{_BLANK}{_JOINERS_COMMON}{_DIRECTION_MARKS}"
    "\U0001bca0-\U0001d17a\U0001fffe-\U0010ffff]"
)
"""Characters of which some texts must be cleaned; a text without any never must.

Two wide ranges stand for the rare ones beyond U+FFFF: `re` takes twelve times as long with each of them.
"""


def _deceptive(text: str) -> str:
    """Return the pattern of deceptive characters for *text*, uncompiled, because most runs never need it."""
    import re

    directing = "" if re.search(_RIGHT_TO_LEFT, text) else _DIRECTION_MARKS
    lawful = f"(?!{_IN_A_FLAG})" if _FLAG in text else ""
    unseen = f"(?:{lawful}[{_REORDERING}{_INVISIBLE}{directing}])+|(?<!{_BRAILLE}){_BLANK}+|{_BLANK}+(?!{_BRAILLE})"
    return f"{unseen}|(?<!{_JOINABLE})[{_JOINERS}]+(?!{_JOINABLE})|[{_JOINERS}]{{3,}}"


def _unsafe(text: str) -> str:
    return f"{_deceptive(text)}|{_CONTROL}"
