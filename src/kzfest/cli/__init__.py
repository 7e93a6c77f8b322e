"""The command line: the only rooms that print, read options, or import Typer and Rich."""
