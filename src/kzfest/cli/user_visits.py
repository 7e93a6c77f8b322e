"""The user's visits to events of a programme, for answers that show them beside the programme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.core.errors import KzfestError
from kzfest.i18n import _
from kzfest.paths import itinerary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzfest.cli.session import Session
    from kzfest.core.visit import Visit
    from kzfest.programme.database.catalogue import Catalogue


def visits_to_events_of(catalogue: Catalogue, session: Session) -> list[Visit]:
    """Return the user's visits to events of *catalogue*; none if the itinerary cannot be read, which it says."""
    folder = itinerary_folder(session.environment)
    try:
        if folder is None or not folder.exists():
            return []
        from kzfest.core.visit import visits_to  # 10 ms with the store, for users with an itinerary only
        from kzfest.itineraries.store import PATIENCE_OF_CARDS, Store

        visits = Store(folder, tell=note, patience=PATIENCE_OF_CARDS).itinerary(session.itinerary_name).visits
    except (KzfestError, OSError) as error:
        note(_("your visits are left out: {reason}").format(reason=error))
        return []
    return visits_to(catalogue.head.id, session.library.file_beside_id(catalogue), visits)


def visit_ids(visits: Iterable[Visit]) -> dict[str, list[str]]:
    """Return the ids of *visits* by the ids of their events."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for visit in visits:
        if visit.event:
            found[visit.event].append(visit.id)
    return found
