"""Changing zone files as a careful person would: the lines that a change needs, and no other character."""
