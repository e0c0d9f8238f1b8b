"""Whose mail hosts a zone names, and whether what its vendors need fits together: cheap signs first, then facts."""

from collections.abc import Iterable, Iterator

from linter.lookup.zone_index import ZoneIndex
from linter.providers.mail_hosts import HostSign, host_sign
from linter.records.spf import Mechanism, Modifier
from linter.source.frozen import Frozen
from linter.zone.model import Mx

from .texts import SpfText, Texts

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


def vendor_words(index: ZoneIndex, texts: Texts) -> Iterator[str]:
    """Words for `Facts.present` about vendors; most zones with one vendor's hosts give none."""
    if texts.spf or texts.dmarc:
        yield from _of_retired(texts)
    sets: dict[str, list[Mx]] = {}
    for record in index.by_type.get("MX", ()):
        sets.setdefault(record.name, []).extend(value for value in record.values if isinstance(value, Mx))
    if not sets:
        return
    spf = {text.record.name: text.spf.text for text in texts.spf}
    for name, values in sets.items():
        hosts = vendor_hosts(values)
        if len(values) == 1 and not values[0].is_null and not (hosts and hosts[0].sign.is_complete_alone):
            yield "mx:single"
        if hosts:
            yield from _of_hosts(hosts, spf.get(name, ""))


def _of_hosts(hosts: list[VendorHost], spf: str) -> Iterator[str]:
    if not all(host.sign.takes_mail for host in hosts):
        yield "mx:verification"
    if len({host.sign.provider for host in hosts}) > 1:
        yield "mx:vendors"
    if len(hosts) > 1 and styles_apart(hosts):
        yield "mx:styles"
    if spf and not any(name in spf.lower() for host in hosts for name in host.sign.spf_names):
        yield "mx:vendor-not-in-spf"


def _of_retired(texts: Texts) -> Iterator[str]:
    """Words for SPF terms and report addresses that lead to what a vendor has withdrawn."""
    from linter.providers.signs import RETIRED_REPORTS

    if any(True for text in texts.spf for _ in retired_terms(text)):
        yield "spf:retired"
    for text in texts.dmarc:
        if any(_lies_at(uri.host, RETIRED_REPORTS) for uri in (*text.dmarc.rua, *text.dmarc.ruf)):
            yield "dmarc:retired"


def retired_terms(text: SpfText) -> Iterator[tuple[Mechanism | Modifier, str]]:
    """The terms of a record that lead to a name which its vendor has withdrawn, and that name."""
    from linter.providers.signs import RETIRED_INCLUDES

    for term in text.spf.terms:
        domain = term.value if isinstance(term, Modifier) else term.domain
        if domain is not None and term.name in ("include", "redirect", "a", "mx"):
            name = domain.text.lower().removesuffix(".")
            if name in RETIRED_INCLUDES:
                yield term, name


def _lies_at(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
