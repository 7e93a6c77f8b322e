"""The options that ask for events, as several commands take them: declared once, handed on as one `Asked`."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzfest.cli import options
from kzfest.cli.asking import Asked
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

StartingOption = Annotated[bool, typer.Option("--starting", help=_("Only what begins in those days."))]
UndatedOption = Annotated[bool, typer.Option("--undated", help=_("Only what has no known date."))]

DAYS: dict[str, Any] = {
    "when": options.WhenArgument,
    "on": options.OnOption,
    "from_": options.FromOption,
    "to": options.ToOption,
}
KINDS: dict[str, Any] = {
    "venue": options.VenueOption,
    "near": options.NearOption,
    "within": options.WithinOption,
    "categories": options.CategoryOption,
    "not_categories": options.NotCategoryOption,
    "cities": options.CityOption,
    "tags": options.TagOption,
    "search": options.SearchOption,
}
"""Which events, whenever they are."""
ALL = DAYS | KINDS | {"starting": StartingOption, "undated": UndatedOption}

_FLAGS = ("starting", "undated")


def filtered(taken: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options *taken*, fields of `Asked`, in the place of its parameter *asked*."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(ctx: typer.Context, **given: Any) -> None:
            asked = Asked(**{name: value for name in taken if (value := given.pop(name)) is not None})
            command(ctx, asked=asked, **given)

        parameters = list(_parameters(command, taken))
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # this is what Typer reads
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate


def _parameters(command: Callable[..., None], taken: dict[str, Any]) -> Iterable[Parameter]:
    for each in signature(command, eval_str=True).parameters.values():
        if each.name != "asked":
            yield each.replace(kind=Parameter.KEYWORD_ONLY)
            continue
        for name, option in taken.items():
            yield Parameter(name, Parameter.KEYWORD_ONLY, annotation=option, default=False if name in _FLAGS else None)
