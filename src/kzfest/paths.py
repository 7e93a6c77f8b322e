"""The user's folders, on each platform where its programs keep theirs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE = "KZFEST_HOME"
_PRIVATE = 0o700
_XDG = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
}
"""The variable that names a folder, and the folder in the home without it (XDG Base Directory 0.8)."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return where compiled programmes are kept, or None where there is no home to keep them in."""
    return _folder("cache", environment)


def config_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return where the user's own programmes lie (in its folder ``programmes``), or None without a home."""
    return _folder("config", environment)


def itinerary_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return where the user's itineraries are kept, or None where there is no home to keep them in."""
    return _folder("data", environment)


def private_folder(folder: Path) -> Path:
    """Return *folder*, for its owner only, made with those around it where they are missing. Raises OSError.

    `mkdir(parents=True)` would give the folders around it whatever rights the umask leaves.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir(mode=_PRIVATE, exist_ok=True)
    folder.mkdir(exist_ok=True)  # which tells a file of that name from a folder
    make_private(folder, _PRIVATE)
    return folder


def make_private(path: Path, rights: int) -> None:
    """Take every right from others, as far as the system lets us: they may come from a backup, or an older umask."""
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(rights)


def _folder(kind: str, environment: Mapping[str, str]) -> Path | None:
    own = environment.get(HOME_VARIABLE)
    if own:
        return Path(own).absolute() / kind
    try:
        return _platform_folder(kind, environment)
    except RuntimeError:  # no HOME, and no entry among the users either
        return None


def _platform_folder(kind: str, environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "kzfest" / kind
    home = _home()
    if sys.platform == "darwin":
        library = {"cache": "Caches"}.get(kind, "Application Support")
        return home / "Library" / library / "kzfest"
    variable, default = _XDG[kind]
    chosen = environment.get(variable, "")
    return (Path(chosen) if Path(chosen).is_absolute() else home / default) / "kzfest"


def _home() -> Path:
    """Return the user's home. Raises RuntimeError where there is none.

    A HOME that is empty or relative counts as none: it would put plans into the root of the disk or the current folder.
    """
    if Path(os.environ.get("HOME", "/")).is_absolute():
        return Path.home()
    import pwd  # which Windows lacks

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise RuntimeError from error
