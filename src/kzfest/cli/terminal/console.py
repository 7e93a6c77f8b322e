"""Standard output and error: where text goes, how wide it may be, and whether it may have colour."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from kzfest.formats.page import Line, Page, Style

Colour: TypeAlias = Literal["auto", "always", "never"]
COLOURS: tuple[Colour, ...] = get_args(Colour)

STYLES: dict[Style, str] = {
    "strong": "bold",
    "faint": "color(243)",
    "heading": "bold color(30)",
    "good": "color(28)",
    "warning": "color(130)",
    "bad": "bold red",
    "link": "underline",
    "command": "bold color(98)",
}
"""Colours that are neither light nor dark, with a contrast of 4 to white and to black: they are read on either."""

LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "mintty", "rio", "Tabby"})
"""Terminals that make letters a link (OSC 8), by what they put into TERM_PROGRAM."""
LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")
"""The same, by TERM."""
LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
"""The same, by variables of their own."""
VTE_WITH_LINKS = 5_000
"""The version of GNOME's terminals, in VTE_VERSION, since which they do."""

WIDEST = 1_000
"""Columns of a page: more than any screen has. Rich takes time and memory for each of them."""
_SIZES = ("COLUMNS", "LINES", "TERMINAL_WIDTH")
"""The variables in which Python, Rich and Typer look for the size of the terminal."""

LONGEST_NOTE_LINE = 2_000
MOST_LINES = 200
"""Of what is told: more than any sentence of ours has by itself, names and fifty faults included."""
MOST_TOLD = 50
"""Sentences of one kind: nobody reads more, and a file that somebody sent may bring thousands."""

_TYPEWRITER = str.maketrans(
    {"–": "-", "—": "-", "─": "-", "·": "*", "…": "...", "’": "'", "“": '"', "”": '"', "\u00a0": " "}
)
"""For a terminal that cannot write more than plain letters: what would become a question mark."""


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()  # None: closed before we began (`>&-`)


def is_dumb() -> bool:
    """Whether the terminal can do nothing but write letters."""
    return os.environ.get("TERM") == "dumb"


class _Run:
    """What this run was asked for, and what it wrote last."""

    colour: Colour = "auto"
    last: Literal["page", "note"] | None = None


def use_colour(asked: str | None) -> None:
    """Let what has no other word for it, such as the help and errors, have the colour that is *asked* for."""
    _Run.colour = asked if asked in COLOURS else "auto"
    _Run.last = None


def has_colour(stream: TextIO | None, asked: Colour | None = None) -> bool:
    """Whether text on *stream* has colour, or anything else that a terminal obeys: one rule for all that is written.

    What is *asked* beats the variables: NO_COLOR, TERM=dumb, and a FORCE_COLOR or PY_COLORS of 0. They cannot
    colour a pipe: whoever wants that says so with `--color always`.
    """
    asked = asked or _Run.colour
    if asked != "auto":
        return asked == "always"
    refused = os.environ.get("NO_COLOR") or "0" in {os.environ.get(name) for name in ("FORCE_COLOR", "PY_COLORS")}
    return stream is not None and stream.isatty() and not is_dumb() and not refused


def knows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal of *environment* makes letters a link (OSC 8); in doubt it does not, and shows the address.

    FORCE_HYPERLINK has the last word. tmux and screen say nothing of the terminal around them.
    """
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    term = environment.get("TERM", "")
    if term.startswith(("screen", "tmux")) or environment.get("TERM_PROGRAM") == "tmux":
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdecimal() and int(vte[:9]) >= VTE_WITH_LINKS)
        or environment.get("TERM_PROGRAM") in LINKING_PROGRAMS
        or term.startswith(LINKING_TERMS)
        or any(environment.get(name) for name in LINKING_VARIABLES)
    )


def bound_sizes() -> None:
    """Have the environment claim no terminal larger than *WIDEST*, and none whose size is no number.

    The help and the tables obey these variables: some billion columns take all memory, and Rich stumbles over others.
    """
    for name in _SIZES:
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdigit()):
            os.environ.pop(name, None)
        elif len(size) > len(str(WIDEST)) or int(size) > WIDEST:
            os.environ[name] = str(WIDEST)


def width(stream: TextIO | None = None) -> int | None:
    """Return the columns of the terminal, or None where results, or what goes to *stream*, go elsewhere."""
    from shutil import get_terminal_size

    stream = stream or sys.stdout
    if stream is None or not stream.isatty():
        return None
    if stream is sys.stderr and not is_terminal() and not os.environ.get("COLUMNS"):
        with suppress(OSError):  # which asks standard output
            return os.get_terminal_size(stream.fileno()).columns or None
    return get_terminal_size().columns


def print_page(page: Page, colour: Colour) -> None:
    """Print *page* as the place it goes to allows."""
    from kzfest.cli.terminal.tables import letters, render
    from kzfest.formats.page import with_addresses

    coloured = has_colour(sys.stdout, colour)
    linked = coloured and is_terminal() and knows_links(os.environ)
    lines = render(page if linked else with_addresses(page), width())
    _part("page")
    if coloured:
        _print_styled(lines, sys.stdout, asked=colour)
    else:
        _say(letters(lines))


def _part(kind: Literal["page", "note"]) -> None:
    """Put an empty line between results and notes where both go to a terminal."""
    if _Run.last not in {None, kind} and is_terminal() and sys.stderr is not None and sys.stderr.isatty():
        sys.stdout.flush()
        sys.stderr.write("\n")
        sys.stderr.flush()
    _Run.last = kind


def _print_styled(lines: Iterable[Line], stream: TextIO, *, asked: Colour) -> None:
    """Print *lines* through Rich, which knows what a terminal's colours are."""
    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style as RichStyle

    styles: dict[str, RichStyle] = {name: RichStyle.parse(code) for name, code in STYLES.items()}
    force = {"force_terminal": True, "no_color": False, "color_system": "256"} if asked == "always" else {}
    console = Console(file=stream, soft_wrap=True, **force)  # type: ignore[arg-type]
    segments: list[Segment] = []
    for line in lines:
        for text, style, to in line:
            begun, ended = (f"\x1b]8;id={_link_id(to)};{_address(to)}\x1b\\", "\x1b]8;;\x1b\\") if to else ("", "")
            look = styles.get(style, RichStyle()) + styles["link"] if to else styles.get(style)
            segments += [Segment(begun), Segment(_writable(text), look), Segment(ended)]
        segments.append(Segment("\n"))
    console.print(Segments(segments), end="", soft_wrap=True)


