"""What makes a finding the same one when its line moves: 16 hex digits that know no line and no path."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from linter.finding import Finding

_MOST_CHARACTERS = 10_000
"""Of a marked text; no two findings of one owner differ only behind that."""


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """The fingerprint of each finding, in their order.

    The first 16 hex digits of SHA-256 over rule, owner, type and the text that the carets underline, parted by null
    characters; for something missing no text, since that is the place that needs it and not what is wrong. Equal ones
    are told apart by a counter.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        key = (finding.rule, finding.name.lower(), finding.type, _marked(finding))
        parts = (*key, str(seen[key])) if seen[key] else key
        seen[key] += 1
        yield sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _marked(finding: Finding) -> str:
    if "missing" in finding.rule.split("-"):
        return ""
    return finding.span.text[:_MOST_CHARACTERS]
