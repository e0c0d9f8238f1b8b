"""DKIM keys: whether verifiers can use what stands at a selector."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES = (
    "syntax",
    "key_missing",
    "key_undecodable",
    "key_too_short",
    "key_too_long",
    "hash_unusable",
    "service_unusable",
    "unknown_tag",
    "multiple_records",
    "split_values",
    "wrong_name",
    "text_is_hostname",
    "shared_key",
    "target_missing",
    "ed25519_alone",
    "testing",
    "revoked",
    "domainkeys_leftover",
)
