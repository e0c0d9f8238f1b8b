"""The estate at one moment of a plan: the texts of its files, the record sets they publish, and who does what."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from linter.edit.change import CannotEdit, Change
from linter.edit.zone_file import edited
from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.senders import Sender
from linter.facts.transport.sts_policies import PolicyFile
from linter.finding import Finding
from linter.intent.model import Intent, Mail
from linter.lookup.answer import Exchange, Resolver
from linter.records.text.name import ancestors, shown
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.source.typed import Protocol
from linter.zone.document import Document
from linter.zone.presented import presented

Pair = tuple[str, str]
"""An absolute name and a record type; or such a name and the name of a system."""
USUAL_TTL = 3600
"""Seconds where neither a record nor its file says any: the default of octoDNS."""


class RecordSet(Frozen):
    """A record set as it is published: values in presentation format, and seconds, None for the usual ones."""

    ttl: int | None
    values: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """How long caches may keep it."""
        return USUAL_TTL if self.ttl is None else self.ttl


def record_sets(zones: Iterable[Facts]) -> Mapping[Pair, RecordSet]:
    """Every record set of some zones."""
    found: dict[Pair, RecordSet] = {}
    for facts in zones:
        for record in facts.zone.records:
            values = tuple(text for value in record.values if (text := presented(value)) is not None)
            known = found.get((record.name, record.type))
            ttl = record.ttl if known is None else known.ttl
            found[record.name, record.type] = RecordSet(ttl, (*(known.values if known else ()), *values))
    return found


class Soa(Frozen):
    """What the SOA of a zone says, in seconds, and who told: `origin` is "" where it is assumed."""

    ttl: int
    minimum: int
    refresh: int | None
    origin: str

    @property
    def negative(self) -> int:
        """How long it may be kept that there is nothing (RFC 2308 section 5)."""
        return min(self.ttl, self.minimum)


class Built(Protocol):
    """An estate read from texts, under one declaration."""

    @property
    def resolver(self) -> Resolver:
        """The zones, then what is known beyond them."""
        ...

    @property
    def facts(self) -> Mapping[str, Facts]:
        """The facts of each zone by its name."""
        ...

    @property
    def sets(self) -> Mapping[Pair, RecordSet]:
        """Every record set of the zones."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What all rules that are switched on find."""
        ...

    @property
    def policies(self) -> Mapping[str, PolicyFile]:
        """The MTA-STS policy files by mail domain."""
        ...

    def documents(self, zone: str) -> tuple[tuple[Document, Callable[[Source], Document]], ...]:
        """The files of a zone, each with what reads another text in its place."""
        ...


class World(Protocol):
    """What a plan asks of the world around it."""

    def build(self, texts: Mapping[str, str], intent: Intent) -> Built:
        """The estate with some files having another text than on disk; the declaration counts before all others."""
        ...

    def soa(self, zone: str) -> Soa | None:
        """What somebody has recorded of a zone's SOA."""
        ...


class Behaviour(Frozen):
    """Who does what outside DNS: `intent` says who receives and sends at this moment.

    `listening` are those who accept mail for a name, `homes` those who hold mailboxes of it, both by name and system.
    """

    intent: Intent
    listening: frozenset[Pair]
    homes: frozenset[Pair]


