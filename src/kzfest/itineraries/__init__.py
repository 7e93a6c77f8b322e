"""The user's itineraries: storing, planning and sharing them."""
