"""MX: whether mail can be delivered where the zone says."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ()
