"""Transport: MTA-STS, TLS reports, DANE and BIMI, and whether they fit the MX records they speak of."""
