"""What a declared system asks for: what its owner said, and what the catalogue knows of its vendor."""

from collections.abc import Iterable, Iterator, Mapping

from linter.finding import Witness
from linter.intent.model import Client, Mail, Selector, SenderTerm, System, Word
from linter.providers.holes import holes_in
from linter.records.spf import term as spf_term
from linter.records.spf.placeholder import placeholder
from linter.records.text.name import dotted
from linter.source.frozen import Frozen
from linter.source.typed import Any

from .our_domains import Ours
from .tokens import Foreign
from .vendor_view import Vendor, vendor_named

_OWN_TERM = "who runs it knows it; declare it as `spf:`, or a MAIL FROM elsewhere as `envelope:`"


class SystemNeeds(Frozen):
    """One system with what is known of its vendor; None where it names none, or one that nobody knows.

    `terms` and `selectors` are those declared, else the vendor's usual ones.
    """

    system: System
    vendor: Vendor | None
    terms: tuple[SenderTerm, ...]
    selectors: tuple[Selector, ...]
    spf_to_look_up: str = ""
    """Where its owner finds the SPF term that is not known, "" where its terms are known or it needs none."""

    @property
    def is_of_sending_vendor(self) -> bool:
        """Whether the catalogue knows its vendor as one that sends."""
        return self.vendor is not None and self.vendor.provider.is_sender

    @property
    def name(self) -> str:
        """What it is called in the declaration."""
        return self.system.name.text

    @property
    def given(self) -> dict[str, str]:
        """The parameters that its owner declared."""
        return {name: word.text for name, word in self.system.parameters}

    @property
    def rewrites(self) -> bool:
        """Whether it passes mail on with its customer's domain in the MAIL FROM."""
        return self.vendor is not None and self.vendor.provider.rewrites is not None

    @property
    def tenant(self) -> str:
        """The vendor's name for the customer, "" where nobody says it; of `contoso.onmicrosoft.com` the first label."""
        return self.given.get("tenant", "").lower().partition(".")[0]

    @property
    def label(self) -> str:
        """What to call it in a message: its name, and its vendor's where that says more."""
        if self.vendor is None or _letters(self.name) == _letters(self.vendor.name):
            return f"`{self.name}`"
        return f"`{self.name}` ({self.vendor.name})"

    @property
    def spf_targets(self) -> tuple[str, ...]:
        """The names of the SPF records that its terms include, absolute."""
        found = ((term, term.text.partition(":" if term.term.name == "include" else "=")[2]) for term in self.terms)
        return tuple(dotted(target) for term, target in found if term.term.name in ("include", "redirect"))

    def owns_spf(self, name: str) -> bool:
        """Whether the SPF record at a name is its vendor's."""
        return self.vendor is not None and self.vendor.owns_spf(name, self.given)

    def avoids(self, name: str) -> bool:
        """Whether the SPF record at a name is its vendor's, and its owner said that it sends by other records alone.

        Addresses may be among the vendor's.
        """
        is_by_records = bool(self.system.spf) and len(self.spf_targets) == len(self.terms)
        return is_by_records and not any(map(self.owns_spf, self.spf_targets)) and self.owns_spf(name)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The mail hosts that were declared, absolute."""
        return tuple(word.text for word in self.system.receives)

    @property
    def clients(self) -> tuple[Client, ...]:
        """The services that mail programs may look for, without those that configure them."""
        return tuple(client for client in self.system.clients if not client.service.startswith("auto"))

    @property
    def autodiscover(self) -> str:
        """The host that Outlook must be led to, absolute; "" where it has nothing to look for."""
        for client in self.system.clients:
            if client.service == "autodiscover":
                return client.host
        return self.vendor.autodiscover(self.given) if self.vendor is not None else ""

    @property
    def asks_for_autodiscover(self) -> bool:
        """Whether the vendor asks for one host and nothing else was declared: then no other host finds mailboxes."""
        is_declared = any(client.service == "autodiscover" for client in self.system.clients)
        return not is_declared and self.vendor is not None and self.vendor.is_sure_of_autodiscover(self.given)

    @property
    def is_receiver(self) -> bool:
        """Whether a name whose mail it is to receive needs an MX."""
        return bool(self.hosts) or (self.vendor is not None and self.vendor.is_receiver)

    @property
    def is_sure_of_hosts(self) -> bool:
        """Whether an error may rest on a host that is none of its own."""
        return bool(self.hosts) or (self.vendor is not None and self.vendor.is_sure_of_hosts)

    def witnesses_of(self, kind: str) -> tuple[Witness, ...]:
        """Who says what the vendor's values of a record type look like."""
        provider = self.vendor.provider if self.vendor is not None else None
        if provider is None:
            return ()
        known = {
            "MX": [each.evidence for each in provider.mx],
            "TXT": [*(each.evidence for each in provider.spf), *(each.evidence for each in provider.verification)],
        }.get(kind, [each.evidence for each in provider.dkim if each.target])
        return tuple(dict.fromkeys(each.witness for each in known if each.confirmed))

    @property
    def term_witnesses(self) -> tuple[Witness, ...]:
        """Who says which SPF terms its vendor asks for, where its owner did not."""
        terms = {each.text for each in self.terms} if not self.system.spf else set()
        known = self.vendor.provider.spf if self.vendor is not None else ()
        return tuple(dict.fromkeys(each.evidence.witness for each in known if each.term in terms))

    @property
    def key_witnesses(self) -> tuple[Witness, ...]:
        """Who says with which selectors its vendor signs, where its owner did not."""
        keys = {each.name for each in self.selectors} if not self.system.dkim else set()
        known = self.vendor.provider.dkim if self.vendor is not None else ()
        return tuple(dict.fromkeys(each.evidence.witness for each in known if each.selector in keys))

    @property
    def host_witnesses(self) -> tuple[Witness, ...]:
        """Who says which hosts are its vendor's, where its owner did not."""
        hosts = self.vendor.provider.mx_of() if self.vendor is not None and not self.hosts else ()
        return tuple(dict.fromkeys(each.evidence.witness for each in hosts))

    @property
    def autodiscover_witnesses(self) -> tuple[Witness, ...]:
        """Who says to which host its vendor has Outlook led, where its owner did not."""
        if self.vendor is None or any(client.service == "autodiscover" for client in self.system.clients):
            return ()
        known = (each for each in self.vendor.provider.clients if each.kind == "autodiscover" and each.required)
        return tuple(dict.fromkeys(each.evidence.witness for each in known))

    def shown(self, key: str, domain: str) -> Word | None:
        """What the vendor shows for an absolute domain under a key such as "mx" or "selector1", as its owner says."""
        return self.system.values.get(domain, {}).get(key)

    def shown_for_another(self, key: str, text: str, domain: str) -> str:
        """The other domain that the vendor shows a text for, "" where it is this one's or nobody says."""
        own, wanted = self.shown(key, domain), _bare(text)
        if own is not None and _bare(own.text) == wanted:
            return ""
        values = self.system.values.items()
        return next((name for name, held in values if key in held and _bare(held[key].text) == wanted), "")

    def host_made_for(self, host: str, domain: str, ours: Ours) -> Foreign | None:
        """Whom an MX host is made for, where that is another domain."""
        return self._made_for("mx", host, domain) or (
            self.vendor.host_made_for(host, domain, ours)
            if self.vendor is not None and self.shown("mx", domain) is None
            else None
        )

    def key_made_for(self, selector: str, target: str, domain: str, ours: Ours) -> Foreign | None:
        """Whom the target of a selector is made for, where that is another domain."""
        return self._made_for(selector, target, domain) or (
            self.vendor.key_made_for(selector, target, domain, ours)
            if self.vendor is not None and self.shown(selector, domain) is None
            else None
        )

    def _made_for(self, key: str, text: str, domain: str) -> Foreign | None:
        other = self.shown_for_another(key, text, domain)
        return Foreign(_bare(text), other, True) if other else None

    def takes(self, host: str) -> bool | None:
        """Whether an MX host is one of this system's; None where nothing is known about its hosts."""
        if self.hosts:
            return host in self.hosts
        return self.vendor.takes(host, self.given) if self.vendor is not None and self.vendor.receives else None


