"""Whose mail hosts a zone names, and whether what its vendors need fits together: cheap signs first, then facts."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from linter.facts.texts import SpfText
from linter.providers.in_force import own_providers
from linter.providers.mail_hosts import HostSign, host_sign
from linter.records.spf.record import Mechanism, Modifier
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Mx

if TYPE_CHECKING:
    from linter.finding import Witness
    from linter.providers.catalogue import Catalogue
    from linter.providers.evidence import Retired

SYSTEMS = frozenset({"mailboxes", "forwarder"})
"""The roles by which mail ends at a vendor, as far as senders see."""


class VendorHost(Frozen):
    """One MX value and whose host it names."""

    mx: Mx
    sign: HostSign

    @property
    def vendor(self) -> str:
        """The name of the vendor."""
        return vendor_catalogue().providers[self.sign.provider].name

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has confirmed whose host this is."""
        found = vendor_catalogue().of_mx(self.mx.exchange.name)
        return found is not None and found.confirmed

    @property
    def witnesses(self) -> "tuple[Witness, ...]":
        """Who says whose host it is."""
        found = vendor_catalogue().of_mx(self.mx.exchange.name)
        return (found.fact.evidence.witness,) if found is not None else ()

    @property
    def is_system(self) -> bool:
        """Whether mailboxes are behind it."""
        return not SYSTEMS.isdisjoint(self.sign.roles)

    @property
    def family(self) -> str:
        """The style of the host, or the one that it may stand beside."""
        return self.sign.beside or self.sign.style

    @property
    def is_gateway(self) -> bool:
        """Whether it filters for another system."""
        return "gateway" in self.sign.roles


def vendor_hosts(values: Iterable[Mx]) -> list[VendorHost]:
    """The values of one MX set whose hosts are known vendors', in order; hosts of anybody else are left out."""
    signs = ((value, host_sign(value.exchange.name)) for value in values if not value.is_null)
    return [VendorHost(value, sign) for value, sign in signs if sign is not None]


def is_of_one_host(mx: Mx) -> bool:
    """Whether a value names the host of a vendor that asks for no other."""
    found = vendor_hosts((mx,))
    return any(vendor_catalogue().providers[host.sign.provider].single_host for host in found)


def styles_apart(hosts: Iterable[VendorHost]) -> list[list[VendorHost]]:
    """The hosts of each vendor that has hosts of two styles in one set which do not belong together."""
    by_vendor: dict[str, list[VendorHost]] = {}
    for host in hosts:
        if host.sign.takes_mail:
            by_vendor.setdefault(host.sign.provider, []).append(host)
    return [found for found in by_vendor.values() if len({host.family for host in found}) > 1]


class RetiredTerm(Frozen):
    """A term that leads to a name which its vendor has withdrawn."""

    term: Mechanism | Modifier
    name: str
    vendor: str
    retired: "Retired"


def retired_terms(text: SpfText) -> Iterator[RetiredTerm]:
    """Such terms of a record."""
    for term in text.spf.terms:
        domain = term.value if isinstance(term, Modifier) else term.domain
        if domain is not None and term.name in ("include", "redirect", "a", "mx"):
            name = domain.text.lower().removesuffix(".")
            found = _retired("include", name)
            if found is not None:
                yield RetiredTerm(term, name, *found)


def retired_report(host: str) -> "Retired | None":
    """What is known of a host of report addresses which its vendor has withdrawn; None for any other."""
    found = _retired("report-address", host)
    return found[1] if found is not None else None


def _retired(kind: str, name: str) -> "tuple[str, Retired] | None":
    """The vendor that has withdrawn a name, by its own name, and what is known of that."""
    if own_providers():
        found = vendor_catalogue().retired(kind, name)
        return (found[0].name, found[1]) if found is not None else None
    return _retired_by_table(kind, name)


@lru_cache(maxsize=1024)  # thousands of zones name the same few
def _retired_by_table(kind: str, name: str) -> "tuple[str, Retired] | None":
    from linter.providers.name_signs import RETIRED_INCLUDES, RETIRED_REPORTS

    if kind == "include":
        row = RETIRED_INCLUDES.get(name)
    else:
        rows = (row for domain, row in RETIRED_REPORTS.items() if name == domain or name.endswith(f".{domain}"))
        row = next(rows, None)
    if row is None:
        return None
    from linter.providers.evidence import Evidence, Retired

    vendor, _, known_as, since, successor, reason, works, source, seen, confirmed = row
    return vendor, Retired(kind, known_as, since, successor, reason, works, Evidence(source, seen, confirmed))


def vendor_catalogue() -> "Catalogue":
    """All that is known of vendors."""
    from linter.providers.catalogue import catalogue  # only what is said of a vendor needs it, not who it is

    return catalogue()
