"""Rules of DNS itself, where breaking them breaks mail."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "name_invalid",
    "name_doubled_origin",
    "target_doubled_origin",
    "target_without_trailing_dot",
    "cname_and_other_data",
    "cname_at_apex",
    "cname_target_not_a_host",
    "cname_loop",
    "record_duplicate",
    "ttl_differs_in_set",
    "ttl_out_of_bounds",
    "txt_set_too_large",
    "txt_quotes_in_value",
    "txt_non_ascii",
    "record_below_delegation",
    "wildcard_answers_policy",
    "wildcard_hidden",
)
