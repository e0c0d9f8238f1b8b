"""What the records of a zone show of its mail: for each name its hosts, who may send, keys, and what programs find."""

from collections.abc import Iterator

from linter.facts.facts import Facts, once
from linter.facts.hosts.client_services import named_hosts
from linter.facts.mail_names import is_mail_domain
from linter.facts.spf.places import authorising_term
from linter.records.spf.record import Mechanism, Spf
from linter.source.frozen import Frozen
from linter.zone.model import Target

_MOST_RECORDS = 50
"""Declared SPF records that are followed from one name."""


class SentFrom(Frozen):
    """A term that lets somebody send: its text in canonical form, and the declared names whose records led to it."""

    text: str
    by: tuple[str, ...]


class ShownKey(Frozen):
    """A selector with a key: `target` is where its CNAME leads, absolute; "" for a key that is written there."""

    selector: str
    target: str


class ShownService(Frozen):
    """What mail programs find: a service as `clients:` calls it, the host, absolute, and the port."""

    service: str
    host: str
    port: int


class ShownMail(Frozen):
    """One name that takes part in mail, or shows that it does not.

    `hosts` are those of its MX, absolute. `terms` is None where the name has no SPF record, or none that can be read.
    `is_null` is whether it has the null MX, `is_shut` whether its SPF lets nobody send.
    """

    name: str
    hosts: tuple[str, ...]
    terms: tuple[SentFrom, ...] | None
    keys: tuple[ShownKey, ...]
    services: tuple[ShownService, ...]
    is_null: bool
    is_shut: bool

    @property
    def is_closed(self) -> bool:
        """Whether the name shows that it neither receives nor sends, or half of that and nothing to the contrary."""
        return not self.hosts and not self.terms and (self.is_null or self.is_shut)


@once
def shown_mail(facts: Facts) -> tuple[ShownMail, ...]:
    """The names of a zone that hold MX or SPF records, in their order there."""
    names = [*facts.mail_hosts, *(name for name in facts.spf_by_name if name not in facts.mail_hosts)]
    keys, services = _keys(facts), _services(facts)
    return tuple(
        _shown(facts, name, keys.get(name, ()), services.get(name, ())) for name in names if is_mail_domain(name)
    )


def _shown(facts: Facts, name: str, keys: tuple[ShownKey, ...], services: tuple[ShownService, ...]) -> ShownMail:
    values = facts.mail_hosts.get(name, ())
    usable = [value.exchange for value in values if not value.is_null and not value.exchange.fault]
    hosts = tuple(dict.fromkeys(target.name for target in usable if "{" not in target.written))
    texts = facts.spf_by_name.get(name, ())
    spf = texts[0].spf if len(texts) == 1 and texts[0].spf.is_valid else None
    terms = tuple(_terms(facts, name, spf)) if spf is not None else None
    is_null = len(values) == 1 and values[0].is_null
    is_shut = spf is not None and authorising_term(spf) is None
    return ShownMail(name, hosts, terms, keys, services, is_null, is_shut)


def _terms(facts: Facts, name: str, spf: Spf) -> Iterator[SentFrom]:
    """Every term by which somebody may send; of a record that is declared here, its own terms in its place."""
    waiting: list[tuple[Spf, tuple[str, ...]]] = [(spf, (name,))]
    seen = {name}
    while waiting:
        record, by = waiting.pop(0)
        for term in record.terms:
            if isinstance(term, Mechanism) and (term.name == "all" or term.qualifier != "+"):
                continue
            if not isinstance(term, Mechanism) and (term.name != "redirect" or record.all_term is not None):
                continue
            domain = term.domain if isinstance(term, Mechanism) else term.value
            is_link = term.name in ("include", "redirect") and domain is not None and "%" not in domain.text
            target = domain.absolute if is_link and domain is not None else ""
            own = _declared_spf(facts, target) if target and target not in seen else None
            if own is not None and len(seen) < _MOST_RECORDS:
                seen.add(target)
                waiting.append((own, (*by, target)))
            elif target not in seen:
                yield SentFrom(term.text, by)


def _declared_spf(facts: Facts, name: str) -> Spf | None:
    """The SPF record that the zone has at a name; None where there is not exactly one that can be read."""
    texts = facts.spf_by_name.get(name, ())
    return texts[0].spf if len(texts) == 1 and texts[0].spf.is_valid else None


def _keys(facts: Facts) -> dict[str, tuple[ShownKey, ...]]:
    """The selectors of each domain."""
    found: dict[str, list[ShownKey]] = {}
    for record in facts.records("CNAME"):
        for value in record.values:
            if isinstance(value, Target) and not value.fault:
                _note(found, record.name, value.name)
    for text in facts.texts.keys:
        if text.key.key is not None and not text.key.revoked:
            _note(found, text.record.name, "")
    return {domain: tuple(dict.fromkeys(keys)) for domain, keys in found.items()}


def _note(found: dict[str, list[ShownKey]], name: str, target: str) -> None:
    selector, label, domain = name.partition("._domainkey.")
    if label and selector and "*" not in selector:
        found.setdefault(domain, []).append(ShownKey(selector, target))


def _services(facts: Facts) -> dict[str, tuple[ShownService, ...]]:
    """What SRV records offer, and where `autodiscover` and `autoconfig` lead, by domain."""
    found: dict[str, list[ShownService]] = {}
    for offer in named_hosts(facts.records("SRV")):
        if offer.value.port:
            service = ShownService(offer.service.label.removeprefix("_"), offer.value.target.name, offer.value.port)
            found.setdefault(offer.domain, []).append(service)
    for record in facts.records("CNAME"):
        label, _, domain = record.name.partition(".")
        if label in ("autodiscover", "autoconfig"):
            for value in record.values:
                if isinstance(value, Target) and not value.fault:
                    found.setdefault(domain, []).append(ShownService(label, value.name, 443))
    return {domain: tuple(dict.fromkeys(services)) for domain, services in found.items()}
