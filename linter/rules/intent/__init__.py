"""Intent: what was declared to receive and send mail, held against the records."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = ("provider_mismatch",)
