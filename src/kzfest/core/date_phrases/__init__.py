"""Dates in words, in English, Kazakh and Russian: text to tokens, tokens to a range of days."""
