"""Standard output and error: where text goes, how wide it is, and whether it has colour."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
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
    "mark": "color(30)",
    "today": "reverse",
    "code": "color(16) on color(231)",
}
"""Colours with a contrast of 4 to both white and black, so that they are readable on either."""

LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "mintty", "rio", "Tabby"})
"""Terminals that support hyperlinks (OSC 8), by their TERM_PROGRAM."""
LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")
"""The same, by TERM."""
LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
"""The same, by variables of their own."""
VTE_WITH_LINKS = 5_000
"""The first version of GNOME's terminals that supports them, in VTE_VERSION."""

WIDEST = 1_000
"""The columns of a page at most: more than any screen has. Rich takes time and memory for each column."""
_SIZES = ("COLUMNS", "LINES", "TERMINAL_WIDTH")
"""The variables from which Python, Rich and Typer take the size of the terminal."""

END_OF_INPUT = "Ctrl-Z" if sys.platform == "win32" else "Ctrl-D"
"""The keys that end what a person types as standard input."""
LONGEST_NOTE_LINE = 2_000
MOST_LINES = 200
"""The lines of a note at most: more than any message of ours needs, with names and fifty faults."""
MOST_TOLD = 50
"""The notes of one kind at most: people read no more, and a broken file may cause thousands."""

_TYPEWRITER = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "─": "-",
        "━": "-",
        "·": "-",
        "•": "*",
        "…": "...",
        "’": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
    }
)
"""Replacements for characters that would become question marks on a terminal with ASCII only."""
_DRAWN = {
    **dict(zip(map(ord, "•━●╌░▒×▸◂◆·┌│╎┃┊▼–—…’“”«»\u00a0"), '^=o-~%x><@.+|:#|v--.\'"""" ', strict=True)),
    ord("─"): "_",
}
"""The same for drawings, in which each character keeps its column."""


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()  # None if it was closed from the start (`>&-`)


def is_dumb() -> bool:
    """Whether the terminal cannot interpret escape sequences."""
    return os.environ.get("TERM") == "dumb"


class _Run:
    """The colour mode of this run, and what it wrote last."""

    colour: Colour = "auto"
    notes: bool = True
    listener: Callable[[str], None] | None = None
    """Gets the notes instead of standard error."""
    reader: Callable[[Page], None] | None = None
    """Gets the pages instead of standard output."""
    last: Literal["page", "note"] | None = None


def has_colour(stream: TextIO | None, asked: Colour | None = None) -> bool:
    """Whether text on *stream* has colour, or other escape sequences. All output follows this rule.

    *asked* takes precedence over the variables: NO_COLOR, TERM=dumb, and a FORCE_COLOR or PY_COLORS of 0. No variable
    colours a pipe; only `--color always` does.
    """
    asked = asked or _Run.colour
    if asked != "auto":
        return asked == "always"
    refused = os.environ.get("NO_COLOR") or "0" in {os.environ.get(name) for name in ("FORCE_COLOR", "PY_COLORS")}
    return stream is not None and stream.isatty() and not is_dumb() and not refused


def knows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal of *environment* is known to support hyperlinks (OSC 8).

    FORCE_HYPERLINK takes precedence. tmux and screen hide the terminal around them, so they get no links.
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


def begin_run(colour: str | None) -> None:
    """Set the colour mode of output without its own, such as the help and errors, limit its width, and allow notes.

    The help and the tables obey sizes in the environment. A billion columns take all memory, and Rich fails on texts
    that are not numbers.
    """
    _Run.colour = colour if colour in COLOURS else "auto"
    _Run.notes = True
    _Run.last = None
    for name in _SIZES:
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdigit()):
            os.environ.pop(name, None)
        elif len(size) > len(str(WIDEST)) or int(size) > WIDEST:
            os.environ[name] = str(WIDEST)


def use_notes(*, wanted: bool) -> None:
    """Print notes from now on, or leave them out."""
    _Run.notes = wanted


@contextmanager
def notes_to(listener: Callable[[str], None]) -> Iterator[None]:
    """Give notes to *listener* meanwhile, which may be called in any thread: a full screen has no standard error."""
    before, _Run.listener = _Run.listener, listener
    try:
        yield
    finally:
        _Run.listener = before


@contextmanager
def pages_to(reader: Callable[[Page], None]) -> Iterator[None]:
    """Give pages to *reader* meanwhile, instead of printing them."""
    _Run.reader = reader
    try:
        yield
    finally:
        _Run.reader = None


def width(stream: TextIO | None = None) -> int | None:
    """Return the columns of the terminal, or None if *stream*, by default standard output, is not a terminal."""
    from shutil import get_terminal_size

    stream = stream or sys.stdout
    if stream is None or not stream.isatty():
        return None
    if stream is sys.stderr and not is_terminal() and not os.environ.get("COLUMNS"):
        with suppress(OSError):  # get_terminal_size asks standard output, so ask standard error
            return os.get_terminal_size(stream.fileno()).columns or None
    return get_terminal_size().columns


def print_page(page: Page, colour: Colour) -> None:
    """Print *page*, with colour and links if standard output supports them."""
    if _Run.reader:
        _Run.reader(page)
        return
    from kzfest.cli.terminal.tables import letters, render
    from kzfest.formats.page import with_addresses

    coloured = has_colour(sys.stdout, colour)
    linked = coloured and is_terminal() and knows_links(os.environ)
    lines = render(page if linked else with_addresses(page), width(), drawn_in=marks_in_ascii)
    if coloured:
        _part("page")
        _print_styled(lines, sys.stdout, asked=colour)
    else:
        print_text(letters(lines))


