"""What the tests of pages share with those of the command line, which prints them."""

from tests.cli.conftest import _kzfest, _on_screen, _on_terminal, _process, _programme, _warm_home

__all__ = ["_kzfest", "_on_screen", "_on_terminal", "_process", "_programme", "_warm_home"]
