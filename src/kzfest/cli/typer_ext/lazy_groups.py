"""Commands with translated help, and groups that import a command when it is needed.

Typer translates only some of its texts. `usage_errors.py` and this file replace the others where Typer allows it. The
two lines that Typer prints after it has installed a completion stay English.
"""

from __future__ import annotations

import copy
import os
import sys
from contextlib import contextmanager
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from inspect import Parameter, Signature, signature
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from kzfest.cli.language import OPTION, asked_in, language_in, language_of
from kzfest.cli.terminal.console import STYLES, has_colour, use_notes
from kzfest.i18n import _, set_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kzfest.cli.session import Session
    from kzfest.formats.page import Style

    _Command = TyperCommand
else:
    _Command = object

Function = TypeVar("Function", bound="Callable[..., None]")

CommandLineError: Any = typer.BadParameter.__mro__[2]
"""Typer's base class of errors in command lines; only its newest versions have a public name for it."""

SHARED_OPTIONS = (
    *("programme", "data", "lang", "now", "color", "quiet", "version", "itinerary"),
    *("zone", "times", "dates", "columns", "map_file"),
)
"""The options of a group that all its commands take, named as the session's fields."""

GLOBAL_PANEL = _("Global options")
"""The heading in the help of the options that all commands take."""

READING_PANEL = _("Files of other programs")
"""The heading of the options that say how such a file is to be read."""

OPTIONS_OF_TYPER = {
    "help": _("Show this message and exit."),
    "install_completion": _("Install completion for the current shell."),
    "show_completion": _("Show completion for the current shell, to copy it or customize the installation."),
}
"""The help of the options that Typer itself adds, by their names."""


STYLES_OF_HELP: dict[str, Style] = {
    **dict.fromkeys(("STYLE_OPTION", "STYLE_SWITCH", "STYLE_COMMANDS_TABLE_FIRST_COLUMN"), "command"),
    **dict.fromkeys(("STYLE_NEGATIVE_OPTION", "STYLE_NEGATIVE_SWITCH"), "command"),
    **dict.fromkeys(("STYLE_TYPES", "STYLE_TYPES_SEPARATOR", "STYLE_HELPTEXT", "STYLE_OPTION_DEFAULT"), "faint"),
    **dict.fromkeys(("STYLE_OPTION_ENVVAR", "STYLE_OPTIONS_PANEL_BORDER", "STYLE_COMMANDS_PANEL_BORDER"), "faint"),
    **dict.fromkeys(("STYLE_USAGE", "STYLE_USAGE_COMMAND"), "strong"),
    **dict.fromkeys(("STYLE_REQUIRED_SHORT", "STYLE_REQUIRED_LONG"), "bad"),
}
"""Our styles instead of Typer's, some of which are pale on white."""


