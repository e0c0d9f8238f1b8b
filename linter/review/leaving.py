"""What leaves the repository, and what is left pointing at nothing: zones, delegations, dangling targets."""

from collections.abc import Iterator

from linter.facts.targets import Pointer
from linter.plan.estate import View
from linter.records.hosts.services import service_of
from linter.records.text.fault import count, few
from linter.records.text.name import is_under, shown

from .compared import Compared
from .model import ERROR, INFO, WARNING, Change
from .side import Side
from .subjects import FINDERS

_ANSWERS = ("A", "AAAA", "TXT", "MX", "TLSA")


def leaving(compared: Compared) -> Iterator[Change]:
    """All of it."""
    yield from _unread(compared)
    yield from _zones(compared)
    yield from _delegations(compared)
    yield from _dangling(compared)


def _zones(compared: Compared) -> Iterator[Change]:
    old, new = compared.before.facts, compared.after.facts
    for zone in sorted({*old, *new}):
        if zone in old and zone in new:
            continue
        if zone in compared.before.unread | compared.after.unread:
            continue
        here, there = (compared.before, compared.after) if zone in old else (compared.after, compared.before)
        mail = _mail_names(here, zone)
        above = there.plain.zone_of(zone)
        is_cut = bool(above) and there.facts[above].index.cut_above(zone) is not None
        if above and not is_cut:  # its names are those of the zone above, and compared as such
            continue
        told = f": {few(map(shown, mail))}" if mail and mail != [zone] else ""
        if zone in old:
            message = f"the zone {shown(zone)} leaves the repository; its mail is unknown from now on{told}"
            yield Change("zone", zone, "here", "unknown", message, WARNING if mail else INFO)
        elif mail:
            message = f"the zone {shown(zone)} is new here, and nothing is known of what was before{told}"
            yield Change("zone", zone, "unknown", "here", message, INFO)


def _unread(compared: Compared) -> Iterator[Change]:
    """Zones of which nothing, or not all, can be said, since a file of theirs cannot be read."""
    for side in (compared.before, compared.after):
        for zone in sorted(side.unread):
            message = (
                f"the zone {shown(zone)} cannot be read on the side of {side.label}: what changes in it is unknown"
            )
            yield Change("zone", zone, "", "", message, WARNING)
        for zone, old, new in compared.differences.comparable():
            texts = [[source.text for source in index.zone.sources] for index in (old, new)]
            held = side.facts[zone].zone
            if not held.complete and held.faults and texts[0] != texts[1]:
                message = f"the zone {shown(zone)} is not read whole on the side of {side.label}: the rest is unknown"
                yield Change("zone", zone, "", "", message, WARNING)


def _mail_names(side: Side, zone: str) -> list[str]:
    facts = side.facts[zone]
    return sorted({*facts.mail_hosts, *facts.spf_by_name})


def _delegations(compared: Compared) -> Iterator[Change]:
    """Names that other servers answer for from now on, or no longer."""
    for _, old, new in compared.differences.comparable():
        for cut in sorted(new.cuts - old.cuts):
            if cut not in compared.after.facts:
                lost = [name for name in old.names if is_under(name, cut)]
                mail = [name for name in lost if {"MX", "TXT"} & set(old.names[name])]
                what = f"; {count(len(lost), 'name')} there {'is' if len(lost) == 1 else 'are'} unknown from now on"
                message = f"{shown(cut)} is delegated{what if lost else ': what lies there is unknown from now on'}"
                yield Change("delegation", cut, "here", "unknown", message, WARNING if mail else INFO)
        for cut in sorted(old.cuts - new.cuts):
            if cut not in compared.before.facts or cut not in compared.after.facts:
                held = compared.before.plain.sets.get((cut, "NS"))
                servers = ", ".join(held.values) if held is not None else ""
                message = f"the delegation of {shown(cut)} goes: what its servers answered is no longer found"
                is_mail = cut in compared.before.facts and bool(_mail_names(compared.before, cut))
                yield Change("delegation", cut, servers, "", message, WARNING if is_mail else INFO)


def _dangling(compared: Compared) -> Iterator[Change]:
    """Targets of mail records that had an answer and have none any more, while the record itself stays."""
    met: set[tuple[str, str, str]] = set()
    for facts in compared.after.facts.values():
        for pointer in facts.targets:
            record, target = pointer.record, pointer.target.name
            key = (record.name, record.type, target)
            if key in met or target == "." or not _is_mail(pointer) or not compared.after.plain.zone_of(target):
                continue
            met.add(key)
            if _answers(compared.before.plain, target) and not _may_answer(compared.after.plain, target):
                led = f"the {record.type} of {shown(record.name)} leads to {shown(target)}"
                message = f"{led}, which goes with this change"
                place = compared.after.place_of(record.source, record.start)
                yield Change(
                    "dangling", record.name, target, "", message, ERROR if record.type == "MX" else WARNING, place
                )


def _is_mail(pointer: Pointer) -> bool:
    name, kind = pointer.record.name, pointer.record.type
    if kind == "SRV":
        return service_of(name) is not None
    return kind == "MX" or (kind == "CNAME" and (name.startswith(("_", "mta-sts.", *FINDERS)) or "._" in name))


def _answers(view: View, target: str) -> bool:
    return any(view.resolver.lookup(target, kind).values for kind in _ANSWERS)


def _may_answer(view: View, target: str) -> bool:
    return any(not view.resolver.lookup(target, kind).is_empty for kind in _ANSWERS)
