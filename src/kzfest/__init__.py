"""A festival's programme in a terminal."""

__version__ = "0.2.0"
