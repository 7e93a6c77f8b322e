"""Command lines that a person may copy: they ask the same programme, and the same itinerary, as this run."""

from __future__ import annotations

from typing import NamedTuple


class CommandLine(NamedTuple):
    """The options that a printed command repeats.

    >>> CommandLine(programme="archive").of_programme("kzfest list")
    'kzfest --programme archive list'
    >>> CommandLine(data="my shore.yaml", itinerary="us two").of_itinerary("undo")
    "kzfest --data 'my shore.yaml' itinerary --itinerary 'us two' undo"
    """

    programme: str | None = None
    data: str | None = None
    itinerary: str | None = None

    def of_programme(self, line: str) -> str:
        """Return the command *line*, which begins with `kzfest`, with the options that ask the same programme."""
        if self.programme:
            return line.replace("kzfest", f"kzfest --programme {_quoted(self.programme)}", 1)
        if self.data:
            return line.replace("kzfest", f"kzfest --data {_quoted(self.data)}", 1)
        return line

    def of_itinerary(self, text: str) -> str:
        """Return `kzfest itinerary` with *text* behind it, about the same itinerary."""
        named = "" if self.itinerary is None else f" --itinerary {_quoted(self.itinerary)}"
        return self.of_programme(f"kzfest itinerary{named} {text}".rstrip())


def _quoted(text: str) -> str:
    from shlex import quote  # where an option was given

    return quote(text)
