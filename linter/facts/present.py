"""Words for what a zone holds, so that only those rules are loaded that have something to judge."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from linter.lookup.zone_index import ZoneIndex
from linter.records.dmarc import Dmarc
from linter.records.fault import Fault
from linter.zone.model import Mx, Record, Srv, Target, Text, Zone

from .targets import TYPES, pointers, without_second_origin
from .texts import Texts


class Held(Protocol):
    """What is looked at: the facts of a zone."""

    @property
    def zone(self) -> Zone:
        """The zone."""
        ...

    @property
    def index(self) -> ZoneIndex:
        """Its names and types."""
        ...

    @property
    def texts(self) -> Texts:
        """Its sorted texts."""
        ...


def present(facts: Held) -> frozenset[str]:
    """All words that hold for a zone; `Facts.present` lists them."""
    zone, texts = facts.zone, facts.texts
    words = set(facts.index.by_type)
    words.update(fault.kind for fault in zone.faults)
    if zone.bad_names:
        words.add("name-fault")
    for word, held in (
        ("spf", texts.spf),
        ("near-spf", texts.near_spf),
        ("near-dmarc", texts.near_dmarc),
        ("dkim", texts.keys),
        ("stray-dkim", texts.stray_keys),
        ("dkim-host", texts.host_names),
        ("dkim-leftover", texts.leftovers),
    ):
        if held:
            words.add(word)
    for text in texts.dmarc:
        words.add("dmarc" if text.role == "policy" else f"{text.role}-dmarc")
        if ".*." in text.record.name:
            words.add("stray-dmarc")
        if text.role != "report":
            words.update(_of_policy(text.dmarc))
    words.update(_kinds("spf", (fault for text in texts.spf for fault in text.spf.faults)))
    words.update(_kinds("dmarc", (fault for text in texts.dmarc for fault in text.dmarc.faults)))
    keys = (*texts.keys, *texts.stray_keys)
    words.update(_kinds("dkim", (fault for text in keys for fault in text.key.faults)))
    if any(text.key.key for text in keys):
        words.add("dkim-key")
    if len({text.record.name for text in keys}) < len(keys):
        words.add("dkim-several")
    words.update(_of_values(facts.index))
    words.update(_doubled(facts.index))
    return frozenset(words)


def _kinds(grammar: str, faults: Iterable[Fault]) -> Iterator[str]:
    return (f"{grammar}:{fault.kind}" for fault in faults)


def _of_policy(dmarc: Dmarc) -> Iterator[str]:
    yield f"dmarc:p={dmarc.p or 'missing'}"
    if dmarc.sp or dmarc.np:
        yield "dmarc:subdomains"
    if dmarc.t:
        yield "dmarc:t=y"
    if dmarc.psd == "y":
        yield "dmarc:psd=y"
    if not dmarc.rua:
        yield "dmarc:no-rua"


def _of_values(index: ZoneIndex) -> Iterator[str]:
    for kind, records in index.by_type.items():
        if len({record.name for record in records}) < len(records) or any(len(r.values) > 1 for r in records):
            yield "duplicates"
        if kind not in ("A", "AAAA"):
            for record in records:
                yield from _of_record(record)


def _doubled(index: ZoneIndex) -> Iterator[str]:
    """Names and targets with the zone's own name behind what may be complete."""
    origin = index.zone.name
    doubled = f"{origin}{origin}"
    if any(name.endswith(doubled) for name in index.names):
        yield "doubled-name"
    for kind in TYPES:
        for _, target in pointers(index.by_type.get(kind, ())):
            if target.dotted and without_second_origin(target, index):
                yield "doubled-target"
                return


def _of_record(record: Record) -> Iterator[str]:
    for value in record.values:
        if isinstance(value, Text):
            if value.has_quotes or "\\" in value.text:
                yield "quotes"
            if not value.text.isascii():
                yield "non-ascii"
            continue
        target = value.exchange if isinstance(value, Mx) else value.target if isinstance(value, Srv) else value
        if isinstance(value, Mx) and value.is_null:
            yield "null-mx"
        if isinstance(target, Target):
            if not target.dotted:
                yield "undotted"
            if target.fault:
                yield "target-fault"
