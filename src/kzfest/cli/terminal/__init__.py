"""Output on the terminal: colour, tables, progress bars."""
