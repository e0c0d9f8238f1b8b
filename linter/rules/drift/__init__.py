"""Drift: what is declared held against what DNS serves."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "missing",
    "differs",
    "undeclared",
    "ttl",
    "nameservers_disagree",
    "lookup_failed",
    "zone_unreachable",
    "not_delegated",
    "zone_missing",
    "delegation_differs",
)
