"""Grammars: the text of one record to a frozen value with spans, and back; no policy and no network."""
