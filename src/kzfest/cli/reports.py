"""What is said of an export: how much went in, what was left out and why, and what calendars will pass over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from kzfest.calendars.export import Export

NAMES_SHOWN = 6


def report(export: Export, output: str | None) -> None:
    """Tell what went into a calendar file, and what did not."""
    count = len(export.entries)
    if not count:
        note(_("nothing to write: no calendar was made"))
    elif output:
        note(ngettext("{n} entry in {file}", "{n} entries in {file}", count).format(n=count, file=output))
    else:
        note(ngettext("{n} entry", "{n} entries", count).format(n=count))
    for reason, names in export.left_out.items():
        note(_("left out, {reason}: {names}").format(reason=reason, names=_some(names)))


def _some(names: list[str]) -> str:
    """Return the first of *names*, and how many more there are."""
    shown, more = names[:NAMES_SHOWN], len(names) - NAMES_SHOWN
    return "; ".join([*shown, *([_("and {n} more").format(n=more)] if more > 0 else [])])


def tell_clients(export: Export, *, again: bool) -> None:
    """Tell what of *export* the calendars of Google and Microsoft do not do as one would expect, where it matters.

    Reminders matter to who asks for them; what Outlook does with what it has, to who replaces a file *again*.
    """
    if any(entry.remind is not None for entry in export.entries):
        note(_("Google Calendar ignores reminders"))
    if again and export.entries:
        note(_("Outlook adds again what it has: import into a new calendar, or what is new only (--changed-since)"))