class View:
    """One moment as laws see it: records, resolver, declared mail, the sender matrix.

    `promised` are sets whose values only a vendor can show: they count as published.
    """

    def __init__(
        self, world: World, texts: Mapping[str, str], behaviour: Behaviour, promised: frozenset[Pair] = frozenset()
    ) -> None:
        self.world = world
        self.texts = texts
        self.behaviour = behaviour
        self.promised = promised
        self.built = world.build(texts, behaviour.intent)
        self._under: dict[int, View] = {}

    @property
    def resolver(self) -> Resolver:
        """The zones, then what is known beyond them."""
        return self.built.resolver

    @property
    def sets(self) -> Mapping[Pair, RecordSet]:
        """Every record set of the zones."""
        return self.built.sets

    @cached_property
    def entries(self) -> Mapping[str, Mail]:
        """What is declared for each name of the zones."""
        return {mail.name.text: mail for facts in self.built.facts.values() for mail in declared_mail(facts).entries}

    @cached_property
    def sending(self) -> frozenset[Pair]:
        """Who sends as which name."""
        return frozenset((name, word.text) for name, mail in self.entries.items() for word in mail.sends or ())

    def rows(self, name: str) -> tuple[Sender, ...]:
        """The sender matrix of a name."""
        facts, mail = self.facts_of(name), self.entries.get(name)
        return declared_mail(facts).senders(mail) if facts is not None and mail is not None else ()

    @cached_property
    def matrix(self) -> Mapping[Pair, Sender]:
        """The rows of all names, by name and system."""
        return {(name, row.needs.name): row for name in self.entries for row in self.rows(name)}

    def zone_of(self, name: str) -> str:
        """The deepest zone that a name lies in, "" where none of the estate does."""
        return next((above for above in ancestors(name) if above in self.built.facts), "")

    def facts_of(self, name: str) -> Facts | None:
        """The facts of the zone that a name lies in."""
        return self.built.facts.get(self.zone_of(name))

    def hosts(self, name: str) -> tuple[str, ...]:
        """The mail hosts of a name, as resolvers see them; the null MX is none."""
        values = self.resolver.lookup(name, "MX").values
        return tuple(value.host for value in values if isinstance(value, Exchange) and value.host != ".")

    def texts_at(self, name: str) -> tuple[str, ...]:
        """The texts at a name, as resolvers see them."""
        return tuple(value for value in self.resolver.lookup(name, "TXT").values if isinstance(value, str))

    def takers(self, name: str, host: str) -> tuple[str, ...]:
        """The declared systems that a mail host of a name belongs to."""
        facts = self.facts_of(name)
        systems = declared_mail(facts).systems if facts is not None else {}
        return tuple(key for key, needs in systems.items() if needs.takes(host))

    def under(self, behaviour: Behaviour) -> "View":
        """The same records while others do other things; several laws ask for the same."""
        if id(behaviour) not in self._under:
            self._under[id(behaviour)] = View(self.world, self.texts, behaviour, self.promised)
        return self._under[id(behaviour)]

    def promising(self, pairs: Iterable[Pair]) -> "View":
        """The same moment with more sets that only a vendor can show."""
        return View(self.world, self.texts, self.behaviour, self.promised | frozenset(pairs))

    def with_files(self, texts: Mapping[str, str]) -> "View":
        """The estate with other texts in the place of some files."""
        return View(self.world, {**self.texts, **texts}, self.behaviour, self.promised)

    def changed(self, changes: Iterable[Change]) -> "View":
        """The estate after changes of record sets. Raises CannotEdit, with the name in its reason."""
        by_zone: dict[str, list[Change]] = {}
        for change in changes:
            by_zone.setdefault(self.zone_of(change.name), []).append(change)
        texts = dict(self.texts)
        for zone, wanted in by_zone.items():
            if not zone:
                raise CannotEdit(f"{shown(wanted[0].name)} lies in none of the zones")
            for place, held in self._by_file(zone, wanted).items():
                document, read = self.built.documents(zone)[place]
                try:
                    texts[document.source.path] = edited(document, held, read)
                except CannotEdit as error:
                    what = ", ".join(f"{change.type} of {shown(change.name)}" for change in held[:3])
                    raise CannotEdit(f"{document.source.path}: {what}: {error}") from error
        return View(self.world, texts, self.behaviour, self.promised)

    def _by_file(self, zone: str, changes: list[Change]) -> dict[int, list[Change]]:
        """Changes by the file of a zone that holds the set, else the name, else the first."""
        documents = [document.source for document, _ in self.built.documents(zone)]
        records = self.built.facts[zone].zone.records
        found: dict[int, list[Change]] = {}
        for change in changes:
            same = [record for record in records if record.name == change.name]
            own = [record for record in same if record.type == change.type] or same
            source = own[0].source if own else documents[0]
            place = next((row for row, each in enumerate(documents) if each.path == source.path), 0)
            found.setdefault(place, []).append(change)
        return found
