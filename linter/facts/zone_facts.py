"""All that rules may know about one zone: its records sorted, and a resolver for what lies elsewhere."""

from functools import cached_property
from typing import NamedTuple, Protocol

from linter.lookup.answer import Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.zone.model import Mx, Record, Zone

from .texts import Parsers, SpfText, Texts, sort_texts


class Publishing(NamedTuple):
    """What the DNS provider that publishes the zones permits; `dns:` in the configuration."""

    target_dots: str = "required"
    cname_flattening: bool = False


class Estate(Protocol):
    """What rules may ask about all declared zones together."""

    def aliases_to(self, name: str) -> tuple[str, ...]:
        """The absolute names of all declared CNAMEs that point to `name`."""
        ...

    def public_suffix(self, name: str) -> str:
        """The public suffix of an absolute name, absolute itself."""
        ...


class Facts:
    """The facts about one zone; computed when first asked for, then kept."""

    def __init__(
        self, index: ZoneIndex, resolver: Resolver, estate: Estate, publishing: Publishing, parsers: Parsers
    ) -> None:
        self.index = index
        self.resolver = resolver
        self.estate = estate
        self.publishing = publishing
        self.parsers = parsers

    @property
    def zone(self) -> Zone:
        """The zone as declared."""
        return self.index.zone

    def records(self, *kinds: str) -> list[Record]:
        """All records of these types, in the order of the files within each type."""
        return [record for kind in kinds for record in self.index.by_type.get(kind, ())]

    @cached_property
    def texts(self) -> Texts:
        """Every TXT value, sorted and parsed."""
        return sort_texts(self.records("TXT"), self.parsers)

    @cached_property
    def spf_by_name(self) -> dict[str, list[SpfText]]:
        """The SPF records of each name that has one."""
        return _by_name(self.texts.spf)

    @cached_property
    def mail_hosts(self) -> dict[str, list[Mx]]:
        """The MX values of each name that has one."""
        hosts: dict[str, list[Mx]] = {}
        for record in self.records("MX"):
            hosts.setdefault(record.name, []).extend(value for value in record.values if isinstance(value, Mx))
        return {name: values for name, values in hosts.items() if values}

    def holds(self, family: str) -> bool:
        """Whether the zone holds anything that a family of rules judges, so that it need be loaded."""
        texts = self.texts
        if family == "source":
            return bool(self.zone.faults or "TXT" in self.index.by_type)
        if family == "spf":
            return bool(texts.spf or texts.near_spf or self.mail_hosts or "SPF" in self.index.by_type)
        if family == "dmarc":
            return bool(texts.dmarc or texts.near_dmarc or texts.spf or self.mail_hosts)
        if family == "dkim":
            return bool(texts.keys or texts.stray_keys or texts.host_names or texts.leftovers)
        if family == "mx":
            return bool(self.mail_hosts)
        return True


def _by_name(found: list[SpfText]) -> dict[str, list[SpfText]]:
    names: dict[str, list[SpfText]] = {}
    for text in found:
        names.setdefault(text.record.name, []).append(text)
    return names
