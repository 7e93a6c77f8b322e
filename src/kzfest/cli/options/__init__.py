"""What the commands take: options and arguments, and what a shell offers for them."""
