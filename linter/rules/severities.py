"""Which other severities a rule gives than the one it is known by, and when: for those who list rules."""

from linter.source.typed import Final

_UNCONFIRMED: Final = "what is known of the vendor is not confirmed"
_SNAPSHOT: Final = "it rests on a dated copy of a vendor's record"
_HAS_ONE: Final = "the right name has a record as well"

OTHERS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "zone-declared-twice": (("warning", "the configuration of octoDNS says which file is read"),),
    "txt-quotes-in-value": (("error", "the quotes break a mail record"),),
    "txt-set-too-large": (("info", "it is over 512 bytes only"), ("error", "it is more than DNS can carry")),
    "cname-and-other-data": (("warning", "the provider flattens CNAMEs"),),
    "spf-record-type": (("warning", "a TXT record says the same"),),
    "spf-too-many-lookups": (("warning", _SNAPSHOT),),
    "spf-too-many-void-lookups": (("warning", "only clients that nothing matches get another result"),),
    "spf-duplicate-term": (("error", "the two have different qualifiers"),),
    "spf-shadowed-term": (("error", "the two have different qualifiers"),),
    "spf-range-too-wide": (("error", "the prefix is shorter than /8"),),
    "spf-retired-include": (("info", f"the name still works, or {_UNCONFIRMED}"),),
    "spf-domain-not-public": (("warning", "the term is `a`, `mx` or `exists`"),),
    "mx-target-not-a-host": (("warning", "the name exists and has characters that no host name has"),),
    "mx-target-proxied": (("error", "mail cannot get past the proxy"),),
    "mx-target-ipv6-only": (("info", "another host of the set has, or may have, IPv4"),),
    "mx-split-between-systems": (("info", _UNCONFIRMED),),
    "mx-gateway-bypass": (("info", _UNCONFIRMED),),
    "mx-styles-mixed": (("info", _UNCONFIRMED),),
    "dmarc-version": (("warning", "only some receivers ignore the record"),),
    "dmarc-wrong-name": (("warning", f"{_HAS_ONE}, or may"),),
    "dmarc-historic-tag": (("warning", "old and new receivers act differently"),),
    "dmarc-retired-report-address": (("info", "the closure is not confirmed"),),
    "dkim-key-too-short": (("error", "the key is shorter than 1024 bits"),),
    "dkim-shared-key": (("info", "a service gives the key to all its customers"),),
    "mta-sts-wrong-name": (("warning", _HAS_ONE),),
    "mta-sts-syntax": (("warning", "only some senders ignore the record"),),
    "mta-sts-policy-omits-mx": (("warning", "the policy is in testing, or a line matches nothing"),),
    "tls-rpt-wrong-name": (("warning", _HAS_ONE),),
    "tls-rpt-syntax": (("warning", "only some senders ignore the record"),),
    "tls-rpt-invalid-uri": (("warning", "the host is not in public DNS"),),
    "bimi-wrong-name": (("warning", _HAS_ONE),),
    "bimi-syntax": (("warning", "only some receivers ignore the record"),),
    "bimi-evidence": (("info", "`a=` is empty"),),
    "intent-policy-differs": (("error", "it is weaker than declared"),),
    "intent-mx-differs": (("warning", _UNCONFIRMED),),
    "intent-sender-unauthorised": (("warning", "a separate domain for the MAIL FROM has no record"),),
    "intent-sender-unaligned": (("warning", "the policy is `p=none`"),),
    "intent-split-needs-route": (("warning", _UNCONFIRMED),),
    "autodiscover-elsewhere": (("warning", _UNCONFIRMED),),
    "provider-record-differs": (("warning", _UNCONFIRMED),),
    "drift-differs": (("info", "only the spelling differs"),),
    "drift-undeclared": (("error", "a second record makes both useless"), ("info", "it does no harm")),
}
"""By the rule's name: (severity, a clause that says when)."""
