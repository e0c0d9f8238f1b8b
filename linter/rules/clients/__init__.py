"""Clients: what mail programs look up to configure themselves."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "autodiscover_elsewhere",
    "autodiscover_missing",
    "client_service_missing",
)
