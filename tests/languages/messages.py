"""Bring the translations up to date with the messages in the source: ``python -m tests.languages.messages``.

A message is each ``_("…")``, ``ngettext("…", "…", n)`` and ``pgettext("…", "…")``, the docstring of each command, which
is its help, and each text of Typer, libyaml and SQLite that the program looks up.

The tool writes ``locale/*/LC_MESSAGES/kzfest.po``, where people translate, and the ``.mo`` files beside them, which the
program reads. It never throws a translation away. When an English sentence changes, its old translation stays as
``#, fuzzy``, with the old sentence in ``#| msgid``. When a sentence goes, its translation stays as ``#~`` and returns
with the sentence. The program shows English until somebody has translated a new or fuzzy message. The tool writes a
file only if its messages have changed; another version of Babel changes nothing.

``--check-complete`` writes nothing. It lists the messages without a translation and fails if there is one.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from copy import deepcopy
from difflib import SequenceMatcher
from gettext import GNUTranslations
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message as Entry

PACKAGE = Path(__file__).parents[2] / "src" / "kzfest"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("kk", "ru")

ENOUGH = 0.6
"""How alike a new sentence and one that is gone must be for the new one to get its translation, as a fuzzy one."""
ENOUGH_IN_A_FILE = 0.4
"""The same if both come from one file; "nothing else is on then" and "no other events on those days" have 0.42."""
PREVIOUS = re.compile(rb"((?:^# \| .*\n)+)((?:^#[:,.].*\n)+)", re.MULTILINE)
"""The previous sentence and the comments behind it, in Babel's order; gettext wants the sentence last."""

SAID_BY_TYPER = (
    "Try [blue]'{command_path} {help_option}'[/] for help.",
    "(deprecated) ",
    "(dynamic)",
    "Aborted!",
    "Aborted.",
    "Arguments",
    "Commands",
    "Error",
    "Missing command.",
    "No such command {name!r}.",
    "Options",
    "[default: {}]",
    "[env var: {}]",
    "[required]",
    "default: {default}",
    "env var: {var}",
    "required",
)
"""What Typer asks gettext for; what another version says besides stays English until it stands here."""
SAID_BY_YAML = (
    "mapping values are not allowed in this context",
    "mapping keys are not allowed in this context",
    "block sequence entries are not allowed in this context",
    "did not find expected key",
    "did not find expected '-' indicator",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected node content",
    "did not find expected <document start>",
    "did not find expected comment or line break",
    "did not find expected alphabetic or numeric character",
    "did not find expected hexdecimal number",
    "could not find expected ':'",
    "found character that cannot start any token",
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected",
    "found unexpected end of stream",
    "found unexpected document indicator",
    "found unexpected ':'",
    "found unknown escape character",
    "found invalid Unicode character escape code",
    "found undefined tag handle",
    "found incompatible YAML document",
    "found duplicate %YAML directive",
    "control characters are not allowed",
)
"""Whatever a person is likely to meet of libyaml's words; it is written in C, where nothing can be found for them."""
SAID_BY_SQLITE = (
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
)
"""Of SQLite's words, those that stand in messages of ours."""


class Message(NamedTuple):
    """A message of the source; *several* where it has a plural, *context* where a language says it in several ways."""

    one: str
    place: tuple[str, int]
    several: str | None = None
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """What gettext knows it by."""
        return (self.one, self.several) if self.several is not None else self.one


