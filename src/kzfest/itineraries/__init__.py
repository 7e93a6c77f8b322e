"""The user's itineraries: kept on disk, and carried from one person to another."""
