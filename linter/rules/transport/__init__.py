"""Transport: MTA-STS, TLS reports, DANE and BIMI, and whether they fit the MX records they speak of."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ()
