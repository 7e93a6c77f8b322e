"""Answers as pages: which words stand where. No printing, no options."""
