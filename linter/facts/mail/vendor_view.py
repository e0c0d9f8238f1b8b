"""Vendors as declared mail needs them: a view of the catalogue, which is loaded at the first question."""

from collections.abc import Mapping

from linter.providers.catalogue import catalogue
from linter.providers.holes import UNKNOWN, filled, holes_in
from linter.providers.model import DkimSelector, MxHost, Provider, Recognised
from linter.providers.needs import Needs, needs_of
from linter.providers.pattern import pattern_of
from linter.source.frozen import Frozen

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
        return needs_of(self.provider, name.rstrip("."), parameters)

    @property
    def mail_hosts(self) -> tuple[str, ...]:
        """The hosts to name in MX, absolute; none where each customer has hosts of its own."""
        hosts = [host.host for host in self.provider.mx_of()]
        return () if any("*" in host or "{" in host for host in hosts) else tuple(f"{host}." for host in hosts)

    def spf(self, is_below: bool, parameters: Mapping[str, str]) -> tuple[str, ...]:
        """The terms that let it send: of the domain's own record, or of an envelope domain below it.

        The customer's parameters choose among its regions and fill what is open; what stays open is a `*`. What the
        catalogue did not see confirmed asks for nothing.
        """
        places = ("subdomain", "domain") if is_below else ("domain", "outbound")
        terms = [term for term in self.provider.spf if term.at in places and "%" not in term.term]
        chosen = {each.style_of(parameters.get(each.name, "")) for each in self.provider.parameters} - {""}
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
    def signs_by_alias(self) -> bool:
        """Whether its keys are published as CNAMEs to the vendor."""
        return bool(self.provider.dkim) and self.provider.dkim[0].type == "CNAME"

    @property
    def signs_otherwise(self) -> str:
        """What it signs with where the domain has no keys of its own, in words; "" where it then signs nothing."""
        return "the tenant's onmicrosoft.com domain" if self.key == "microsoft-365" else ""

    @property
    def autodiscover(self) -> str:
        """The host that Outlook must be led to, absolute, or ""."""
        records = (client for client in self.provider.clients if client.kind == "autodiscover" and client.required)
        return next((f"{client.target}." for client in records if "*" not in client.target), "")

    @property
    def is_sure_of_autodiscover(self) -> bool:
        """Whether somebody confirmed the host that Outlook must be led to."""
        records = (each for each in self.provider.clients if each.kind == "autodiscover" and each.required)
        return bool(self.autodiscover) and any(each.evidence.confirmed for each in records)

    @property
    def mx_hint(self) -> str:
        """Where the vendor shows which MX a domain is to have, "" where that needs no looking up."""
        return self._hint(_MX_PARAMETERS)

    @property
    def dkim_hint(self) -> str:
        """Where the vendor shows what its selectors lead to or hold."""
        return self._hint(_DKIM_PARAMETERS)

    def _hint(self, names: tuple[str, ...]) -> str:
        return next((each.how for each in self.provider.parameters if each.name in names), "")

    def takes(self, host: str) -> bool:
        """Whether this is a host of the vendor that takes mail."""
        return _takes(catalogue().of_mx(host), self.key)

    @property
    def is_sure_of_hosts(self) -> bool:
        """Whether somebody confirmed any of its hosts, so that a host of another name is known to be none."""
        return any(host.evidence.confirmed for host in self.provider.mx_of())

    def is_sure_of_key(self, selector: str) -> bool:
        """Whether somebody confirmed where a selector leads."""
        return any(key.evidence.confirmed for key in self._targets_of(selector))

    def asks_for_key(self, selector: str) -> bool:
        """Whether somebody confirmed that the vendor signs with a selector."""
        return any(key.evidence.confirmed for key in self.provider.dkim if key.selector == selector)

    def key_target(self, selector: str, domain: str) -> str:
        """What the CNAME of a selector is to hold, absolute; "" where that does not follow from the domain."""
        for key in self.provider.dkim:
            if key.selector == selector and key.target and key.evidence.confirmed:
                text = key.target.replace("{domain}", domain.rstrip("."))
                text = text.replace("{dashed}", domain.rstrip(".").replace(".", "-"))
                return "" if {"*", "{"} & set(text) else f"{text}."
        return ""

    def owns_spf(self, name: str) -> bool:
        """Whether the SPF record at a name is the vendor's."""
        found = catalogue().of_spf(name)
        return found is not None and found.provider.key == self.key

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


def key_meant(name: str) -> str:
    """The key of the vendor that people call so, "" where nobody is called so."""
    found = catalogue().called(name)
    return found.key if found is not None else ""


def vendor_of_mx(host: str) -> Vendor | None:
    """Whose mail host this is; nobody's where it only proves ownership."""
    found = catalogue().of_mx(host)
    return _vendor(found) if found is not None and _takes(found, found.provider.key) else None


def vendor_of_spf(name: str) -> Vendor | None:
    """Whose SPF record stands at a name, where that is confirmed."""
    found = catalogue().of_spf(name)
    return _vendor(found) if found is not None and found.confirmed else None


def vendor_of_autodiscover(host: str) -> tuple[Vendor, bool] | None:
    """Who answers Autodiscover at a host, and whether that is confirmed."""
    found = catalogue().of_autodiscover(host)
    return (Vendor(found.provider), found.confirmed) if found is not None else None


def is_dkim_target(name: str) -> bool:
    """Whether a name is where some vendor's selectors lead."""
    return catalogue().of_dkim_target(name) is not None


def _vendor(found: Recognised | None) -> Vendor | None:
    return Vendor(found.provider) if found is not None else None


def _takes(found: Recognised | None, key: str) -> bool:
    if found is None or found.provider.key != key:
        return False
    return not (isinstance(found.fact, MxHost) and found.fact.verification)
