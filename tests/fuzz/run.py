"""Fuzz a target for as long as there is time: ``python -m tests.fuzz.run token --minutes 60``.

It begins with the saved corpus, keeps what reaches new code in the work folder, and stops at the first input that
breaks a promise, which then lies there as ``crash-…``. Afterwards ``--save`` makes the saved corpus of the fewest
inputs that reach as much. Needs atheris (``pip install atheris``), which is no part of the test extra.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
LONGEST_INPUT = 4096
SLOWEST_SECONDS = 10
MOST_MEBIBYTES = 1024
INSTRUMENTED = ["kzfest", "icalendar", "yaml"]


def main() -> None:
    """Fuzz, or save what fuzzing found; what libFuzzer asks of its own processes it gets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "target", choices=["reader", "token", "calendar", "table", "jsonld", "html", "mapped", "ics", "jcal", "xcal"]
    )
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
        for file in corpus.iterdir():
            shutil.move(file, work / "before" / file.name)
        run(asked.target, ["-set_cover_merge=1", str(corpus), str(work / "before"), str(found)])
    else:
        limits = [f"-max_total_time={asked.minutes * 60}", f"-max_len={LONGEST_INPUT}", f"-timeout={SLOWEST_SECONDS}"]
        places = [f"-artifact_prefix={work}/", f"-dict={FOLDER / asked.target}.dict", str(found), str(corpus)]
        run(asked.target, [*limits, f"-rss_limit_mb={MOST_MEBIBYTES}", "-print_final_stats=1", *places])


def run(target: str, options: list[str]) -> None:
    """Give *target* to libFuzzer, which leaves the process when it has ended."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED):
        targets = importlib.import_module("tests.fuzz.targets")
    again = f"{sys.executable} -m tests.fuzz.run {target}"
    atheris.Setup([again, *options], targets.TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
