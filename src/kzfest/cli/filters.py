"""The options that ask for events, as several commands take them: declared once, handed on as one `Asked`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzfest.cli import options
from kzfest.cli.asking import Asked
from kzfest.cli.bundles import bundled
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

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


def filtered(taken: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options *taken*, fields of `Asked`, in the place of its parameter *asked*."""
    return bundled("asked", Asked, taken)
