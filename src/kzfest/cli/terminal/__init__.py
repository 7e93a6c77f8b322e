"""What reaches the terminal: colour, tables, lines of progress."""
