"""Who receives and sends on each side: what is declared, and where nothing is, whose hosts and records these are."""

from collections.abc import Iterable, Iterator, Mapping

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.mail.system_needs import Systems
from linter.facts.mail.vendor_view import Vendor, vendor_named, vendor_of_autodiscover, vendor_of_mx, vendor_of_spf
from linter.intent.model import Intent, Mail, SenderTerm, System, Word, intent_of
from linter.plan.estate import Behaviour, Pair, View
from linter.providers.catalogue import catalogue
from linter.records.spf.record import Mechanism, Modifier, is_spf, parse
from linter.records.spf.term import Term
from linter.source.text import Source, Span

from .side import Side

_NOBODY = Source("", "")
_PLACE = Span(_NOBODY, 0, 0)


class Players:
    """The declared systems of both sides and those that are recognised, and what each does for some mail names.

    A declaration counts as long as the MX leads to the system that it names; where that is not so, records are ahead of
    it, or behind, and what they show counts. `stale` are the names of which that is true afterwards.
    """

    def __init__(self, before: Side, after: Side, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._declared = {before: before.declared, after: after.declared}
        self._declared_names = {*before.declared.systems, *after.declared.systems}
        self.systems: dict[str, System] = {**before.declared.systems, **after.declared.systems}
        self._needs = Systems(self.systems)
        self._own_hosts: dict[str, set[str]] = {}
        self.stale: set[str] = set()
        self.declared_at: dict[Side, set[Pair]] = {before: set(), after: set()}
        self._own_terms: dict[str, dict[str, SenderTerm]] = {}
        for side in (before, after):
            for name in self.names:
                self._meet(side, name)
        for org in (*self._own_hosts, *(each for each in self._own_terms if each not in self._own_hosts)):
            words = tuple(Word(host, _PLACE) for host in sorted(self._own_hosts.get(org, ())))
            self.systems[org] = System(
                Word(org, _PLACE), receives=words, spf=tuple(self._own_terms.get(org, {}).values())
            )
        self._needs = Systems(self.systems)
        mails = {side: {name: self._mail(side, name) for name in self.names} for side in (before, after)}
        self.before = self._behaviour(mails[before], {})
        self.after = self._behaviour(mails[after], mails[before])
        self.stale = {name for name in self.names if self._is_stale(after, name)}

    def _meet(self, side: Side, name: str) -> None:
        """Take in the vendors of a name, and by their domain the hosts that nobody knows."""
        view = side.plain
        for host in view.hosts(name):
            if self.taker(host) is None:
                self._own_hosts.setdefault(self._key(_org(view, name, host)), set()).add(host)
        for vendor in _senders(side, name):
            if not any(each.vendor is not None and each.vendor.key == vendor.key for each in self._needs.values()):
                self._add(vendor)
        known = {each.text for system in self.systems.values() for each in system.spf}
        for term in _terms(view, name):
            if (
                term.name != "include"
                or not isinstance(term, Mechanism)
                or term.domain is None
                or "%" in term.domain.text
            ):
                continue
            target = term.domain.absolute
            org = _org(view, name, target)
            if term.text not in known and vendor_of_spf(target) is None and org != _org(view, name, name):
                self._own_terms.setdefault(self._key(org), {})[term.text] = SenderTerm(term.text, term, _PLACE)

    def _key(self, org: str) -> str:
        """What to call the hosts of an organisation, however somebody has called a system of his own."""
        return f"hosts of {org}" if org in self._declared_names else org

    def _add(self, vendor: Vendor) -> str:
        if vendor.key not in self.systems:
            self.systems[vendor.key] = System(Word(vendor.key, _PLACE), provider=Word(vendor.key, _PLACE))
            self._needs = Systems(self.systems)
        return vendor.key

    def taker(self, host: str) -> str | None:
        """The system that a mail host belongs to; None where nobody knows."""
        for key, needs in self._needs.items():
            if needs.takes(host):
                return key
        vendor = vendor_of_mx(host)
        return self._add(vendor) if vendor is not None else None

    def receivers(self, view: View, name: str) -> tuple[str, ...]:
        """The systems that the MX of a name leads to, in the order of its values."""
        return tuple(dict.fromkeys(taker for host in view.hosts(name) if (taker := self.taker(host)) is not None))

    def label(self, system: str) -> str:
        """What to call a system in a sentence."""
        needs = self._needs.get(system)
        return needs.vendor.name if needs is not None and needs.vendor is not None else system

    def is_vendor(self, system: str) -> bool:
        """Whether a system is a declared one or a vendor's, and not only hosts of one domain."""
        return system not in self._own_hosts and system not in self._own_terms

    def client_owner(self, host: str) -> str:
        """Whose host mail programs are led to: a system's, a vendor's, or the organisation's of its name."""
        for key, needs in self._needs.items():
            if host in (needs.autodiscover, *(client.host for client in needs.clients)):
                return key
        found = vendor_of_autodiscover(host)
        return found[0].key if found is not None else ".".join(host.rstrip(".").split(".")[-2:])

    def _mail(self, side: Side, name: str) -> Mail | None:
        """What a name does with mail at one moment; None for nothing."""
        view, declared = side.plain, self._declared[side].of(name)
        found = dict.fromkeys(self._sending(side, name))
        if declared is not None and declared.is_none:
            return declared._replace(name=Word(name, declared.name.span))
        if declared is not None and not self._is_stale(side, name):
            own = {word.text: word for word in declared.sends or () if word.text in self.systems}
            self.declared_at[side] |= {(name, system) for system in own}
            sends = (*own.values(), *(Word(system, _PLACE) for system in found if system not in own))
            return declared._replace(name=Word(name, declared.name.span), sends=sends)
        receivers = self.receivers(view, name)
        if not receivers and not found:
            return None
        receives = Word(receivers[0], _PLACE) if receivers else None
        return Mail(Word(name, _PLACE), receives=receives, sends=tuple(Word(system, _PLACE) for system in found))

    def _is_stale(self, side: Side, name: str) -> bool:
        declared = self._declared[side].of(name)
        hosts = side.plain.hosts(name)
        if declared is None or declared.is_none or declared.edge is None or not hosts:
            return False
        edge = self._needs.get(declared.edge.text)
        return edge is None or not any(edge.takes(host) is not False for host in hosts)

    def _sending(self, side: Side, name: str) -> Iterator[str]:
        """The systems that the records of a name let send."""
        texts = {term.text for term in _terms(side.plain, name)}
        for key, system in self.systems.items():
            if any(each.text in texts for each in system.spf):
                yield key
        for vendor in _senders(side, name):
            held = next((k for k, n in self._needs.items() if n.vendor is not None and n.vendor.key == vendor.key), "")
            yield held or vendor.key

    def _behaviour(self, mails: Mapping[str, Mail | None], old: Mapping[str, Mail | None]) -> Behaviour:
        """Who does what; who received before still accepts mail, for nothing in DNS could tell that it does not."""
        held = {name: mail for name, mail in mails.items() if mail is not None}
        edges = {(name, mail.edge.text) for name, mail in held.items() if mail.edge is not None}
        edges |= {(name, mail.edge.text) for name, mail in old.items() if mail is not None and mail.edge is not None}
        homes = {(name, mail.receives.text) for name, mail in held.items() if mail.receives is not None}
        return Behaviour(intent_of(self.systems, held), frozenset(edges), frozenset(homes))

    def both(self) -> Intent:
        """Everybody who sends before or after sends, so that each row can be held against itself."""
        mails: dict[str, Mail] = {}
        for intent in (self.after.intent, self.before.intent):
            for name, mail in intent.mail.items():
                known = mails.setdefault(name, mail)
                if known is mail or mail.is_none:
                    continue
                words = {word.text: word for word in (*(known.sends or ()), *(mail.sends or ()))}
                mails[name] = (mail if known.is_none else known)._replace(sends=tuple(words.values()))
        return intent_of(self.systems, mails)


def _org(view: View, name: str, host: str) -> str:
    """The organisation that a host belongs to by its name, as people write it."""
    facts = view.facts_of(name) or next(iter(view.built.facts.values()))
    return dmarc_policies(facts).org_domain_by_list(host).rstrip(".") or "."


def _terms(view: View, name: str) -> tuple[Term, ...]:
    records = [text for text in view.texts_at(name) if is_spf(text)]
    return parse(records[0]).terms if len(records) == 1 else ()


def _senders(side: Side, name: str) -> Iterator[Vendor]:
    """The vendors that the SPF record of a name includes, and those to whose keys its selectors lead."""
    for term in _terms(side.plain, name):
        spec = term.value if isinstance(term, Modifier) else term.domain
        is_leading = isinstance(term, Modifier) or term.qualifier == "+"
        if spec is not None and is_leading and term.name in ("include", "redirect", "a", "exists"):
            vendor = vendor_of_spf(spec.text.lower())
            if vendor is not None:
                yield vendor
    for target in side.key_targets.get(name, ()):
        found = catalogue().of_dkim_target(target)
        known = vendor_named(found.provider.key) if found is not None and found.confirmed else None
        if known is not None:
            yield known
