"""Grammars of DMARC."""
