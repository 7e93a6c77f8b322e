"""Run some fifty commands of an installed kzfest, in every format: `python smoke.py PATH-TO-KZFEST`.

It needs nothing but Python, so it can judge a wheel in an environment without test tools.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAMME = """\
format: 1
programme: {id: village, title: Village fair, timezone: Europe/Berlin, revised: 2026-05-01,
  first: 2026-06-01, last: 2026-06-30}
venues:
  - {id: green, name: {en: The green, kk: Ауыл алаңы}, city: Neudorf, hours: {sat-sun: "09:00-22:00"}}
events:
  - {id: fair, title: The fair, category: fair, venue: green, start: 2026-06-06, end: 2026-06-07}
  - {id: dance, title: Dance, category: concert, place: The barn, start: 2026-06-06 21:00, end: 2026-06-07 01:30}
  - {id: market, title: Market, category: fair, venue: green, start: 2026-06-02 09:00, repeats: FREQ=WEEKLY;BYDAY=TU}
"""
COMMANDS = """
0 table      kzfest
0 table      kzfest --help
0 table      kzfest --version
0 table      kzfest list --on 2023-12-17
0 json       kzfest list --on 2023-12-17 -f json
0 jsonl      kzfest list --on 2023-12-17 -f jsonl
0 csv        kzfest list --on 2023-12-17 -f csv
0 markdown   kzfest list --on 2023-12-17 -f markdown
0 ics        kzfest list --on 2023-12-17 -f ics
0 table      kzfest list 15..17 dec --near "National Museum" --within 5 --sort title
0 json       kzfest list weekend --now 2023-12-14 --tag music -f json
0 table      kzfest list 16 желтоқсан --lang kk
0 table      kzfest list 16 декабря --lang ru
0 table      kzfest list --programme archive --on 2025-12-19
0 table      kzfest month december
0 json       kzfest month -f json
0 csv        kzfest month -f csv
0 table      kzfest timeline 14..31 dec
0 json       kzfest timeline --by category -f json
0 csv        kzfest timeline -f csv
0 table      kzfest day 16 dec
0 json       kzfest day 15..17 dec --by venue -f json
0 csv        kzfest --data village.yaml day 2026-06-06 -f csv
0 table      kzfest show dialogue
0 json       kzfest show dialogue -f json
0 markdown   kzfest show dialogue -f markdown
0 table      kzfest venue национальный музей
0 json       kzfest venue expo-centre -f json
3 table      kzfest venue no-such-venue-anywhere
2 table      kzfest browse
0 table      kzfest venues
0 csv        kzfest venues -f csv
0 jsonl      kzfest search muzey -f jsonl
0 table      kzfest history
0 json       kzfest history --law -f json
0 csv        kzfest history --law -f csv
0 json       kzfest programmes -f json
0 json       kzfest check --schema
0 table      kzfest check village.yaml
4 table      kzfest check faulty.yaml
0 table      kzfest new fair -o -
2 table      kzfest list --on nonsense
0 table      kzfest --data village.yaml list
0 json       kzfest --data village.yaml list june -f json
0 ics        kzfest --data village.yaml export -f ics
0 ics        kzfest export 15..17 dec -f ics
0 table      kzfest itinerary add tango-dellamore --must
0 table      kzfest itinerary add gastromania --on 16 dec --at 12:00 --for 2h
0 table      kzfest itinerary add --own Dinner --on 17 dec --at 20:00 --for 90m --venue circus
0 table      kzfest itinerary edit dinner --at 20:30
0 table      kzfest itinerary
0 json       kzfest itinerary -f json
0 csv        kzfest itinerary -f csv
0 markdown   kzfest itinerary -f markdown
0 ics        kzfest itinerary -f ics
0 markdown   kzfest itinerary week 16 dec -f markdown
0 table      kzfest itinerary check
0 json       kzfest itinerary repair -f json
0 json       kzfest itinerary gaps 16 dec -f json
0 json       kzfest itinerary suggest 15..17 dec --must main-tree -f json
0 table      kzfest itinerary suggest 15..17 dec --save
0 table      kzfest itinerary share
0 table      kzfest itinerary share --qr
0 table      kzfest itinerary share --qr -o plan.svg
0 table      kzfest page 15..17 dec -o page.html
0 table      kzfest itinerary page --paper a6 -o plan.html
0 table      kzfest itinerary export -o trip.ics --remind 30m
0 table      kzfest itinerary export --vdir vdir
0 table      kzfest itinerary clear
0 table      kzfest itinerary import trip.ics
0 table      kzfest itinerary undo
0 jsonl      kzfest itinerary list -f jsonl
"""


def _is_calendar(text: str) -> bool:
    lines = text.split("\r\n")
    return (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""]) and "BEGIN:VEVENT" in lines


PARSES: dict[str, Callable[[str], object]] = {
    "table": lambda _text: True,
    "markdown": lambda text: text.startswith("#"),
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "csv": lambda text: len({len(row) for row in csv.reader(io.StringIO(text))}) == 1,
    "ics": _is_calendar,
}


def faults(program: str, line: str, folder: Path) -> list[str]:
    """Run a *line* of COMMANDS in *folder*, and return what is wrong with its outcome."""
    code, kind, command = line.split(maxsplit=2)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KZFEST_", "PYTHON"))}
    done = subprocess.run(
        [program, *shlex.split(command)[1:]],
        cwd=folder,
        env=environment | {"KZFEST_HOME": str(folder / "home"), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    found = [] if done.returncode == int(code) else [f"exit code {done.returncode} instead of {code}"]
    found += [f"standard error: {each}" for each in stderr.splitlines() if "Traceback" in each or "Warning" in each]
    try:
        parsed = not found and PARSES[kind](stdout)
    except ValueError as error:
        parsed, found = False, [*found, str(error)]
    if found or parsed is False:
        found += [f"not {kind}: {stdout[:300]!r}", stderr]
    return found


def main() -> None:
    """Run all commands, print those that failed, and leave with 1 where there are any."""
    program = sys.argv[1]
    lines = COMMANDS.strip().splitlines()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "village.yaml").write_text(PROGRAMME, encoding="utf-8")
        (folder / "faulty.yaml").write_text(PROGRAMME.replace("start:", "strat:"), encoding="utf-8")
        for line in lines:
            found = faults(program, line, folder)
            failed += bool(found)
            if found:
                print(line, *found, sep="\n  ")
    print(f"smoke: {len(lines) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