class Systems(Mapping[str, SystemNeeds]):
    """The declared systems by name, each read when it is first asked for: one zone concerns few of them.

    A system of a vendor that nobody knows is not among them: it asks for things that nobody knows.
    """

    def __init__(self, declared: Mapping[str, System]) -> None:
        self._declared = declared
        self._known: dict[str, SystemNeeds | None] = {}

    def __getitem__(self, name: str) -> SystemNeeds:
        if name not in self._known:
            needs = needs_of(self._declared[name])
            self._known[name] = needs if needs.vendor is not None or needs.system.provider is None else None
        found = self._known[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._declared if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _bare(text: str) -> str:
    return text.lower().rstrip(".")


def _letters(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalnum())


def is_open(term: str) -> bool:
    """Whether an SPF term is one that nobody may publish as it is: a part of it is the customer's."""
    return placeholder(term) is not None or bool(holes_in(term))


def needs_of(system: System) -> SystemNeeds:
    """A system with what the catalogue adds to it."""
    vendor = vendor_named(system.provider.text) if system.provider is not None else None
    terms, selectors, to_look_up = system.spf, system.dkim, ""
    if vendor is not None and system.provider is not None:
        span = system.provider.span
        given = {name: word.text for name, word in system.parameters}
        if not terms:
            read = [(text, spf_term.term(text, 0)) for text in vendor.spf(system.envelope is not None, given)]
            terms = tuple(SenderTerm(text, term, span) for text, term in read if term is not None)
            open_term = next((text for text, _ in read if is_open(text)), "")
            to_look_up = vendor.where_spf_is_shown(open_term) if open_term or not terms else ""
        if not selectors:
            selectors = tuple(Selector(name, None, span) for name in vendor.selectors)
    if not terms and (vendor is None or not vendor.provider.is_sender):
        to_look_up = _OWN_TERM
    return SystemNeeds(system, vendor, terms, selectors, to_look_up)


def serving(needs: SystemNeeds, mail: Mail, hosts: Iterable[str]) -> SystemNeeds:
    """A system as it serves one name, whose MX names `hosts`.

    What the name says of the MAIL FROM counts for senders that have none of their own, but for those that hold
    mailboxes, from which people write as the name; what it says of services, for the system that receives. A cloud or
    region that nobody declared is that of the hosts.
    """
    system, vendor = needs.system, needs.vendor
    changes: dict[str, Any] = {}
    if mail.envelope is not None and system.envelope is None and not (vendor is not None and vendor.holds_mailboxes):
        changes["envelope"] = mail.envelope
    if mail.clients and mail.receives is not None and mail.receives.text == needs.name:
        own = {client.service for client in mail.clients}
        changes["clients"] = (*mail.clients, *(client for client in system.clients if client.service not in own))
    if vendor is not None and system.provider is not None:
        told = {key: text for key, text in vendor.told_by(hosts).items() if key not in needs.given}
        if told:
            words = ((key, Word(text, system.provider.span)) for key, text in told.items())
            changes["parameters"] = (*system.parameters, *words)
    return needs_of(system._replace(**changes)) if changes else needs
