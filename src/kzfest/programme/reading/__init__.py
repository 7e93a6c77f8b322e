"""Read programme files: from YAML to checked events, with the line of every fault."""
