"""The application: its commands, its global options, and the one place that reports errors that users can fix."""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from kzfest.cli.language import asked_in, language_of
from kzfest.cli.options.common import (
    ColorOption,
    ColumnsOption,
    DataOption,
    DatesOption,
    LangOption,
    MapOption,
    NowOption,
    ProgrammeOption,
    QuietOption,
    TimesOption,
    VersionOption,
    ZoneOption,
)
from kzfest.cli.terminal.console import begin_run, drop, note, use_notes
from kzfest.cli.typer_ext.lazy_groups import CommandLineError, LazyGroup
from kzfest.core.errors import FaultyProgrammeError, KzfestError, UnforeseenError, UnknownFormatError
from kzfest.i18n import _, set_language

INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""


class Application(LazyGroup):
    """The commands, and the one place that turns an error that users can fix into a line and an exit code."""

    examples = ("kzfest", "kzfest list 17 dec", "kzfest show gastromania", "kzfest itinerary suggest weekend")
    package = "kzfest.cli.commands"
    names = (
        *("list", "month", "timeline", "day", "browse", "show", "venue", "venues", "way", "search", "history"),
        *("programmes", "categories", "tags", "tracks", "cities", "itinerary", "export", "page", "check", "diff"),
        *("convert", "new", "sql", "schema", "help", "manual"),
    )

    def no_such_command(self, ctx: Any, args: list[str]) -> str:
        """Return that *args* begin with no command, and how to search for them if no command is similar.

        A category is searched for all the same: `concert` is no misspelling of `convert`.
        """
        told = super().no_such_command(ctx, args)
        from itertools import takewhile
        from shlex import join

        from kzfest.cli.session import Session
        from kzfest.core.command_line import OPTIONS_OF_PROGRAMME

        words = takewhile(lambda word: not word.startswith("-"), args)
        asked = Session(**{name: ctx.params.get(name) for name in OPTIONS_OF_PROGRAMME})
        if get_close_matches(args[0], self.names) and not asked.is_category(args[0]):
            return told
        search = asked.command_line.of_programme(f"kzfest search {join(words)}")
        return told + " " + _("To search the programme: `{command}`.").format(command=search)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line, report errors in one line, and exit with the code."""
        if sys.stdout is None:  # the program was started with a closed standard output (`>&-`)
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # to the end of the process
        begin_run(asked_in(sys.argv[1:] if args is None else args, "--color", "--colour"))
        try:
            code = super().main(
                args,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            if sys.stdout is not None:
                sys.stdout.flush()
        except UnforeseenError:
            raise  # a bug of kzfest: `kzfest.__main__` reports it
        except (CommandLineError, typer.Abort, KzfestError, OSError) as error:
            code = _after(error)
        except SystemExit as leaving:  # Rich and Typer exit like this if the reader of our output is gone (`| head`)
            if not isinstance(leaving.__context__, BrokenPipeError):
                raise
            code = _after(leaving.__context__)
        code = code if isinstance(code, int) else 0
        if standalone_mode:
            sys.exit(code)
        return code


def _after(error: Any) -> int:
    """Report *error*, and return its exit code."""
    from kzfest.cli.typer_ext import usage_errors  # rarely needed

    use_notes(wanted=True)  # --quiet hides no error
    match error:
        case BrokenPipeError():
            drop(sys.stdout)
            return 0
        case typer.Abort():
            return INTERRUPTED
        case UnknownFormatError():
            note(f"kzfest: {error}")
        case FaultyProgrammeError():
            _tell_faults(error)
        case CommandLineError():
            note(f"kzfest: {usage_errors.of_the_line(error)}")
        case OSError():
            if error.filename is None:  # writing our output failed
                drop(sys.stdout)
            note(f"kzfest: {usage_errors.of_the_system(error)}")
        case _:
            note(f"kzfest: {error}")
    return int(getattr(error, "exit_code", KzfestError.exit_code))


def _tell_faults(error: FaultyProgrammeError) -> None:
    """Report the faults of a programme file, and which command explains them."""
    if sys.stderr is None:
        return
    from shlex import quote

    from kzfest.cli.terminal.excerpts import print_problems

    print_problems(error.problems, sys.stderr)
    file = quote(error.problems[0].file)
    note(
        "kzfest: " + _("the programme has faults; correct them, and check with `kzfest check {file}`").format(file=file)
    )


app = typer.Typer(
    name="kzfest",
    cls=Application,
    help=_("What is on at a festival, where, and how we know it."),
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def kzfest(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    data: DataOption = None,
    lang: LangOption = None,
    now: NowOption = None,
    color: ColorOption = None,
    quiet: QuietOption = False,
    version: VersionOption = False,
    zone: ZoneOption = None,
    times: TimesOption = None,
    dates: DatesOption = None,
    columns: ColumnsOption = None,
    map_file: MapOption = None,
) -> None:
    """Show the programme, what is on now or next, and what to try."""
    from kzfest.cli.session import Session  # not for --version or completions

    set_language(language_of(lang, os.environ))
    if quiet:
        use_notes(wanted=False)
    ctx.obj = Session(
        programme=programme,
        data=data,
        lang=lang,
        now=now,
        color=color,
        zone=zone,
        times=times,
        dates=dates,
        columns=columns,
        map_file=map_file,
    )
    if ctx.invoked_subcommand is None:
        from kzfest.cli.commands.home import home

        home(ctx.obj)
