"""Read programmes in the formats that festivals publish: one file for each format, one that makes events of all."""
