"""The user's folders, by the conventions of each platform, and the files in the package."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAMMES = {"astana": "events.yaml", "archive": "archive.yaml", "abroad": "abroad.yaml"}
"""The programmes in the package, id to file name; the first is the default programme."""
HISTORY = "history.yaml"

HOME_VARIABLE = "KZFEST_HOME"
_PRIVATE = 0o700
_XDG = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
}
"""The variable that sets each folder, and its default below the home folder (XDG Base Directory 0.8)."""


@cache
def data_folder() -> Path:
    """Return the folder of the files in the package, which are elsewhere in a checkout."""
    package = Path(__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


@cache
def manual_folder() -> Path:
    """Return the folder of the manual's pages, which are elsewhere in a checkout."""
    package = Path(__file__).parent
    inside = package / "manual"
    return inside if inside.is_dir() else package.parents[1] / "docs"


def is_bundled(file: Path) -> bool:
    """Whether *file* is in the package, so that its path and times differ between installations."""
    return file.absolute().parent == data_folder().absolute()


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder for compiled programmes, or None if the user has no home folder."""
    return _folder("cache", environment)


def config_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder that holds ``programmes``, the user's own; None if the user has no home folder."""
    return _folder("config", environment)


def itinerary_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder for the user's itineraries, or None if the user has no home folder."""
    return _folder("data", environment)


def private_folder(folder: Path) -> Path:
    """Create *folder* and its missing parents, readable by the owner only, and return it. Raises OSError.

    `mkdir(parents=True)` would create the parents with the rights that the umask allows.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir(mode=_PRIVATE, exist_ok=True)
    folder.mkdir(exist_ok=True)  # raises if this is a file
    make_private(folder, _PRIVATE)
    return folder


def make_private(path: Path, rights: int) -> None:
    """Remove the rights of other users from *path* if the system allows it; a backup may have restored them."""
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(rights)


def _folder(kind: str, environment: Mapping[str, str]) -> Path | None:
    own = environment.get(HOME_VARIABLE)
    if own:
        return Path(own).absolute() / kind
    try:
        return _platform_folder(kind, environment)
    except RuntimeError:  # neither HOME nor an entry in the user database
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
    """Return the user's home folder. Raises RuntimeError if there is none.

    An empty or relative HOME is ignored: it would put plans into the root of the disk or the current folder.
    """
    if Path(os.environ.get("HOME", "/")).is_absolute():
        return Path.home()
    import pwd  # not on Windows

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise RuntimeError from error
