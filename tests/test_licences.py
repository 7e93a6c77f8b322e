"""All that is installed with kzfest is under a licence that asks for no more than to be named."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

PERMISSIVE = {
    *("MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib"),  # keep the notice
    *("0BSD", "CC0-1.0"),  # not even that
}
"""Whoever passes kzfest on need not publish anything of their own; another licence is a decision, made here."""
CLASSIFIED = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What older packages have instead of an SPDX expression."""


def test_everything_that_is_installed_with_kzfest_is_under_a_permissive_licence() -> None:
    found = {package.name: set(licences(package)) for package in installed_with("kzfest")}

    assert {"kzfest", "typer", "numpy"} <= {*found}
    assert {name: each for name, each in found.items() if not each or not each <= PERMISSIVE} == {}


def installed_with(name: str, seen: set[str] | None = None) -> Iterator[Distribution]:
    """Yield the package and all that it requires here, on this platform and without its extras."""
    seen = set() if seen is None else seen
    key = re.sub("[-_.]+", "-", name).lower()
    if key in seen:
        return
    seen.add(key)
    try:
        package = distribution(name)
    except PackageNotFoundError:  # required elsewhere only, such as colorama on Windows
        return
    yield package
    for requirement in package.requires or ():
        needed = re.match(r"[\w.-]+", requirement)
        if needed and not re.search(r"\bextra\s*==", requirement):
            yield from installed_with(needed[0], seen)


def licences(package: Distribution) -> Iterator[str]:
    """Yield the licences of a package, as it states them in one of the three ways there have been."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        yield from re.findall(r"[\w.-]+", re.sub(r"\b(AND|OR)\b", " ", metadata["License-Expression"]))
        return
    stated = [each for each in metadata.get_all("Classifier", []) if each.startswith("License :: ")]
    yield from (CLASSIFIED.get(each.rpartition(" :: ")[2], each) for each in stated)
    if not stated and "License" in metadata:
        yield metadata["License"]
