"""The QR codes of `share` and `export`: on the terminal, in a picture, or as plain text in a pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NamedTuple, cast

from kzfest.cli.output import replace_output
from kzfest.cli.terminal.console import has_colour, marks_in_ascii, note, print_page, print_text, width
from kzfest.core.errors import UsageError, one_of
from kzfest.formats.page import Drawing, StyledText, Table, line
from kzfest.formats.qr_code import NARROW_ZONE, QUIET_ZONE, qr_code
from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.formats.qr_code import QrCode, QrFile

PICTURES = (".svg", ".png")


class CodeText(NamedTuple):
    """What a QR code says."""

    text: str
    told: str
    """The note about it, which comes before the code, so that the whole code stays on the screen."""
    fewer: str
    """The end of the message if no code holds the text: how to have less in it."""
    smaller: str
    """The same if only the terminal is too small."""


def write_code(said: CodeText, session: Session, *, output: str | None, invert: bool) -> None:
    """Draw a QR code, on the terminal or in the picture *output*; into a pipe goes the text itself.

    Raises UsageError if the code does not fit.
    """
    code = qr_code(said.text)
    if code is None:
        raise UsageError(_("this is too much for a QR code; {instead}").format(instead=said.fewer))
    if output and output != "-":
        kind = Path(output).suffix.lower()
        if kind not in PICTURES:
            message = _("a QR code is a picture: -o takes a file that ends in {choices}")
            raise UsageError(message.format(choices=one_of(PICTURES)))
        replace_output(Path(output), [code.file(cast("QrFile", kind[1:]))])
        note(said.told)
    elif width() is None:
        print_text(f"{said.text}\n")
        note(said.told)
    elif marks_in_ascii():
        print_text(f"{said.text}\n")
        note(_("this terminal cannot draw a QR code; `-o plan.svg` writes a picture"))
    else:
        _draw(code, said, session, invert=invert)


def _draw(code: QrCode, said: CodeText, session: Session, *, invert: bool) -> None:
    """Draw *code* on the terminal, black on white, or without colours in the colours of the terminal."""
    columns, lines = get_terminal_size()
    zones = (QUIET_ZONE, NARROW_ZONE)
    fits = (zone for zone in zones if code.columns(zone) <= columns and code.lines(zone) < lines)  # and the prompt
    zone = next(fits, None)
    if zone is None:
        message = _("this QR code needs a terminal of {width}×{height}, and this one has {columns}×{lines}; {instead}")
        needs = {"width": code.columns(NARROW_ZONE), "height": code.lines(NARROW_ZONE) + 1}
        raise UsageError(message.format(**needs, columns=columns, lines=lines, instead=said.smaller))
    note(said.told)
    coloured = has_colour(sys.stdout, session.colour)
    if not coloured and not invert:
        note(_("on a light terminal without colours, scanners need --invert"))
    drawn = [line(StyledText(each, "code")) for each in code.letters(zone, light=not coloured and not invert)]
    print_page([Drawing(lambda _canvas: drawn, Table((), ()), from_width=0)], session.colour)
