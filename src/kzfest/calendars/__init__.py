"""iCalendar (RFC 5545): writing events and visits to calendar files, and reading visits back."""