def messages() -> Iterator[Message]:
    """Yield the messages of the program, in the order of its files, then those of the libraries."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE.parents[1]).as_posix()
        for node in _parts_of(file):
            yield from _of_call(node, name)
            yield from _of_command(node, name)
    yield from (Message(text, ("typer", 0)) for text in SAID_BY_TYPER)
    yield from (Message(text, ("libyaml", 0)) for text in SAID_BY_YAML)
    yield from (Message(text, ("sqlite", 0)) for text in SAID_BY_SQLITE)


def _parts_of(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def _of_call(node: ast.AST, file: str) -> Iterator[Message]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if node.func.id == "_" and texts:
        yield Message(texts[0], (file, node.lineno))
    elif node.func.id == "ngettext":
        yield Message(texts[0], (file, node.lineno), several=texts[1])
    elif node.func.id == "pgettext":
        yield Message(texts[1], (file, node.lineno), context=texts[0])


def _of_command(node: ast.AST, file: str) -> Iterator[Message]:
    """Yield the docstring of a function that Typer makes a command of."""
    if isinstance(node, ast.FunctionDef) and any(_makes_command(each) for each in node.decorator_list):
        help_text = ast.get_docstring(node, clean=False)
        if help_text:
            yield Message(inspect.cleandoc(help_text), (file, node.lineno))


def _makes_command(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith(("command(", "group(", "app.callback("))


def po_file(language: str) -> Path:
    """Return the file in which people translate into *language*."""
    return LOCALE / language / "LC_MESSAGES" / "kzfest.po"


def catalogue(language: str) -> Catalog:
    """Return the translations into *language*."""
    file = po_file(language)
    return (
        read(file.read_bytes(), language) if file.exists() else Catalog(locale=language, project="kzfest", fuzzy=False)
    )


def read(po: bytes, language: str) -> Catalog:
    """Return the catalogue in the file *po*, with the previous sentences, which Babel reads as comments."""
    found = read_po(BytesIO(po), locale=language)
    for entry in found:
        previous = [line[1:] for line in entry.user_comments if line.startswith("|")]
        entry.user_comments = [line for line in entry.user_comments if not line.startswith("|")]
        if previous:
            text = "\n".join(line.strip() for line in previous)
            (old,) = (each for each in read_po(StringIO(f'{text}\nmsgstr ""\n')) if each.id)
            entry.previous_id = list(english(old))
    return found


def written(translations: Catalog) -> bytes:
    """Return the file of *translations*; Babel itself would break a long previous sentence inside its quotes."""
    translations = deepcopy(translations)
    for entry in translations:
        keywords = zip(("msgid", "msgid_plural"), entry.previous_id if entry.fuzzy else (), strict=False)
        lines = [line for keyword, text in keywords for line in f"{keyword} {normalize(text, width=100)}".splitlines()]
        entry.user_comments += [f"| {line}" for line in lines]
    stream = BytesIO()
    write_po(stream, translations, width=120, omit_header=False, sort_by_file=True, include_lineno=False)
    return PREVIOUS.sub(rb"\2\1", stream.getvalue()).replace(b"\n# | ", b"\n#| ")


def template() -> Catalog:
    """Return the messages without a translation."""
    found = Catalog(project="kzfest", fuzzy=False)
    for each in messages():
        found.add(each.id, locations=[each.place], context=each.context)
    return found


def update(known: Catalog, source: Catalog) -> None:
    """Give *known* the messages of *source*, and keep each translation of a message that *source* no longer has.

    Babel's own search for a similar message also takes one that is still in use, and loses the previous sentence when
    a file is read again; so Babel only tells here what is new and what is gone.
    """
    for entry in known.obsolete.values():
        known[entry.id] = entry
    known.obsolete.clear()
    before = {_key(entry): entry.previous_id for entry in known}
    known.update(deepcopy(source), no_fuzzy_matching=True, update_creation_date=False)
    for entry in known:
        entry.previous_id = before.get(_key(entry), []) if entry.fuzzy else []
    gone = [entry for entry in known.obsolete.values() if any(forms(entry))]
    known.obsolete.clear()
    for entry in gone:
        if entry.fuzzy and entry.previous_id:
            # This translation belongs to an older sentence. It must not return as that of the last one.
            entry.id = tuple(entry.previous_id) if len(entry.previous_id) > 1 else entry.previous_id[0]
    new = [entry for entry in known if entry.id and not any(forms(entry))]
    for entry, old in list(_pairs(new, gone)):
        entry.string = old.string
        if _key(old) != _key(entry):  # else an old sentence is back, with its translation
            entry.previous_id = list(english(old))
            entry.flags.add("fuzzy")
        gone.remove(old)
    known.obsolete.update({repr(_key(old)): old for old in gone})


def _pairs(new: list[Entry], gone: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield messages of *new*, each with the one of *gone* that it replaces; the most similar pairs come first."""
    found = [
        (likeness, here, there)
        for here, entry in enumerate(new)
        for there, old in enumerate(gone)
        if (likeness := _likeness(entry, old))
    ]
    paired: set[tuple[str, int]] = set()
    for _, here, there in sorted(found, key=lambda each: -each[0]):
        if paired.isdisjoint({("new", here), ("gone", there)}):
            paired |= {("new", here), ("gone", there)}
            yield new[here], gone[there]


