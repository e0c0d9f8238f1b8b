"""Whose mail hosts a zone names, and whether what its vendors need fits together: cheap signs first, then facts."""

from collections.abc import Iterable, Iterator

from linter.facts.texts import SpfText
from linter.providers.mail_hosts import HostSign, host_sign
from linter.records.spf.record import Mechanism, Modifier
from linter.source.frozen import Frozen
from linter.zone.model import Mx

SYSTEMS = frozenset({"mailboxes", "forwarder"})
"""The roles by which mail ends at a vendor, as far as senders see."""


class VendorHost(Frozen):
    """One MX value and whose host it names."""

    mx: Mx
    sign: HostSign

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


def styles_apart(hosts: Iterable[VendorHost]) -> dict[str, list[VendorHost]]:
    """The hosts of each vendor that has hosts of two styles in one set which do not belong together."""
    by_vendor: dict[str, list[VendorHost]] = {}
    for host in hosts:
        if host.sign.takes_mail:
            by_vendor.setdefault(host.sign.provider, []).append(host)
    return {vendor: found for vendor, found in by_vendor.items() if len({host.family for host in found}) > 1}


def retired_terms(text: SpfText) -> Iterator[tuple[Mechanism | Modifier, str]]:
    """The terms of a record that lead to a name which its vendor has withdrawn, and that name."""
    from linter.providers.signs import RETIRED_INCLUDES

    for term in text.spf.terms:
        domain = term.value if isinstance(term, Modifier) else term.domain
        if domain is not None and term.name in ("include", "redirect", "a", "mx"):
            name = domain.text.lower().removesuffix(".")
            if name in RETIRED_INCLUDES:
                yield term, name


def is_retired_report(host: str) -> bool:
    """Whether a host is that of report addresses which a vendor has withdrawn; the catalogue knows the rest."""
    from linter.providers.signs import RETIRED_REPORTS

    return any(host == domain or host.endswith(f".{domain}") for domain in RETIRED_REPORTS)
