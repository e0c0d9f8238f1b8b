"""What rules are written with: those of other people, and our own.

A rule is a function of `Facts` that yields complaints, declared by `rule`, and a page of Markdown with its name.
Promised are the names in `__all__` and what their docstrings say; what lies below `linter` may change at any time.
"""

from linter.facts.facts import Facts
from linter.facts.triggers import (
    ALLOWED,
    ANSWERED,
    AUTODISCOVER,
    BIMI,
    CNAME,
    DKIM,
    DKIM_ALIAS,
    DMARC,
    FILE,
    INTENT,
    MTA_STS,
    MTA_STS_POLICY,
    MX,
    RECORDS,
    SEEN,
    SERVED,
    SPF,
    SPF_LOOKUPS,
    SPF_RANGES,
    SRV,
    TLS_RPT,
    TLSA,
    Trigger,
)
from linter.finding import At, Complaint, Fix, Related, complaint
from linter.rules.complaints import complaint_of
from linter.rules.rule import ERROR, INFO, OFF, WARNING, Rule, Severity, fault_rules, rule
from linter.zone.rewriting import rewrite_text

__all__ = [
    "ALLOWED",
    "ANSWERED",
    "AUTODISCOVER",
    "BIMI",
    "CNAME",
    "DKIM",
    "DKIM_ALIAS",
    "DMARC",
    "ERROR",
    "FILE",
    "INFO",
    "INTENT",
    "MTA_STS",
    "MTA_STS_POLICY",
    "MX",
    "OFF",
    "RECORDS",
    "SEEN",
    "SERVED",
    "SPF",
    "SPF_LOOKUPS",
    "SPF_RANGES",
    "SRV",
    "TLSA",
    "TLS_RPT",
    "WARNING",
    "At",
    "Complaint",
    "Facts",
    "Fix",
    "Related",
    "Rule",
    "Severity",
    "Trigger",
    "complaint",
    "complaint_of",
    "fault_rules",
    "rewrite_text",
    "rule",
]
