"""At most fifty findings of one rule in one record set: what goes over is counted, and told as one."""

from collections.abc import Iterator

from linter.finding import SEVERITIES, Finding
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from linter.source.text import Span
from linter.source.typed import TypeAlias
from linter.zone.model import Record

MOST_OF_A_SET = 50
MOST_OF_A_FILE = 1000
"""Findings of one rule about a file and no record set of it."""

SetKey: TypeAlias = tuple[str, str, str, str, str]
"""Rule, path, zone, owner name and type; the last two are "" where a finding is about no record set."""


class Surplus:
    """Counts what each rule found in each record set, and keeps of what is too much only its number."""

    def __init__(self) -> None:
        self._kept: dict[SetKey, int] = {}
        self._excess: dict[SetKey, _Excess] = {}
        self._places: tuple[ZoneIndex, _Places] | None = None

    def takes(self, finding: Finding, index: ZoneIndex) -> bool:
        """Whether a new finding about a zone is one of those that are told; one that is not is counted."""
        key = self._key(finding, index)
        most = MOST_OF_A_SET if key[3] else MOST_OF_A_FILE
        count = self._kept.get(key, 0)
        if count < most:
            self._kept[key] = count + 1
            return True
        excess = self._excess.get(key)
        if excess is None:
            excess = self._excess[key] = _Excess(finding, _place(finding, key, index))
        excess.count(finding)
        return False

    def summaries(self) -> Iterator[Finding]:
        """One finding for each set of which there is more than is told, at that set."""
        for (rule, _, zone, name, kind), excess in self._excess.items():
            first = excess.first
            yield Finding(
                rule=rule,
                severity=excess.severity,
                message=f"and {len(excess.seen)} more {_where(name, kind)}",
                span=excess.span,
                help=f"fix the {MOST_OF_A_SET if name else MOST_OF_A_FILE} that are listed, and check again",
                reference=first.reference,
                related=(),
                zone=zone,
                name=name,
                type=kind,
                identity="more",
            )

    def _key(self, finding: Finding, index: ZoneIndex) -> SetKey:
        path, name, kind = finding.span.source.path, finding.name, finding.type
        if not name:
            # Most of these are few; whose records they stand in is looked up where they may be many.
            plain = (finding.rule, path, finding.zone, "", "")
            if self._places is None or self._places[0] is not index:
                self._places = (index, _Places(index))
            record = self._places[1].around(finding.span)
            if record is None:
                return plain
            name, kind = record.name, record.type
        return (finding.rule, path, finding.zone, name, kind)


def _where(name: str, kind: str) -> str:
    owner = quoted(dotless(name), 80)
    return f"in the {kind} records of {owner}" if kind else f"at {owner}" if name else "in this file"


class _Excess:
    """What is too much in one set: the first of it, where it is told, the gravest severity, and how many."""

    def __init__(self, first: Finding, span: Span) -> None:
        self.first = first
        self.span = span
        self.severity = first.severity
        self.seen: set[int] = set()

    def count(self, finding: Finding) -> None:
        """Count a finding; the same one twice is one."""
        if SEVERITIES.index(finding.severity) < SEVERITIES.index(self.severity):
            self.severity = finding.severity
        self.seen.add(hash((finding.span.start, finding.span.end, finding.message)))


class _Places:
    """The records of a zone by where they stand in their files."""

    def __init__(self, index: ZoneIndex) -> None:
        self._records: dict[int, list[Record]] = {}
        for record in index.zone.records:
            self._records.setdefault(id(record.source), []).append(record)
        for records in self._records.values():
            records.sort(key=_start)

    def around(self, span: Span) -> Record | None:
        """The record that a stretch of a file lies in."""
        records = self._records.get(id(span.source), [])
        from bisect import bisect_right  # few rules find so much

        row = bisect_right(records, span.start, key=_start) - 1
        found = records[row] if row >= 0 else None
        return found if found is not None and span.start <= found.node.end else None


def _start(record: Record) -> int:
    return record.start


def _place(finding: Finding, key: SetKey, index: ZoneIndex) -> Span:
    """Where a set is declared; what is found in another file is told there."""
    for records in index.names.get(key[3], {}).values():
        for record in records:
            span = record.name_span
            if record.type == key[4] and span.source is finding.span.source:
                return span
    return finding.span
