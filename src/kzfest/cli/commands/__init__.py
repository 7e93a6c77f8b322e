"""One file a command: read the options, ask, hand the answer over."""
