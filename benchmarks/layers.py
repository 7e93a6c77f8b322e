"""Where the time of a command goes, by layer: `python -m benchmarks.layers` prints a table for each.

What is imported is measured by Python itself (`-X importtime`, the least of several runs, for each module);
what a whole run takes beyond that is the work.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import floors, generate
from benchmarks.timing import Command, once

DAY = ("list", "--on", generate.BUSY_DAY.isoformat())
COMMANDS: dict[str, tuple[str, ...]] = {
    "--version": ("--version",),
    "list --on … -f json": (*DAY, "-f", "json"),
    "list --on … (a table)": (*DAY, "--color", "always"),
    "search museum -f json": ("search", "museum", "-f", "json"),
    "show gastromania": ("show", "gastromania", "--color", "always"),
    "itinerary -f json": ("itinerary", "-f", "json"),
    "export -f ics": (*DAY, "-f", "ics"),
}
LAYERS = {
    "our modules": ("kzfest",),
    "Typer": ("typer", "shellingham"),
    "Rich": ("rich", "markdown_it", "pygments"),
    "SQLite, JSON": ("sqlite3", "_sqlite3", "json", "_json"),
    "icalendar, dateutil, zones": ("icalendar", "dateutil", "six", "zoneinfo", "_zoneinfo", "tzdata"),
    "YAML, pydantic": ("yaml", "pydantic", "pydantic_core", "annotated_types", "typing_inspection"),
}
STANDARD = "standard library"
START, WORK = "Python itself", "the work, and the way out"
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")


def imported(args: list[str], environment: dict[str, str], runs: int) -> dict[str, float]:
    """Return the milliseconds that each module takes to import, without those that it imports."""
    least: dict[str, float] = {}
    for _run in range(runs):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *args], env=environment, capture_output=True, text=True, check=False
        )
        for took, module in _LINE.findall(done.stderr):
            least[module] = min(least.get(module, float("inf")), int(took) / 1000)
    return least


def layer_of(module: str) -> str:
    """Return the layer that *module* belongs to."""
    package = module.partition(".")[0]
    return next((layer for layer, packages in LAYERS.items() if package in packages), STANDARD)


def layers(args: list[str], environment: dict[str, str], runs: int) -> dict[str, float]:
    """Return the milliseconds of each layer of a run with *args*, by the least of *runs*."""
    nothing = min(once(Command([sys.executable, "-c", "pass"])) for _run in range(runs))
    whole = min(once(Command([sys.executable, *args], environment)) for _run in range(runs))
    before = imported(["-c", "pass"], environment, 3)
    found = {START: nothing}
    for module, took in imported(args, environment, runs).items():
        if module not in before:
            found[layer_of(module)] = found.get(layer_of(module), 0) + took
    return found | {WORK: max(0, whole - sum(found.values()))}


def main() -> None:
    """Print the layers of every command, and those of a bare Typer program."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.layers", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    names = [START, STANDARD, *LAYERS, WORK]
    print(f"| command | {' | '.join(names)} | all |\n|---|{'---|' * (len(names) + 1)}")
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(floors.BARE, encoding="utf-8")
        environment = dict(os.environ) | {"KZFEST_HOME": folder}
        program = str(Path(sys.executable).with_name("kzfest"))
        commands: dict[str, tuple[str, ...]] = {"a bare Typer program": (str(bare),)}
        commands |= {f"`kzfest {name}`": (program, *args) for name, args in COMMANDS.items()}
        for name, args in commands.items():
            once(Command([sys.executable, *args], environment))
            found = layers(list(args), environment, runs)
            cells = [f"{found[each]:.1f}" if found.get(each, 0) >= 0.05 else "" for each in names]
            print(f"| {name} | {' | '.join(cells)} | {sum(found.values()):.0f} |", flush=True)


if __name__ == "__main__":
    main()
