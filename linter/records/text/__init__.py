"""Grammars of what all grammars are written with."""
