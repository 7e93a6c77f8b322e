"""Values to text; no files, no terminal."""
