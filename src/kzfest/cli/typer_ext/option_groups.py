"""Options that several commands take together: declared once, handed on as one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import typer

    Command = Callable[..., None]


def bundled(name: str, make: Callable[..., Any], options: dict[str, Any]) -> Callable[[Command], Command]:
    """Give a command *options* in the place of its parameter *name*, and it what *make* makes of those given.

    An option of which nothing is said is not given; a flag is False.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(ctx: typer.Context, **given: Any) -> None:
            bundle = make(**{key: value for key in options if (value := given.pop(key)) is not None})
            command(ctx, **{name: bundle}, **given)

        parameters = list(_parameters(command, name, options))
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # this is what Typer reads
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate


def _parameters(command: Command, name: str, options: dict[str, Any]) -> Iterable[Parameter]:
    for each in signature(command, eval_str=True).parameters.values():
        if each.name != name:
            yield each.replace(kind=Parameter.KEYWORD_ONLY)
            continue
        for key, option in options.items():
            default = False if option.__origin__ is bool else None  # a flag, and not one of two
            yield Parameter(key, Parameter.KEYWORD_ONLY, annotation=option, default=default)
