"""Vendors as declared mail needs them: a view of the catalogue, which is loaded at the first question."""

from collections.abc import Iterable, Mapping

from linter.finding import Witness
from linter.providers.catalogue import catalogue
from linter.providers.holes import UNKNOWN, filled, holes_in
from linter.providers.model import ClientRecord, DkimSelector, MxHost, Parameter, Provider, Recognised, SpfTerm
from linter.providers.needs import Needs, needs_of
from linter.providers.pattern import pattern_of
from linter.records.text.name import dotless
from linter.source.frozen import Frozen

from .our_domains import Ours
from .tokens import Foreign, foreign

_RECEIVING = frozenset({"mailboxes", "gateway", "forwarder"})
_MX_PARAMETERS = ("mx-host", "mx-hosts", "mx-token", "cluster", "allocation", "region")
_DKIM_PARAMETERS = ("dkim-targets", "dkim-key")


class Vendor(Frozen):
    """One vendor; the words are those of its provider in policies/providers."""

    provider: Provider

    @property
    def key(self) -> str:
        """What `provider:` calls it."""
        return self.provider.key

    @property
    def name(self) -> str:
        """What people call it."""
        return self.provider.name

    @property
    def docs(self) -> str:
        """Where it says what it needs, "" for nowhere that is known."""
        return self.provider.docs

    @property
    def receives(self) -> bool:
        """Whether it takes mail for its customers' domains, at hosts that are known."""
        return bool(self.provider.mx_of()) and self.is_receiver

    @property
    def is_receiver(self) -> bool:
        """Whether mail is sent to it for its customers, at hosts that are known or not."""
        return not _RECEIVING.isdisjoint(self.provider.roles)

    def needs(self, name: str, parameters: Mapping[str, str]) -> Needs:
        """What it needs of a domain, with the parameters that its customer declared."""
        return needs_of(self.provider, dotless(name), parameters)

    def preference(self, host: str) -> int:
        """What it asks for as the preference of one of its hosts; 10 where it has no wish."""
        found = catalogue().of_mx(host)
        own = [found.fact] if found is not None and found.provider.key == self.key else self.provider.mx_of()
        wishes = (fact.preference for fact in own if isinstance(fact, MxHost))
        return next((wish for wish in wishes if wish is not None), 10)

    @property
    def manual(self) -> str:
        """Where its customers read what it needs."""
        return self.provider.docs or f"the documentation of {self.name}"

    def spf(self, is_below: bool, parameters: Mapping[str, str]) -> tuple[str, ...]:
        """The terms that let it send: of the domain's own record, or of an envelope domain below it.

        The customer's parameters choose among its regions and fill what is open; what stays open is a `*`. What the
        catalogue did not see confirmed asks for nothing.
        """
        places = ("subdomain", "domain") if is_below else ("domain", "outbound")
        terms = [term for term in self.provider.spf if term.at in places and "%" not in term.term]
        chosen = self._styles(parameters)
        style = next((term.style for term in terms if term.style in chosen), terms[0].style if terms else "")
        usual = [term for term in terms if term.style == style and term.evidence.confirmed]
        opened = (
            filled(term.term, {hole: parameters.get(hole, UNKNOWN) for hole in holes_in(term.term)}) for term in usual
        )
        return tuple(text.replace("**.", "*.") for text in opened)

    def where_spf_is_shown(self, open_term: str) -> str:
        """Where the vendor shows the SPF term that is not known here; "" where its mail needs none.

        `open_term` is one of which only a part is known, "" where there is none.
        """
        provider = self.provider
        if not open_term and (provider.no_spf is not None or not (provider.spf_is_unknown or provider.spf)):
            return ""
        if not open_term and all(term.at == "subdomain" for term in provider.spf) and provider.spf:
            return ""  # its MAIL FROM lies below the domain, and the record there is its own matter
        shown = next((term.shown for term in provider.spf if term.shown), "")
        parameter = next((each.how for each in provider.parameters if each.name in ("spf", "records", "region")), "")
        return shown or parameter or provider.docs or f"the documentation of {provider.name}"

    @property
    def holds_mailboxes(self) -> bool:
        """Whether people write mail there, which then carries the domain itself in its MAIL FROM."""
        return "mailboxes" in self.provider.roles

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors that it signs with unless it was told otherwise."""
        keys = self.provider.dkim
        usual = [key.selector for key in keys if key.style == keys[0].style and not {"*", "{"} & set(key.selector)]
        return tuple(dict.fromkeys(usual))

    @property
    def is_sure_of_return_path(self) -> bool:
        """Whether somebody confirmed all that it asks for at a return path."""
        return all(each.evidence.confirmed for each in self.provider.envelope)

    def takes_bounces_at(self, name: str) -> bool:
        """Whether a name is one that the vendor asks for as the target of a return path."""
        values = (each.value for each in self.provider.envelope if each.type != "SPF")
        return any(pattern_of(value).matches(name.lower().removesuffix(".")) for value in values)

    @property
    def has_own_envelope(self) -> bool:
        """Whether it sends with a MAIL FROM of its own where the customer's is not complete, as somebody confirmed."""
        return any(each.optional and each.evidence.confirmed for each in self.provider.envelope)

    @property
    def gives_selectors(self) -> int:
        """How many selectors it makes up for each customer's domain, which only it can name; 0 where it makes up none.

        What stands before other systems may sign or not, and so may what nobody confirmed.
        """
        if "gateway" in self.provider.roles:
            return 0
        given = [key for key in self.provider.dkim if key.is_given and key.evidence.confirmed]
        return sum(key.number for key in given if key.style == given[0].style)

    @property
    def signs_by_alias(self) -> bool:
        """Whether its keys are published as CNAMEs to the vendor."""
        return bool(self.provider.dkim) and self.provider.dkim[0].type == "CNAME"

    @property
    def signs_otherwise(self) -> str:
        """What it signs with where the domain has no keys of its own, in words; "" where it then signs nothing."""
        return "the tenant's onmicrosoft.com domain" if self.key == "microsoft-365" else ""

    def autodiscover(self, parameters: Mapping[str, str]) -> str:
        """The host that Outlook must be led to, absolute, or ""; the customer's parameters choose the cloud."""
        found = self._discovery(parameters)
        return f"{found.target}." if found is not None else ""

    def is_sure_of_autodiscover(self, parameters: Mapping[str, str]) -> bool:
        """Whether somebody confirmed the host that Outlook must be led to."""
        found = self._discovery(parameters)
        return found is not None and found.evidence.confirmed

    def _discovery(self, parameters: Mapping[str, str]) -> ClientRecord | None:
        records = [each for each in self.provider.clients if each.kind == "autodiscover" and "*" not in each.target]
        if not any(each.required for each in records):
            return None
        chosen = self._styles(parameters)
        usual = next((each for each in records if each.required), None)
        return next((each for each in records if each.style and each.style in chosen), usual)

    def _styles(self, parameters: Mapping[str, str]) -> set[str]:
        """The clouds and regions that the customer's parameters choose."""
        return {each.style_of(parameters.get(each.name, "")) for each in self.provider.parameters} - {""}

    def told_by(self, hosts: Iterable[str]) -> dict[str, str]:
        """The parameters that follow from the vendor's hosts in a domain's MX: its cloud, its region."""
        found = (catalogue().of_mx(host) for host in hosts)
        facts = [each.fact for each in found if each is not None and each.provider.key == self.key and each.confirmed]
        styles = {fact.style for fact in facts if isinstance(fact, MxHost)}
        if len(styles) != 1:
            return {}
        style = next(iter(styles))
        told = {each.name: _told(each, style, self.provider) for each in self.provider.parameters}
        return {name: value for name, value in told.items() if value}

    def cloud(self, parameters: Mapping[str, str]) -> str:
        """The style of the cloud that a customer is in, "" where nobody says so or there is but one."""
        known = self.provider.parameter("cloud")
        return known.style_of(parameters.get("cloud", "")) if known is not None else ""

    @property
    def mx_hint(self) -> str:
        """Where the vendor shows which MX a domain is to have, "" where that needs no looking up."""
        return self._hint(_MX_PARAMETERS)

    @property
    def dkim_hint(self) -> str:
        """Where the vendor shows what its selectors lead to or hold."""
        return self._hint(_DKIM_PARAMETERS)

    @property
    def where_keys_are_shown(self) -> str:
        """Where the vendor shows the selectors that it made up, or else its documentation."""
        return self.dkim_hint or next((key.shown for key in self.provider.dkim if key.shown), self.provider.docs)

    def _hint(self, names: tuple[str, ...]) -> str:
        return next((each.how for each in self.provider.parameters if each.name in names), "")

    def takes(self, host: str, parameters: Mapping[str, str] | None = None) -> bool:
        """Whether this is a host of the vendor that takes mail, and not known to be one of another of its clouds."""
        if not _takes(catalogue().of_mx(host), self.key):
            return False
        chosen, told = self.cloud(parameters or {}), self.cloud(self.told_by((host,)))
        return not chosen or not told or chosen == told

    @property
    def is_sure_of_hosts(self) -> bool:
        """Whether somebody confirmed any of its hosts, so that a host of another name is known to be none."""
        return any(host.evidence.confirmed for host in self.provider.mx_of())

    def is_sure_of_key(self, selector: str) -> bool:
        """Whether somebody confirmed where a selector leads."""
        return any(key.evidence.confirmed for key in self._targets_of(selector))

    def is_sure_of_target(self, target: str) -> bool:
        """Whether somebody confirmed that the vendor's keys are at names of this form."""
        bare = target.lower().removesuffix(".")
        known = (key for key in self.provider.dkim if key.target and key.evidence.confirmed)
        return any(pattern_of(key.target).matches(bare) for key in known)

    def is_sure_of_host(self, host: str) -> bool:
        """Whether somebody confirmed that the vendor's mail hosts have names of this form."""
        found = catalogue().of_mx(host)
        return found is not None and found.provider.key == self.key and found.confirmed

    def asks_for_key(self, selector: str) -> bool:
        """Whether somebody confirmed that the vendor signs with a selector."""
        return any(key.evidence.confirmed for key in self.provider.dkim if key.selector == selector)

    def key_target(self, selector: str, domain: str) -> str:
        """What the CNAME of a selector is to hold, absolute; "" where that does not follow from the domain."""
        for key in self.provider.dkim:
            if key.selector == selector and key.target and key.evidence.confirmed:
                text = key.target.replace("{domain}", dotless(domain))
                text = text.replace("{dashed}", dotless(domain).replace(".", "-"))
                return "" if {"*", "{"} & set(text) else f"{text}."
        return ""

    def owns_spf(self, name: str, parameters: Mapping[str, str] | None = None) -> bool:
        """Whether the SPF record at a name is the vendor's, and not known to be of another of its clouds."""
        found = catalogue().of_spf(name)
        if found is None or found.provider.key != self.key:
            return False
        chosen = self.cloud(parameters or {})
        style = found.fact.style if isinstance(found.fact, SpfTerm) and found.confirmed else ""
        return not chosen or not style or style == chosen

    def fits(self, selector: str, target: str, parameters: tuple[tuple[str, str], ...] = ()) -> bool:
        """Whether a selector may lead to this target: one of the vendor's for that selector, and for these parameters.

        A selector that the vendor's documents do not name may lead to any of its targets.
        """
        own = self._targets_of(selector)
        bare = target.lower().removesuffix(".")
        for key in own:
            text = key.target
            for name, value in parameters:
                text = text.replace(f"{{{name}}}", value.lower())
            if pattern_of(text).matches(bare):
                return True
        return not own

    def is_among_keys(self, target: str) -> bool:
        """Whether a target lies where the vendor has its keys, at whatever name: other names are not to be found there.

        What begins with wildcards alone says nothing about where that is.
        """
        bare = target.lower().removesuffix(".")
        ends = {pattern_of(key.target).suffix for key in self.provider.dkim if key.target and key.evidence.confirmed}
        return any("." in end and bare.endswith(f".{end}") for end in ends)

    def key_made_for(self, selector: str, target: str, domain: str, ours: Ours) -> Foreign | None:
        """Whom the target of a selector is made for, where that is another domain than the one that signs."""
        return foreign((key.target for key in self._targets_of(selector)), target, domain, ours)

    def host_made_for(self, host: str, domain: str, ours: Ours) -> Foreign | None:
        """Whom a mail host is made for, where that is another domain."""
        return foreign((each.host for each in self.provider.mx if not each.verification), host, domain, ours)

    def spf_made_for(self, name: str, domain: str, ours: Ours) -> Foreign | None:
        """Whom the SPF record at a name is made for, where that is another domain."""
        return foreign((term.target for term in self.provider.spf), name, domain, ours)

    def _targets_of(self, selector: str) -> list[DkimSelector]:
        known = [key for key in self.provider.dkim if key.target]
        return [key for key in known if key.selector == selector] or known


