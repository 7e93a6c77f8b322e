"""The package finds its data and starts in whatever way it was installed, in a clean environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.pinned

COPIED = (
    "src", "data", "tests", "pyproject.toml", "LICENSE",
    "README.md", "docs", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "constraints.txt", "noxfile.py",
)  # fmt: skip


def _quietly(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", name="checkout")
def _checkout(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout that nothing was built or installed in."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        original = pytestconfig.rootpath / name
        if original.is_dir():
            shutil.copytree(original, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        elif original.exists():
            shutil.copy(original, copy / name)
    return copy


@pytest.fixture(scope="module", name="built")
def _built(checkout: Path) -> dict[str, Path]:
    """Return a wheel of the checkout, and a wheel of its source distribution."""
    for kind, options in (("wheel", ["--wheel"]), ("from-sdist", [])):
        _quietly(sys.executable, "-m", "build", *options, "--outdir", checkout / kind, checkout, cwd=checkout)
    return {kind: next((checkout / kind).glob("*.whl")) for kind in ("wheel", "from-sdist")}


@pytest.fixture(scope="module", name="clean")
def _clean(built: dict[str, Path], checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the runtime dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    _quietly(python, "-m", "pip", "install", "--quiet", "-c", checkout / "constraints.txt", built["wheel"], cwd=folder)
    _quietly(python, "-m", "pip", "uninstall", "--quiet", "--yes", "kzfest", cwd=folder)
    return python


@pytest.fixture(name="installed", params=["wheel", "from-sdist", "editable"])
def _installed(
    request: pytest.FixtureRequest, clean: Path, built: dict[str, Path], checkout: Path, tmp_path: Path
) -> Callable[..., str]:
    """Return a function that runs the program, installed in one of the ways, away from the checkout."""
    what = ["-e", checkout] if request.param == "editable" else [built[request.param]]
    _quietly(clean, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", *what, cwd=tmp_path)
    command = clean.with_name("kzfest")
    return lambda *args: _quietly(command, *args, cwd=tmp_path)


def test_wheels_have_the_maps_of_json(built: dict[str, Path], checkout: Path) -> None:
    maps = {file.name for file in (checkout / "src" / "kzfest" / "programme" / "importing" / "maps").iterdir()}
    for wheel in built.values():
        with ZipFile(wheel) as archive:
            inside = {name.rpartition("/")[2] for name in archive.namelist() if "/importing/maps/" in name}
        assert inside == maps


def test_installed_package_answers_from_its_own_data(installed: Callable[..., str]) -> None:
    listed = installed("list", "--on", "2023-12-16", "--category", "holiday", "-f", "csv").splitlines()
    manual = installed("manual", "calendars").splitlines()
    programmes = installed("programmes", "-f", "jsonl").splitlines()
    law = installed("history", "--law", "-f", "csv").splitlines()

    assert [row.partition(",")[0] for row in listed] == ["id", "independence-day"]
    assert (len(programmes), len(law), manual[0]) == (3, 8, "# Calendars")


def test_checkout_answers_without_being_installed(clean: Path, checkout: Path, tmp_path: Path) -> None:
    _quietly(clean, "-m", "pip", "uninstall", "--quiet", "--yes", "kzfest", cwd=tmp_path)
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kzfest.cli.app import app; app()"

    listed = _quietly(clean, "-c", run, checkout / "src", "list", "17", "dec", "-f", "csv", cwd=tmp_path)

    assert listed.splitlines()[1].partition(",")[0] == "tango-dellamore"


def test_wheel_ships_the_data_and_the_types(built: dict[str, Path]) -> None:
    import zipfile

    names = {kind: set(zipfile.ZipFile(wheel).namelist()) for kind, wheel in built.items()}

    shipped = {f"kzfest/data/{name}.yaml" for name in ("events", "archive", "abroad", "history")} | {"kzfest/py.typed"}
    assert {kind: shipped - found for kind, found in names.items()} == {"wheel": set(), "from-sdist": set()}
    catalogues = {f"kzfest/locale/{language}/LC_MESSAGES/kzfest.mo" for language in ("kk", "ru")}
    assert [{name for name in found if "/locale/" in name} for found in names.values()] == [catalogues, catalogues]


def test_source_archive_has_what_its_tests_read(built: dict[str, Path]) -> None:
    import tarfile

    (archive,) = built["from-sdist"].parent.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}

    assert {"README.md", "docs/dates.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "data/events.yaml"} <= names
    assert {"constraints.txt", "noxfile.py"} <= names
