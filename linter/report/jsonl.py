"""Findings as JSON Lines: one object a line, each as in the list of the JSON report."""

import json
from collections.abc import Iterable, Iterator

from linter.finding import Finding

from .json_format import finding_entry


def jsonl(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding; a clean run has none."""
    return (json.dumps(finding_entry(finding)) for finding in findings)
