"""One file per command. It reads the options, gets the answer and writes it."""
