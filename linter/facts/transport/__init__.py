"""What follows from records about MTA-STS, TLS-RPT, TLSA and BIMI."""
