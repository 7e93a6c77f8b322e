"""Count how easily the code is found, read and changed: `python -m tests.figures` prints a table.

`test_figures.py` and `test_house.py` hold the figures that must not get worse. `counted.py` counts inside a process.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import kzfest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PACKAGE = Path(kzfest.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

CLI_ONLY = {"Session", "Typer", "typer", "print"}
"""Names that only `cli` may use: the rooms below it neither know the command line nor print."""

SHARED_STEMS = {
    "add": "the user's word for putting in: `kzfest itinerary add`, `kzfest programmes add`",
    "check": "the user's word for looking for faults: `kzfest check`, `kzfest itinerary check`",
    "export": "calendar files: what goes into them, the options, the two commands",
    "gaps": "free stretches of a day: the rule, and the command that shows them",
    "history": "milestones and the law: the records, the file, the page, the command",
    "itinerary": "the user's plan: its page, and the options of its commands",
    "list": "the user's word for an overview: `kzfest list`, `kzfest itinerary list`",
    "manual": "the manual: its pages by name, and the command that shows them",
    "month": "months as a grid: the page, and the command",
    "nearby": "what is near a place: the rule, and the rows of a card",
    "qr_code": "QR codes: their squares and pictures, and how commands show them",
    "page": "what is read as a whole: the model of it, and the commands and options of one in HTML",
    "remove": "the user's word for taking out: `kzfest itinerary remove`, `kzfest programmes remove`",
    "restore": "the user's word for bringing back: `kzfest itinerary restore`, `kzfest programmes restore`",
    "revisions": "versions of a programme: what has changed between them, and the page of it",
    "schema": "what a document may have: a programme file's, and the command that prints that of JSON",
    "search": "finding events, venues and people by words: in the database, and the command",
    "show": "the user's word for a whole page: `kzfest show`, `kzfest itinerary show`",
    "timeline": "how long everything is on: what it shows, its page, and the command",
    "way": "from one place to another: its page, and the command",
}
"""Nouns that name a file in several rooms with one meaning, and what it is."""

LONG = 50
"""Lines of a function after which it is worth a second look."""

DAY = ("list", "--on", "2023-12-17")
FIRST_VISITS = (
    ("itinerary", "add", "gastromania", "--on", "2023-12-17"),
    ("--programme", "abroad", "itinerary", "add", "--all"),
)
"""They run before anything is counted: both programmes are compiled then, and the itinerary has visits to each."""
CHANGES = (
    ("itinerary", "add", "now-i-see-you", "--on", "2023-12-20"),
    ("itinerary", "edit", "gastromania", "--must"),
    ("itinerary", "suggest", "2023-12-18", "--save"),
)


class Openings(NamedTuple):
    """How often a command opened the store, and the programme that it opened most often."""

    store: int
    programme: int


def path_of(file: Path) -> str:
    """Return the path of *file* below the package."""
    return file.relative_to(PACKAGE).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """Return what *file* says, as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path, *, for_types: bool = True) -> Iterator[str]:
    """Yield what *file* imports, wherever in it; *for_types* has those with it that only a type checker follows."""
    left_out: set[int] = set()
    if not for_types:
        guards = (node for node in ast.walk(tree_of(file)) if _is_for_types(node))
        left_out = {id(inner) for guard in guards for inner in ast.walk(guard)}
    for node in ast.walk(tree_of(file)):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported_files() -> dict[str, set[str]]:
    """Return for each file the files of ours that it imports, also for types only."""
    files = {}
    for file in FILES:
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        files[".".join(parts).removesuffix(".__init__")] = path_of(file)
    return {
        path_of(file): {
            found for name in imports(file) if (found := files.get(name) or files.get(name.rpartition(".")[0]))
        }
        for file in FILES
    }


