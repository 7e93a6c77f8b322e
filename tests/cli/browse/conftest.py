"""Drives the full screen without a terminal, by Textual's pilot, and gives what is on it as text."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from textual.worker import WorkerCancelled

from kzfest.cli.browse.answers import Asked
from kzfest.cli.browse.full_screen import FullScreen
from kzfest.cli.commands.browse import first_day
from kzfest.cli.query import ListFilters, question_of
from kzfest.cli.session import Session
from kzfest.cli.terminal.console import notes_to
from kzfest.formats.page import plain
from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget

    Drive = Callable[["Screen"], Awaitable[None]]

NOW = "2023-12-15T09:00"


class Screen:
    """The full screen while a test uses it."""

    def __init__(self, app: FullScreen, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until nothing is read, drawn or waited for any more."""
        await self.pilot.pause()
        while running := [worker for worker in self.app.workers if not worker.is_finished]:
            for worker in running:
                with suppress(WorkerCancelled):
                    await worker.wait()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press *keys*, and wait after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def click(self, widget: Widget, offset: tuple[int, int] = (1, 0), times: int = 1) -> None:
        """Click *widget*, and wait then."""
        await self.pilot.click(widget, offset=offset, times=times)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type *text* quickly, and wait then."""
        await self.pilot.press(*text)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001  # Textual gives pictures only
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def view(self) -> list[str]:
        """All lines of the page that takes the place of the panes."""
        return [plain(line).rstrip() for line in self.app.view.lines]

    @property
    def told(self) -> str:
        """The message over the head."""
        return " ".join(plain(line).strip() for line in self.app.told.lines) if self.app.told.display else ""

    @property
    def current(self) -> str | None:
        """The id of the current event."""
        row = self.app.event_pane.row
        return row and row.event


@pytest.fixture(name="browse")
def _browse(warm_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that opens the full screen, and lets a test drive it."""

    def browse(  # noqa: PLR0913  # each test sets two of these at most
        drive: Drive,
        *,
        size: tuple[int, int] = (80, 24),
        home: Path = warm_home,
        coloured: bool = True,
        asked: ListFilters | None = None,
        watch: Callable[[Session], None] = lambda _session: None,
        **options: Any,
    ) -> None:
        monkeypatch.setenv("KZFEST_HOME", str(home))
        session = Session(**({"now": NOW} | options))
        set_language(session.language)
        watch(session)
        filters = asked or ListFilters()
        question = question_of(filters, session)
        app = FullScreen(session, Asked(question, first_day(session, question), filters), coloured=coloured)

        async def run() -> None:
            async with app.run_test(size=size) as pilot:
                screen = Screen(app, pilot)
                await screen.settle()
                await drive(screen)

        try:
            with notes_to(app.tell_in_thread):
                asyncio.run(run())
        finally:
            app.close()
            session.library.close()

    return browse
