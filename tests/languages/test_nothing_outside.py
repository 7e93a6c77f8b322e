"""No words for people stand in the source outside gettext: neither sentences, nor the single words of a page."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.languages.messages import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSLATED = {"_", "ngettext", "pgettext"}
SHOWN_FIRST = {"Span", "Column", "Section"}
"""What is made of a text that people see, and of other things behind it."""
SHOWN = {"note", "say", "echo", "print", "line", "cell", "Heading", "Paragraph", "Fields", "BadParameter", "waiting"}
"""What is made of nothing else; as are exceptions, see `is_shown`."""
SHOWN_AS = {"help", "metavar", "epilog", "rich_help_panel"}
"""What Typer shows of a parameter."""

WORD = r"[^\W\d_]{2,}"
SENTENCE = re.compile(rf"{WORD}\s+{WORD}")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA|BEGIN|WHERE|JOIN|BY|UNION|CASE|NOT|AND|IN|END)\b")
TYPED = re.compile(r"kzfest:? ?$|kzfest [a-z]|kzfest itinerary| itinerary |--[a-z]+ |[a-z-]+(\|[a-z-]+)*$")
"""What begins a message or is typed, in every language the same: commands, and the values of an option."""

NOT_FOR_PEOPLE = {
    "cli/manual.py": "the names of commands, and the manual, which is in English",
    "core/date_phrases/vocabulary.py": "the endings of what people write for days",
    "core/date_phrases/vocabulary_en.py": "what people write for days, in English",
    "core/date_phrases/vocabulary_kk.py": "the same in Kazakh",
    "core/date_phrases/vocabulary_ru.py": "the same in Russian",
    "core/known_event.py": "what organisers write beside the titles of cancelled events, in many languages",
    "programme/database/stemming.py": "endings and small words, in three languages at once",
    "programme/importing/language_names.py": "the names of languages, in many languages",
    "programme/importing/table_cells.py": "what people write into the cells of tables, in eight languages",
    "programme/importing/table_columns.py": "the headings that people give to columns, in eight languages",
    "programme/importing/table_entries.py": "what tables call what is not accepted",
    "programme/importing/table_times.py": "what people write into the cells of tables, in eight languages",
    "programme/importing/time_tokens.py": "the names of days and months, in eight languages",
    "programme/importing/grid.py": "the headings of a table that is never shown",
    "programme/importing/locations.py": "what calendars write instead of a place, in several languages",
    "programme/importing/schema_org_event.py": "labels in each language at once, and the types of schema.org",
    "programme/importing/tabular.py": "what columns are, which tables head in several languages",
    "programme/importing/vevent_entry.py": "a note in each language at once",
    "programme/reading/currencies.py": "codes, which every language has",
    "formats/json_documents.py": "the JSON Schema of answers, which programs read, is in English, as its keys are",
    "html/elements.py": "what is wrong with code of ours that makes markup",
    "html/style_sheet.py": "the style sheet of a page",
    "programme/database/sql_query.py": "the rows of `kzfest sql` are made by SQL, whose texts are SQLite's",
    "programme/database/sql_views.py": "the manual describes the columns of `kzfest sql` in English, as they are named",
    "programme/reading/schema.py": "the JSON Schema, which editors read, is in English, as its keys are",
}
ALLOWED = {
    "<!DOCTYPE html>\n": "how every file of HTML begins",
    "bold color(30)": "styles of Rich",
    "bold color(98)": "styles of Rich",
    "bold red": "styles of Rich",
    "color(16) on color(231)": "styles of Rich",
    "home end": "the names of keys",
    "pgup pgdn": "the same",
    "Application Support": "a folder of macOS",
    "malformed": "for the code that takes it for damage of a file",
    "без названия": "what an event without a title is called, in each language at once",
    "Standard Time": "how Windows calls time zones",
    " Standard Time": "the same",
    "Time Zone": "the same",
    "two events with one key": "a mistake of ours, which nobody should see",
    "a text has at least one language": "a mistake of ours, which nobody should see",
}


class Text(NamedTuple):
    """A text of the source, and its line."""

    line: int
    text: str


def outside(tree: ast.AST) -> Iterator[Text]:
    """Yield the texts of *tree* that are words for people, and not handed to gettext."""
    for node in _not_translated(tree):
        if isinstance(node, ast.Constant):
            yield from (each for each in _texts_of(node) if SENTENCE.search(each.text))
        elif isinstance(node, ast.Call):
            yield from (each for part in _shown_by(node) for each in _texts_of(part) if re.search(WORD, each.text))


def _not_translated(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in *tree*, without docstrings and without what gettext is asked for."""
    for node in ast.iter_child_nodes(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring and not (isinstance(node, ast.Call) and _name_of(node) in TRANSLATED):
            yield node
            yield from _not_translated(node)


def _shown_by(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of *call* that people see."""
    name = _name_of(call)
    named = [each.value for each in call.keywords if each.arg in SHOWN_AS]
    if name in SHOWN_FIRST:
        return [*call.args[:1], *named]
    return [*call.args, *named] if name in SHOWN or name.endswith("Error") else named


def _name_of(call: ast.Call) -> str:
    """Return what is called: the last of its names."""
    return ast.unparse(call.func).rpartition(".")[2]


def _texts_of(part: ast.expr) -> Iterator[Text]:
    """Yield the texts that *part* consists of; a call in it is another matter."""
    match part:
        case ast.Constant(value=str() as text, lineno=line):
            yield Text(line, text)
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for each in parts:
                yield from _texts_of(each)
        case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
            yield from _texts_of(first)
            yield from _texts_of(second)


def is_allowed(text: str) -> bool:
    """Whether *text* is for SQLite or a shell, or is among those that were looked at."""
    return text in ALLOWED or SQL.search(text) is not None or TYPED.match(text) is not None


def test_every_word_for_people_is_handed_to_gettext() -> None:
    files = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}

    left = [
        f"{name}:{each.line}: {each.text}"
        for name, file in files.items()
        if name not in NOT_FOR_PEOPLE
        for each in outside(ast.parse(file.read_text(encoding="utf-8")))
        if not is_allowed(each.text)
    ]

    assert left == []
    assert set(NOT_FOR_PEOPLE) <= set(files)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('note("done")', ["done"]),
        ('note(_("done"))', []),
        ('note(f"{n} visits")', [" visits"]),
        ('note(_("{n} visits").format(n=n))', []),
        ('note(ngettext("{n} visit", "{n} visits", n))', []),
        ('console.say("done" if well else _("not done"))', ["done"]),
        ('told = "nothing is on"', ["nothing is on"]),
        ('raise UsageError("why")', ["why"]),
        ('raise typer.BadParameter("why")', ["why"]),
        ('[Column("Where", wraps=False), Span(text, "faint")]', ["Where"]),
        ('typer.Option("--on", metavar="WHEN", help=_("On that day."))', ["WHEN"]),
        ('cell(pgettext("a field", "Where"), f"{n} m")', []),
        ('def f():\n    """Return what is on."""', []),
    ],
)
def test_words_for_people_are_known_when_seen(source: str, found: list[str]) -> None:
    assert [each.text for each in outside(ast.parse(source))] == found
