"""Transport: MTA-STS, TLS reports, DANE and BIMI, and whether they fit the MX records they speak of."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "mta_sts_syntax",
    "mta_sts_multiple_records",
    "mta_sts_ignored_field",
    "mta_sts_host_missing",
    "mta_sts_without_mx",
    "mta_sts_policy_invalid",
    "mta_sts_policy_ignored_field",
    "mta_sts_policy_omits_mx",
    "mta_sts_max_age_short",
    "mta_sts_without_tls_rpt",
    "tls_rpt_syntax",
    "tls_rpt_multiple_records",
    "tls_rpt_invalid_uri",
    "tls_rpt_ignored_field",
    "tlsa_invalid",
    "tlsa_usage_not_for_smtp",
    "tlsa_not_at_mx",
    "tlsa_full_data",
    "bimi_syntax",
    "bimi_multiple_records",
    "bimi_unknown_tag",
    "bimi_without_enforcement",
    "bimi_evidence",
)
