"""The page about kzfest as a library is true: its code runs, prints what it shows, and needs no Typer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[1] / "docs" / "library.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<printed>.*?)```)?", re.DOTALL)
END = "-- end of the block --"


def test_page_shows_what_its_code_prints(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(page))
    code = "".join(f"{block['code']}print({END!r})\n" for block in blocks)
    command_line = 'import sys\nprint(sorted({"typer", "rich", "kzfest.cli"} & sys.modules.keys()))\n'
    script = tmp_path / "script.py"
    script.write_text(code + command_line, encoding="utf-8")

    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    *printed, loaded = done.stdout.split(f"{END}\n")

    if pytestconfig.getoption("--write-golden"):
        renewed = iter(printed)
        PAGE.write_text(BLOCK.sub(lambda block: _with(block, next(renewed)), page), encoding="utf-8")
        return
    assert (done.stderr, loaded) == ("", "[]\n")
    assert printed == [block["printed"] or "" for block in blocks]


def _with(block: re.Match[str], printed: str) -> str:
    return f"```python\n{block['code']}```" + (f"\n\n```text\n{printed}```" if printed else "")
