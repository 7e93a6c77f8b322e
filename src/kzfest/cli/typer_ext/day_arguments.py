"""Days of several words behind an option, without quotes: `--from 24 dec --to 2 jan`."""

from __future__ import annotations

import re
from typing import Any

from kzfest.cli.typer_ext.lazy_groups import Command

DAY_OPTIONS = ("--on", "--from", "--to")
_OPTION = re.compile(r"-{1,2}[^\W\d]")
_DAYS_AGO = re.compile(r"-(?=\d+([dwдн]|$))", re.IGNORECASE)
_MINUS = "\N{MINUS SIGN}"
"""What the reader of days takes for a hyphen, and the reader of options for no option."""


class DaysCommand(Command):
    """A command whose day options take the words behind them up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line with each option's words as one, and days ago as no options."""
        return super().parse_args(ctx, [days_ago(arg) for arg in with_whole_days(args)])


def days_ago(arg: str) -> str:
    """Return *arg* with a minus in "-2d", which would be an option.

    >>> days_ago("-2d"), days_ago("-p")
    ('−2d', '-p')
    """
    return _DAYS_AGO.sub(_MINUS, arg, count=1) if _DAYS_AGO.match(arg) else arg


def with_whole_days(args: list[str]) -> list[str]:
    """Return *args* with the words behind a day option joined to one.

    >>> with_whole_days(["--from", "24", "dec", "--to", "2", "jan", "-f", "json"])
    ['--from', '24 dec', '--to', '2 jan', '-f', 'json']
    >>> with_whole_days(["17", "dec", "--on=17", "dec"])
    ['17', 'dec', '--on=17 dec']
    """
    joined: list[str] = []
    gathering = False
    for arg in args:
        is_option = _OPTION.match(arg) is not None or arg == "--"
        if gathering and not is_option and joined[-1] not in DAY_OPTIONS:
            joined[-1] += f" {arg}"
            continue
        joined.append(arg)
        gathering = arg.partition("=")[0] in DAY_OPTIONS if is_option else gathering
    return joined