def _link_id(address: str) -> int:
    """Return a number for *address*, by which a terminal knows the pieces of a link on several lines."""
    from zlib import crc32

    return crc32(address.encode("utf-8", "replace"))


def _address(address: str) -> str:
    """Return *address* in the letters that a terminal takes in a link."""
    from string import printable
    from urllib.parse import quote

    return quote(address, safe="".join(sign for sign in printable if sign > " "), errors="replace")


def print_text(text: str) -> None:
    """Print *text*, in the letters that standard output can write, with what a terminal would obey made visible."""
    _part("page")
    _say(text)


def print_wrapped(text: str) -> None:
    """Print *text* as `print_text` does; on a terminal, in lines between words."""
    columns = width()
    if columns is None:
        print_text(text)
        return
    from kzfest.cli.terminal.tables import letters, wrap
    from kzfest.formats.page import line

    print_text(letters(part for each in text.splitlines() for part in wrap(line(each), columns)))


def _say(text: str) -> None:
    import typer  # not at the top: what tells that Typer is broken needs this room as well

    typer.echo(_writable(text), nl=False)


def note(text: str, style: Style = "faint") -> None:
    """Print a sentence that is no result, on standard error, with what a terminal would obey made visible.

    A terminal has it in lines between words, in *style*; elsewhere a sentence is one line. Where it cannot be
    written (`2>/dev/full`), the result still can.
    """
    import typer  # as above

    from kzfest.core.texts import nested, visible  # not for --version

    shown = visible(nested(_shortened(text)))
    columns = width(sys.stderr) if sys.stderr is not None else None
    try:
        if columns is None:
            typer.echo(shown, err=True)
        else:
            _note_in_lines(shown, columns, style)
    except OSError:
        drop(sys.stderr)


ERROR_PREFIX = "kzfest: "
"""What an error begins with."""


def _note_in_lines(text: str, columns: int, style: Style) -> None:
    """Print a sentence on the terminal of standard error."""
    from kzfest.cli.terminal.tables import letters, wrap
    from kzfest.formats.page import StyledText, sentence

    _part("note")
    lines: list[Line] = []
    for said in text.split("\n"):
        is_error = said.startswith(ERROR_PREFIX)
        begun = (StyledText(ERROR_PREFIX, "bad"),) if is_error else ()
        indent = len(said) - len(said.lstrip(" "))
        told = sentence(said.removeprefix(ERROR_PREFIX).strip(" "), "" if is_error else style)
        wrapped = wrap((*begun, *told), max(columns - indent, 1))
        lines += [(StyledText(" " * indent), *line) for line in wrapped]
    if has_colour(sys.stderr):
        _print_styled(lines, sys.stderr, asked=_Run.colour)
    else:
        sys.stderr.write(letters(lines))
    sys.stderr.flush()


def note_each(told: Iterable[str], style: Style = "faint") -> None:
    """Print each of several sentences once, in *style*, and of many of them the first, with how many more there are."""
    from kzfest.i18n import _  # nor this

    sentences = list(dict.fromkeys(told))
    for text in sentences[:MOST_TOLD]:
        note(text, style)
    if len(sentences) > MOST_TOLD:
        note(_("and {n} more").format(n=len(sentences) - MOST_TOLD))


def drop(stream: TextIO) -> None:
    """Let what *stream* still has go nowhere, so that Python does not stumble over it on its way out."""
    with suppress(UnsupportedOperation):  # nor does Python, over one that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _shortened(text: str) -> str:
    """Return *text* without the middle of lines that nobody reads to their end, such as an argument of a megabyte."""
    lines = [
        line
        if len(line) <= LONGEST_NOTE_LINE
        else f"{line[: LONGEST_NOTE_LINE // 2]} … {line[-LONGEST_NOTE_LINE // 2 :]}"
        for line in text.split("\n")
    ]
    return "\n".join(
        lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES // 2], "…", *lines[-MOST_LINES // 2 :]]
    )


def _writable(text: str) -> str:
    from kzfest.core.texts import visible  # not for --version

    text = visible(text)
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_TYPEWRITER).encode(encoding, "replace").decode(encoding)
    return text
