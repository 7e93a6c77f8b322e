"""The program's messages, out of its source and into its catalogues: ``python -m tests.languages.messages``.

Every ``_("…")`` and ``ngettext("…", "…", n)`` is a message, also where Typer says it, and so is the docstring of a
command, which is its help. So is what Typer, YAML's parser and SQLite say, which the program looks up. What is
new waits in ``locale/*/LC_MESSAGES/kzfest.po`` for a translation; what is gone is dropped; the ``.mo`` files beside
them are what the program reads. A file is written only where it says something else than before: which Babel wrote it
is no news.
"""

from __future__ import annotations

import ast
import inspect
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "src" / "kzfest"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("kk", "ru")

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
    return ast.unparse(decorator).startswith(("app.command(", "app.callback("))


def po_file(language: str) -> Path:
    """Return where the translations into *language* are written by hand."""
    return LOCALE / language / "LC_MESSAGES" / "kzfest.po"


def catalogue(language: str) -> Catalog:
    """Return the translations into *language* that there are."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language, project="kzfest", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def template() -> Catalog:
    """Return the messages without a translation."""
    found = Catalog(project="kzfest", fuzzy=False)
    for each in messages():
        found.add(each.id, locations=[each.place], context=each.context)
    return found


def compiled(language: str) -> bytes:
    """Return what the program is to read of the translations into *language*."""
    stream = BytesIO()
    write_mo(stream, catalogue(language))
    return stream.getvalue()


def wording(compiled_catalogue: bytes) -> dict[object, str]:
    """Return what a compiled catalogue says, without its header: the rules of its plurals are tried out elsewhere."""
    said: dict[object, str] = vars(GNUTranslations(BytesIO(compiled_catalogue)))["_catalog"]
    return {message: text for message, text in said.items() if message}


def main() -> None:
    """Bring the catalogues up to the source, and compile them."""
    for language in LANGUAGES:
        known = catalogue(language)
        known.update(template(), no_fuzzy_matching=True, update_creation_date=False)
        known.obsolete.clear()
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = BytesIO()
        write_po(stream, known, width=120, omit_header=False, sort_by_file=True, include_lineno=False)
        if not file.exists() or _unstamped(file.read_bytes()) != _unstamped(stream.getvalue()):
            file.write_bytes(stream.getvalue())
        result = file.with_suffix(".mo")
        if not result.exists() or wording(result.read_bytes()) != wording(compiled(language)):
            result.write_bytes(compiled(language))
        missing = [message.id for message in known if message.id and not message.string]
        print(f"{language}: {len(known)} messages, {len(missing)} without a translation")


def _unstamped(written: bytes) -> list[bytes]:
    """Return the lines of a catalogue without the one that names Babel's version."""
    return [line for line in written.splitlines() if not line.startswith(b'"Generated-By: ')]


if __name__ == "__main__":
    main()
