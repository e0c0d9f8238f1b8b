"""Names whose MX belongs to one vendor's mailboxes while SPF is known to authorise those of another and nobody else."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.facts.hosts.vendors import VendorHost, vendor_catalogue
from linter.facts.spf.cost import SpfTree, records_in, witnesses_in
from linter.facts.spf.firm import is_snapshot
from linter.facts.texts import SpfText
from linter.facts.vendor_sets import vendor_sets
from linter.finding import Witness
from linter.providers.snapshots import spf_sign
from linter.records.spf.record import Mechanism, Modifier, Term
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Mx

if TYPE_CHECKING:
    from linter.providers.model import Provider

_SILENT = ("all", "exp")
"""Terms that name no sender."""


_PASSING = frozenset(("gateway", "forwarder"))
"""The roles of whoever passes mail on to mailboxes of others."""

_OF_PEOPLE = ("mailboxes", "hosting")
"""The roles of whoever people write from, as their first."""

_RESELLERS = {"godaddy": ("microsoft-365",)}
"""Vendors whose own record lets the mailboxes of another send, which they sell: by vendor, those others."""


class Mismatch(Frozen):
    """One name: an MX value, whose it is, and the term of its SPF record that authorises somebody else.

    `is_firm` is whether it rests on no snapshot and on confirmed names alone.
    """

    text: SpfText
    mx: Mx
    receiver: "Provider"
    sender: "Provider"
    term: Term
    is_firm: bool
    witnesses: tuple[Witness, ...]

    @property
    def asked(self) -> str:
        """The term that the receiving vendor asks for, in the cloud or region of the MX host."""
        from linter.providers.model import MxHost

        host = vendor_catalogue().of_mx(self.mx.exchange.name)
        style = host.fact.style if host and isinstance(host.fact, MxHost) else ""
        terms = self.receiver.spf
        return next((each.term for each in terms if each.style == style), terms[0].term)


def mismatches(facts: Facts) -> Iterator[Mismatch]:
    """All that are certain; a term that nobody here can follow, or that lists addresses itself, settles nothing."""
    trees = facts.estate.spf_trees(facts.parsers.spf)
    for name, hosts in vendor_sets(facts).items():
        values = facts.mail_hosts[name]
        key = _receiver(hosts, values)
        texts = facts.spf_by_name.get(name, [])
        if key is None or len(texts) != 1 or not texts[0].spf.is_valid or _names(texts[0], key):
            continue
        receiver = vendor_catalogue().providers[key]
        found, tree = _sender(texts[0], receiver), trees.of(name, texts[0].spf)
        if found and _asks(receiver) and _is_left_out(tree, receiver):
            is_firm, witnesses = _is_firm(tree, values), tuple(_witnesses(tree, values))
            yield Mismatch(texts[0], values[0], receiver, *found, is_firm, witnesses)


def _receiver(hosts: list[VendorHost], values: list[Mx]) -> str | None:
    """The key of the one vendor whose mailboxes all hosts of a set belong to."""
    if len(hosts) < len(values) or len({host.sign.provider for host in hosts}) != 1:
        return None
    sign = hosts[0].sign
    passes_on = not _PASSING.isdisjoint(sign.roles)
    if "mailboxes" not in sign.roles or passes_on or not all(host.sign.takes_mail for host in hosts):
        return None
    return sign.provider


def _names(text: SpfText, key: str) -> bool:
    """Whether a record surely names a vendor: most do, and then there is no need to load the catalogue."""
    terms = (term for term in text.spf.terms if term.name not in _SILENT)
    names = (term.value if isinstance(term, Modifier) else term.domain for term in terms)
    signs = (spf_sign(name.text) for name in names if name is not None and not name.macros)
    return any(sign is not None and sign.provider == key for sign in signs)


def _asks(vendor: "Provider") -> bool:
    """Whether it is known that a vendor asks for a name in SPF."""
    return any(term.evidence.confirmed for term in vendor.spf)


def _sender(text: SpfText, receiver: "Provider") -> "tuple[Provider, Term] | None":
    """The first other mailbox vendor that a record includes, if every term is a known vendor's."""
    first: tuple[Provider, Term] | None = None
    for term in text.spf.terms:
        if term.name in _SILENT:
            continue
        spec = term.value if isinstance(term, Modifier) else term.domain
        if term.name not in ("include", "redirect") or spec is None or spec.macros:
            return None
        found = vendor_catalogue().of_spf(spec.text)
        if found is None or found.provider.key == receiver.key or "gateway" in found.provider.roles:
            return None
        if isinstance(term, Mechanism) and term.qualifier != "+":
            return None
        if receiver.key in _RESELLERS.get(found.provider.key, ()):
            return None
        if found.provider.roles[0] in _OF_PEOPLE and first is None:
            first = (found.provider, term)
    return first


def _is_firm(tree: SpfTree, values: list[Mx]) -> bool:
    """Whether an error may rest on what the records and the hosts are known for."""
    known = (
        *(vendor_catalogue().of_mx(value.exchange.name) for value in values),
        *(vendor_catalogue().of_spf(record.name) for record in records_in(tree)),
    )
    return all(each is None or each.confirmed for each in known) and not any(map(is_snapshot, records_in(tree)))


def _witnesses(tree: SpfTree, values: list[Mx]) -> Iterator[Witness]:
    """Who says whose hosts and records these are, and what these hold."""
    yield from witnesses_in(tree)
    known = (
        *(vendor_catalogue().of_mx(value.exchange.name) for value in values),
        *(vendor_catalogue().of_spf(record.name) for record in records_in(tree)),
    )
    yield from (each.fact.evidence.witness for each in known if each is not None)


def _is_left_out(tree: SpfTree, receiver: "Provider") -> bool:
    """Whether none of the records that are known is the receiver's: a reseller's record may include it."""
    if tree.is_broken:
        return False
    owners = (vendor_catalogue().of_spf(record.name) for record in records_in(tree))
    return all(owner is None or owner.provider.key != receiver.key for owner in owners)
