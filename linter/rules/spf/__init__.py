"""SPF: whether receivers can read the record, and whether it says what it was meant to say."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES = (
    "syntax",
    "unknown_mechanism",
    "invalid_address",
    "invalid_macro",
    "version_misspelt",
    "multiple_records",
    "duplicate_modifier",
    "record_type",
    "redirect_with_all",
    "term_after_all",
    "missing_all",
    "pass_all",
    "neutral_all",
    "ptr",
    "address_as_host",
    "retired_include",
    "missing",
)
