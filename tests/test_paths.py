"""The user's folders: where the platform's own programs keep theirs, unless KZFEST_HOME says otherwise."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from kzfest.paths import cache_folder, config_folder, private_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither modes nor XDG folders")
linux = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG folders are for the others")


def test_home_of_its_own_holds_every_folder(tmp_path: Path) -> None:
    environment = {"KZFEST_HOME": str(tmp_path), "XDG_CACHE_HOME": "/elsewhere", "LOCALAPPDATA": "/elsewhere"}

    assert cache_folder(environment) == tmp_path / "cache"
    assert config_folder(environment) == tmp_path / "config"


def test_home_of_its_own_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert cache_folder({"KZFEST_HOME": "here"}) == tmp_path / "here" / "cache"


@pytest.mark.parametrize("home", [None, ""])
def test_folders_are_those_of_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    environment = {} if home is None else {"KZFEST_HOME": home}

    assert cache_folder(environment) == platformdirs.user_cache_path("kzfest", appauthor=False)
    assert config_folder(environment) == platformdirs.user_config_path("kzfest", appauthor=False)


@linux
@pytest.mark.parametrize("chosen", ["/srv/somewhere", "/srv/with space", ""])
def test_xdg_folder_is_obeyed_as_others_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    environment = {"HOME": str(tmp_path), "XDG_CACHE_HOME": chosen, "XDG_CONFIG_HOME": chosen}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert cache_folder(environment) == platformdirs.user_cache_path("kzfest")
    assert config_folder(environment) == platformdirs.user_config_path("kzfest")


@linux
@pytest.mark.parametrize("chosen", ["relative", "./here", "~/x"])
def test_xdg_folder_that_is_not_absolute_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert cache_folder({"XDG_CACHE_HOME": chosen}) == tmp_path / ".cache" / "kzfest"
    assert config_folder({"XDG_CONFIG_HOME": chosen}) == tmp_path / ".config" / "kzfest"


@posix
def test_private_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"

    made = [private_folder(folder), private_folder(folder)]

    assert (made, stat.S_IMODE(folder.stat().st_mode)) == ([folder, folder], 0o700)


@posix
def test_folders_around_a_private_one_are_made_for_their_owner_only(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    umask = os.umask(0)
    request.addfinalizer(lambda: os.umask(umask))

    private_folder(tmp_path / "a" / "b" / "c")

    made = [tmp_path / each for each in ("a", "a/b", "a/b/c")]
    assert [stat.S_IMODE(each.stat().st_mode) for each in made] == [0o700] * 3


@posix
def test_private_folder_that_others_may_read_becomes_private_and_those_around_it_stay(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for each in (folder, folder.parent):
        each.chmod(0o755)

    private_folder(folder)

    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder.parent, folder)] == [0o755, 0o700]


@linux
@pytest.mark.parametrize("home", ["", "relative", "."])
def test_home_that_is_not_absolute_is_passed_over(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    import pwd

    assert cache_folder({}) == Path(pwd.getpwuid(os.getuid()).pw_dir) / ".cache" / "kzfest"


def test_private_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")

    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "a")


NOBODY = """
import os
import pwd

from kzfest.paths import cache_folder, config_folder

os.setuid(54_321)
print(cache_folder({}), config_folder({}))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become nobody")
def test_without_any_home_there_is_no_folder() -> None:
    printed = subprocess.check_output([sys.executable, "-c", NOBODY], env={}, text=True)

    assert printed == "None None\n"
