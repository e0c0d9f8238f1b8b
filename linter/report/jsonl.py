"""Findings as JSON Lines: one object a line, each as in the list of the JSON report."""

import json
from collections.abc import Iterator

from .fingerprint import marked
from .formats import Report
from .json_format import finding_entry


def lines(report: Report) -> Iterator[str]:
    """A line for each finding; a clean run has none."""
    return (json.dumps(finding_entry(finding, mark)) for finding, mark in marked(report.findings))
