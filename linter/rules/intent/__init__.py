"""Intent: what was declared to receive and send mail, held against the records."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES: tuple[str, ...] = (
    "unknown_system",
    "unknown_name",
    "mx_differs",
    "sender_unauthorised",
    "sender_unaligned",
    "spf_serves_nobody",
    "dkim_missing",
    "selector_shared",
    "split_needs_route",
    "no_mail_incomplete",
    "undeclared_mail",
    "provider_record_missing",
    "provider_record_differs",
    "provider_mismatch",
)
