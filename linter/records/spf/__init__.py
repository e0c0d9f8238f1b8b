"""Grammars of SPF."""
