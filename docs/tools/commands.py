"""A page for each command, for HTML and for man, made from the help that kzfest itself prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Command(NamedTuple):
    """A command with what Typer knows of it."""

    path: str
    """All of its words, as `kzfest itinerary add`."""
    command: Any
    context: Any

    @property
    def page(self) -> str:
        """The name of its page, for HTML and for man."""
        return self.path.replace(" ", "-")

    @property
    def summary(self) -> str:
        """The first sentence of its help, without the full stop."""
        return str(self.command.help).partition("\n")[0].removesuffix(".")


def commands() -> list[Command]:
    """Return kzfest and all of its commands, in the order of the help."""
    set_language("en")
    from kzfest.cli.app import app

    return list(_with_inner(typer.main.get_command(app), "kzfest", parent=None))


def _with_inner(command: Any, name: str, parent: Any) -> Iterator[Command]:
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    yield Command(context.command_path, command, context)
    for inner in getattr(command, "names", ()):
        yield from _with_inner(command.get_command(context, inner), inner, context)


def write_pages(folder: Path, manual: Path) -> None:
    """Write the page of each command, and their list, into *folder*; *manual* has what is said of all of them."""
    folder.mkdir(exist_ok=True)
    found = commands()
    for each in found:
        (folder / f"{each.page}.md").write_text(page_of(each, found, manual), encoding="utf-8")
    listed = "".join(f"{each.page}\n" for each in found)
    (folder / "index.md").write_text(f"# Commands\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}```\n", encoding="utf-8")


def page_of(each: Command, found: list[Command], manual: Path) -> str:
    """Return the page of one command in Markdown."""
    inner = [other for other in found if _group_of(other) == each.path]
    usage = " ".join((each.path, *each.command.collect_usage_pieces(each.context)))
    parts = [
        f"# {each.path}",
        f"## Synopsis\n\n```text\n{usage}\n```",
        f"## Description\n\n{each.command.help}",
        "## Examples\n\n```console\n" + "".join(f"$ {example}\n" for example in each.command.examples) + "```",
        *_parameters(each),
        _terms("Commands", [(_link(other.page), f"{other.summary}.") for other in inner]),
    ]
    if each.path == "kzfest":
        scripting = (manual / "scripting.md").read_text(encoding="utf-8")
        parts += [_terms(heading, _rows(scripting, heading)) for heading in ("Exit codes", "Settings")]
    else:
        parts.append(f"## See also\n\n{_link('kzfest')} has the global options, the exit codes and the settings.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _link(page: str) -> str:
    """Return a reference to a page that HTML makes a link, and man a name."""
    return f"{{manpage}}`{page}(1)`"


def _group_of(each: Command) -> str:
    return each.path.rpartition(" ")[0]


def _parameters(each: Command) -> Iterator[str]:
    """Yield the arguments and options, under their headings in the help; those of all commands on kzfest's page."""
    from kzfest.cli.typer_ext.lazy_groups import GLOBAL_PANEL

    panels: dict[str, list[tuple[str, str]]] = {}
    for parameter in each.command.get_params(each.context):
        usual = "Arguments" if parameter.param_type_name == "argument" else "Options"
        panel = getattr(parameter, "rich_help_panel", None) or usual
        if panel != GLOBAL_PANEL or each.path == "kzfest":
            name, text = parameter.get_help_record(each.context)
            panels.setdefault(panel, []).append((f"`{name}`", text))
    yield from (_terms(heading, terms) for heading, terms in panels.items())


def _rows(page: str, heading: str) -> list[tuple[str, str]]:
    """Return the rows of the table under the *heading* of a page."""
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*?) \| (.*) \|$", section, re.MULTILINE)
    return [(name, text) for name, text in rows[1:]]


def _terms(heading: str, terms: list[tuple[str, str]]) -> str:
    """Return a section that explains *terms*, nothing where there are none."""
    return f"## {heading}\n\n" + "\n\n".join(f"{name}\n: {text}" for name, text in terms) if terms else ""
