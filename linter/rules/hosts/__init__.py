"""Hosts that mail and its clients go to: MX and SRV records."""
