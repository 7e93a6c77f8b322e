"""Groups of commands, each loaded when it is asked for, with the options that may stand behind its name as well."""

from __future__ import annotations

import copy
import os
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from kzfest.cli.language import language_of
from kzfest.core.words import _, use

SHARED_OPTIONS = ("programme", "data", "lang", "now", "color", "version", "itinerary")
"""What a group takes for all its commands, under the names of the session's fields."""


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is asked for."""

    table: ClassVar[dict[str, str]] = {}
    """Name to module in `commands/`, in the order of the help."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = dict.fromkeys(self.table)  # type: ignore[assignment]  # names only, for suggestions

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # what Typer hands in
        """Return the names of the commands."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # what Typer hands in
        """Return the command, with the shared options that may stand behind its name as well."""
        if cmd_name not in self.table:
            return None
        if self.commands[cmd_name] is None:
            module = import_module(f"kzfest.cli.commands.{self.table[cmd_name]}")
            command: Any = typer.main.get_command(module.app)
            command.name = cmd_name
            command.help = _(command.help)  # the docstring of its function
            command.params += [_behind(option) for option in self.params if option.name in SHARED_OPTIONS]
            self.commands[cmd_name] = command
        return self.commands[cmd_name]


class DefaultGroup(LazyGroup):
    """A lazy group of which one command is meant where none is named: `kzfest itinerary -f json`."""

    default: ClassVar[str]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line, with the default command where an option or nothing stands in its place."""
        place = self._place_of_command(args)
        wants_value = place > len(args)
        is_completed = ctx.resilient_parsing and not args[place:]  # a shell asks which commands there are
        asks_help = bool(set(args[place : place + 1]) & set(ctx.help_option_names))
        if not (wants_value or is_completed or asks_help or _names(args[place:])):
            args = [*args[:place], self.default, *args[place:]]
        return super().parse_args(ctx, args)

    def _place_of_command(self, args: list[str]) -> int:
        """Return where in *args* the command's name stands or is missing: behind the group's own options.

        It is past the end where the last of these lacks its value.
        """
        takes_value = {name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts}
        place = 0
        while place < len(args) and (name := args[place].partition("=")[0]) in takes_value:
            place += 2 if takes_value[name] and "=" not in args[place] else 1
        return place


def _names(rest: list[str]) -> bool:
    """Whether *rest* begins with the name of a command, known or not."""
    return bool(rest) and not rest[0].startswith("-")


def _behind(option: Any) -> Any:
    """Return the shared *option* for behind a command's name, where it has the last word."""
    again = copy.copy(option)
    again.expose_value = False
    if option.name != "version":
        again.callback = _overrule
    return again


def _overrule(ctx: Any, option: Any, value: str | None) -> None:
    if value is None:
        return
    if ctx.obj is not None:
        setattr(ctx.obj, option.name, value)
        if option.name == "lang":
            use(language_of(value, os.environ))
    else:  # a shell completes this line: no command runs, and completions look among the parameters
        ctx.params[option.name] = value
