"""DMARC: whether a policy governs each name, and whether receivers read it as it was meant."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "version",
    "syntax",
    "unknown_tag",
    "duplicate_tag",
    "invalid_value",
    "invalid_uri",
    "multiple_records",
    "split_values",
    "wrong_name",
    "missing",
    "policy_none",
    "none_without_reports",
    "no_reports",
    "subdomains_weaker",
    "sp_without_effect",
    "historic_tag",
    "failure_options",
    "psd_misused",
    "enforced_without_dkim",
    "report_unauthorised",
    "report_address_unreachable",
    "receiver_generations_differ",
)
