"""A festival's programme in a terminal."""

__version__ = "0.1.0"
