"""What a page shows, in whichever language: its events, what is on day by day, the numbers of its sources."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.event_spans import seasons
from kzfest.core.festival_day import ONE_DAY
from kzfest.core.model import ID_PATTERN
from kzfest.programme.events_by_day import EventsOfDay, days_told, events_by_day, to_the_end
from kzfest.programme.listing import listing_of
from kzfest.programme.timeline import timeline_of_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kzfest.core.model import Source
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent, ListedStretch
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.listing import Listing
    from kzfest.programme.timeline import GroupKind, Timeline

CARDS_ONCE_ABOVE = 400
"""With more events than this, each has one card for all languages, and the days are an index."""
LONGEST_OF_GROUPS = 1_500
"""With more days than this, a very large programme has no timeline."""


class DayRun(NamedTuple):
    """A day, or neighbouring days on which nothing begins and the same goes on."""

    first: date
    last: date
    events: EventsOfDay


class Contents:
    """The events of a page with what its sections need, whatever their language."""

    def __init__(
        self,
        listing: Listing,
        by_day: Mapping[date, EventsOfDay],
        sources: Mapping[str, Source],
        plan_days: Mapping[date, bool] | None = None,
        *,
        months_left_out: int = 0,
    ) -> None:
        self.listing = listing
        self.by_day = by_day
        self.sources = sources
        self.plan_days = plan_days or {}
        """The days of the user's visits, and whether one of them clashes."""
        self.months_left_out = months_left_out
        self.groups: Timeline | None = None
        """Of a very large programme, instead of a bar for each event."""
        self.by_id = {each.event.id: each for each in listing.events}
        self.cards_once = len(listing.events) > CARDS_ONCE_ABOVE

    @cached_property
    def anchors(self) -> dict[str, str]:
        """By event, the end of the ids of its card. Others of the page have capital letters, which no event has."""
        usable = re.compile(ID_PATTERN)
        return {
            key: f"C{number}" if self.cards_once or not usable.fullmatch(key) else key
            for number, key in enumerate(self.by_id, 1)
        }

    @cached_property
    def runs(self) -> list[DayRun]:
        """The days on which anything is on or may be, those joined that are alike.

        What is cancelled or postponed is told once: on its first day, or on that of the page.
        """
        runs: list[DayRun] = []
        for day, events in self.by_day.items():
            off = tuple(key for key in events.off if not runs or (key, day) in self.beginning_on)
            told = events._replace(other_source=(), off=off)
            if not any(told):
                continue
            before = runs[-1] if runs else None
            if before and not (told.begin or told.off) and before.last + ONE_DAY == day and before.events == told:
                runs[-1] = before._replace(last=day)
            else:
                runs.append(DayRun(day, day, told))
        return runs

    @cached_property
    def run_of_day(self) -> dict[date, date]:
        """Each day of the runs, and the first day of its run."""
        return {
            run.first + number * ONE_DAY: run.first
            for run in self.runs
            for number in range((run.last - run.first).days + 1)
        }

    @cached_property
    def beginning_on(self) -> dict[tuple[str, date], list[ListedStretch]]:
        """By event and day, what begins then."""
        found: dict[tuple[str, date], list[ListedStretch]] = {}
        for listed in self.listing.events:
            for part in listed.parts:
                if part.certain:
                    found.setdefault((listed.event.id, part.first_day), []).append(part)
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """By event, its number in the order of time: first those that begin on a day of the page."""
        begun = (key for run in self.runs for key in run.events.begin)
        return {key: number for number, key in enumerate(dict.fromkeys((*begun, *self.by_id)))}

    @cached_property
    def hours_lack(self) -> bool:
        """Whether an event of the days has no hour."""
        showings = (part.showing for parts in self.beginning_on.values() for part in parts)
        return any(showing.all_day and not showing.drop_in for showing in showings)

    @cached_property
    def seasons(self) -> list[tuple[date, date]]:
        """The first and the last day of each stretch of days without a long gap."""
        sure = [(day, day) for day, events in self.by_day.items() if events.is_on]
        if not sure:
            return []
        first, last = self.listing.days
        return seasons(sure, first or sure[0][0], last or sure[-1][0])

    @cached_property
    def may_be_on(self) -> list[ListedEvent]:
        """What may be on on some of the days, because its closing day was not published."""
        return self._those(key for events in self.by_day.values() for key in events.may_be_on)

    @cached_property
    def apart(self) -> dict[str, list[ListedEvent]]:
        """By kind, the events that do not begin on a day of the page; no kind is empty."""
        begun = {key for run in self.runs for key in (*run.events.begin, *run.events.off)}
        kinds = {
            "earlier": self._those(key for run in self.runs for key in run.events.go_on if key not in begun),
            "may": self.may_be_on,
            "permanent": [each for each in self.listing.events if each.certainty == "permanent"],
            "undated": [each for each in self.listing.events if each.certainty in {"unannounced", "reported"}],
        }
        return {name: events for name, events in kinds.items() if events}

    def _those(self, keys: Iterable[str]) -> list[ListedEvent]:
        return [self.by_id[key] for key in dict.fromkeys(keys) if key in self.by_id]

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """The sources of the events, numbered as they come."""
        cited: dict[str, None] = {}
        for listed in self.listing.events:
            cited |= dict.fromkeys(listed.event.sources)
            cited |= dict.fromkeys(dispute.source for dispute in listed.event.disputes)
        return {key: number for number, key in enumerate(cited, 1) if key in self.sources}

    def edition(self, language: str) -> Edition:
        """Return the contents for the readers of *language*."""
        return Edition(self, language, self.listing._replace(language=language))


class Edition(NamedTuple):
    """The contents of a page for the readers of one language."""

    contents: Contents
    language: str
    listing: Listing
    """In that language."""

    def anchor(self, event: str) -> str:
        """Return the id of the card of an *event* of the page."""
        return f"{self.language}-{self.contents.anchors[event]}"

    def day_anchor(self, day: date) -> str:
        """Return the id of a day."""
        return f"{self.language}-D{day.isoformat()}"

    def section_anchor(self, name: str) -> str:
        """Return the id of a section."""
        return f"{self.language}-{name.capitalize()}"

    def source_anchor(self, number: int) -> str:
        """Return the id of a source."""
        return f"{self.language}-S{number}"


def contents_of(
    events: Sequence[ListedEvent],
    question: EventQuery,
    context: Context,
    plan_days: Mapping[date, bool] | None = None,
) -> Contents:
    """Return what a page of *events*, the answer to *question*, shows."""
    listing = listing_of(events, question, context)
    ids = {each.event.id for each in events}
    told = days_told(to_the_end(question, context.catalogue), context.catalogue)
    by_day = {
        day: EventsOfDay(*(tuple(key for key in keys if key in ids) for keys in events_of_day))
        for first, last in told.ranges
        for day, events_of_day in events_by_day(context.catalogue, question._replace(first=first, last=last)).items()
    }
    keys = [key for each in events for key in each.event.sources]
    keys += [dispute.source for each in events for dispute in each.event.disputes]
    sources = context.catalogue.sources(keys)
    contents = Contents(listing, by_day, sources, plan_days, months_left_out=told.left_out)
    days = [*by_day]
    if contents.cards_once and days and (days[-1] - days[0]).days < LONGEST_OF_GROUPS:
        by: GroupKind = "track" if context.catalogue.words("track") else "category"
        asked = question._replace(first=days[0], last=days[-1], undated=False)
        contents.groups = timeline_of_groups(asked, by, context)
    return contents
