"""The rules of a programme, pure: no file, no clock, no printing."""
