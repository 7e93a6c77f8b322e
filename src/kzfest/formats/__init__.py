"""Values out as text; no disk, no terminal."""
