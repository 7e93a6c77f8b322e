"""Pure rules of programmes and itineraries: no files, no clock, no printing."""
