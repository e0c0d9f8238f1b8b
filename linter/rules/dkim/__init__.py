"""DKIM keys: whether verifiers can use what stands at a selector."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ()
