"""The SRV records by which mail programs find a domain's services."""

from collections.abc import Iterable, Iterator

from linter.records.hosts.services import Service, service_of
from linter.records.hosts.srv import name_fault
from linter.records.text.fault import Fault
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.tree import Scalar, unalias
from linter.zone.model import Record, Srv


class Offer(Frozen):
    """One SRV value at the name of a mail service; `domain` is whose service it is, absolute."""

    record: Record
    value: Srv
    service: Service
    domain: str

    @property
    def declines(self) -> bool:
        """Whether the value says that the service is not offered (RFC 2782; RFC 6186 section 3.4)."""
        return self.value.target.name == "."


def offers(records: Iterable[Record]) -> Iterator[Offer]:
    """Every value of SRV records that stand at the name of a mail service."""
    for record in records:
        service = service_of(record.name)
        if service is not None:
            domain = record.name.split(".", 2)[2]
            for value in record.values:
                if isinstance(value, Srv):
                    yield Offer(record, value, service, domain)


def named_hosts(records: Iterable[Record]) -> Iterator[Offer]:
    """The offers whose target is a host name: no refusal, nothing that is not a name, and no template of octoDNS."""
    for offer in offers(records):
        target = offer.value.target
        if not offer.declines and not target.fault and "{" not in target.written:
            yield offer


class Misspelt(Frozen):
    """SRV records at a name that was meant for a mail service; `span` is the part of the name that is wrong."""

    record: Record
    span: Span
    fault: Fault


def misspelt(records: Iterable[Record]) -> Iterator[Misspelt]:
    """Every such name once, however many entries it has; the ports of its first one help to tell what was meant."""
    seen = set()
    for record in records:
        key, via = unalias(record.name_node)
        if record.name in seen or service_of(record.name) is not None or not isinstance(key, Scalar):
            continue
        seen.add(record.name)
        ports = tuple(value.port for value in record.values if isinstance(value, Srv) and value.port is not None)
        fault = name_fault(key.text, ports)
        if fault:
            from linter.source.offsets import part_of  # only findings need places

            yield Misspelt(record, part_of(key, fault.start, fault.end, via), fault)
