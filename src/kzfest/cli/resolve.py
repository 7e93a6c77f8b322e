"""Find the event, venue or label that a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal.console import note
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.localized import called, choose
from kzfest.i18n import _
from kzfest.programme.database.queries import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kzfest.core.model import Texts, Venue
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import Label, ListedEvent
    from kzfest.programme.database.search import Kind, NameMatch, NameMatches, TextReading

CANDIDATES_SHOWN = 12
LONGEST_QUESTION = 500
"""Longer than any title. The limit matters because each word costs a search of its own."""


def find_event(context: Context, text: str) -> ListedEvent:
    """Return the event that *text* names. Raises NotFoundError with the candidates."""
    found = _the_one(context, "event", text)
    listed: ListedEvent = context.catalogue.event(found.candidates[0].number)
    _tell_guess(text, found, listed.event.title, context)
    return listed


def find_venue(context: Context, text: str) -> Venue:
    """Return the venue that *text* names. Raises NotFoundError with the candidates."""
    found = _the_one(context, "venue", text)
    venue: Venue = context.catalogue.venue(found.candidates[0].number)
    _tell_guess(text, found, venue.name, context)
    return venue


def _tell_guess(text: str, found: NameMatches, names: Texts, context: Context) -> None:
    """Say which name the program assumed for *text*, if it guessed."""
    if found.near:
        name = choose(names, context.language).text
        note(_("assuming '{name}' for '{text}'").format(text=text, name=name))


def find_labels(context: Context, kind: Label, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the search forms of the labels of this *kind* that were *asked* for. Raises NotFoundError."""
    if not asked:
        return ()
    known, labels = context.catalogue.words(kind), context.catalogue.head.labels
    found: list[str] = []
    for text in asked:
        meant = _meant_by(text, known, labels) or _guessed(text, known, context)
        if not meant:
            raise NotFoundError(_no_label(kind, text, [called(word, labels, context.language) for word in known]))
        found += meant
    return tuple(dict.fromkeys(found))


def _meant_by(text: str, known: Sequence[str], labels: Mapping[str, Texts]) -> list[str]:
    """Return the words that *text* may mean, as typed, in another keyboard layout, or in another grammatical form.

    One of the *known* words always means itself.
    """
    from kzfest.core.folding import fold  # only if there are words to compare
    from kzfest.core.keyboard import other_keyboard_readings

    if text.casefold() in map(str.casefold, known):
        return [fold(text)]
    names = [(fold(word), name) for word in known for name in (word, *labels.get(word, {}).values())]
    forms = (text, *other_keyboard_readings(text))
    for form in forms:
        if meant := [word for word, name in names if fold(name) == fold(form)]:
            return meant
    from kzfest.programme.database.stemming import same_words  # only for another grammatical form

    for form in forms:
        if meant := [word for word, name in names if same_words(form, name)]:
            return meant
    return []


def _guessed(text: str, known: Sequence[str], context: Context) -> list[str]:
    """Return the only one of the *known* words that *text* may be a misspelling of, and say so; else none."""
    from kzfest.core.folding import fold, near_misses  # only for a misspelt word

    labels = context.catalogue.head.labels
    names = {fold(name): word for word in known for name in (word, *labels.get(word, {}).values())}
    guessed = {names[form] for form in near_misses(fold(text), names, alone=True)}
    if len(guessed) != 1:
        return []
    (word,) = guessed
    note(_("assuming '{name}' for '{text}'").format(text=text, name=called(word, labels, context.language)))
    return [fold(word)]


