"""MX: whether mail can be delivered where the zone says."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "target_is_address",
    "target_not_a_host",
    "target_is_alias",
    "target_missing",
    "target_private",
    "target_proxied",
    "target_ipv6_only",
    "null_not_alone",
    "null_preference",
    "null_but_sends",
    "misplaced",
    "implicit",
    "split_between_systems",
    "gateway_bypass",
    "single_host",
    "duplicate_host",
    "verification_left",
    "styles_mixed",
)
