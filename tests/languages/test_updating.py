"""The tool that updates the catalogues: it keeps every translation, and compiles only those that are finished."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from tests.languages.messages import english, read, untranslated, update, written

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ONE = "#: cli/a.py\n"
KEPT = """\
#: cli/a.py
msgid "nothing else is on then"
msgstr "больше ничего нет"

"""
LONG = "List the events of a day.\n\n" + "Each day ends at five in the morning, " * 4 + "\n\nso it is.\n\nso it is."


def source(*messages: str | tuple[str, str], file: str = "cli/a.py") -> Catalog:
    found = Catalog()
    for message in messages:
        found.add(message, locations=[(file, 1)])
    return found


def updated(po: str, wanted: Catalog) -> str:
    """Return the entries of the file *po* after an update to the messages of *wanted*, without the head."""
    translations = read((HEAD + po).encode(), "ru")
    update(translations, wanted)
    return written(translations).decode().partition("\n\n")[2]


@pytest.mark.parametrize("sentence", ["nothing else is confirmed then", "no other confirmed events on those days"])
def test_update_keeps_the_translation_of_a_changed_sentence_as_fuzzy(sentence: str) -> None:
    assert updated(KEPT, source(sentence)) == (
        f'#: cli/a.py\n#, fuzzy\n#| msgid "nothing else is on then"\nmsgid "{sentence}"\nmsgstr "больше ничего нет"\n\n'
    )


def test_update_changes_nothing_the_second_time() -> None:
    wanted = source("nothing else is confirmed then")
    once = updated(KEPT, wanted)

    assert updated(once, wanted) == once


def test_update_keeps_the_sentence_that_was_translated_when_it_changes_twice() -> None:
    once = updated(KEPT, source("nothing else is confirmed then"))

    assert updated(once, source("nothing else is confirmed by then")) == once.replace(
        'then"\nmsgstr', 'by then"\nmsgstr'
    )


def test_update_gives_a_sentence_that_returns_its_translation() -> None:
    once = updated(KEPT, source("nothing else is confirmed then"))

    assert updated(once, source("nothing else is on then")) == KEPT


def test_update_keeps_the_translation_of_a_sentence_that_is_gone() -> None:
    gone = '#~ msgid "nothing else is on then"\n#~ msgstr "больше ничего нет"\n\n'
    new = '#: cli/a.py\nmsgid "Price: {price}"\nmsgstr ""\n\n'

    once = updated(KEPT, source("Price: {price}"))

    assert (once.replace("#, python-brace-format\n", ""), updated(once, source("nothing else is on then"))) == (
        new + gone,
        KEPT,
    )


def test_update_drops_a_sentence_that_nobody_has_translated() -> None:
    assert updated('#: cli/a.py\nmsgid "nothing else"\nmsgstr ""\n\n', source()) == ""


def test_update_takes_no_translation_from_a_sentence_that_is_still_there() -> None:
    wanted = source("nothing else is on then", "nothing else is on there")

    assert updated(KEPT, wanted) == KEPT + '#: cli/a.py\nmsgid "nothing else is on there"\nmsgstr ""\n\n'


def test_previous_sentence_of_many_lines_and_of_a_plural_is_read_as_it_was_written() -> None:
    known = Catalog(locale="ru")
    known.add(LONG, "Список", locations=[("cli/a.py", 1)])
    known.add(("one event is left out", "{n} events are left out"), ("а", "б", "в"), locations=[("cli/a.py", 1)])
    update(known, source(LONG + " Now.", ("one event is left away", "{n} events are left away")))

    again = read(written(known), "ru")

    assert {english(entry)[0]: entry.previous_id for entry in again if entry.id} == {
        LONG + " Now.": [LONG],
        "one event is left away": ["one event is left out", "{n} events are left out"],
    }


def test_fuzzy_new_and_half_translated_messages_are_untranslated() -> None:
    known = read(
        (
            HEAD + '#, fuzzy\nmsgid "fuzzy"\nmsgstr "а"\n\nmsgid "new"\nmsgstr ""\n\nmsgid "done"\nmsgstr "б"\n\n'
            'msgid "half"\nmsgid_plural "halves"\nmsgstr[0] "в"\nmsgstr[1] ""\nmsgstr[2] "г"\n'
        ).encode(),
        "ru",
    )

    assert [english(entry)[0] for entry in untranslated(known)] == ["fuzzy", "new", "half"]
