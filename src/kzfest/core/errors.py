"""What can go wrong, in classes that know their exit code."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kzfest import __version__
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FAULTS_SHOWN = 50
"""A screen or two: enough to mend a file by, and not a flood when it is no programme at all."""


FAULTS_AT_MOST = 200
"""Where so many are found, nobody looks for more: a file of a hundred thousand mistakes has one."""

LONGEST_MESSAGE = 2_000
"""Letters of one fault; what it quotes may be a megabyte of something else."""


class Problem(NamedTuple):
    """One thing wrong in a programme file, and where to look for it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        cut = f"{self.message[:LONGEST_MESSAGE]}…" if len(self.message) > LONGEST_MESSAGE else self.message
        return f"{self.file}:{self.line}: {cut}"


class KzfestError(Exception):
    """Something that the user can mend; its text is one sentence with the next step."""

    exit_code: ClassVar[int] = 1


class UsageError(KzfestError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class NotFoundError(KzfestError):
    """A name stands for nothing here, or for several things."""

    exit_code = 3


class FaultyProgrammeError(KzfestError):
    """A programme file has faults; nothing is answered from it."""

    exit_code = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(shown_problems(self.problems)))


class UnforeseenError(KzfestError):
    """A file cannot be read for a reason that nobody foresaw: ours to mend, but not a reason to answer nothing else."""

    exit_code = 70
    """EX_SOFTWARE of sysexits.h: an internal error."""


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Raise an UnforeseenError that names *file* for whatever nobody foresaw while it is read."""
    try:
        yield
    except KzfestError:
        raise
    except Exception as error:
        message = _("an unexpected error in kzfest {version} keeps it from reading {file} ({kind})")
        filled = message.format(version=__version__, file=file, kind=type(error).__name__)
        raise UnforeseenError(filled) from error


def shown_problems(problems: Sequence[Problem]) -> list[str]:
    """Return the lines that a user sees of *problems*: the first of them, then how many more."""
    lines = [str(problem) for problem in problems[:FAULTS_SHOWN]]
    more = len(problems) - len(lines)
    if len(problems) >= FAULTS_AT_MOST:
        lines.append(_("and {n} more at least; mend these first").format(n=more))
    elif more:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return lines


def one_of(choices: Sequence[str]) -> str:
    """Return *choices* as people list them, for the end of a sentence.

    >>> one_of(["en", "kk", "ru"])
    'en, kk or ru'
    """
    if len(choices) < 2:
        return "".join(choices)
    return _("{all_but_last} or {last}").format(all_but_last=", ".join(choices[:-1]), last=choices[-1])
