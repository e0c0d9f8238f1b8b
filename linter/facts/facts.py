"""All that rules may know about one zone: its records sorted, and a resolver for what lies elsewhere."""

from collections.abc import Callable, Mapping
from functools import cached_property, wraps

from linter.facts.demands import Demands
from linter.facts.hosts.reserved_names import NotPublic
from linter.lookup.answer import Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.providers.publishing import Publishing as Publishing
from linter.records.spf.record import Spf
from linter.records.text.name import ancestors
from linter.source.typed import TYPE_CHECKING, Any, Protocol, TypeVar
from linter.zone.model import Mx, Record, Zone

from . import targets
from .hosts import reserved_names
from .targets import Pointer
from .texts import Parsers, SpfText, Texts, sort_texts

if TYPE_CHECKING:
    from linter.facts.spf.tree import SpfTrees
    from linter.facts.transport.sts_policies import PolicyFile
    from linter.intent.model import Intent
    from linter.lookup.served import Served

    from .allowed import Allowed
    from .used_answers import UsedAnswers

T = TypeVar("T")
_NO_DEMANDS = Demands()
_KEPT = ("texts", "spf_by_name", "mail_hosts", "targets")
"""What facts keep as attributes, since nearly every rule asks for it."""


class Estate(Protocol):
    """What rules may ask about all declared zones together."""

    def aliases_to(self, name: str) -> tuple[str, ...]:
        """The absolute names of all declared CNAMEs that point to `name`."""
        ...

    def has_exchange(self, name: str) -> bool:
        """Whether a declared MX record names a host, by its absolute name."""
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

    @property
    def report_addresses(self) -> tuple[str, ...]:
        """What DMARC records anywhere in the files have as `rua`, whole and in lower case, the most frequent first."""
        ...

    def mentions(self, name: str) -> bool:
        """Whether the name, without its final dot, stands anywhere in the files."""
        ...


class Facts:
    """What is known of one zone. What follows from it are functions of it, which `once` keeps the results of."""

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
        self.zone: Zone = index.zone
        """The zone as declared."""
        self.resolver = resolver
        self.estate = estate
        self.publishing = publishing
        self.parsers = parsers
        self.policies = policies or {}
        self.wider_intent = declared
        """What the configuration alone declares about mail, of whatever zone."""
        self.sole_intent: Intent | None = None
        """What counts in the place of all that is declared, as in a plan; None for the declarations."""
        self.known: dict[Callable[[Facts], Any], Any] = {}
        """What was found, by the function that finds it."""
        self.served: Served | None = None
        """What the zone's servers say; None where nobody asked them."""
        self.is_seen = False
        self.used: tuple[UsedAnswers, ...] = ()
        """The recordings whose answers were used for other zones; such facts are about no zone."""
        self.demands = _NO_DEMANDS
        """What the profile in force demands of every domain."""
        self.allowed: Allowed | None = None
        """What the profile in force allows; None where it has no such lists."""
        self.is_internal = False
        """Whether the zone is not public: it may name what is inside, and nobody outside asks for its policies."""
        self._nowhere: set[str] = set()

    def once(self, fact: Callable[["Facts"], T]) -> T:
        """What a function finds; it is called at the first time."""
        known = self.known
        if fact not in known:
            known[fact] = fact(self)
        found: T = known[fact]
        return found

    def let_go(self) -> None:
        """Forget what was found, some of which refers back to the facts: the collector is off while mailzone runs."""
        self.known.clear()
        for name in _KEPT:
            self.__dict__.pop(name, None)

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
        own, nowhere, passed = self.zone.name, self._nowhere, []
        for above in ancestors(name):
            if above in nowhere:
                break
            found = self.index if above == own else self.estate.index_of(above)
            if found is not None:
                return found
            passed.append(above)
        nowhere.update(passed)  # most hosts of a zone are below a few names of other people's
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
        names: dict[str, list[SpfText]] = {}
        for text in self.texts.spf:
            names.setdefault(text.record.name, []).append(text)
        return names

    @cached_property
    def mail_hosts(self) -> dict[str, list[Mx]]:
        """The MX values of each name that has one."""
        hosts: dict[str, list[Mx]] = {}
        for record in self.index.by_type.get("MX", ()):
            hosts.setdefault(record.name, []).extend(value for value in record.values if isinstance(value, Mx))
        return {name: values for name, values in hosts.items() if values}

    @cached_property
    def targets(self) -> list[Pointer]:
        """Every name that a value points to, with its record."""
        return list(targets.pointers(self.records(*targets.TYPES)))

    @property
    def autodiscover_targets(self) -> list[Pointer]:
        """The names that Autodiscover records point to, but what is not a name at all."""
        if not any("autodiscover." in name for name in self.index.names):
            return []  # as in most zones
        return [pointer for pointer in self.targets if targets.is_autodiscover(pointer)]

    @property
    def intent(self) -> "Intent | None":
        """What is declared about mail: in the zone's own files, then in the configuration; None for nothing."""
        if self.sole_intent is not None:
            return self.sole_intent
        return self.once(_intent)


def once(fact: Callable[[Facts], T]) -> Callable[[Facts], T]:
    """A function of the facts of a zone that is computed once for them and kept until they are let go."""

    @wraps(fact)
    def kept(facts: Facts) -> T:
        known = facts.known
        return known[fact] if fact in known else facts.once(fact)

    return kept


def _intent(facts: Facts) -> "Intent | None":
    own, wider = facts.zone.intent, facts.wider_intent
    return own.over(wider) if own is not None and wider is not None else own or wider
