"""How Sphinx builds the manual: to HTML, and to a man page for each command. `nox -s docs` runs it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from docs.tools.commands import commands, write_pages  # noqa: E402  # found by the line above

from kzfest import __version__  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "kzfest"
version = release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["tools"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
html_theme = "alabaster"
html_theme_options = {"page_width": "1180px", "sidebar_width": "240px", "code_font_size": "0.8em"}
html_show_copyright = False
man_pages = [(f"commands/{each.page}", each.page, each.summary, "", 1) for each in commands()]

PROJECT_FILES = {
    "changelog": "CHANGELOG.md",
    "contributing": "CONTRIBUTING.md",
    "performance": "benchmarks/README.md",
    "results": "benchmarks/results.md",
    "security": "SECURITY.md",
}
"""Pages of the manual that show a file from elsewhere in the repository; on their own they only link to it."""
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _prepare(app: Sphinx) -> None:
    """Write the pages of the commands; in HTML, the names of man pages are links to them."""
    write_pages(HERE / "commands", manual=HERE)
    app.config.manpages_url = "{page}.html" if app.builder.format == "html" else None


def _show_project_file(_app: Sphinx, page: str, source: list[str]) -> None:
    """Put the file that *page* shows in its place."""
    if page in PROJECT_FILES:
        file = ROOT / PROJECT_FILES[page]
        source[0] = LINK.sub(lambda link: f"]({_as_page(file.parent / link[1])}", file.read_text(encoding="utf-8"))


def _as_page(target: Path) -> str:
    """Return where a link to *target* leads from a page of the manual."""
    pages = {ROOT / file: f"{page}.md" for page, file in PROJECT_FILES.items()}
    inside = target.relative_to(HERE) if target.is_relative_to(HERE) else Path("..", target.relative_to(ROOT))
    return pages.get(target, str(inside))


def setup(app: Sphinx) -> dict[str, Any]:
    """Let Sphinx see what is made, and what is from elsewhere."""
    app.connect("builder-inited", _prepare)
    app.connect("source-read", _show_project_file)
    return {"parallel_read_safe": True}
