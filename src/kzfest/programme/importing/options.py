"""The options that say how a file of another format is to be read."""

from __future__ import annotations

from kzfest.core.errors import UsageError
from kzfest.i18n import _
from kzfest.programme.files import ImportOptions
from kzfest.programme.importing.time_zone import known_name

AS_WRITTEN = "as-written"
ORDERS = {"day-first": False, "month-first": True}


def options_of(
    zone: str | None, times: str | None, dates: str | None, columns: str | None, map_file: str | None
) -> ImportOptions:
    """Return what the options mean; None is one that was not given. Raises UsageError."""
    named = zone and known_name(zone)
    if zone and not named:
        raise UsageError(_("'{text}' is not a time zone; write an IANA name, such as Asia/Almaty").format(text=zone))
    if times not in {None, AS_WRITTEN}:
        raise UsageError(
            _("'{text}' is no way to read times; the only one is {choices}").format(text=times, choices=AS_WRITTEN)
        )
    if dates is not None and dates not in ORDERS:
        message = _("'{text}' is no order of day and month; choose {choices}")
        raise UsageError(message.format(text=dates, choices=_(" or ").join(ORDERS)))
    return ImportOptions(
        zone=named,
        as_written=times is not None,
        month_first=None if dates is None else ORDERS[dates],
        columns=_columns(columns) if columns else (),
        map_file=map_file,
    )


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Return the fields and headings of *text*, such as ``start=Beginn,title=Was``."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(field.strip() and heading.strip() for field, _equals, heading in pairs):
        raise UsageError(_("'{text}' is no list of columns; write it as start=Beginn,title=Was").format(text=text))
    return tuple((field.strip(), heading.strip()) for field, _equals, heading in pairs)
