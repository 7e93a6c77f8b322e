"""Fuzz a target for as long as there is time: ``python -m tests.fuzz.run token --minutes 60``.

It begins with the saved corpus, keeps what reaches new code in the work folder, and stops at the first input that
breaks a promise, which then lies there as ``crash-…``. Afterwards ``--save`` keeps the files of the saved corpus that
people have named, and adds the fewest inputs that reach as much. Needs atheris (``pip install atheris``), which is no
part of the test extra.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent
LONGEST_INPUT = 4096
SLOWEST_SECONDS = 10
MOST_MEBIBYTES = 1024
NAMED_BY_LIBFUZZER = "[0-9a-f]" * 40
INSTRUMENTED = ["kzfest", "icalendar", "yaml", "openpyxl"]
LOADED_LATE = ["kzfest.programme", "openpyxl.reader"]
"""Packages with modules that a command loads when it needs them, which would be too late to see what they do."""


def main() -> None:
    """Fuzz, or save what fuzzing found; what libFuzzer asks of its own processes it gets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", choices=sorted(folder.name for folder in (FOLDER / "corpus").iterdir()))
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "kzfest-fuzz")
    parser.add_argument("--save", action="store_true", help="save the fewest inputs that reach as much, fuzz no more")
    asked, of_libfuzzer = parser.parse_known_args()
    corpus, work = FOLDER / "corpus" / asked.target, asked.work / asked.target
    found = work / "found"
    found.mkdir(parents=True, exist_ok=True)
    if of_libfuzzer:
        run(asked.target, of_libfuzzer)
    elif asked.save:
        (work / "before").mkdir(exist_ok=True)
        for file in corpus.glob(NAMED_BY_LIBFUZZER):
            shutil.move(file, work / "before" / file.name)
        run(asked.target, ["-set_cover_merge=1", "-use_counters=0", str(corpus), str(work / "before"), str(found)])
    else:
        limits = [f"-max_total_time={asked.minutes * 60}", f"-max_len={LONGEST_INPUT}", f"-timeout={SLOWEST_SECONDS}"]
        places = [f"-artifact_prefix={work}/", f"-dict={FOLDER / asked.target}.dict", str(found), str(corpus)]
        run(asked.target, [*limits, f"-rss_limit_mb={MOST_MEBIBYTES}", "-print_final_stats=1", *places])


def run(target: str, options: list[str]) -> None:
    """Give *target* to libFuzzer, which leaves the process when it has ended."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED):
        targets = importlib.import_module("tests.fuzz.targets")
        for package in map(importlib.import_module, LOADED_LATE):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
    mutation = importlib.import_module("tests.fuzz.mutation")

    def mutated(data: bytes, largest: int, seed: int) -> bytes:
        """Change a part of *data*, or bytes of it as libFuzzer does."""
        changed: bytes = mutation.mutated(data, Random(seed)) if seed % 2 else b""
        return changed if 0 < len(changed) <= largest else atheris.Mutate(data, largest)

    again = f"{sys.executable} -m tests.fuzz.run {target}"
    atheris.Setup([again, *options], targets.TARGETS[target], custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
