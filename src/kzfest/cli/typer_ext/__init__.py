"""What Typer lacks: commands loaded on demand, days among arguments, groups of options, errors in our words."""
