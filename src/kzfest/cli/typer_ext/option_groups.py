"""Groups of options that several commands take: declared once, as fields of a named tuple, and passed as one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    CommandFunction = Callable[..., None]


def grouped(name: str, group: Any, *fields: str) -> Callable[[CommandFunction], CommandFunction]:
    """Replace the parameter *name* of a command with the options that annotate *fields* of the named tuple *group*.

    Without *fields*, it takes all of them. The command gets one *group*, in which missing options have their defaults.
    """
    hints = get_type_hints(group, include_extras=True)
    options = [
        Parameter(key, Parameter.KEYWORD_ONLY, annotation=hints[key], default=group._field_defaults[key])
        for key in fields or group._fields
    ]

    def decorate(command: CommandFunction) -> CommandFunction:
        @wraps(command)
        def run(ctx: typer.Context, **given: Any) -> None:
            command(ctx, **{name: group(**{each.name: given.pop(each.name) for each in options})}, **given)

        own = signature(command, eval_str=True).parameters.values()
        parameters = [
            parameter
            for each in own
            for parameter in (options if each.name == name else [each.replace(kind=Parameter.KEYWORD_ONLY)])
        ]
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # this is what Typer reads
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate
