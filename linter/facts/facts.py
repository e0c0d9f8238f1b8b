"""All that rules may know about one zone: its records sorted, and a resolver for what lies elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from linter.facts.hosts.reserved_names import NotPublic
from linter.lookup.answer import Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.providers.publishing import Publishing as Publishing
from linter.records.spf.record import Spf
from linter.records.text.name import ancestors
from linter.zone.model import Mx, Record, Zone

from . import targets
from .hosts import reserved_names
from .targets import Pointer
from .texts import KeyText, Parsers, SpfText, Texts, sort_texts

if TYPE_CHECKING:
    from linter.facts.dkim.key_sets import KeySet
    from linter.facts.dmarc.places import DmarcPlaces
    from linter.facts.dmarc.policy import DmarcPolicies
    from linter.facts.drift.drift import Drift
    from linter.facts.drift.expected import Expectations
    from linter.facts.mail.declared_mail import DeclaredMail
    from linter.facts.spf.cases import SpfCase
    from linter.facts.spf.misplaced import Astray
    from linter.facts.spf.names import AskedName
    from linter.facts.spf.tree import SpfTrees
    from linter.facts.transport.sts_policies import PolicyFile
    from linter.intent.model import Intent
    from linter.lookup.served import Served

    from .triggers import Trigger


class Estate(Protocol):
    """What rules may ask about all declared zones together."""

    def aliases_to(self, name: str) -> tuple[str, ...]:
        """The absolute names of all declared CNAMEs that point to `name`."""
        ...

    def zones_with_key(self, base64: str) -> tuple[ZoneIndex, ...]:
        """The zones whose files hold a DKIM key, by the text of its `p=` without blanks."""
        ...

    def public_suffix(self, name: str) -> str:
        """The public suffix of an absolute name, absolute itself."""
        ...

    def index_of(self, name: str) -> ZoneIndex | None:
        """The declared zone of exactly that name."""
        ...

    def all_zones(self) -> tuple[str, ...]:
        """The names of all zones where it is known which there are; none where others may lie elsewhere."""
        ...

    def spf_trees(self, parse: Callable[[str], Spf]) -> "SpfTrees":
        """The SPF trees over all that is known here; the same for every zone, so that each record is counted once."""
        ...

    def mentions(self, name: str) -> bool:
        """Whether the name, without its final dot, stands anywhere in the files."""
        ...


class Facts:
    """The facts about one zone; computed when first asked for, then kept."""

    def __init__(
        self,
        index: ZoneIndex,
        resolver: Resolver,
        estate: Estate,
        publishing: Publishing,
        parsers: Parsers,
        policies: "Mapping[str, PolicyFile] | None" = None,
        declared: "Intent | None" = None,
    ) -> None:
        self.index = index
        self.resolver = resolver
        self.estate = estate
        self.publishing = publishing
        self.parsers = parsers
        self.policies = policies or {}
        self._declared = declared
        self.served: Served | None = None
        """What the zone's servers say; None where nobody asked them."""
        self.is_seen = False
        self.is_internal = False
        """Whether the zone is not public: it may name what is inside, and nobody outside asks for its policies."""

    @property
    def zone(self) -> Zone:
        """The zone as declared."""
        return self.index.zone

    @property
    def is_inside(self) -> bool:
        """Whether nobody outside sees the zone: it is declared internal, or its name is one of such zones."""
        return self.is_internal or reserved_names.is_inside(self.zone.name)

    def not_public(self, name: str) -> NotPublic | None:
        """Why nobody outside finds an absolute name that the zone points to; None where somebody may.

        In a zone that nobody outside sees, and in one with a name for examples, only what no DNS can hold is such.
        """
        found = reserved_names.not_public(name)
        return None if found is not None and not found.is_impossible and self.takes_inside_names else found

    @property
    def takes_inside_names(self) -> bool:
        """Whether names from inside are in order: the zone is declared internal, or has a reserved name itself."""
        return self.is_internal or reserved_names.reserved(self.zone.name) is not None

    def zone_at(self, name: str) -> ZoneIndex | None:
        """The deepest declared zone that an absolute name lies in."""
        for above in ancestors(name):
            found = self.index if above == self.zone.name else self.estate.index_of(above)
            if found is not None:
                return found
        return None

    def records(self, *kinds: str) -> list[Record]:
        """All records of these types, in the order of the files within each type."""
        return [record for kind in kinds for record in self.index.by_type.get(kind, ())]

    @cached_property
    def texts(self) -> Texts:
        """Every TXT value, sorted and parsed."""
        return sort_texts(self.records("TXT"), self.parsers)

    @cached_property
    def spf_by_name(self) -> dict[str, list[SpfText]]:
        """The SPF records of each name that has one."""
        return _by_name(self.texts.spf)

    def odd_names(self, text: SpfText) -> "Iterator[AskedName]":
        """The names that a record asks for and that nobody finds from outside, but those that are in order here."""
        from linter.facts.spf.names import odd_names

        return (each for each in odd_names(text.spf) if each.found.is_impossible or not self.takes_inside_names)

    @cached_property
    def spf_cases(self) -> "tuple[SpfCase, ...]":
        """The SPF records that ask DNS, each with its tree."""
        from linter.facts.spf.cases import spf_cases  # records that ask nothing need no tree

        return spf_cases(self.texts.spf, self.estate.spf_trees(self.parsers.spf))

    @cached_property
    def spf_astray(self) -> "tuple[Astray, ...]":
        """The SPF records that were meant for another name, where mail comes from."""
        from linter.facts.spf.misplaced import spf_astray

        return spf_astray(self)

    @cached_property
    def mail_hosts(self) -> dict[str, list[Mx]]:
        """The MX values of each name that has one."""
        hosts: dict[str, list[Mx]] = {}
        for record in self.records("MX"):
            hosts.setdefault(record.name, []).extend(value for value in record.values if isinstance(value, Mx))
        return {name: values for name, values in hosts.items() if values}

    @cached_property
    def targets(self) -> list[Pointer]:
        """Every name that a value points to, with its record."""
        return list(targets.pointers(self.records(*targets.TYPES)))

    @property
    def autodiscover_targets(self) -> list[Pointer]:
        """The names that Autodiscover records point to, but what is no name at all."""
        return [pointer for pointer in self.targets if targets.is_autodiscover(pointer)]

    @cached_property
    def misplaced_keys(self) -> tuple[KeyText, ...]:
        """The DKIM keys at names where no verifier comes: no selectors, and no CNAME of the estate leads there."""
        from linter.facts.dkim.selectors import is_reached

        names = {text.record.name for text in self.texts.stray_keys}
        lost = {name for name in names if not is_reached(name, self.estate.aliases_to)}
        return tuple(text for text in self.texts.stray_keys if text.record.name in lost)

    @cached_property
    def key_sets(self) -> "tuple[KeySet, ...]":
        """The TXT values that verifiers find, by selector, or by the name that a selector's CNAME leads to."""
        from linter.facts.dkim.key_sets import key_sets

        lost = {text.record.name for text in self.misplaced_keys}
        reached = (text for text in self.texts.stray_keys if text.record.name not in lost)
        return key_sets((*self.texts.keys, *reached))

    @cached_property
    def dmarc(self) -> "DmarcPlaces":
        """The DMARC texts by what they are at their places."""
        from linter.facts.dmarc.places import dmarc_places  # what only the rules about DMARC need is loaded with them

        return dmarc_places(self.texts, self.index, self.estate.aliases_to)

    @cached_property
    def dmarc_policies(self) -> "DmarcPolicies":
        """Which DMARC record governs a name, of this zone or any other."""
        from linter.facts.dmarc.policy import DmarcPolicies

        return DmarcPolicies(self.resolver, self.estate.public_suffix, self.parsers.dmarc)

    @property
    def wider_intent(self) -> "Intent | None":
        """What the configuration alone declares about mail, of whatever zone."""
        return self._declared

    @cached_property
    def intent(self) -> "Intent | None":
        """What is declared about mail: in the zone's own files, then in the configuration; None for nothing."""
        own, wider = self.zone.intent, self._declared
        return own.over(wider) if own is not None and wider is not None else own or wider

    @cached_property
    def mail(self) -> "DeclaredMail":
        """Who is declared to receive and send for the names of this zone, and what that asks of the records."""
        from linter.facts.mail.declared_mail import DeclaredMail

        return DeclaredMail(self)

    @cached_property
    def expectations(self) -> "Expectations":
        """What the files say that the zone's servers must answer."""
        from linter.facts.drift.expected import Expectations

        return Expectations(self.index)

    @cached_property
    def drift(self) -> "Drift | None":
        """The zone held against what its servers say; None where nobody asked them."""
        if self.served is None:
            return None
        from linter.facts.drift.drift import Drift

        return Drift(self, self.served)

    @cached_property
    def sts_policies(self) -> "dict[str, PolicyFile]":
        """The MTA-STS policy files of the zone's mail domains, by domain; the configuration names them."""
        if not self.policies:
            return {}
        from linter.facts.transport.sts_policies import policies_of

        return policies_of(self.zone.name, self.policies)

    @cached_property
    def triggers(self) -> "frozenset[Trigger]":
        """What the zone holds in the coarse, by which rules are loaded."""
        from .triggers import triggers

        return triggers(self)


def _by_name(found: list[SpfText]) -> dict[str, list[SpfText]]:
    names: dict[str, list[SpfText]] = {}
    for text in found:
        names.setdefault(text.record.name, []).append(text)
    return names
