"""The entries in the rows of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kzfest.i18n import ngettext
from kzfest.programme.importing import table_cells
from kzfest.programme.importing.entries import Entry, Place
from kzfest.programme.importing.table_columns import by_field
from kzfest.programme.importing.table_times import says_yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.programme.importing.entries import Participant, Words
    from kzfest.programme.importing.table_columns import TableColumn
    from kzfest.programme.importing.table_times import RowTimes, TableTimes

_KINDS_OF_KEYS = ("id", "guid", "guid", "uid", "code", "code", "code", "id", "id")
"""The kinds of key of the headings of ids, in their order."""


_NOT_ACCEPTED = frozenset(
    ("declined", "rejected", "nominated", "waitlisted", "decline queue", "accept queue", "waitlist queue", "draft")
)
"""What Sessionize and others call what may never take place."""


class TableEntries:
    """Makes entries of the rows of a table, and counts those that it leaves out."""

    def __init__(self, columns: Sequence[TableColumn], times: TableTimes, *, room: str, track: str) -> None:
        """Take *room* and *track* for entries that do not say theirs."""
        self._room, self._track = room, track
        self._columns = by_field(columns)
        self._times = times
        self._left_out: Counter[str] = Counter()

    def remarks(self) -> Iterator[str]:
        """Yield sentences about the rows that were left out."""
        if number := self._left_out["title"]:
            message = ngettext("left out {n} row without a title", "left out {n} rows without a title", number)
            yield message.format(n=number)
        if number := self._left_out["active"]:
            message = ngettext("left out {n} row that is not active", "left out {n} rows that are not active", number)
            yield message.format(n=number)

    def of(self, row: Sequence[str]) -> Iterator[Entry]:
        """Yield the entries in *row*, one for each of its times, or an undated one."""
        filled = set(filter(None, row))
        if not filled or (len(filled) == 1 and self._times.leads(next(iter(filled)))):
            return
        title, summary = self._words("title", row), self._summary(row)
        if not title and not any(summary):
            self._left_out["title"] += len(filled) > 1
            return
        active, status = self._cell("active", row), self._cell("status", row)
        if (active and not says_yes(active)) or status.casefold() in _NOT_ACCEPTED:
            self._left_out["active"] += 1
            return
        found: Sequence[RowTimes | None] = self._times.of(row) or [None]
        keys = self._keys(row)
        if not keys and len(found) > 1:
            keys = {"id": "\n".join(row)}
        for times in found:
            yield Entry(
                title=title,
                keys=keys,
                start=times and times.start,
                end=times and times.end,
                zone=times and times.zone,
                place=self._place(row),
                summary=summary,
                kind=self._cell("type", row) or None,
                tracks=tuple(self._cells("track", row)) or tuple(filter(None, [self._track])),
                tags=tuple(table_cells.parts(self._cells("tags", row))),
                languages=tuple(table_cells.languages(self._cells("language", row))),
                people=tuple(self._people(row)),
                organiser=table_cells.without_addresses(self._cell("organiser", row)) or None,
                url=self._cell("url", row) or None,
                image=self._cell("image", row) or None,
                tickets=self._cell("tickets", row) or None,
                cost=table_cells.cost(self._cell("price", row), self._aside("price")),
                sold_out=True if self._says_yes("sold_out", row) else None,
                age=table_cells.age(self._cell("age", row)),
                status="cancelled" if self._says_yes("cancelled", row) else table_cells.status(status),
            )

    def _cells(self, field: str, row: Sequence[str]) -> list[str]:
        """Return what *row* has in the columns of *field*, the clearest first."""
        return [cell for column in self._columns.get(field, ()) if (cell := row[column.number])]

    def _cell(self, field: str, row: Sequence[str]) -> str:
        for column in self._columns.get(field, ()):
            if cell := row[column.number]:
                return cell
        return ""

    def _says_yes(self, field: str, row: Sequence[str]) -> bool:
        return says_yes(self._cell(field, row))

    def _aside(self, field: str) -> str:
        return next((column.aside for column in self._columns.get(field, ())), "")

    def _words(self, field: str, row: Sequence[str]) -> Words:
        """Return the text of *field*, or its texts by language if headings say their languages."""
        columns = self._columns.get(field, ())
        by_language = {column.language: row[column.number] for column in columns if row[column.number]}
        if len(by_language) > 1 or not by_language.get("", "x"):
            by_language.pop("", None)
        if by_language and "" not in by_language:
            return by_language
        return self._cell(field, row)

    def _summary(self, row: Sequence[str]) -> tuple[Words, ...]:
        columns = self._columns.get("summary", ())
        if any(column.language for column in columns):
            return (self._words("subtitle", row), self._words("summary", row))
        return (self._words("subtitle", row), *self._cells("summary", row))

    def _keys(self, row: Sequence[str]) -> dict[str, str]:
        """Return what may identify the event of *row*, by its kind."""
        keys = {_KINDS_OF_KEYS[column.rank]: row[column.number] for column in reversed(self._columns.get("id", ()))}
        return {kind: key for kind, key in (keys | {"url": self._cell("url", row)}).items() if key}

    def _place(self, row: Sequence[str]) -> Place | None:
        """Return the venue of *row*; a room and the building in which it is are one venue."""
        room, venue = self._words("room", row), self._words("venue", row)
        if isinstance(room, str) and isinstance(venue, str) and room and venue and room != venue:
            name: Words = f"{room}, {venue}"
        else:
            name = room or venue or self._room
        if not name:
            return None
        return Place(
            name=name,
            address=self._cell("address", row) or None,
            city=self._cell("city", row) or None,
            point=table_cells.point(self._cell("latitude", row), self._cell("longitude", row)),
        )

    def _people(self, row: Sequence[str]) -> Iterator[Participant]:
        for field, role in (("speakers", None), ("moderators", "moderator")):
            for column in self._columns.get(field, ()):
                yield from table_cells.people(row[column.number], is_one=column.is_numbered, role=role)
