"""`kzfest itinerary share`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import InvertOption, QrOption
from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.i18n import _, ngettext
from kzfest.itineraries.share_token import write_token
from kzfest.paths import PROGRAMMES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.cli.output import Answer
    from kzfest.cli.session import Session
    from kzfest.core.visit import Itinerary

VisitsOnOption = Annotated[
    Optional[str], typer.Option("--on", metavar=_("WHEN"), help=_("Only the visits of these days."))
]


@command(
    "kzfest itinerary share",
    "kzfest itinerary share --qr",
    "kzfest itinerary share --qr -o plan.svg",
)
def share(
    ctx: CommandContext,
    on: VisitsOnOption = None,
    qr: QrOption = False,
    invert: InvertOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print the itinerary, with your notes, as one line of text for a message, or as a QR code; `merge` reads both."""
    session = ctx.obj
    if qr and format_ is not None:
        raise UsageError(_("--qr draws a code; do not combine it with -f"))
    if invert and not qr:
        raise UsageError(_("--invert is for --qr"))
    itinerary = _visits_on(on, session.store.itinerary(session.itinerary_name), session)
    if not itinerary.visits and (qr or on is not None):
        note(_("no visits to share"))
        return
    instead = session.command_line.of_itinerary("export -o plan.ics")
    token = write_token(itinerary, zone, PROGRAMMES, dense=qr, instead=instead)
    if qr:
        _write_code(itinerary, token, session, output=output, invert=invert)
        return
    count = len(itinerary.visits)
    if format_ is None and output is None:
        print_text(f"{token}\n")
    else:
        from kzfest.cli.output import write  # a plain token needs no format

        write(_answer(itinerary, token), session, format_=format_, output=output)
    told = ngettext(
        "{n} visit; others add it with `kzfest itinerary merge {token}`",
        "{n} visits; others add them with `kzfest itinerary merge {token}`",
        count,
    )
    note(told.format(n=count, token=_("TOKEN")))


def _visits_on(on: str | None, itinerary: Itinerary, session: Session) -> Itinerary:
    """Return *itinerary* with the visits of the days *on* only, if they are given."""
    if on is None:
        return itinerary
    asked = session.days(on)
    there = tuple(visit for visit in itinerary.visits if asked.first <= visit.day <= asked.last)
    return replace(itinerary, visits=there)


def _write_code(itinerary: Itinerary, token: str, session: Session, *, output: str | None, invert: bool) -> None:
    from kzfest.cli.qr_code import CodeText, write_code  # segno, for codes only

    count = len(itinerary.visits)
    told = ngettext(
        "{n} visit; others scan the code, and add it with `kzfest itinerary merge -`",
        "{n} visits; others scan the code, and add them with `kzfest itinerary merge -`",
        count,
    )
    fewer = _("choose fewer days with --on")
    smaller = _("choose fewer days with --on, or write a picture with -o plan.svg")
    write_code(CodeText(token, told.format(n=count), fewer, smaller), session, output=output, invert=invert)


def _answer(itinerary: Itinerary, token: str) -> Answer:
    from kzfest.cli.output import Answer  # see above
    from kzfest.formats.page import Paragraph, StyledText, line
    from kzfest.formats.records import itinerary_record

    return Answer(
        document=lambda: {"share": itinerary_record(itinerary) | {"visits": len(itinerary.visits), "token": token}},
        items="share",
        fields=("name", "revision", "visits", "token"),
        page=lambda: [Paragraph(line(StyledText(token, "command")))],
    )
