"""`kzfest itinerary merge`."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.commands.itinerary.changing import changing, is_table, report_changes
from kzfest.cli.options.events import FormatOption
from kzfest.cli.terminal.console import END_OF_INPUT, note, print_page
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.localized import choose
from kzfest.core.visit import VisitChange
from kzfest.i18n import _
from kzfest.itineraries.plan import in_answer, known_now
from kzfest.itineraries.share_token import LONGEST_TOKEN, pair_visits, read_token
from kzfest.itineraries.visit_builder import refresh_from_programme
from kzfest.pages.itinerary import difference_page
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.visit import Visit
    from kzfest.itineraries.store import ItineraryDraft

HYPHEN = "-"

TokenArgument = Annotated[
    str, typer.Argument(metavar=_("TOKEN"), help=_("What `share` printed, or - to read it from standard input."))
]
ReplaceByTheirsOption = Annotated[bool, typer.Option("--replace", help=_("Replace your visits with theirs."))]
DiffOption = Annotated[bool, typer.Option("--diff", help=_("Change nothing; compare your visits with theirs."))]


@command(
    "kzfest itinerary merge -",
    "kzfest itinerary merge - --diff",
)
def merge(
    ctx: CommandContext,
    token: TokenArgument,
    replace_: ReplaceByTheirsOption = False,
    diff: DiffOption = False,
    format_: FormatOption = None,
) -> None:
    """Add the visits of a shared itinerary; visits that you already have stay as they are."""
    session = ctx.obj
    if replace_ and diff:
        raise UsageError(_("--diff changes nothing; do not combine it with --replace"))
    for_people = is_table(format_)
    if token == HYPHEN:
        if sys.stdin.isatty():
            note(_("paste the line that `share` printed, then press Enter and {keys}").format(keys=END_OF_INPUT))
        token = sys.stdin.read(LONGEST_TOKEN + 1)
    shared = read_token(token, known_zone, now=session.context.stamp)
    known = known_now(shared.visits, session.context)
    theirs = [refresh_from_programme(visit, known[visit.id], session.context) for visit in shared.visits]
    if diff:
        mine = session.store.itinerary(session.itinerary_name)
        if not for_people:
            changes = starmap(VisitChange, pair_visits(mine.visits, theirs))
            report_changes([[each for each in changes if _differs(each)]], session, format_=format_, kept=mine)
            return
        pairs = pair_visits(in_answer(mine.visits, session.context), theirs)
        print_page(difference_page(pairs, session.language), session.colour)
        return
    with changing(session, format_=format_) as draft:
        if replace_:
            draft.visits = {visit.id: _counted(visit, draft.visits.get(visit.id)) for visit in theirs}
        else:
            _join(theirs, draft, session)


def _differs(each: VisitChange) -> bool:
    """Whether only one of the two has a visit, or they have it at different times."""
    return not (each.before and each.after and each.before.instants == each.after.instants)


def _counted(visit: Visit, mine: Visit | None) -> Visit:
    """Return *visit* with the revision of *mine*, so that an equal visit does not count as changed."""
    if mine is None:
        return visit
    imported = mine.imported if visit.instants == mine.instants else None
    return replace(visit, changes=max(visit.changes, mine.changes), changed=mine.changed, imported=imported)


def _join(theirs: list[Visit], draft: ItineraryDraft, session: Session) -> None:
    """Add to *draft* those of *theirs* that it lacks, and name the visits at different times."""
    for mine, their in pair_visits(draft.visits.values(), theirs):
        if mine is None and their is not None:
            key = draft.new_id() if their.id in draft.visits else their.id
            draft.visits[key] = replace(their, id=key)
        elif mine and their and mine.instants != their.instants:
            title = choose(mine.title, session.language).text
            note(_("'{title}' is at another time there; kept yours").format(title=title))
