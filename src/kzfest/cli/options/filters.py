"""The options that ask for events, as several commands take them: declared once, handed on as one `ListFilters`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzfest.cli.options import events
from kzfest.cli.query import ListFilters
from kzfest.cli.typer_ext.option_groups import bundled
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

StartingOption = Annotated[bool, typer.Option("--starting", help=_("Only what begins in those days."))]
UndatedOption = Annotated[bool, typer.Option("--undated", help=_("Only what has no known date."))]

DAYS: dict[str, Any] = {
    "when": events.WhenArgument,
    "on": events.OnOption,
    "from_": events.FromOption,
    "to": events.ToOption,
}
KINDS: dict[str, Any] = {
    "venue": events.VenueOption,
    "near": events.NearOption,
    "within": events.WithinOption,
    "categories": events.CategoryOption,
    "not_categories": events.NotCategoryOption,
    "cities": events.CityOption,
    "tags": events.TagOption,
    "search": events.SearchOption,
}
"""Which events, whenever they are."""
ALL = DAYS | KINDS | {"starting": StartingOption, "undated": UndatedOption}


def filtered(taken: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options *taken*, fields of `ListFilters`, in the place of its parameter *asked*."""
    return bundled("asked", ListFilters, taken)