def vendor_named(key: str) -> Vendor | None:
    """The vendor of a key, or None where there is none."""
    provider = catalogue().providers.get(key)
    return Vendor(provider) if provider is not None else None


def vendor_keys() -> tuple[str, ...]:
    """The keys of all vendors."""
    return tuple(catalogue().providers)


def vendor_names() -> tuple[str, ...]:
    """The keys of all vendors, and what else people call them."""
    return catalogue().names()


def key_meant(name: str) -> str:
    """The key of the vendor that people call so, "" where nobody is called so."""
    found = catalogue().called(name)
    return found.key if found is not None else ""


def vendor_of_mx(host: str) -> Vendor | None:
    """Whose mail host this is; nobody's where it only proves ownership."""
    found = catalogue().of_mx(host)
    return _vendor(found) if found is not None and _takes(found, found.provider.key) else None


def return_path_term(host: str) -> tuple[str, str]:
    """Whose host for bounces this is, and the SPF term that it asks for at a return path; "" twice for no such host."""
    found = catalogue().of_mx(host)
    if found is None or not isinstance(found.fact, MxHost):
        return "", ""
    records, fact = found.provider.envelope, found.fact
    styles = {each.style for each in records if each.takes_at(fact)}
    terms = [each.value for each in records if each.type == "SPF" and each.style in styles and not each.is_placeholder]
    return (found.provider.name, terms[0]) if terms else ("", "")


