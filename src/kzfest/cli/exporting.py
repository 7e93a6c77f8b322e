"""The options of an export, which events and visits share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.calendars import changed_since, reminding
from kzfest.cli.console import note
from kzfest.cli.output import write_calendar
from kzfest.cli.reports import report
from kzfest.core.errors import UsageError
from kzfest.core.lengths import read_length
from kzfest.core.words import _
from kzfest.formats import dates
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.cli.calendars import Export
    from kzfest.cli.session import Session

FreshOption = Annotated[
    bool,
    typer.Option(
        "--fresh-uids",
        help=_("Give the entries new names, for a calendar that refuses what was once deleted from it."),
    ),
]


def narrowed(export: Export, session: Session, *, remind: str | None, since: str | None) -> Export:
    """Return *export* with reminders, and with what has changed since a day only, as the options say."""
    day = session.days(since).first if since is not None else None
    reason = _("not changed since {day}").format(day=dates.short_day(day)) if day else ""
    changed = changed_since(export, day, reason, zone(session.catalogue.head.timezone))
    return reminding(changed, read_length(remind) if remind is not None else None)


def check_place(*, output: str | None, vdir: str | None, since: str | None) -> None:
    """Raise UsageError where two places are given, or a folder for a part only."""
    if vdir is not None and (output is not None or since is not None):
        raise UsageError(_("--vdir keeps a folder up to date by itself; -o and --changed-since do not go with it"))


def write_export(export: Export, *, output: str | None, vdir: str | None) -> None:
    """Write *export* into a file, a folder or standard output."""
    if vdir is None:
        write_calendar(export, output)
        return
    from kzfest.cli.vdir import write_vdir

    outcome = write_vdir(Path(vdir), export)
    report(export, vdir)
    counts = {
        _("written"): outcome.written,
        _("unchanged"): outcome.same,
        _("removed"): outcome.removed,
    }
    note(", ".join(f"{len(names)} {told}" for told, names in counts.items()))
    for name in outcome.left:
        note(_("left as it is, for another program has changed it: {file}").format(file=name))
