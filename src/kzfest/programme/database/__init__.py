"""A programme compiled to SQLite, and the questions that it answers."""
