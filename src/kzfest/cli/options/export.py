"""The options of an export of events or visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kzfest.calendars.export import with_reminders
from kzfest.cli.options.common import ANSWER_PANEL
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.options.itinerary import RemindOption, VdirOption
from kzfest.cli.output import chosen_format, tell_export, write_calendar
from kzfest.cli.terminal.console import note
from kzfest.core.errors import UsageError
from kzfest.core.time_input import read_length
from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.calendars.export import Export
    from kzfest.cli.output import Format

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

    def chosen(self, *, changed_since: str | None) -> Format:
        """Return the format: a calendar, unless --format or the file extension chooses another.

        Raises UsageError if the options do not fit together, or with *changed_since*, the value of --changed-since.
        """
        chosen: Format = "ics"
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

    def write(self, export: Export) -> None:
        """Write *export* to a file, a folder or standard output."""
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
