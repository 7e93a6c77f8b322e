"""What is declared, what is pinned and what is explained about dependencies agree."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="root")
def _root(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath


@pytest.fixture(name="project")
def _project(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


@pytest.fixture(name="pinned")
def _pinned(root: Path) -> dict[str, str]:
    """Return the version of each package in constraints.txt."""
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_constraints_pin_all_that_is_declared_within_its_bounds(
    project: dict[str, Any], pinned: dict[str, str]
) -> None:
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    required = [Requirement(each) for each in declared if not each.startswith("kzfest")]

    outside = [str(each) for each in required if pinned.get(canonicalize_name(each.name), "0") not in each.specifier]

    assert outside == []


def test_upper_bound_has_its_reason_on_its_line(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").splitlines()

    bounded = [line.strip() for line in lines if re.match(r'\s+"[\w.-]+[^"]*<', line)]

    assert [line for line in bounded if "# " not in line] == []


def test_pre_commit_runs_the_pinned_tools(root: Path, pinned: dict[str, str]) -> None:
    hooks = (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    pins = re.findall(r"\[([\w-]+)==([\w.]+)\]", hooks)

    assert (bool(pins), [pin for pin in pins if pinned[pin[0]] != pin[1]]) == (True, [])


def test_every_dependency_is_explained(root: Path, project: dict[str, Any]) -> None:
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    names = {Requirement(each).name.lower() for group in groups for each in group} - {"kzfest"}

    assert {name for name in names if name.removeprefix("types-") not in contributing} == set()
