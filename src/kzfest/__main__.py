"""The program, as a command and as ``python -m kzfest``."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Run the command line, and report bugs of kzfest itself; `cli.app` reports what the user can fix."""
    import os
    import sys
    import warnings

    gc.disable()  # a run ends before there is much garbage, and looking for it takes 8 ms
    atexit.register(gc.freeze)  # this skips the last collection at exit, which takes 10 ms
    warnings.simplefilter("ignore")  # warnings of libraries are for developers, whose tests turn them into errors
    try:
        from kzfest.cli.language import language_in
        from kzfest.i18n import set_language

        set_language(language_in(sys.argv[1:], os.environ))  # first, because the import makes the help of the options
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # Typer's help fails on terminals without Cyrillic letters
        from kzfest.cli.app import app

        app(prog_name="kzfest")
    except Exception as error:  # noqa: BLE001  # a bug may raise anything
        from kzfest.cli.crash_report import report_crash  # rarely needed

        sys.exit(report_crash(error))


if __name__ == "__main__":
    main()
