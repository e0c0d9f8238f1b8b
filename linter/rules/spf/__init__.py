"""SPF: whether receivers can read the record, and whether it says what it was meant to say."""

from . import (
    address_as_host,
    duplicate_modifier,
    invalid_address,
    invalid_macro,
    missing,
    missing_all,
    multiple_records,
    neutral_all,
    pass_all,
    ptr,
    record_type,
    redirect_with_all,
    syntax,
    term_after_all,
    unknown_mechanism,
    version_misspelt,
)

RULES = (
    syntax.RULE,
    unknown_mechanism.RULE,
    invalid_address.RULE,
    invalid_macro.RULE,
    version_misspelt.RULE,
    multiple_records.RULE,
    duplicate_modifier.RULE,
    record_type.RULE,
    redirect_with_all.RULE,
    term_after_all.RULE,
    missing_all.RULE,
    pass_all.RULE,
    neutral_all.RULE,
    ptr.RULE,
    address_as_host.RULE,
    missing.RULE,
)
