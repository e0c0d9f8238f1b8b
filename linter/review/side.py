"""One side of a review: the facts of an estate at one moment, as the ordering laws want to see it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from linter.facts.facts import Facts
from linter.facts.transport.sts_policies import PolicyFile
from linter.finding import Finding
from linter.intent.model import Intent
from linter.lookup.answer import Resolver
from linter.plan.estate import Behaviour, Pair, RecordSet, Soa, View, record_sets
from linter.report.suppressed import Suppressed
from linter.source.text import Source, Span
from linter.zone.document import Document
from linter.zone.model import Record

from .model import Place

_KEYS = "._domainkey."
NO_INTENT = Intent({}, {})


def _as_given(path: str) -> str:
    return path


class Side:
    """Zones that a change concerns, at one moment; `resolver` answers for all of the estate.

    `label` is how the moment is called. `findings` are those of the zones, `soa` tells what is recorded of a zone's
    SOA. `path_of` makes a path of the moment one of the work tree, `clean` does so with those in a sentence. `unread`
    are zones whose files are there and cannot be read. `held` are findings that do not count.
    """

    def __init__(
        self,
        label: str,
        facts: Iterable[Facts],
        resolver: Resolver,
        findings: Iterable[Finding] = (),
        policies: Mapping[str, PolicyFile] | None = None,
        soa: Callable[[str], Soa | None] = lambda zone: None,
        path_of: Callable[[str], str] = _as_given,
        clean: Callable[[str], str] = _as_given,
        unread: Iterable[str] = (),
        held: Iterable[Suppressed] = (),
    ) -> None:
        self.label = label
        self.facts: Mapping[str, Facts] = {each.zone.name: each for each in facts if each.zone.name}
        self.resolver = resolver
        self.findings = tuple(each._replace(message=clean(each.message), help=clean(each.help)) for each in findings)
        self.policies = policies or {}
        self._soa = soa
        self._paths: dict[str, str] = {}
        self.path_of = path_of
        self.clean = clean
        self.unread = frozenset(unread) - {""}
        self.held = tuple(held)

    @cached_property
    def declared(self) -> Intent:
        """All that is declared about mail."""
        found = NO_INTENT
        met: list[Intent] = []
        for facts in self.facts.values():
            for own in (facts.zone.intent, facts.wider_intent):
                if own is not None and not any(own is each for each in met):
                    met.append(own)
        for each in reversed(met):
            found = each.over(found)
        return found

    @cached_property
    def sets(self) -> Mapping[Pair, RecordSet]:
        """Every record set of the zones."""
        return record_sets(self.facts.values())

    @cached_property
    def key_targets(self) -> Mapping[str, list[str]]:
        """Where the selectors of each domain lead that are aliases."""
        found: dict[str, list[str]] = {}
        for (name, kind), held in self.sets.items():
            if kind == "CNAME" and _KEYS in name:
                found.setdefault(name.rpartition(_KEYS)[2], []).extend(held.values)
        return found

    @cached_property
    def plain(self) -> View:
        """The moment with nothing said of who does what."""
        return self.view(Behaviour(NO_INTENT, frozenset(), frozenset()))

    def view(self, behaviour: Behaviour) -> View:
        """The moment while others do these things."""
        return View(self, {}, behaviour)

    def build(self, texts: Mapping[str, str], intent: Intent) -> "_Built":
        """The same zones under another declaration; `texts` is empty, for nothing is edited here."""
        return _Built(self, intent)

    def soa(self, zone: str) -> Soa | None:
        """What somebody has recorded of a zone's SOA."""
        return self._soa(zone)

    @cached_property
    def entries(self) -> Mapping[Pair, tuple[Record, ...]]:
        """The entries of each record set."""
        found: dict[Pair, list[Record]] = {}
        for facts in self.facts.values():
            for record in facts.zone.records:
                found.setdefault((record.name, record.type), []).append(record)
        return {pair: tuple(records) for pair, records in found.items()}

    def file(self, pair: Pair) -> str:
        """The file in which a set is written, "" for none."""
        records = self.entries.get(pair)
        return self._path(records[0].source.path) if records else ""

    def _path(self, path: str) -> str:
        if path not in self._paths:
            self._paths[path] = self.path_of(path)
        return self._paths[path]

    def place(self, pair: Pair) -> Place | None:
        """Where a set is written."""
        records = self.entries.get(pair)
        return self.place_of(records[0].source, records[0].start) if records else None

    def place_of(self, source: Source, offset: int) -> Place:
        """A place of this moment."""
        path = self._path(source.path)
        text = source if path == source.path else Source(path, source.text)
        return Place(path, source.position(offset).line, Span(text, offset, offset))

    def shown(self, finding: Finding) -> Finding:
        """A finding with the paths of the work tree."""
        related = tuple(each._replace(span=self._span(each.span)) for each in finding.related)
        return finding._replace(span=self._span(finding.span), related=related)

    def _span(self, span: Span) -> Span:
        path = self._path(span.source.path)
        return span if path == span.source.path else span._replace(source=Source(path, span.source.text))


class _Built:
    """The facts of a side under one declaration."""

    def __init__(self, side: Side, intent: Intent) -> None:
        self.resolver: Resolver = side.resolver
        self.findings = side.findings
        self.policies = side.policies
        self.sets = side.sets
        self.facts: Mapping[str, Facts] = {name: _under(facts, intent) for name, facts in side.facts.items()}

    def documents(self, zone: str) -> tuple[tuple[Document, Callable[[Source], Document]], ...]:
        """None: nothing is edited here."""
        return ()


def _under(facts: Facts, intent: Intent) -> Facts:
    """The same zone with another declaration in the place of all that is declared."""
    held = Facts(facts.index, facts.resolver, facts.estate, facts.publishing, facts.parsers, facts.policies)
    held.sole_intent, held.is_internal = intent, facts.is_internal
    return held