class LocalizedHelp(_Command):
    """A command or group whose help is translated, has our styles, and begins with examples."""

    examples: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options_metavar = _("[OPTIONS]")
        for param in self.params:
            if param.param_type_name == "argument":
                kind: Any = copy.copy(param.type)
                kind.get_metavar = lambda **_of_what: ""  # else the help shows its name in Python: `<str>`
                param.type = kind

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the arguments and options, those of Typer among them."""
        params: list[Any] = super().get_params(ctx)
        for param in params:
            param.help = OPTIONS_OF_TYPER.get(param.name, param.help)
        return params

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, in colour if all other output has it; Typer itself would obey other variables."""
        from typer import rich_utils  # only the help needs it, and loads it anyway

        coloured = has_colour(sys.stdout)
        rich_utils.FORCE_TERMINAL = coloured
        rich_utils.COLOR_SYSTEM = "256" if coloured else None
        for name, style in STYLES_OF_HELP.items():
            setattr(rich_utils, name, STYLES[style])
        summary, *more = (paragraph.replace("\n", " ") for paragraph in (self.help or "").split("\n\n"))
        examples = "".join(f"\n[{STYLES['command']}]{example}[/]" for example in self.examples)
        self.help = "\n\n".join([summary, _("Examples:") + examples, *more])
        if ctx.parent is None:
            self.epilog = _("Manual: `{command}`").format(command="kzfest manual")
        else:
            self._end_with_pointers(ctx)
        with _without("NO_COLOR" if coloured else ""):
            super().format_help(ctx, formatter)

    def _end_with_pointers(self, ctx: Any) -> None:
        """Name the options that the help of kzfest explains in one line instead of a panel, and the manual's page."""
        from kzfest.cli.manual import more_about  # only the help needs it

        params = self.get_params(ctx)
        shared = [param for param in params if getattr(param, "rich_help_panel", None) == GLOBAL_PANEL]
        for param in params:
            is_of_reading = getattr(param, "rich_help_panel", None) == READING_PANEL
            param.hidden = param in shared or is_of_reading or param.name == "help"
        self.epilog = _("Everywhere: {options}. `{command}` explains them.").format(
            options=", ".join(param.opts[0] for param in shared), command=f"{ctx.find_root().command_path} --help"
        )
        page = more_about(ctx.command_path)
        if page:
            self.epilog += "\n\n" + _("More: `{command}`").format(command=f"kzfest manual {page}")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line, and give an error the command whose help explains more.

        Typer reports errors, and shows the help, before it runs the options. So this sets the language first.
        """
        if asked_in(args, OPTION):
            set_language(language_in(args, os.environ))
        try:
            return super().parse_args(ctx, args)
        except CommandLineError as error:
            error.ctx = error.ctx or ctx
            raise


@contextmanager
def _without(variable: str) -> Iterator[None]:
    """Remove *variable* from the environment meanwhile: Rich would obey it although `--color` takes precedence."""
    kept = os.environ.pop(variable, None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ[variable] = kept


class Command(LocalizedHelp, TyperCommand):
    """A command whose arguments may begin with a minus, and that rejects extra ones with a translated message."""

    allow_extra_args = True
    joined: Any = staticmethod(list)
    """Joins the words of the command line that are one value."""

    def make_parser(self, ctx: Any) -> Any:
        """Return the parser of the command line, for which "-2d" and "-33.9,18.4" are arguments."""
        parser: Any = super().make_parser(ctx)
        read_option = parser._process_opts  # noqa: SLF001  # Typer has no public way
        parser._process_opts = lambda arg, state: (  # noqa: SLF001  # no option begins with a digit
            state.largs.append(arg) if arg[1].isdigit() else read_option(arg, state)
        )
        return parser

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line. Fails if arguments are left over."""
        left = super().parse_args(ctx, self.joined(args))
        if left and not ctx.resilient_parsing:
            ctx.fail(_("Got unexpected extra argument(s) ({given})").format(given=" ".join(" ".join(left).split())))
        return left


class JsonOption(TyperOption):
    """`--json`: it stores "json" as the value of `--format`, whose name it has."""

    def add_to_parser(self, parser: Any, ctx: Any) -> None:  # noqa: ARG002  # Typer passes it
        """Add the option to the parser of the command line."""
        parser.add_option(obj=self, opts=self.opts, dest=self.name, action="store_const", const="json")


_apps: dict[str, typer.Typer] = {}
"""The application of each command, by its module: Typer makes commands only from applications."""
_examples: dict[str, tuple[str, ...]] = {}
"""The examples in the help of each command, by its module."""


class CommandContext(typer.Context):
    """Typer's context of a command, with the session of this run."""

    obj: Session


def command(
    *examples: str, cls: type[TyperCommand] = Command, options: Sequence[str] = ()
) -> Callable[[Function], Function]:
    """Make a function the command of its module; a `LazyGroup` finds it by the module's name.

    Its help begins with the *examples*, which the tests run.

    A parameter whose type is a named tuple stands for a group of options, which its fields declare: all of them, or
    those in *options*. The function gets one tuple, in which missing options have their defaults.
    """

    def decorate(function: Function) -> Function:
        parameters: list[Parameter] = []  # what Typer reads
        groups: list[tuple[str, Any, Sequence[str]]] = []
        for name, own in signature(function, eval_str=True).parameters.items():
            kind = own.annotation
            if not hasattr(kind, "_fields"):
                parameters.append(own.replace(kind=Parameter.KEYWORD_ONLY))
                continue
            hints, defaults, taken = (
                get_type_hints(kind, include_extras=True),
                kind._field_defaults,
                options or kind._fields,
            )
            groups.append((name, kind, taken))
            parameters += [
                Parameter(key, Parameter.KEYWORD_ONLY, annotation=hints[key], default=defaults[key]) for key in taken
            ]

        @wraps(function)
        def run(**given: Any) -> None:
            for name, kind, taken in groups:
                given[name] = kind(**{key: given.pop(key) for key in taken})
            function(**given)

        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {}  # Typer reads the signature, and would also evaluate these, twice
        app = _apps[function.__module__] = typer.Typer(add_completion=False)
        app.command(cls=cls)(run)
        _examples[function.__module__] = examples
        return function

    return decorate


