"""iCalendar: events and visits to entries, entries to files, and back."""