def _no_label(kind: Label, word: str, known: list[str]) -> str:
    nothing = {
        "category": _("no event has the category '{word}'"),
        "city": _("no event is in '{word}'"),
        "tag": _("no event has the tag '{word}'"),
        "track": _("no event is in the track '{word}'"),
        "language": _("no event is known to be in the language '{word}'"),
    }[kind].format(word=word)
    from kzfest.core.folding import nearest_folded

    offered = nearest_folded(word, known) or known
    if not offered:
        return nothing
    names, more = ", ".join(offered[:CANDIDATES_SHOWN]), len(offered) - CANDIDATES_SHOWN
    if more > 0:
        names = _("{names} and {n} more").format(names=names, n=more)
    return nothing + _("; available: {known}").format(known=names)


def checked_text(text: str) -> str:
    """Return *text*, which a search is to look for. Raises UsageError if it is longer than any name."""
    if len(text) > LONGEST_QUESTION:
        raise UsageError(_("the search text is too long ({n} characters); give a few words").format(n=len(text)))
    return text


def text_query(texts: Iterable[str], context: Context) -> str:
    """Return the full-text query for what has all *texts*, and say which of them nothing has as it is typed."""
    queries = []
    for text in texts:
        reading = context.catalogue.lookup.text_reading(checked_text(text))
        queries.append(reading.query)
        if told := guess_told(text, reading):
            note(told)
    return NOTHING if NOTHING in queries else " AND ".join(queries)


def guess_told(text: str, reading: TextReading) -> str:
    """Return what to say of a *text* that a search takes for another, or nothing."""
    from kzfest.core.folding import fold

    if not reading.is_guess:
        return ""
    if fold(reading.form) == fold(text):
        return _("no results for '{text}'; these are for similar words").format(text=text)
    return _("no results for '{text}'; these are for '{form}'").format(text=text, form=reading.form)


def _the_one(context: Context, kind: Kind, text: str) -> NameMatches:
    found = context.catalogue.lookup.find(kind, checked_text(text))
    if len(found.candidates) != 1:
        raise NotFoundError(_not_one(context, kind, text, found.candidates))
    return found


def _not_one(context: Context, kind: Kind, text: str, candidates: Sequence[NameMatch]) -> str:
    """Return the message that *text* matches nothing, or several things."""
    if not candidates and kind == "event":
        from shlex import quote

        from kzfest.cli.options.common import ACTS_IN_A_SHELL

        told = _("no event called '{text}'; `{command}` searches the texts of all events")
        words = quote(text) if ACTS_IN_A_SHELL & set(text) else text
        return told.format(text=text, command=context.command_line.of_programme(f"kzfest search {words}"))
    if not candidates:
        told = _("no venue called '{text}'; `{command}` lists them all")
        return told.format(text=text, command=context.command_line.of_programme("kzfest venues"))
    several = _("'{text}' matches several events:") if kind == "event" else _("'{text}' matches several venues:")
    names = _candidates(context, candidates[: CANDIDATES_SHOWN + 1])
    if len(candidates) > CANDIDATES_SHOWN:
        names[CANDIDATES_SHOWN] = _("and {n} more").format(n=len(candidates) - CANDIDATES_SHOWN)
    return "\n  ".join([several.format(text=text), *names])


def _candidates(context: Context, candidates: Sequence[NameMatch]) -> list[str]:
    """Return the id and the name of each candidate, with the days of events that share a title."""
    if candidates[0].kind == "venue":
        venues = [context.catalogue.venue(each.number) for each in candidates]
        return [f"{venue.id}  {choose(venue.name, context.language).text}" for venue in venues]
    found = [context.catalogue.event(each.number) for each in candidates]
    titles = [choose(each.event.title, context.language).text for each in found]
    return [
        f"{listed.event.id}  {title}{_days_of(listed) if titles.count(title) > 1 else ''}"
        for listed, title in zip(found, titles, strict=True)
    ]


def _days_of(listed: ListedEvent) -> str:
    """Return the first and the last day of an event, to follow its title."""
    from kzfest.core.festival_day import festival_days  # only if two events share a title
    from kzfest.formats import dates

    days = sorted(day for each in listed.showings for day in festival_days(each))
    return f" · {dates.days(days[0], days[-1])}" if days else ""
