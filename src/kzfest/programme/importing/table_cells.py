"""What a cell of a table says: persons, languages, prices and the like, as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from kzfest.programme.importing.entries import Cost, Participant
from kzfest.programme.importing.language_names import language_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzfest.core.model import Status

_ADDRESS = re.compile(r"[(<\[]?\s*(?:mailto:)?[^\s<>(),;]+@[^\s<>(),;]+\.[^\s<>(),;]+\s*[)>\]]?")
"""An e-mail address, with the brackets around it."""
_TITLES_AFTER = frozenset({"jr", "jr.", "sr", "sr.", "phd", "ph.d.", "md", "m.d.", "ii", "iii", "esq."})
"""What follows a name after a comma."""
_FREE = (
    "free|free admission|free entry|frei|eintritt frei|kostenlos|gratuit|entrée libre|gratis|entrada libre|gratuito"
    "|ingresso libero|бесплатно|вход свободный|тегін|кіру тегін|безкоштовно|вхід вільний|0"
)
_STATUSES: dict[Status, str] = {
    "cancelled": "cancelled|canceled|abgesagt|fällt aus|entfällt|annulé|annulée|cancelado|cancelada|annullato"
    "|annullata|отменено|отменён|отменен|отменена|бас тартылды|болмайды|өтпейді|скасовано",
    "postponed": "postponed|verschoben|reporté|reportée|aplazado|aplazada|rinviato|rinviata|перенесено|перенесён"
    "|кейінге қалдырылды|шегерілді|відкладено",
}
_LONGEST_EXCERPT = 40
"""Characters of a cell in a message."""


def excerpt(cell: str) -> str:
    """Return the beginning of *cell* on one line, for a message."""
    line = " ".join(cell[: 10 * _LONGEST_EXCERPT].split())
    return line if len(line) <= _LONGEST_EXCERPT else f"{line[:_LONGEST_EXCERPT]}…"


def people(cell: str, *, is_one: bool, role: str | None) -> Iterator[Participant]:
    """Yield the persons in *cell*, without their addresses; a comma separates them only if nothing clearer does.

    >>> [person.name for person in people("Ada Byron, PhD, Max Bense <max@example.org>", is_one=False, role=None)]
    ['Ada Byron, PhD', 'Max Bense']
    """
    lines = [part for part in re.split(r"[;\n]", cell) if part.strip()]
    names: list[str] = []
    for part in lines if is_one or len(lines) > 1 else cell.strip(" ;\n").split(","):
        if names and part.strip().casefold() in _TITLES_AFTER:
            names[-1] += f", {part.strip()}"
        elif name := without_addresses(part):
            names.append(name)
    return (Participant(name=name, role=role) for name in ([", ".join(names)] if is_one and names else names))


def without_addresses(text: str) -> str:
    """Return *text* without e-mail addresses."""
    return " ".join(_ADDRESS.sub(" ", text).split()) if "@" in text else text.strip()


def parts(cells: Iterable[str]) -> Iterator[str]:
    """Yield the words in *cells* that commas, semicolons or lines separate."""
    return (part.strip() for cell in cells for part in re.split(r"[,;\n]", cell) if part.strip())


def languages(cells: Iterable[str]) -> Iterator[str]:
    """Yield the codes of the languages that *cells* name."""
    for cell in cells:
        for name in re.split(r"[,;/&+\s]+", cell.strip().casefold()):
            if code := language_code(name):
                yield code


def cost(cell: str, unit: str) -> Cost | None:
    """Return the price in *cell*; *unit* is what the heading says about it, such as EUR."""
    text = cell.strip()
    if not text:
        return None
    if text.casefold() in _FREE.split("|"):
        return Cost(free=True)
    is_number = unit and re.fullmatch(r"\d+(?:[.,]\d+)?", text)
    return Cost(text=f"{text} {unit}" if is_number else text)


def status(cell: str) -> Status | None:
    """Return the status that *cell* names, if it is one that changes something."""
    written = cell.strip().casefold()
    return next((status for status, words in _STATUSES.items() if written in words.split("|")), None)


def age(cell: str) -> int | None:
    """Return the age from which visitors are let in."""
    found = re.fullmatch(
        r"\D{0,10}?(\d{1,2})\s*(?:\+|years?.*|jahren?.*|ans|años|anni|лет|жас\w*|років)?", cell.strip()
    )
    return int(found[1]) if found else None


def point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Return a point in degrees, if both cells are numbers."""
    if not (latitude and longitude):
        return None
    with suppress(ValueError):
        return float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    return None
