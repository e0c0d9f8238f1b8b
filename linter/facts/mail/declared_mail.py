"""The declared mail of one zone's names: flows, senders, and the records that all of it asks for."""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.facts import Facts, once
from linter.facts.spf.places import authorising_term
from linter.intent.model import EVERY, Intent, Mail, Word, is_glob
from linter.lookup.answer import FOUND, NO_DATA, Answer, Data, Exchange, Resolver
from linter.lookup.answer import UNKNOWN as NOT_KNOWN
from linter.records.spf.record import Mechanism, Modifier
from linter.records.text.name import ancestors, is_under
from linter.source.text import Span
from linter.source.typed import TypeAlias
from linter.zone.model import Target, Value

from .flow import Flow, MailFlows
from .our_domains import Ours
from .return_paths import return_path
from .senders import Sender, Senders
from .signing import NOT_KNOWN as NOT_SAID
from .signing import UNSIGNED, Signatures
from .system_needs import SystemNeeds, Systems, serving
from .vendor_view import Vendor, vendor_of_spf
from .zone_keys import zone_keys

Sets: TypeAlias = Mapping[tuple[str, str], tuple[Data, ...]]
"""What is to be published, by name and type."""


class DeclaredMail:
    """What is declared for the names of one zone, and what follows; everything is computed once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.intent: Intent = facts.intent or Intent({}, {})
        self.resolver: Resolver = facts.resolver
        self.policies = dmarc_policies(facts)
        self.systems = Systems(self.intent.systems)
        self.flows = MailFlows(self.resolver, self.systems)
        self.ours = Ours(facts, self.intent)
        self._signatures = Signatures(self.resolver, facts.parsers, partial(zone_keys, facts), self.ours)
        self._senders = self._matrix(self.resolver)
        self._known: dict[str, tuple[Sender, ...]] = {}
        self._returning: dict[str, bool] = {}
        self._serving: dict[tuple[str, str], SystemNeeds] = {}
        self._flow: dict[str, Flow] = {}

    @cached_property
    def entries(self) -> tuple[Mail, ...]:
        """What is declared for names of this zone: by name; by inheritance for its own name and those with MX."""
        zone = self.facts.zone.name
        # Asked of every name for every zone, so the cheap test comes first: thousands of both are usual.
        ends = [(name, mail) for name, mail in self.intent.mail.items() if name.endswith(zone)]
        found = [mail for name, mail in ends if self._is_here(name)]
        if zone and zone not in self.intent.mail:
            apex = self.of(zone)
            found += [apex] if apex is not None else []
        return (*found, *self._inherited({mail.name.text for mail in found}))

    @cached_property
    def _rest(self) -> Span | None:
        """Where `*` stands, which speaks of names with MX alone."""
        rest = self.intent.mail.get(EVERY)
        return rest.name.span if rest is not None else None

    def _inherited(self, named: set[str]) -> Iterator[Mail]:
        """Names that take mail and that only a glob speaks of; other names of the zone may be hosts without any."""
        hosts = self.facts.mail_hosts
        for name in {**hosts, **(self.facts.spf_by_name if self.intent.globs else {})}:
            mail = None if name in named or "_" in name or name.startswith(EVERY) else self.of(name)
            if mail is None or mail.is_none or self.expects(name):
                continue
            if any(not host.is_null for host in hosts.get(name, ())) or (
                name not in hosts and mail.name.span != self._rest and self.foreign_term(name) is not None
            ):
                yield mail

    def of(self, name: str) -> Mail | None:
        """What is declared for a name, as an entry of its own."""
        mail = self.intent.of(name)
        return None if mail is None else mail._replace(name=Word(name, mail.name.span))

    def _is_here(self, name: str) -> bool:
        """Whether a name lies in this zone and in none below it."""
        zone = self.facts.zone.name
        if not zone or is_glob(name) or not is_under(name, zone):
            return False
        return all(self.facts.estate.index_of(above) is None for above in ancestors(name, zone)[:-1])

    def system(self, word: Word | None) -> SystemNeeds | None:
        """The system that a word names; None where nobody declared it."""
        return self.systems.get(word.text) if word is not None else None

    def serving(self, mail: Mail, needs: SystemNeeds) -> SystemNeeds:
        """A system as it serves one name: with what the name itself says of it, and what its MX tells."""
        key = (mail.name.text, needs.name)
        if key not in self._serving:
            hosts = [host.name for host in self.flow(mail).hosts]
            self._serving[key] = serving(needs, mail, hosts)
        return self._serving[key]

    def receiver(self, mail: Mail) -> SystemNeeds | None:
        """The system that receives for a name, as it serves it."""
        needs = self.system(mail.receives)
        return self.serving(mail, needs) if needs is not None else None

    def holders(self, mail: Mail) -> tuple[SystemNeeds, ...]:
        """The systems that hold mailboxes of a name."""
        words = [mail.receives, *(split.to for split in mail.splits)]
        found = [self.system(word) for word in words if word is not None]
        return tuple(self.serving(mail, needs) for needs in found if needs is not None)

    def involved(self, mail: Mail) -> tuple[SystemNeeds, ...]:
        """Every declared system that an entry names, once."""
        names = dict.fromkeys(word.text for word in mail.words)
        return tuple(self.systems[name] for name in names if name in self.systems)

    def flow(self, mail: Mail) -> Flow:
        """Who receives for a name."""
        if mail.name.text not in self._flow:
            self._flow[mail.name.text] = self.flows.flow(mail)
        return self._flow[mail.name.text]

    def senders(self, mail: Mail) -> tuple[Sender, ...]:
        """The matrix of one name."""
        if mail.name.text not in self._known:
            self._known[mail.name.text] = self._senders.of(mail)
        return self._known[mail.name.text]

    def forwarding(self, mail: Mail) -> tuple[Sender, ...]:
        """The systems that send on what they receive for a name, and that nobody declares as senders of it."""
        return self._senders.forwarding(mail)

    def senders_with(self, mail: Mail, sets: Sets) -> dict[str, Sender]:
        """The rows of one name, and of who forwards for it, by system: as they would be with other sets of records."""
        matrix = self._matrix(_Instead(self.resolver, sets))
        return {sender.needs.name: sender for sender in (*matrix.of(mail), *matrix.forwarding(mail))}

    def _matrix(self, resolver: Resolver) -> Senders:
        known = (self.facts.parsers, self.systems, self.serving, self.is_for_others, self._signatures)
        return Senders(resolver, self.policies, *known, self._has_return_path)

    def _has_return_path(self, vendor: Vendor) -> bool:
        """Whether the zone publishes a return path of a vendor, or may publish one that is not here."""
        if vendor.key not in self._returning:
            self._returning[vendor.key] = self._publishes_return_path(vendor)
        return self._returning[vendor.key]

    def _publishes_return_path(self, vendor: Vendor) -> bool:
        if not self.facts.zone.is_whole:
            return True
        hosts = (value.exchange.name for values in self.facts.mail_hosts.values() for value in values)
        aliases = (
            value.name for each in self.facts.records("CNAME") for value in each.values if isinstance(value, Target)
        )
        return any(vendor.takes_bounces_at(name) for name in (*hosts, *aliases))

    def is_shut(self, text: str) -> bool:
        """Whether an SPF record lets nobody send."""
        spf = self.facts.parsers.spf(text)
        stop = spf.all_term
        return spf.is_valid and authorising_term(spf) is None and stop is not None and stop.qualifier == "-"

    def needs_spf(self, mail: Mail) -> bool:
        """Whether a declared sender needs SPF at the name itself, and would pass DMARC without or has none to pass."""
        own = [sender for sender in self.senders(mail) if sender.spf is not None and sender.spf.domain == sender.name]
        return bool(own) and not any(sender.is_unaligned for sender in own)

    def awaits_alias(self, sender: Sender) -> bool:
        """Whether the vendor asks for a CNAME at the MAIL FROM domain, where nothing is: SPF cannot stand beside it."""
        asked = return_path(self.resolver, sender.name, sender.needs) if sender.spf is not None else ()
        domains = [each.name for each in asked if each.type == "CNAME" and each.state == "missing"]
        return sender.spf is not None and sender.spf.domain in domains

    def signs_perhaps(self, mail: Mail, system: str) -> bool:
        """Whether nobody here can say if one sender of a name signs."""
        return any(each.signing.state == NOT_SAID for each in self.senders(mail) if each.needs.name == system)

    def is_unaligned(self, mail: Mail, system: str) -> bool:
        """Whether mail of one sender of a name is known to fail DMARC for want of a signature."""
        return any(sender.is_unaligned for sender in self.senders(mail) if sender.needs.name == system)

    def unsigned(self, mail: Mail) -> Iterator[Sender]:
        """The senders whose mail only SPF saves from an enforced policy, and that nothing signs on its way out."""
        gateway = self._senders.gateway(mail)
        if gateway is None or gateway.signing.is_bare or gateway.signing.state == UNSIGNED:
            yield from (sender for sender in self.senders(mail) if sender.is_saved_by_spf_alone)

    def conflict(self, mail: Mail) -> tuple[Word, SystemNeeds, SystemNeeds] | None:
        """Two systems of a name that are two tenants of one vendor, where a domain can be in one, and the second word.

        Clouds of one vendor know nothing of each other.
        """
        first: dict[tuple[str, str], SystemNeeds] = {}
        for word in mail.words:
            needs = self.system(word)
            if needs is None or needs.vendor is None or not needs.vendor.holds_mailboxes or not needs.tenant:
                continue
            other = first.setdefault((needs.vendor.key, needs.vendor.cloud(needs.given)), needs)
            if other.tenant != needs.tenant:
                return word, other, needs
        return None

    def is_open(self, name: str) -> bool:
        """Whether records of a name say that it has mail after all: hosts that receive, or others that may send."""
        hosts = self.facts.mail_hosts.get(name, ())
        return any(not host.is_null for host in hosts) or self.foreign_term(name) is not None

    def foreign_term(self, name: str) -> Mechanism | Modifier | None:
        """The first SPF term of a name by which others than its own addresses may send; None where none does."""
        texts = self.facts.spf_by_name.get(name, ())
        if len(texts) != 1 or authorising_term(texts[0].spf) is None:
            return None
        own = {value for kind in ("A", "AAAA") for value in self.resolver.lookup(name, kind).values}
        for term in texts[0].spf.terms:
            if isinstance(term, Modifier):
                if term.name == "redirect" and texts[0].spf.all_term is None:
                    return term
            elif term.name == "all" and term.qualifier != "+":
                return None
            elif term.qualifier == "+" and not _is_self(term, name, own):
                return term
        return None

    def has_host(self, name: str) -> bool:
        """Whether a name lies in a zone that is declared here."""
        return any(self.facts.estate.index_of(each) is not None for each in ancestors(name)[:-1])

    def services(self, name: str) -> tuple[Value, ...]:
        """The SRV values of this zone at a name."""
        return tuple(value for record in self.facts.index.records(name, "SRV") for value in record.values)

    def expects(self, name: str) -> bool:
        """Whether a declaration speaks of a name in another role than that of an address's domain."""
        domains = [word for needs in self.systems.values() for word in (needs.system.envelope, needs.system.signs)]
        domains += [mail.envelope for mail in self.intent.mail.values()]
        ways = [split.through for mail in self.intent.mail.values() for split in mail.splits]
        return any(word is not None and word.text == name for word in (*domains, *ways))

    def is_for_others(self, name: str, needs: SystemNeeds) -> bool:
        """Whether the SPF record at a name is known to be for others than one system."""
        if any(name in other.spf_targets for other in self.systems.values() if other is not needs):
            return not any(name == target for target in needs.spf_targets)
        vendor = vendor_of_spf(name)
        return vendor is not None and (needs.vendor is None or vendor.key != needs.vendor.key)

    def has_autoconfig(self, mail: Mail) -> bool:
        """Whether `autoconfig.<name>` may answer mail programs: all that is not known to be absent."""
        answers = [self.resolver.lookup(f"autoconfig.{mail.name.text}", kind) for kind in ("A", "AAAA")]
        return any(answer.steps or not answer.is_empty for answer in answers)


@once
def declared_mail(facts: Facts) -> DeclaredMail:
    """Who is declared to receive and send for the names of a zone, and what that asks of the records."""
    return DeclaredMail(facts)


class _Instead:
    """A resolver, but for some sets; mail hosts there that nobody knows have nobody's addresses."""

    def __init__(self, resolver: Resolver, sets: Sets) -> None:
        self._resolver = resolver
        self._sets = sets
        self._hosts = {value.host for values in sets.values() for value in values if isinstance(value, Exchange)}

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute name and a type."""
        if (name, kind) in self._sets:
            return Answer(FOUND, self._sets[name, kind], (), name)
        answer = self._resolver.lookup(name, kind)
        is_host = kind in ("A", "AAAA") and name in self._hosts
        return Answer(NO_DATA, (), (), name) if is_host and answer.status == NOT_KNOWN else answer


def _is_self(term: Mechanism, name: str, own: set[Data]) -> bool:
    """Whether a term means the name's own hosts: what a host needs for its HELO name, and no more."""
    if term.network is not None:
        return term.network.text in own
    return term.name in ("a", "mx") and term.target(name) == name
