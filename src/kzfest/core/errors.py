"""Errors that users see. Each class has its exit code."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, NamedTuple

from kzfest import __version__
from kzfest.i18n import _, ngettext

FAULTS_SHOWN = 50
"""Enough to correct a file by; a file that is not a programme at all would have thousands."""

FAULTS_AT_MOST = 200
"""Reading stops at this many faults: a file with more usually has the same one everywhere."""

LONGEST_MESSAGE = 2_000
"""Characters of one fault. It may quote a value of any length."""


class Problem(NamedTuple):
    """A fault in a programme file, with its place and how to correct it; lines and columns count from 1."""

    file: str
    line: int
    message: str
    column: int = 1
    width: int = 1
    """The characters that are wrong, from the column on."""
    path: tuple[str | int, ...] | None = None
    """Keys, and positions in lists from 0; None for a fault of the YAML."""
    text: str = ""
    """The line of the file."""
    remedy: str | None = None
    """The line as it should be, if that is certain."""
    example: str | None = None
    """A key with a right value, if there is no remedy."""

    @property
    def place(self) -> str:
        """The file, line and column, in the form that editors jump to."""
        return f"{self.file}:{self.line}:{self.column}:"

    @property
    def sentence(self) -> str:
        """The message, cut if it quotes a very long value."""
        return f"{self.message[:LONGEST_MESSAGE]}…" if len(self.message) > LONGEST_MESSAGE else self.message

    def __str__(self) -> str:
        return f"{self.place} {self.sentence}"


class KzfestError(Exception):
    """An error that the user can correct. Its text says what to do next."""

    exit_code: ClassVar[int] = 1


class UsageError(KzfestError):
    """An option or argument has an invalid value."""

    exit_code = 2


class NotFoundError(KzfestError):
    """A name matches nothing, or more than one thing."""

    exit_code = 3


class FaultyProgrammeError(KzfestError):
    """A programme file has faults, so it cannot be used."""

    exit_code = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(shown_problems(self.problems)))


class UnknownFormatError(FaultyProgrammeError):
    """A file is in no format that kzfest reads, or has no programme in it."""

    def __init__(self, file: str, message: str) -> None:
        self.message = message
        super().__init__([Problem(file, 1, message)])

    def __str__(self) -> str:
        return f"{self.problems[0].file}: {self.message}"


class UnforeseenError(KzfestError):
    """A bug in kzfest prevents it from reading a file. Commands that read several files skip this one."""

    exit_code = 70
    """EX_SOFTWARE of sysexits.h: an internal error."""


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Turn any unexpected exception while *file* is read into an UnforeseenError that names it."""
    try:
        yield
    except KzfestError:
        raise
    except Exception as error:
        message = _("an unexpected error in kzfest {version} prevents reading {file} ({kind})")
        filled = message.format(version=__version__, file=file, kind=type(error).__name__)
        raise UnforeseenError(filled) from error


def shown_problems(problems: Sequence[Problem]) -> list[str]:
    """Return a line for each of the first *problems*, and one that says how many more there are."""
    more = more_problems(problems)
    return [*map(str, problems[:FAULTS_SHOWN]), *([more] if more else [])]


def more_problems(problems: Sequence[Problem]) -> str:
    """Return how many of *problems* there are after those that are shown, or nothing."""
    more = max(len(problems) - FAULTS_SHOWN, 0)
    if len(problems) >= FAULTS_AT_MOST:
        return _("and at least {n} more; correct these first").format(n=more)
    return ngettext("and {n} more", "and {n} more", more).format(n=more) if more else ""


def one_of(choices: Sequence[str]) -> str:
    """Return *choices* as a list in words.

    >>> one_of(["en", "kk", "ru"])
    'en, kk or ru'
    """
    if len(choices) < 2:
        return "".join(choices)
    return _("{all_but_last} or {last}").format(all_but_last=", ".join(choices[:-1]), last=choices[-1])
