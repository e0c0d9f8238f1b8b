"""Grammars of MTA-STS, TLS-RPT, TLSA and BIMI."""