def print_lines(lines: Iterable[Line], stream: TextIO) -> None:
    """Print *lines* as they are on *stream*, standard output or error, with colour if it supports it."""
    import typer  # as below

    from kzfest.cli.terminal.tables import letters

    _part("page" if stream is sys.stdout else "note")
    try:
        if has_colour(stream):
            _print_styled(lines, stream, asked=_Run.colour)
        else:
            typer.echo(_writable(letters(lines)), nl=False, err=stream is sys.stderr)
    except OSError:
        if stream is sys.stdout:
            raise
        drop(stream)


def _part(kind: Literal["page", "note"]) -> None:
    """Write an empty line between results and notes if both go to a terminal."""
    if _Run.last not in {None, kind} and is_terminal() and sys.stderr is not None and sys.stderr.isatty():
        sys.stdout.flush()
        sys.stderr.write("\n")
        sys.stderr.flush()
    _Run.last = kind


def _print_styled(lines: Iterable[Line], stream: TextIO, *, asked: Colour) -> None:
    """Print *lines* with Rich, which knows the colours of terminals."""
    from zlib import crc32

    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style as RichStyle

    styles: dict[str, RichStyle] = {name: RichStyle.parse(code) for name, code in STYLES.items()}
    force = {"force_terminal": True, "no_color": False, "color_system": "256"} if asked == "always" else {}
    console = Console(file=stream, soft_wrap=True, **force)  # type: ignore[arg-type]
    segments: list[Segment] = []
    for line in lines:
        for text, style, to, _language in line:
            link_id = crc32(to.encode("utf-8", "replace"))  # it joins the pieces of a link on several lines
            begun, ended = (f"\x1b]8;id={link_id};{link_address(to)}\x1b\\", "\x1b]8;;\x1b\\") if to else ("", "")
            look = styles.get(style, RichStyle()) + styles["link"] if to else styles.get(style)
            segments += [Segment(begun), Segment(_writable(text), look), Segment(ended)]
        segments.append(Segment("\n"))
    console.print(Segments(segments), end="", soft_wrap=True)


def link_address(address: str) -> str:
    """Return *address* in the characters that a terminal accepts in a link."""
    from string import printable
    from urllib.parse import quote

    return quote(address, safe="".join(sign for sign in printable if sign > " "), errors="replace")


def print_text(text: str) -> None:
    """Print *text*, with control characters made visible, and with replacements for what cannot be encoded."""
    import typer  # not at the top: the crash report needs this module also if Typer is broken

    _part("page")
    typer.echo(_writable(text), nl=False)


def note(text: str, style: Style = "faint") -> None:
    """Print a note or an error on standard error, with control characters made visible.

    On a terminal it is wrapped between words and has the *style*; elsewhere it is one line. If standard error cannot
    be written (`2>/dev/full`), the program goes on.
    """
    if not _Run.notes:
        return
    import typer  # as above

    from kzfest.core.safe_text import nested, visible  # not for --version

    if len(text) > LONGEST_NOTE_LINE or text.count("\n") >= MOST_LINES:
        text = _shortened(text)
    shown = visible(nested(text))
    if _Run.listener:
        _Run.listener(shown)
        return
    columns = width(sys.stderr) if sys.stderr is not None else None
    try:
        if columns is None:
            typer.echo(shown, err=True)
        else:
            _note_in_lines(shown, columns, style)
    except OSError:
        drop(sys.stderr)


ERROR_PREFIX = "kzfest: "
"""The beginning of an error."""


def _note_in_lines(text: str, columns: int, style: Style) -> None:
    """Print *text* on a terminal at standard error."""
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
    """Print each note once, in *style*, at most `MOST_TOLD` of them, and how many more there are."""
    from kzfest.i18n import _  # not for --version

    sentences = list(dict.fromkeys(told))
    for text in sentences[:MOST_TOLD]:
        note(text, style)
    if len(sentences) > MOST_TOLD:
        note(_("and {n} more").format(n=len(sentences) - MOST_TOLD))


def drop(stream: TextIO) -> None:
    """Discard what *stream* still buffers, so that Python does not fail to write it at exit."""
    with suppress(UnsupportedOperation):  # a stream without a file is no problem at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _shortened(text: str) -> str:
    """Return *text* without the middle of very long lines, such as an argument of a megabyte."""
    lines = [
        line
        if len(line) <= LONGEST_NOTE_LINE
        else f"{line[: LONGEST_NOTE_LINE // 2]} … {line[-LONGEST_NOTE_LINE // 2 :]}"
        for line in text.split("\n")
    ]
    return "\n".join(
        lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES // 2], "…", *lines[-MOST_LINES // 2 :]]
    )


def marks_in_ascii() -> Mapping[int, str]:
    """Return the letters that replace the marks of drawings; none if standard output can write the marks."""
    try:
        "".join(map(chr, _DRAWN)).encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return _DRAWN
    return _DRAWN if is_dumb() else {}


def _writable(text: str) -> str:
    from kzfest.core.safe_text import visible  # not for --version

    text = visible(text)
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_TYPEWRITER).encode(encoding, "replace").decode(encoding)
    return text
