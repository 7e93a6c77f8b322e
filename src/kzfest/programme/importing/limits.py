"""The limits of what is read from files that anybody may have written."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes, unpacked. The largest programme found has 3 MB; this is enough for 200,000 entries as iCalendar."""

MOST_ENTRIES = 200_000
"""Entries of one file, and dates of all its rules: a city's events of many years."""

MOST_LINKS = 100
"""Links of one event; more are a list of addresses, not a help for a visitor."""

MOST_PEOPLE = 300
"""Participants of one event."""

DEEPEST = 64
"""Levels inside each other in JSON; real files have at most 12."""
