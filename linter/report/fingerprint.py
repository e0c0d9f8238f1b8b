"""What makes a finding the same one when its line moves: 16 hex digits that know no line and no path."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from linter.finding import Finding
from linter.source.typed import TypeAlias

_MOST_CHARACTERS = 10_000
"""Of a marked text; what two findings have alike so far is told apart by the counter."""

ABOUT_WHAT_IS_NOT_THERE = frozenset({
    "autodiscover-missing", "bimi-without-enforcement", "client-service-missing", "dkim-key-missing",
    "dmarc-enforced-without-dkim", "dmarc-expected-report-address-missing", "dmarc-missing", "dmarc-no-reports",
    "drift-delegation-differs", "drift-not-delegated", "drift-zone-missing", "drift-zone-unreachable",
    "dmarc-none-without-reports", "drift-undeclared", "intent-dkim-missing", "intent-no-mail-incomplete",
    "mta-sts-host-missing", "mta-sts-without-mx", "mta-sts-without-tls-rpt", "provider-record-missing", "spf-missing",
    "spf-missing-all", "spf-missing-for-mail-host",
})  # fmt: skip
"""Rules whose findings are told at what creates the need, for there is nothing else to point at."""


Kind: TypeAlias = tuple[str, str, str, str]


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """The fingerprint of each finding, in their order.

    The first 16 hex digits of SHA-256 over rule, owner, type and what is marked, parted by null characters. That is the
    text under the carets, whatever its blanks; of something missing nothing, since the carets are at what needs it; of
    a finding whose place and message change its `identity`. Equal ones are told apart by a counter.
    """
    seen: Counter[Kind] = Counter()
    for finding in findings:
        key = kind_of(finding)
        parts: tuple[str, ...] = (*key, str(seen[key])) if seen[key] else key
        seen[key] += 1
        yield sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def kind_of(finding: Finding) -> Kind:
    """What equal findings have alike: rule, owner, type and what is marked."""
    return (finding.rule, (finding.name or finding.zone).lower(), finding.type, _mark(finding))


def marked(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint."""
    held = list(findings)
    return zip(held, fingerprints(held), strict=True)


def _mark(finding: Finding) -> str:
    if finding.identity:
        return f"\0{finding.identity}"  # which no text under carets begins with
    if finding.rule in ABOUT_WHAT_IS_NOT_THERE:
        return ""
    start, end = finding.span.start, min(finding.span.end, finding.span.start + _MOST_CHARACTERS)
    return " ".join(finding.span.source.text[start:end].split())
