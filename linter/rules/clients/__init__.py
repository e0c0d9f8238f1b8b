"""Clients: what mail programs look up to configure themselves."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "srv_target_is_alias",
    "srv_target_missing",
    "srv_name_invalid",
    "srv_port_unusual",
    "client_plaintext_only",
)
