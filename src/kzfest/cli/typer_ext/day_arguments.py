"""Days of several words after an option, without quotes: `--from 24 dec --to 2 jan`."""

from __future__ import annotations

from kzfest.cli.typer_ext.lazy_groups import Command

DAY_OPTIONS = ("--on", "--from", "--to", "--changed-since")


def with_whole_days(args: list[str]) -> list[str]:
    """Return *args* with the words after a day option joined.

    >>> with_whole_days(["--from", "24", "dec", "--to", "2", "jan", "-f", "json"])
    ['--from', '24 dec', '--to', '2 jan', '-f', 'json']
    >>> with_whole_days(["17", "dec", "--on=17", "dec"])
    ['17', 'dec', '--on=17 dec']
    """
    joined: list[str] = []
    gathering = False
    for arg in args:
        name = arg.removeprefix("-").removeprefix("-")
        is_option = arg == "--" or (name != arg and name[:1].isidentifier())
        if gathering and not is_option and joined[-1] not in DAY_OPTIONS:
            joined[-1] += f" {arg}"
            continue
        joined.append(arg)
        gathering = arg.partition("=")[0] in DAY_OPTIONS if is_option else gathering
    return joined


class DaysCommand(Command):
    """A command whose day options take all words up to the next option."""

    joined = staticmethod(with_whole_days)
