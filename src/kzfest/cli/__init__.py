"""The command line: the only rooms that print, read options, or know of Typer and Rich."""
