"""A thread with a session of its own, for what takes long: counting days, searching, changing the plan."""

from __future__ import annotations

from asyncio import wrap_future
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kzfest.cli.session import Session
    from kzfest.programme.database.cache import OnProgress

Answered = TypeVar("Answered")


class _Stopped(BaseException):
    """Stops a long task when the program quits. It derives from BaseException so that `except Exception` misses it."""


class Background:
    """One thread, which answers questions one after the other.

    The databases of its session stay in it: SQLite requires that. *on_progress* is called there with the name of a
    long task, and with the share of it that is done.
    """

    def __init__(self, session: Session, on_progress: Callable[[str, float], None]) -> None:
        self._on_progress = on_progress
        self._ends = False
        self._session = session.for_thread(self._progress_bar)
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def ask(self, question: Callable[[Session], Answered]) -> Answered:
        """Return the answer to *question*, while the screen goes on. Raises what it raises."""
        return await wrap_future(self._thread.submit(question, self._session))

    def close(self) -> None:
        """Stop what runs there, close its databases, and wait for that."""
        self._ends = True
        self._thread.submit(self._session.library.close)
        self._thread.shutdown()

    @contextmanager
    def _progress_bar(self, task: str) -> Iterator[OnProgress]:
        def show(share: float) -> None:
            if self._ends:
                raise _Stopped
            self._on_progress(task, share)

        yield show
