"""Measurements: `python -m benchmarks` writes results.md; README.md says what the figures mean."""
