"""Rules of DNS itself, where breaking them breaks mail."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ()