def vendor_of_spf(name: str) -> Vendor | None:
    """Whose SPF record stands at a name, where that is confirmed."""
    found = catalogue().of_spf(name)
    return _vendor(found) if found is not None and found.confirmed else None


def vendor_of_autodiscover(host: str) -> tuple[Vendor, bool, str] | None:
    """Who answers Autodiscover at a host, whether that is confirmed, and for which of its clouds; "" for all."""
    found = catalogue().of_autodiscover(host)
    if found is None:
        return None
    return Vendor(found.provider), found.confirmed, found.fact.style if isinstance(found.fact, ClientRecord) else ""


def vendor_of_key(target: str) -> Vendor | None:
    """Whose DKIM key the CNAME of a selector leads to."""
    return _vendor(catalogue().of_dkim_target(target))


def of_autodiscover(*hosts: str) -> tuple[Witness, ...]:
    """Who says whose Autodiscover hosts these are."""
    found = (catalogue().of_autodiscover(host) for host in hosts)
    return tuple(each.fact.evidence.witness for each in found if each is not None)


def of_mail_hosts(*hosts: str) -> tuple[Witness, ...]:
    """Who says whose mail hosts these are."""
    found = (catalogue().of_mx(host) for host in hosts)
    return tuple(each.fact.evidence.witness for each in found if each is not None)


def is_dkim_target(name: str) -> bool:
    """Whether a name is where some vendor's selectors lead."""
    return catalogue().of_dkim_target(name) is not None


def _told(parameter: Parameter, style: str, provider: Provider) -> str:
    """The value of a parameter that mail hosts of one style tell; "" where they tell none.

    Where the hosts of all values but one have styles of their own, the others are that one's.
    """
    own = {host.style for host in provider.mx}
    found = [value.value for value in parameter.values if value.style == style]
    left = [value.value for value in parameter.values if value.style and value.style not in own]
    is_split = any(value.style in own for value in parameter.values)
    return found[0] if found else left[0] if is_split and len(left) == 1 else ""


def _vendor(found: Recognised | None) -> Vendor | None:
    return Vendor(found.provider) if found is not None else None


def _takes(found: Recognised | None, key: str) -> bool:
    if found is None or found.provider.key != key:
        return False
    return not (isinstance(found.fact, MxHost) and found.fact.verification)