def circles(imported: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the groups of files that import each other, directly or through others.

    >>> circles({"page": {"model", "table"}, "table": {"cell"}, "cell": {"model", "page"}, "model": set()})
    [['cell', 'page', 'table']]
    """
    reached = {file: set(direct) for file, direct in imported.items()}
    for between in imported:
        for found in reached.values():
            if between in found:
                found.update(reached[between])
    groups = {frozenset(other for other in reached[file] if file in reached[other]) for file in imported}
    return sorted(sorted(group) for group in groups if group)


def lines_of(files: Iterable[Path]) -> int:
    """Return how many lines *files* have together."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def cli_share() -> float:
    """Return how many of 100 lines of source are in `cli`."""
    return 100 * lines_of(file for file in FILES if path_of(file).startswith("cli/")) / lines_of(FILES)


def files_that_name_cli() -> list[str]:
    """Return the files outside `cli` that name the session, Typer or print."""
    outside = (file for file in FILES if not path_of(file).startswith("cli/"))
    return [path_of(file) for file in outside if CLI_ONLY & set(_names_used(file))]


def _names_used(file: Path) -> Iterator[str]:
    """Yield the names that *file* uses or imports, without those in its texts."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name.partition(".")[0]


OF_READERS = frozenset({"fits", "parsed", "read"})
"""What the readers of other formats have each: whether a value fits, its syntax parsed, the programme in it."""


def shared_names() -> dict[str, list[str]]:
    """Return the public classes, functions and constants that several files define, each with these files.

    A command's function is not among them: it is called as the user calls it, and nothing but Typer reads it. Nor is
    what every reader of a format has.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in FILES:
        for name in dict.fromkeys(_defined(tree_of(file).body)):
            is_of_reader = name in OF_READERS and file.parent.name == "importing"
            if not name.startswith("_") and not is_of_reader:
                places[name].append(path_of(file))
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield what the statements of a module define, also for types only."""
    for node in body:
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and not _is_command(node)):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
        elif isinstance(node, ast.If):
            yield from _defined(node.body)


def _is_command(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).startswith("command(") for each in node.decorator_list)


def shared_stems() -> dict[str, list[str]]:
    """Return the names of files that stand in several rooms, each with its files."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in FILES:
        if file.name != "__init__.py":
            places[file.stem].append(path_of(file))
    return {stem: found for stem, found in sorted(places.items()) if len(found) > 1}


def stems_with_two_meanings() -> dict[str, list[str]]:
    """Return the shared names of files that do not mean the same everywhere."""
    return {stem: found for stem, found in shared_stems().items() if stem not in SHARED_STEMS}


def long_functions() -> dict[str, int]:
    """Return the functions of more than 50 lines, each with its lines, from `def` to its end."""
    return {
        f"{path_of(file)}: {node.name}": lines
        for file in FILES
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONG
    }


class Home:
    """A user's home, in which commands are run and counted."""

    def __init__(self, folder: Path) -> None:
        left_out = ("KZFEST_", "COVERAGE", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [kept.get("PYTHONPATH")])])
        self._environment = kept | {"KZFEST_HOME": str(folder), "PYTHONPATH": path}

    def functions(self, args: Sequence[str]) -> list[tuple[str, str]]:
        """Return the functions that a command enters, each behind its file."""
        return [(file, name) for file, name in self._counted("functions", args)]

    def annotations(self, args: Sequence[str]) -> list[str]:
        """Return the annotations that a command compiles, because they are texts."""
        return self._counted("annotations", args)

    def openings(self, args: Sequence[str]) -> Openings:
        """Return how often a command opens the store, and the programme that it opens most often."""
        files = Counter(Path(file).name for file in self._counted("openings", args) if file != ":memory:")
        programmes = [count for name, count in files.items() if "programme" in name]
        return Openings(files.total() - sum(programmes), max(programmes, default=0))

    def _counted(self, what: str, args: Sequence[str]) -> list[Any]:
        """Run a command in a process of its own, and return what `counted.py` counted."""
        command = [sys.executable, str(Path(__file__).with_name("counted.py")), what, *args]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True)
        return list(json.loads(done.stderr.splitlines()[-1]))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for args in FIRST_VISITS:
            home.openings(args)
        openings = ["{}, {}".format(*home.openings(args)) for args in CHANGES]
        home.openings(DAY)
        entered = home.functions(DAY)
    rows = (
        ("circles of files, imports for types counted", len(circles(imported_files()))),
        ("share of cli/ in the lines of source", f"{cli_share():.1f} %"),
        ("files outside cli/ that name Session, Typer or print", len(files_that_name_cli())),
        ("public names with two meanings", len(shared_names())),
        ("names of files with two meanings", len(stems_with_two_meanings())),
        ("store, each programme opened by `itinerary add` / `edit` / `suggest --save`", " / ".join(openings)),
        (f"modules, functions entered by `{' '.join(DAY)}`", f"{len({file for file, _ in entered})}, {len(entered)}"),
        ("lines of source", f"{lines_of(FILES):,}"),
        (f"functions of more than {LONG} lines", len(long_functions())),
    )
    width = max(len(what) for what, _found in rows)
    for what, found in rows:
        print(f"{what:{width}}  {found}")


if __name__ == "__main__":
    main()
