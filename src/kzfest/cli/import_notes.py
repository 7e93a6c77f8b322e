"""What reading a file of another format took, mended and left out, as notes and as lines of `kzfest check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.formats.dates import days
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.programme.importing.report import ImportReport


def tell(report: ImportReport) -> None:
    """Print *report* as notes."""
    for text in lines(report):
        note(text)


def lines(report: ImportReport) -> Iterator[str]:
    """Yield the sentences of *report*: what it is, its time zone, then the remarks."""
    events = ngettext("{n} event", "{n} events", report.events).format(n=report.events)
    places = ngettext("{n} venue", "{n} venues", report.venues).format(n=report.venues)
    on = f", {days(report.first, report.last)}" if report.first and report.last else ""
    message = _("{programme}: {title}{on}, {events}, {venues} ({format})")
    yield message.format(
        programme=report.programme, title=report.title, on=on, events=events, venues=places, format=report.format
    )
    yield _("times in {zone}: {reason}").format(zone=zone_called(report.timezone), reason=report.timezone_reason)
    yield from report.remarks


def zone_called(zone: str) -> str:
    """Return what people call the time zone *zone*: an offset, whose name has the opposite sign, is UTC+2.

    >>> zone_called("Etc/GMT-2"), zone_called("Etc/UTC"), zone_called("Asia/Almaty")
    ('UTC+2', 'UTC', 'Asia/Almaty')
    """
    area, _slash, name = zone.partition("/")
    if area != "Etc":
        return zone
    return name.replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
