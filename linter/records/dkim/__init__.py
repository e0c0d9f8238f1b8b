"""Grammars of DKIM."""
