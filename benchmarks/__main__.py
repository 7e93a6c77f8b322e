"""Measure kzfest against its floors and its rivals, print the figures, and write them to results.md."""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from itertools import cycle, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import floors, generate, rivals
from benchmarks.timing import Command, Paired, once, paired, peak_mebibytes

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10, 1_000, 10_000, 100_000)
FEW = 40
"""As many as the bundled season has, more or less."""
TALKS = 900
"""As many as FOSDEM has."""
DAY = generate.BUSY_DAY.isoformat()
COLD_FROM = 10_000
"""Events from which a first run is worth a row."""
RESULTS = Path(__file__).with_name("results.md")


@dataclass(frozen=True)
class Row:
    """One figure of the table."""

    what: str
    goal: str
    found: str
    detail: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.goal} | {self.found} | {self.detail} |"


class Bench:
    """A folder with programmes of every size, and the commands that ask them."""

    def __init__(self, folder: Path, *, runs: int, largest: int) -> None:
        self.folder = folder
        self.runs = runs
        self.sizes = [size for size in SIZES if size <= largest]
        self.home = {"KZFEST_HOME": str(folder / "home"), "NO_COLOR": "1"}
        for name, code in (
            ("bare", floors.BARE),
            ("table", floors.RICH_TABLE),
            ("load", floors.YAML_LOAD),
            ("ics", floors.ICALENDAR),
            ("talks", floors.PARSED_SCHEDULE),
            ("parsed", floors.PARSED_CALENDAR),
        ):
            (folder / f"{name}.py").write_text(code, encoding="utf-8")
        generate.write_yaml(self.yaml(FEW), FEW)
        for size in self.sizes:
            generate.write_yaml(self.yaml(size), size)
            generate.write_ics(folder / f"{size}.ics", size)
        generate.write_schedule(folder / "schedule.xml", TALKS)

    def yaml(self, size: int) -> Path:
        """Return the programme of that size."""
        return self.folder / f"{size}.yaml"

    def kzfest(self, *args: str, terminal: bool = False, **more: str) -> Command:
        """Return a run of ours."""
        program = str(Path(sys.executable).with_name("kzfest"))
        return Command([program, *args], environment=self.home | more, terminal=terminal)

    def sized(self, size: int, *args: str, terminal: bool = False) -> Command:
        """Return a run of ours on the programme of that size."""
        return self.kzfest("--data", str(self.yaml(size)), *args, terminal=terminal)

    def screen(self, size: int) -> Command:
        """Return a run of the full screen on the programme of that size, which ends when its events are seen."""
        there = self.sized(size, "--now", DAY, "browse")
        environment = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"} | dict(there.environment or {})
        return Command(there.args, environment, painted=generate.RARE_WORD)

    def floor(self, name: str, *args: str, terminal: bool = False) -> Command:
        """Return a run of a floor."""
        return Command([sys.executable, str(self.folder / f"{name}.py"), *args], terminal=terminal)

    def cold(self, size: int, *args: str) -> Command:
        """Return a run of ours that has to compile the programme of that size first."""
        return self.first(self.yaml(size), *args)

    def first(self, file: Path, *args: str) -> Command:
        """Return a run of ours that reads *file* for the first time."""
        warm = self.kzfest("--data", str(file), *args)
        return Command(
            warm.args,
            warm.environment,
            before=lambda: shutil.rmtree(self.folder / "home" / "cache", ignore_errors=True),
        )

    def update(self, file: Path) -> Command:
        """Return a run of ours that updates the programme in *file*, in which one talk has another length each time."""
        changing = self.folder / "changing.xml"
        texts = cycle(
            [text := file.read_text(encoding="utf-8"), text.replace("<duration>00:30<", "<duration>00:45<", 1)]
        )
        changing.write_text(next(texts), encoding="utf-8")
        once(self.kzfest("programmes", "add", str(changing), "--name", "changing"))

        def prepare() -> None:
            changing.write_text(next(texts), encoding="utf-8")
            once(self.kzfest("-p", "changing", "list", "--limit", "1"))

        again = self.kzfest("programmes", "update", "changing")
        return Command(again.args, again.environment, before=prepare)

    def rows(self) -> Iterator[Row]:
        """Yield the figures, one after the other."""
        yield from self.starts()
        yield from self.views()
        yield from self.scale()
        yield from self.compiling()
        yield from self.importing()
        yield from self.exports()
        yield from self.pages()
        yield from self.rivals()

    def ratio(self, what: str, goal: float | None, ours: Command, theirs: Command, *, runs: int | None = None) -> Row:
        """Return the row of two commands timed by turns."""
        found = paired(ours, theirs, runs=runs or self.runs)
        return Row(what, f"{goal:g}" if goal else "", f"{found.ratio:.2f}", _told(found))

    def fewer_runs(self, size: int) -> int:
        """Return how many pairs of runs to time of commands that read a whole file of that size."""
        return max(2, self.runs // (5 if size < 100_000 else 10))

    def starts(self) -> Iterator[Row]:
        """Yield what a start costs."""
        bare = self.floor("bare")
        completing = self.kzfest(_KZFEST_COMPLETE="complete_bash", COMP_WORDS="kzfest show gastro", COMP_CWORD="2")
        yield self.ratio("`--version` / bare Typer", 1.15, self.kzfest("--version"), self.floor("bare", "--version"))
        yield self.ratio("completion of an event id / bare Typer", 1.15, completing, bare)
        yield self.ratio(
            "`list --on … -f json` / bare Typer", 1.25, self.kzfest("list", "--on", DAY, "-f", "json"), bare
        )
        yield self.ratio(
            "`list --on …` on a terminal / ten-row Rich table",
            1.15,
            self.kzfest("list", "--on", DAY, terminal=True),
            self.floor("table", terminal=True),
        )

    def views(self) -> Iterator[Row]:
        """Yield what the drawings cost beside the list of the same, and in a large programme."""
        for view in ("month", "timeline"):
            ours, theirs = self.kzfest(view, terminal=True), self.kzfest("list", terminal=True)
            yield self.ratio(f"`{view}` on a terminal / `list`", 1.1, ours, theirs)
        large = self.sizes[-1]
        for line in ("month", "month 2023-01-01..2023-12-31", "timeline"):
            view = line.split()[0]
            ours, bundled = self.sized(large, *line.split(), terminal=True), self.kzfest(view, terminal=True)
            yield self.ratio(f"`{line}`, {large:,} events / `{view}`, bundled", None, ours, bundled)

    def scale(self) -> Iterator[Row]:
        """Yield what the size of a programme costs, warm."""
        large = self.sizes[-1]
        day = ("list", "--on", DAY)
        bundled = self.kzfest(*day, terminal=True)
        yield self.ratio(f"`list --on …`, {large:,} / bundled", 1.2, self.sized(large, *day, terminal=True), bundled)
        drawn = ("day", DAY)
        for where, terminal in (("in a pipe", False), ("on a terminal", True)):
            listed = self.kzfest(*day, terminal=terminal)
            yield self.ratio(f"`day …` {where} / `list --on …`", 1.1, self.kzfest(*drawn, terminal=terminal), listed)
        busy = self.sized(large, *drawn, terminal=True)
        yield self.ratio(f"`day …`, {large:,} / `list --on …`", 1.1, busy, self.sized(large, *day, terminal=True))
        few, many = self.screen(FEW), self.screen(large)
        yield self.ratio(f"`browse`, the first screen, {large:,} events / {FEW}", 1.2, many, few)
        rare = self.sized(large, "search", generate.RARE_WORD)
        yield self.ratio(f"`search`, {large:,} events, 30 found / bundled", 1.3, rare, self.kzfest("search", "museum"))
        extra = peak_mebibytes(self.sized(large, *day)) - peak_mebibytes(self.kzfest(*day))
        yield Row(f"memory of `list --on …`, {large:,} events, over the bundled", "10 MiB", f"{extra:.1f} MiB")
        middle = self.sizes[min(2, len(self.sizes) - 1)]
        every = self.sized(middle, "list", "--limit", "4000", terminal=True)
        text = self.sized(middle, "list", "--limit", "4000", "-f", "csv")
        yield self.ratio("a table of 4,000 rows / the same as CSV", 2, every, text, runs=max(3, self.runs // 3))

    def compiling(self) -> Iterator[Row]:
        """Yield what the first run after a change costs."""
        for size in (each for each in self.sizes if each >= COLD_FROM):
            load = self.floor("load", str(self.yaml(size)))
            cold = self.cold(size, "list", "--on", DAY, "-f", "json")
            yield self.ratio(f"cold, {size:,} events / `yaml.load`", 0.5, cold, load, runs=self.fewer_runs(size))
            share = peak_mebibytes(cold) / peak_mebibytes(load)
            yield Row(f"memory cold, {size:,} events / `yaml.load`", "0.33", f"{share:.2f}")
            search = self.cold(size, "search", generate.RARE_WORD)
            yield self.ratio(f"cold, the first search in {size:,} events / `yaml.load`", None, search, load, runs=2)

    def importing(self) -> Iterator[Row]:
        """Yield what other formats cost."""
        schedule = self.folder / "schedule.xml"
        bare = self.floor("talks", str(schedule))
        yield self.ratio(
            f"schedule.xml, {TALKS} talks: the first `list` / parsed by a bare Typer program",
            4,
            self.first(schedule, "list"),
            bare,
        )
        first = self.first(schedule, "list", "--on", DAY)
        yield self.ratio(
            "the same: `programmes update`, one talk moved / the first `list`", 1.3, self.update(schedule), first
        )
        again = self.kzfest("--data", str(schedule), "list", "--on", DAY, "--venue", "Room 3")
        bundled = self.kzfest("list", "--on", DAY, "--category", "concert")
        yield self.ratio("the same: `list --on … --venue …` again / bundled", 1.1, again, bundled)
        for size in (each for each in self.sizes if each >= COLD_FROM):
            calendar = self.folder / f"{size}.ics"
            first, parsed = self.first(calendar, "list", "--on", DAY), self.floor("parsed", str(calendar))
            what = f"iCalendar, {size:,} events: the first `list` / icalendar"
            yield self.ratio(what, 1.4, first, parsed, runs=self.fewer_runs(size))
            share = peak_mebibytes(first) / peak_mebibytes(parsed)
            yield Row(f"memory of the same / icalendar, {size:,} events", "0.5", f"{share:.2f}")

    def exports(self) -> Iterator[Row]:
        """Yield what a calendar costs."""
        size = self.sizes[min(2, len(self.sizes) - 1)]
        ours = self.sized(size, "export", "-f", "ics")
        yield self.ratio(
            f"`export -f ics`, {size:,} events / icalendar",
            1.2,
            ours,
            self.floor("ics", str(size)),
            runs=max(2, self.runs // 5),
        )
        extra = peak_mebibytes(ours) - peak_mebibytes(self.sized(self.sizes[0], "export", "-f", "ics"))
        yield Row(f"memory of an export of {size:,} events, over ten", "30 MiB", f"{extra:.1f} MiB")

    def pages(self) -> Iterator[Row]:
        """Yield what a page in HTML costs."""
        whole = ("list", "-f", "json")
        yield self.ratio("`page` / `list -f json`", 2, self.kzfest("page"), self.kzfest(*whole))
        size = self.sizes[min(2, len(self.sizes) - 1)]
        ours, theirs = self.sized(size, "page"), self.sized(size, *whole)
        yield self.ratio(f"the same, {size:,} events", 2, ours, theirs, runs=max(2, self.runs // 5))

    def rivals(self) -> Iterator[Row]:
        """Yield how much faster than the other programs we are, where they are installed."""
        runs = max(2, self.runs // 5)
        for name, make in rivals.RIVALS.items():
            goals = rivals.KHAL_GOALS if make is rivals.khal else ()
            for size, goal in zip_longest(self.sizes, goals[: len(self.sizes)]):
                rival = make(self.folder, size)
                if rival is None:
                    yield Row(f"`{name}`, {size:,} events", "", "not measured")
                    continue
                found = paired(rival.command, self.sized(size, "list", "--on", DAY, terminal=True), runs=runs)
                wanted = f"at least {goal:g}" if goal else ""
                yield Row(f"`{name}` / ours, {size:,} events", wanted, f"{found.ratio:.2g}", _told(found))
                if rival.first and size >= COLD_FROM:
                    yield self._cold_rival(name, size, rival.first)

    def _cold_rival(self, name: str, size: int, theirs: float) -> Row:
        ours = once(self.cold(size, "list", "--on", DAY))
        what = f"`{name}` / ours, {size:,} events, cold"
        return Row(
            what,
            "at least 15" if size == SIZES[-1] else "",
            f"{theirs / ours:.0f}",
            f"once each: {theirs / 1000:.0f} s against {ours / 1000:.1f} s",
        )


def _told(found: Paired) -> str:
    """Return the medians of both, with their spread."""
    return " against ".join(
        f"{statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})"
        for times in (found.ours, found.theirs)
    )


def _versions() -> str:
    """Return what was measured, and with what."""
    named = ", ".join(f"{name} {version(name)}" for name in ("kzfest", "typer", "rich", "pyyaml", "icalendar"))
    return f"Python {platform.python_version()}, {named}; {platform.system()} {platform.machine()}"


def main() -> None:
    """Run everything, or a smaller part of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="pairs of runs for the short commands")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="the largest programme")
    chosen = parser.parse_args()
    lines = [
        "# Results",
        "",
        _versions(),
        "",
        "| what | to reach | found | medians (least to most) |",
        "|---|---|---|---|",
    ]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        for row in Bench(Path(folder), runs=chosen.runs, largest=chosen.largest).rows():
            print(row, flush=True)
            lines.append(str(row))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
