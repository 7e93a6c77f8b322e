"""`python -m kzfest`."""

from kzfest.cli.app import app

if __name__ == "__main__":
    app(prog_name="kzfest")
