"""Commands in messages, with the options that make them use the same programme and itinerary as this run."""

from typing import NamedTuple


class CommandLine(NamedTuple):
    """The options of this run that a printed command must repeat.

    >>> CommandLine(programme="archive").of_programme("kzfest list")
    'kzfest --programme archive list'
    >>> CommandLine(data="my shore.yaml", itinerary="us two").of_itinerary("undo")
    "kzfest --data 'my shore.yaml' itinerary --itinerary 'us two' undo"
    """

    programme: str | None = None
    data: str | None = None
    itinerary: str | None = None

    def of_programme(self, line: str) -> str:
        """Return the command *line*, which begins with `kzfest`, with the option for this programme."""
        if self.programme:
            return line.replace("kzfest", f"kzfest --programme {_quoted(self.programme)}", 1)
        if self.data:
            return line.replace("kzfest", f"kzfest --data {_quoted(self.data)}", 1)
        return line

    def of_itinerary(self, text: str) -> str:
        """Return `kzfest itinerary` and *text*, with the options for this programme and this itinerary."""
        named = "" if self.itinerary is None else f" --itinerary {_quoted(self.itinerary)}"
        return self.of_programme(f"kzfest itinerary{named} {text}".rstrip())


def _quoted(text: str) -> str:
    from shlex import quote  # loaded only if there is an option to quote

    return quote(text)
