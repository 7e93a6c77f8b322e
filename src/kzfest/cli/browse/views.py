"""The views of other commands inside the full screen: a command is run, and its page is shown instead of printed."""

from __future__ import annotations

from datetime import date, timedelta
from shlex import join
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

from kzfest.cli.query import ListFilters
from kzfest.cli.terminal.console import notes_to, pages_to
from kzfest.core.command_line import OPTIONS_OF_READING
from kzfest.formats.page import Heading, Paragraph, sentence
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.cli.browse.keys import Action
    from kzfest.cli.session import Session
    from kzfest.formats.page import Block, Page

_GLOBAL = {"programme": "--programme", "data": "--data", "lang": "--lang", "now": "--now"} | OPTIONS_OF_READING
_WEEK = timedelta(days=7)


class ShownView(NamedTuple):
    """A view of the days around *day*."""

    kind: Action
    """"month", "timeline" or "week"."""
    day: date

    def moved(self, step: int) -> ShownView:
        """Return the same of the next month or week, or for a *step* of -1 of the one before."""
        if self.kind == "week":
            return self._replace(day=self.day + step * _WEEK)
        return self._replace(
            day=(self.day.replace(day=1) + (31 if step > 0 else -1) * timedelta(days=1)).replace(day=1)
        )

    def words(self, itinerary: str | None, filters: ListFilters) -> Iterator[str]:
        """Yield the words of its command: for a week with the name of the *itinerary*, else with *filters*."""
        if self.kind == "week":
            yield from ("itinerary", *([] if itinerary is None else ["--itinerary", itinerary]))
            yield from ("week", self.day.isoformat())
            return
        last = self.moved(1).day - timedelta(days=1)
        yield from (self.kind, f"{self.day.replace(day=1)}..{last}", *_options(filters))


def page_of_view(view: ShownView, filters: ListFilters, session: Session) -> Page:
    """Return what the command of *view* would print, with the *filters* of the screen, its notes and itself."""
    from typer.main import get_command

    from kzfest.cli.app import app

    words = list(view.words(session.itinerary, filters))
    given = [word for name, option in _GLOBAL.items() if (value := getattr(session, name)) for word in (option, value)]
    title = Heading(phrases.localized_line(session.context.catalogue.head.title, session.language), level=1)
    blocks: list[Block] = []
    notes: list[str] = []
    with pages_to(blocks.extend), notes_to(notes.append):
        get_command(app).main([*given, *words], prog_name="kzfest", standalone_mode=False)
    typed = session.command_line.of_programme(join(["kzfest", *words]))
    told = (sentence(note, "faint") for note in (*notes, f"`{typed}`"))
    return [
        *(block for block in blocks if block != title),
        *(Paragraph(each) for each in told),
    ]  # the head has the title


def _options(filters: ListFilters) -> Iterator[str]:
    """Yield the options that mean *filters*, as a person would type them."""
    hints = get_type_hints(ListFilters, include_extras=True)
    for field, value in filters._asdict().items():
        if value == ListFilters._field_defaults[field]:
            continue
        (declared,) = hints[field].__metadata__
        name = declared.default  # where Typer keeps the first name of an option that is annotated
        for each in value if isinstance(value, list) else [value]:
            yield from [name] if each is True else [name, str(each)]