def group(cls: type[TyperGroup]) -> Callable[[Function], Function]:
    """Make a function the callback of its module's group; a `LazyGroup` finds it by the module's name."""

    def decorate(function: Function) -> Function:
        app = _apps[function.__module__] = typer.Typer(add_completion=False, cls=cls, rich_markup_mode="rich")
        app.callback()(function)
        return function

    return decorate


class LazyGroup(LocalizedHelp, TyperGroup):
    """A group that imports the module of a command when it is needed."""

    package: ClassVar[str] = ""
    """The package with a module for each command."""
    names: ClassVar[tuple[str, ...]] = ()
    """The names of the commands, in the order of the help."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.subcommand_metavar = _("COMMAND [ARGS]...")
        self.commands = dict.fromkeys(self.names)  # type: ignore[assignment]  # names only, for suggestions

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # Typer passes it
        """Return the names of the commands."""
        return list(self.names)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # Typer passes it
        """Return the command, with the shared options, which may also stand after its name."""
        if cmd_name not in self.names:
            return None
        if self.commands[cmd_name] is None:
            module = import_module(f"{self.package}.{cmd_name}{'_' if iskeyword(cmd_name) else ''}")
            command: Any = typer.main.get_command(_apps[module.__name__])
            command.name = cmd_name
            command.help = _(command.help)  # the docstring of its function
            command.examples = _examples.get(module.__name__, command.examples)
            place = next((n for n, option in enumerate(command.params, 1) if option.name == "format_"), None)
            if place is not None:
                command.params.insert(
                    place,
                    JsonOption(
                        param_decls=["format_", "--json"],
                        is_flag=True,
                        type=str,
                        metavar="",
                        expose_value=False,
                        help=_("The same as -f json."),
                        rich_help_panel=command.params[place - 1].rich_help_panel,
                    ),
                )
            command.params += [_as_trailing_option(option) for option in self.params if option.name in SHARED_OPTIONS]
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that *args* name. Raises CommandLineError, with similar names, if there is none."""
        if args[0] not in self.names and not ctx.resilient_parsing:
            ctx.fail(self.no_such_command(ctx, args))
        return super().resolve_command(ctx, args)

    def no_such_command(self, ctx: Any, args: list[str]) -> str:  # noqa: ARG002  # subclasses use it
        """Return the message that *args* begin with no command of this group."""
        from kzfest.core.safe_text import quoted  # rarely needed

        guesses = get_close_matches(args[0], self.names)
        if not guesses:
            return _("No such command {name}.").format(name=quoted(args[0]))
        listed = ", ".join(map(quoted, guesses))
        return _("No such command {name}. Did you mean {guesses}?").format(name=quoted(args[0]), guesses=listed)


class DefaultGroup(LazyGroup):
    """A lazy group with a command that runs by default: `kzfest itinerary -f json`."""

    default: ClassVar[str]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line, with the default command if it names none."""
        place = self._place_of_command(args)
        wants_value = place > len(args)
        is_completed = ctx.resilient_parsing and not args[place:]  # a shell asks for the names of the commands
        asks_help = bool(set(args[place : place + 1]) & set(ctx.help_option_names))
        has_name = place < len(args) and not args[place].startswith("-")
        if not (wants_value or is_completed or asks_help or has_name):
            args = [*args[:place], self.default, *args[place:]]
        return super().parse_args(ctx, args)

    def _place_of_command(self, args: list[str]) -> int:
        """Return the index in *args* after the group's own options, where the command's name belongs.

        It is beyond the end of *args* if the last of these options lacks its value.
        """
        takes_value = {name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts}
        place = 0
        while place < len(args) and (name := args[place].partition("=")[0]) in takes_value:
            place += 2 if takes_value[name] and "=" not in args[place] else 1
        return place


def _as_trailing_option(option: Any) -> Any:
    """Return the shared *option* for use after a command's name, where it takes precedence."""
    again = copy.copy(option)
    again.expose_value = False

    def overrule(ctx: Any, given: Any, value: Any) -> None:
        if value is None or value is False:
            return
        if option.callback:
            option.callback(ctx, given, value)
        if ctx.obj is not None:
            setattr(ctx.obj, option.name, value)
            if option.name == "lang":
                set_language(language_of(value, os.environ))
            elif option.name == "quiet":
                use_notes(wanted=False)
        else:  # a shell completes this line: no command runs, and completions read the parameters
            ctx.params[option.name] = value

    if option.name != "version":
        again.callback = overrule
    return again
