"""Programme files: YAML to checked events, and every fault with its line."""