def _likeness(entry: Entry, old: Entry) -> float:
    """Return how alike two sentences are, or 0 if that is too little; 1 is the same."""
    if isinstance(entry.id, str) != isinstance(old.id, str):
        return 0
    same_file = {file for file, _ in entry.locations} & {file for file, _ in old.locations}
    enough = ENOUGH_IN_A_FILE if same_file else ENOUGH
    compared = SequenceMatcher(None, english(entry)[0].lower(), english(old)[0].lower())
    return ratio if compared.quick_ratio() >= enough and (ratio := compared.ratio()) >= enough else 0


def _key(entry: Entry) -> tuple[str, str | None]:
    """Return what tells *entry* from all others."""
    return english(entry)[0], entry.context


def english(entry: Entry) -> tuple[str, ...]:
    """Return what *entry* is in English, its plural as well."""
    return tuple(entry.id) if isinstance(entry.id, (tuple, list)) else (str(entry.id),)


def forms(entry: Entry) -> list[str]:
    """Return the translations of *entry*, one for each form that its language has."""
    return list(entry.string) if isinstance(entry.string, tuple) else [str(entry.string or "")]


def untranslated(translations: Catalog) -> list[Entry]:
    """Return the messages that the program shows in English, since their translation is missing or fuzzy."""
    return [entry for entry in translations if entry.id and (entry.fuzzy or not all(forms(entry)))]


def compiled(language: str) -> bytes:
    """Return what the program is to read of the translations into *language*."""
    finished = catalogue(language)
    for entry in untranslated(finished):
        finished.delete(entry.id, entry.context)
    stream = BytesIO()
    write_mo(stream, finished)
    return stream.getvalue()


def wording(compiled_catalogue: bytes) -> dict[object, str]:
    """Return what a compiled catalogue says, without its header: the rules of its plurals are tried out elsewhere."""
    said: dict[object, str] = vars(GNUTranslations(BytesIO(compiled_catalogue)))["_catalog"]
    return {message: text for message, text in said.items() if message}


def up_to_date(language: str) -> Catalog:
    """Return the translations into *language*, with the messages of the source."""
    known = catalogue(language)
    update(known, template())
    return known


def write(language: str, translations: Catalog) -> None:
    """Write *translations* where people translate into *language*, and compile them."""
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    po = written(translations)
    if not file.exists() or _unstamped(file.read_bytes()) != _unstamped(po):
        file.write_bytes(po)
    result = file.with_suffix(".mo")
    if not result.exists() or wording(result.read_bytes()) != wording(compiled(language)):
        result.write_bytes(compiled(language))


def _unstamped(po: bytes) -> list[bytes]:
    """Return the lines of a catalogue without the one that names Babel's version."""
    return [line for line in po.splitlines() if not line.startswith(b'"Generated-By: ')]


def main() -> int:
    """Bring the catalogues up to date, or check them; return the exit code."""
    parser = argparse.ArgumentParser(description="Update the translations, and list the messages that lack one.")
    parser.add_argument("--check-complete", action="store_true", help="write nothing; fail if a translation is missing")
    check_only = parser.parse_args().check_complete
    is_complete = True
    for language in LANGUAGES:
        translations = up_to_date(language)
        if not check_only:
            write(language, translations)
        lacking = untranslated(translations)
        print(f"{language}: {len(translations)} messages, {len(lacking)} without a translation")
        for entry in lacking:
            print(f"  {'fuzzy' if entry.fuzzy else 'new'}: {english(entry)[0]!r}")
        is_complete = is_complete and not lacking
    return 0 if is_complete or not check_only else 1


if __name__ == "__main__":
    sys.exit(main())
