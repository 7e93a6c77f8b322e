"""What the system says of a file, in the language that is spoken, or in its own words where it says something rare."""

from __future__ import annotations

import errno

import pytest

from kzfest.cli.typer_ext.usage_errors import of_the_system
from kzfest.i18n import set_language

FULL = OSError(errno.ENOSPC, "No space left on device")
FORBIDDEN = OSError(errno.EACCES, "Permission denied", "plan.ics")
RARE = OSError(errno.EXDEV, "Invalid cross-device link", "plan.ics")
UNNUMBERED = OSError("cannot seek")


@pytest.mark.parametrize(
    ("error", "english", "russian"),
    [
        (FULL, "No space left on device", "на устройстве не осталось места"),
        (FORBIDDEN, "plan.ics: Permission denied", "plan.ics: отказано в доступе"),
        (RARE, "plan.ics: Invalid cross-device link", "plan.ics: Invalid cross-device link"),
        (UNNUMBERED, "cannot seek", "cannot seek"),
    ],
)
def test_what_the_system_says_is_translated_where_it_is_common(error: OSError, english: str, russian: str) -> None:
    told = []
    for language in ("en", "ru"):
        set_language(language)
        told.append(of_the_system(error))

    assert told == [english, russian]
