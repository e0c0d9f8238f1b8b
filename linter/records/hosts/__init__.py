"""Grammars of hosts: MX, SRV, and whose they are."""
