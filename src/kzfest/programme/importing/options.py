"""The options that say how a file of another format is to be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kzfest.atomic_files import write_whole
from kzfest.core.errors import UsageError
from kzfest.i18n import _
from kzfest.paths import private_folder
from kzfest.programme.files import AS_THE_FILE_SAYS, OPTIONS_FILE, ImportOptions, content_of
from kzfest.programme.importing.limits import LARGEST_MAP
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.zones import is_zone

AS_WRITTEN = "as-written"
ORDERS = {"day-first": False, "month-first": True}


def import_options(
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
        map_text=_map_text(map_file) if map_file else "",
    )


def _map_text(file: str) -> str:
    """Return the content of the map *file*; bytes that are not UTF-8 stay as they are."""
    try:
        data = content_of(Path(file))
    except OSError as error:
        raise UsageError(
            _("the map {file} cannot be read: {reason}").format(file=file, reason=error.strerror)
        ) from error
    if len(data) > LARGEST_MAP:
        message = _("{file} is too long for a map: it has {size} kB, and the most is {most} kB")
        raise UsageError(message.format(file=file, size=len(data) // 1000, most=LARGEST_MAP // 1000))
    return data.decode(errors="surrogateescape")


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Return the fields and headings of *text*, such as ``start=Beginn,title=Was``."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(field.strip() and heading.strip() for field, _equals, heading in pairs):
        raise UsageError(_("'{text}' is no list of columns; write it as start=Beginn,title=Was").format(text=text))
    return tuple((field.strip(), heading.strip()) for field, _equals, heading in pairs)


def kept_options(folder: Path, file: Path) -> ImportOptions:
    """Return the options with which plans read *file*; those of a damaged list are none."""
    try:
        return options_of_values(_kept(folder)[str(file)])
    except (KeyError, TypeError, ValueError):
        return AS_THE_FILE_SAYS


def options_of_values(given: Any) -> ImportOptions:
    """Return the options in the JSON of their `_asdict`. Raises KeyError, TypeError or ValueError if it is damaged."""
    found = ImportOptions(**given | {"columns": tuple((field, heading) for field, heading in given["columns"])})
    if not isinstance(found.map_text, str) or (found.zone is not None and not is_zone(found.zone)):
        raise ValueError("malformed")
    return found


def keep_options(folder: Path, file: Path, options: ImportOptions) -> None:
    """Keep *options*, with which plans are to read *file*. Raises OSError."""
    if kept_options(folder, file) != options:
        kept = _kept(folder) | {str(file): options._asdict()}
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        write_whole(private_folder(folder) / OPTIONS_FILE, [text.encode(errors="surrogateescape")])


def _kept(folder: Path) -> dict[str, Any]:
    try:
        kept = json.loads((folder / OPTIONS_FILE).read_text("utf-8", "surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
