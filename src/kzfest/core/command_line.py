"""Commands in messages, with the options that make them use the same programme and itinerary as this run."""

from typing import NamedTuple

OPTIONS_OF_READING = {
    "zone": "--zone",
    "times": "--times",
    "dates": "--dates",
    "columns": "--columns",
    "map_file": "--map",
}
"""The options that say how the file of a programme is read, by the names of their values."""
OPTIONS_OF_PROGRAMME = ("programme", "data", *OPTIONS_OF_READING)
"""The names of all values that say which programme is asked, and how it is read."""


class CommandLine(NamedTuple):
    """The options of this run that a printed command must repeat.

    >>> CommandLine(programme="archive").of_programme("kzfest list")
    'kzfest --programme archive list'
    >>> CommandLine(data="my shore.yaml", itinerary="us two").of_itinerary("undo")
    "kzfest --data 'my shore.yaml' itinerary --itinerary 'us two' undo"
    >>> CommandLine(data="feed.ics", reading=("--zone", "Asia/Almaty")).of_programme("kzfest list")
    'kzfest --data feed.ics --zone Asia/Almaty list'
    """

    programme: str | None = None
    data: str | None = None
    itinerary: str | None = None
    reading: tuple[str, ...] = ()
    """The options, with their values, that say how the programme's file is read."""

    def of_programme(self, line: str) -> str:
        """Return the command *line*, which begins with `kzfest`, with the options for this programme."""
        named = ("--programme", self.programme) if self.programme else ("--data", self.data) if self.data else ()
        options = (*named, *self.reading)
        return line.replace("kzfest", " ".join(("kzfest", *map(_quoted, options))), 1) if options else line

    def of_itinerary(self, text: str) -> str:
        """Return `kzfest itinerary` and *text*, with the options for this programme and this itinerary."""
        named = "" if self.itinerary is None else f" --itinerary {_quoted(self.itinerary)}"
        return self.of_programme(f"kzfest itinerary{named} {text}".rstrip())


def _quoted(text: str) -> str:
    from shlex import quote  # loaded only if there is an option to quote

    return quote(text)
