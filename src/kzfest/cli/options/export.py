"""The options of an export of events or visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kzfest.calendars.export import with_reminders
from kzfest.cli.options.common import ANSWER_PANEL
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.options.itinerary import InvertOption, QrOption, RemindOption, VdirOption
from kzfest.cli.output import chosen_format, tell_export, write_calendar
from kzfest.cli.terminal.console import note
from kzfest.core.errors import UsageError
from kzfest.core.time_input import read_length
from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.calendars.export import Export
    from kzfest.cli.output import Format
    from kzfest.cli.session import Session

FreshOption = Annotated[
    bool,
    typer.Option(
        "--fresh-uids",
        help=_("Give the entries new UIDs, for a calendar that rejects entries once deleted from it."),
        rich_help_panel=ANSWER_PANEL,
    ),
]


class ExportOptions(NamedTuple):
    """The values of the options of an export."""

    format_: CalendarFormatOption = None
    output: OutputOption = None
    vdir: VdirOption = None
    remind: RemindOption = None
    fresh: FreshOption = False
    qr: QrOption = False
    invert: InvertOption = False

    def chosen(self, *, changed_since: str | None) -> Format:
        """Return the format: a calendar, unless --format or the file extension chooses another.

        Raises UsageError if the options do not fit together, or with *changed_since*, the value of --changed-since.
        """
        chosen: Format = "ics"
        if self.qr:
            if self.format_ is not None or self.vdir or self.remind or self.fresh:
                raise UsageError(_("--qr draws one entry; do not combine it with -f, --vdir, --remind or --fresh-uids"))
            return chosen
        if self.invert:
            raise UsageError(_("--invert is for --qr"))
        if self.format_ is not None or (self.output and Path(self.output).suffix and not self.vdir):
            chosen = chosen_format(self.format_, self.output)
        if chosen != "ics" and (self.vdir or self.remind or self.fresh):
            raise UsageError(_("--vdir, --remind and --fresh-uids are for calendars (-f ics)"))
        if self.vdir is not None and (self.output is not None or changed_since is not None):
            raise UsageError(
                _("--vdir keeps a folder up to date by itself; do not combine it with -o or --changed-since")
            )
        return chosen

    def reminding(self, export: Export) -> Export:
        """Return *export* with the reminders of the options."""
        return with_reminders(export, read_length(self.remind) if self.remind is not None else None)

    def write(self, export: Export, session: Session, *, choose_one: str) -> None:
        """Write *export* to a file, a folder or standard output, or draw it as a QR code.

        Raises UsageError if a code is asked for several entries; the message says by *choose_one* how to choose one.
        """
        if self.qr:
            self._draw(export, session, choose_one=choose_one)
            return
        if self.vdir is None:
            write_calendar(export, self.output)
            return
        from kzfest.calendars.vdir import write_vdir

        outcome = write_vdir(Path(self.vdir), export)
        tell_export(export, self.vdir)
        told = _("{written} written, {same} unchanged, {removed} removed")
        note(told.format(written=len(outcome.written), same=len(outcome.same), removed=len(outcome.removed)))
        for name in outcome.left:
            note(_("skipped, because another program has changed it: {file}").format(file=name))

    def _draw(self, export: Export, session: Session, *, choose_one: str) -> None:
        """Draw the only entry of *export* as a QR code."""
        from kzfest.calendars.ics_writer import short_entry
        from kzfest.cli.qr_code import CodeText, write_code  # segno, for codes only

        if not export.entries:
            tell_export(export, None)
            return
        if len(export.entries) > 1:
            message = _("a QR code holds one calendar entry, not {n}; {hint}")
            raise UsageError(message.format(n=len(export.entries), hint=choose_one))
        (entry,) = export.entries
        told = _("the calendar entry of {title}; scan it with a phone to add it").format(title=entry.summary)
        code = CodeText(
            short_entry(entry),
            told,
            _("leave out --qr, and write a calendar file with -o plan.ics"),
            _("write a picture with -o code.svg"),
        )
        write_code(code, session, output=self.output, invert=self.invert)
