"""The program, as a command and as ``python -m kzfest``."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    gc.disable()  # a run is over before there is much to collect, and looking for it takes 8 ms
    from kzfest.cli.app import app

    app(prog_name="kzfest")


if __name__ == "__main__":
    main()
