"""The options and arguments of the commands, and their shell completions."""
