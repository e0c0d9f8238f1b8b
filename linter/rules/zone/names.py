"""Owner names and targets: what DNS does not allow, and what was plainly not meant."""

from collections.abc import Iterator

from linter.facts.targets import without_second_origin
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.fault import quoted
from linter.records.text.name import dotless, shown
from linter.source.offsets import part_of
from linter.source.tree import Scalar, unalias
from linter.zone.doubled import meant_name
from linter.zone.model import Record, Target
from linter.zone.rewriting import rewrite_target
from mailzone import ERROR, ODD_NAMES, WARNING, At, Complaint, Facts, complaint, rule

_ALIASES = ("CNAME", "DNAME", "ALIAS")
"""`cname-target-not-a-host` speaks of these."""


@rule("name-invalid", ERROR, "RFC 1035 section 2.3.4", when=ODD_NAMES)
def name_invalid(facts: Facts) -> Iterator[Complaint]:
    """Owner names, and targets of other types than aliases."""
    for bad in facts.zone.bad_names:
        fault = bad.fault
        yield complaint(part_of(bad.node, fault.start, fault.end), fault.message, help=fault.help, at=At(bad.name))
    for record, target in facts.targets:
        found = target.fault
        if found is None or record.type in _ALIASES:
            continue
        if record.type == "MX" and target.is_address:
            continue  # mx-target-is-address
        span = target.part(found.start, found.end)
        yield complaint(span, f"{record.type}: {found.message}", help=found.help, at=record)


@rule("name-doubled-origin", ERROR, "RFC 1035 section 5.1", when=ODD_NAMES)
def name_doubled_origin(facts: Facts) -> Iterator[Complaint]:
    """Names of which the relative part is a name below the zone already."""
    reported = set()
    for record in facts.zone.doubled:
        if record.name_span not in reported:
            reported.add(record.name_span)
            yield _complaint(record, facts.zone.name)


def _complaint(record: Record, origin: str) -> Complaint:
    key = unalias(record.name_node)[0]
    written = key.text if isinstance(key, Scalar) else ""
    bare = dotless(origin)
    span = record.name_span
    if isinstance(key, Scalar) and written.lower().endswith(bare):
        span = part_of(key, len(written) - len(bare), len(written))
    meant = meant_name(record, origin).removesuffix(origin).rstrip(".")
    message = f"`{written}` is relative to the zone: this publishes {shown(record.name)}"
    return complaint(span, message, help=f"write `{meant}`" if meant else "write `''`", at=record)


@rule("target-doubled-origin", ERROR, "RFC 1035 section 5.1", when=ODD_NAMES)
def target_doubled_origin(facts: Facts) -> Iterator[Complaint]:
    """Targets of all types that have one."""
    for record, target in facts.targets:
        meant = without_second_origin(target, facts.index)
        if meant and not target.fault:
            # The caret stands under what is too much.
            start = len(target.written) - len(facts.zone.name)
            span = target.part(start, len(target.written))
            message = f"{quoted(target.written, 80)} has the zone's own name after a complete name"
            why = f"the {record.type} then leads to {quoted(meant, 80)}"
            fix = rewrite_target(target, meant, why)
            yield complaint(span, message, help=f"remove it, so that only `{meant}` is left", at=record, fix=fix)


@rule("target-without-trailing-dot", WARNING, "RFC 1035 section 5.1", when=ODD_NAMES)
def target_without_trailing_dot(facts: Facts) -> Iterator[Complaint]:
    """Targets of all types that have one, unless the provider takes them as absolute."""
    if facts.publishing.target_dots == "optional":
        return
    zone = facts.zone.name
    for record, target in facts.targets:
        if target.dotted or target.fault or "{" in target.written:
            continue
        relative = quoted(f"{target.written}.{zone}".rstrip("."), 80)
        message = f"{quoted(target.written, 60)} has no final dot, so many providers will publish it as {relative}"
        meant = _meant(target, facts.index)
        way_out = f"write `{meant}`; if your provider needs no dots, `dns: {{target-dots: optional}}`"
        why = f"a provider that has published {relative} then publishes {quoted(meant, 80)}"
        full = f"{target.written}{meant[len(target.written) :]}"  # capitals stay
        fix = rewrite_target(target, full if full.lower() == meant else meant, why)
        yield complaint(target.span, message, help=way_out, at=record, fix=fix)


def _meant(target: Target, index: ZoneIndex) -> str:
    """The name in full: relative where the zone holds it so, else the likelier reading."""
    relative = f"{target.written.lower()}.{index.zone.name}"
    if index.exists(relative) and not index.exists(target.name):
        return relative
    return target.name
