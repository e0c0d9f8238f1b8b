"""The world of a plan: estates built from texts under one declaration, their findings, and recorded SOA records."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from linter.config.settings import ActiveRules, Settings
from linter.facts.facts import Facts
from linter.facts.transport.sts_policies import PolicyFile, policy_file
from linter.finding import Finding
from linter.intent.model import Intent
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.lookup.recorded import Recording
from linter.plan.estate import Pair, RecordSet, Soa, record_sets
from linter.source.text import Source
from linter.source.typed import TypeAlias
from linter.zone.document import Document

from .check import Checker
from .crashes import Crash
from .estate import Estate, ZoneFiles
from .refused import Refused
from .zone_documents import Read, documents_to_edit

Estates: TypeAlias = Callable[[], Iterable[tuple[Estate, list[str]]]]
"""Makes the estates anew, each with the files of it that the plan is about."""


class Planning:
    """Builds estates for a plan; what was built is kept. Raises Refused, Unreadable."""

    def __init__(
        self, estates: Estates, rules: ActiveRules, settings: Settings, recordings: Iterable[Recording]
    ) -> None:
        self._estates = estates
        self._rules = rules
        self._settings = settings
        self._recordings = tuple(recordings)
        self._known: dict[tuple[frozenset[tuple[str, str]], int], Built] = {}

    def build(self, texts: Mapping[str, str], intent: Intent) -> "Built":
        """The estate with some files having another text than on disk."""
        key = (frozenset(texts.items()), id(intent))
        if key not in self._known:
            self._known[key] = Built(self._estates(), self._rules, self._settings, texts, intent)
        return self._known[key]

    def declared(self) -> Intent:
        """What the configuration and the zones themselves declare before the plan."""
        found = self._settings.intent or Intent({}, {})
        for estate, files in self._estates():
            done: set[ZoneFiles] = set()
            for _, _, index in Checker(self._rules, self._settings).opened(files, estate, done):
                own = index.zone.intent if index is not None else None
                found = own.over(found) if own is not None else found
        return found

    def soa(self, zone: str) -> Soa | None:
        """What the lock or a file of answers has recorded of a zone's SOA."""
        return recorded_soa(self._recordings, zone)


def recorded_soa(recordings: Iterable[Recording], zone: str) -> Soa | None:
    """What recorded answers say of a zone's SOA; None where they say nothing."""
    for recording in recordings:
        written = recording.written.get((zone, "SOA"))
        fields = written.values[0].split() if written is not None and written.values else []
        if written is None or len(fields) < 7 or not all(map(_is_number, fields[-4:])):
            continue
        refresh, minimum = int(fields[-4]), int(fields[-1])
        # What a resolver has told may be what was left of the TTL; a zone's own servers tell all of it.
        is_whole = zone in recording.compared and written.ttl is not None
        ttl = written.ttl if is_whole and written.ttl is not None else minimum
        return Soa(ttl, minimum, refresh, recording.path)
    return None


class Built:
    """Estates read from texts; what is declared in `intent` counts before what the zones and their configuration say.

    It holds on to that declaration, by whose identity it is known. Raises Refused where something
    was not read or judged.
    """

    def __init__(
        self,
        estates: Iterable[tuple[Estate, list[str]]],
        rules: ActiveRules,
        settings: Settings,
        texts: Mapping[str, str],
        intent: Intent,
    ) -> None:
        self.intent = intent
        self.policies = {domain: _policy(held, texts) for domain, held in settings.mta_sts.items()}
        self._checker = Checker(rules, settings._replace(intent=intent, mta_sts=self.policies))
        self._held: dict[str, tuple[Estate, ZoneFiles]] = {}
        self.facts: dict[str, Facts] = {}
        resolvers = []
        for estate, files in estates:
            resolvers.append(estate.resolver)
            self._read(estate, files, texts)
        self.resolver: Resolver = resolvers[0] if len(resolvers) == 1 else Chain(resolvers)
        self._refuse_gaps()

    def _read(self, estate: Estate, files: list[str], texts: Mapping[str, str]) -> None:
        for path in files:
            if path in texts:
                estate.add(Source(path, texts[path]))
        done: set[ZoneFiles] = set()
        for zone, _, index in self._checker.opened(files, estate, done):
            if index is not None:
                facts = self._checker.facts(index, estate)
                facts.sole_intent = self.intent
                self.facts[index.zone.name] = facts
                self._held[index.zone.name] = (estate, zone)

    @cached_property
    def sets(self) -> Mapping[Pair, RecordSet]:
        """Every record set of the zones."""
        return record_sets(self.facts.values())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What all rules that are switched on find in all zones."""
        for facts in self.facts.values():
            self._checker.judge(facts)
        self._refuse_gaps()
        return self._checker.outcome().findings

    def _refuse_gaps(self) -> None:
        """Raise Refused where a file or a rule has failed: what they would have said might forbid a step."""
        crashes = self._checker.crashes
        if crashes.is_any:
            unread = [f"cannot read {path}: {reason}" for path, reason in crashes.unreadable]
            raise Refused(*unread, *(_failed(crash) for crash in crashes.all()))

    def documents(self, zone: str) -> tuple[tuple[Document, Read], ...]:
        """The files of a zone, each with what reads another text in its place."""
        estate, files = self._held[zone]
        return documents_to_edit(estate, files)


def _failed(crash: Crash) -> str:
    where = f"{crash.what} failed on {crash.path or crash.zone.removesuffix('.')}"
    return f"{where}: {crash.reason}; the plan cannot be judged without it, please report this fault of mailzone"


def _policy(held: PolicyFile, texts: Mapping[str, str]) -> PolicyFile:
    text = texts.get(held.source.path)
    if text is None:
        return held
    return policy_file(held.path, Source(held.source.path, text), len(text.encode()))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 11
