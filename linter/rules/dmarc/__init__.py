"""DMARC: whether a policy governs each name, and whether receivers read it as it was meant."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ()
