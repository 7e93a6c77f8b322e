"""The program, as a command and as ``python -m kzfest``."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Run the command line, and tell whatever goes wrong that is ours to mend: `cli.app` tells what the user can."""
    import sys

    gc.disable()  # a run is over before there is much to collect, and looking for it takes 8 ms
    atexit.register(gc.freeze)  # nor does Python look through everything once more on its way out: 10 ms
    try:
        _run()
    except Exception as error:  # noqa: BLE001  # nobody foresaw it, so it may be of any kind
        from kzfest.cli.crash_report import report_crash  # not where all goes well

        sys.exit(report_crash(error))


def _run() -> None:
    import os
    import sys
    import warnings

    warnings.simplefilter("ignore")  # those of libraries are for developers, whose tests turn them into errors
    from kzfest.cli.language import language_in
    from kzfest.i18n import set_language

    set_language(language_in(sys.argv[1:], os.environ))  # before the options are made, with their help
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # Typer's help knows nothing of terminals without Cyrillic letters
    from kzfest.cli.app import app

    app(prog_name="kzfest")


if __name__ == "__main__":
    main()
