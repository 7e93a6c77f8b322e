"""Programmes: reading files, compiling them and answering questions about them."""
