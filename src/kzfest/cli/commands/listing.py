"""`kzfest list`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.asking import Asked, question_of, tell_left_out, tell_nothing_on, tell_other_programmes
from kzfest.cli.commands.answers import events_answer, listing_of
from kzfest.cli.console import note
from kzfest.cli.grammar import DaysCommand
from kzfest.cli.options import (
    CategoryOption,
    CityOption,
    FormatOption,
    FromOption,
    LimitOption,
    NearOption,
    NotCategoryOption,
    OnOption,
    OutputOption,
    SearchOption,
    SortOption,
    TagOption,
    ToOption,
    VenueOption,
    WhenArgument,
    WithinOption,
)
from kzfest.cli.output import write
from kzfest.cli.sorting import in_order
from kzfest.core.words import _
from kzfest.programme.questions import ONGOING, STARTING

app = typer.Typer(add_completion=False)

StartingOption = Annotated[bool, typer.Option("--starting", help=_("Only what begins in those days."))]
UndatedOption = Annotated[bool, typer.Option("--undated", help=_("Only what has no known date."))]


@app.command("list", cls=DaysCommand)
def list_(
    ctx: typer.Context,
    when: WhenArgument = None,
    on: OnOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    venue: VenueOption = None,
    near: NearOption = None,
    within: WithinOption = None,
    category: CategoryOption = None,
    not_category: NotCategoryOption = None,
    city: CityOption = None,
    tag: TagOption = None,
    search: SearchOption = None,
    starting: StartingOption = False,
    undated: UndatedOption = False,
    sort: SortOption = "time",
    limit: LimitOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List what is on: on a day, in a range of days, now, or over the whole programme.

    Days are festival days, to 05:00 the next morning; both ends of a range are included.
    """
    session = ctx.obj
    asked = Asked(
        when=when or (),
        on=on,
        from_=from_,
        to=to,
        venue=venue,
        near=near,
        within=within,
        categories=category or (),
        not_categories=not_category or (),
        cities=city or (),
        tags=tag or (),
        search=search,
        starting=starting,
        undated=undated,
    )
    question = question_of(asked, session)
    events, more = in_order(session, question, sort=sort, limit=limit)
    listing = listing_of(events, question, session, by_day=sort == "time")
    write(events_answer(listing, session), session, format_=format_, output=output)
    if limit != 0 and not any(listed.section in {STARTING, ONGOING} for listed in events):
        tell_nothing_on(question, session, left=len(events))
    if more:
        note(_("there is more: raise --limit to see it"))
    tell_left_out(question, session)
    tell_other_programmes(question, session)
