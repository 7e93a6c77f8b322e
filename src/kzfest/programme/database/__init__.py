"""Programmes compiled to SQLite: cache, tables, queries and search."""
