"""Why a search has found no zone: what the folders hold instead, and what to do about it."""

import os
from collections.abc import Iterator

from linter.finding import Finding
from linter.records.text.fault import quoted
from linter.report.shown import shown
from linter.run.files import Found
from linter.run.instead import Instead, held_instead
from linter.run.outcome import Outcome

_MOST_NAMED = 5
_WAY_OUT = (
    "zones are read in octoDNS's YAML, `example.com.yaml`, and in its own, which `mailzone schema zone` shows; "
    "`octodns-dump` writes the first from what a DNS provider or a zone file has"
)


def nothing_found(found: Found, outcome: Outcome) -> Iterator[str]:
    """The lines to say; the last is the way out."""
    places = [quoted(path, 80) for path in (*found.folders, *found.configurations)[:_MOST_NAMED]]
    skipped = len(outcome.skipped)
    more = f": {skipped:,} other YAML file{'' if skipped == 1 else 's'} skipped" if skipped else ""
    yield f"no zone file in {', '.join(places)}{more}"
    for finding in outcome.findings[:_MOST_NAMED]:
        yield _line(finding)
    seen = held_instead(found.folders)
    yield from (_seen(kind) for kind in seen)
    yield _WAY_OUT


def _line(finding: Finding) -> str:
    line = finding.span.source.position(finding.span.start).line
    return f"{shown(finding.span.source.path)}:{line}: {finding.message}"


def _seen(kind: Instead) -> str:
    named = [quoted(os.path.normpath(path), 80) for path in kind.paths[:_MOST_NAMED]]
    left = len(kind.paths) - len(named)
    listed = f"{', '.join(named)}{f' and {left:,} more' if left else ''}"
    return f"it has {listed}: {kind.what}"
