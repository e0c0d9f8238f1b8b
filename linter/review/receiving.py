"""What a change means for who receives: MX from one system to another, mail programs left behind, hosts."""

from collections.abc import Iterator

from linter.lookup.answer import FOUND
from linter.plan.estate import Pair, RecordSet
from linter.plan.laws.receiving import led_for
from linter.records.hosts.services import service_of
from linter.records.text.fault import few, quoted
from linter.records.text.name import dotless, is_under, shown

from .compared import Compared
from .model import ERROR, INFO, WARNING, Change, Hunk
from .subjects import CLIENTS, HOST, MX


def receiving(compared: Compared) -> Iterator[Change]:
    """All of it."""
    yield from _mx(compared)
    yield from _left_behind(compared)
    yield from _clients(compared)
    yield from _hosts(compared)
    yield from _wildcards(compared)


def _mx(compared: Compared) -> Iterator[Change]:
    for each in compared.differences.of(MX):
        hunk, name = each.hunk, each.hunk.name
        old, new = compared.moved.get(name, ("", ""))
        message, severity = _mx_message(compared, hunk, old, new)
        yield Change("mx", name, *hunk.in_words, message, severity, hunk.place)


def _mx_message(compared: Compared, hunk: Hunk, old: str, new: str) -> tuple[str, str]:
    name = hunk.name
    if old and new:
        return f"mail for {shown(name)} goes from {old} to {new}", WARNING
    if new:
        before = "" if compared.is_new_zone(name) else ", and had no MX before"
        return f"mail for {shown(name)} goes to {new}{before}", INFO
    was, becomes = (_is_null(held) for held in (hunk.before, hunk.after))
    if becomes and not was:
        return f"{shown(name)} no longer receives mail: its MX is `.`", WARNING
    if hunk.after is None:
        still = compared.after.plain.hosts(name)
        where = f"; the wildcard's answers now: {dotless(still[0])}" if still else ""
        return f"the MX of {shown(name)} goes, which led to {old or 'no known system'}{where}", WARNING
    systems = compared.players.receivers(compared.after.plain, name)
    if len(systems) > 1:
        labels = " and ".join(compared.players.label(system) for system in systems)
        return f"mail for {shown(name)} goes to {labels}", WARNING
    where = f", and stay with {compared.players.label(systems[0])}" if systems else ""
    return f"the MX hosts of {shown(name)} change{where}", INFO


def _is_null(held: RecordSet | None) -> bool:
    return held is not None and any(value.split()[-1:] == ["."] for value in held.values)


def _left_behind(compared: Compared) -> Iterator[Change]:
    """Records for mail programs that still lead to the system that mail has left."""
    old_sets, kept = compared.before.sets, dict[str, list[Pair]]()
    for pair, held in compared.after.sets.items() if compared.switched else ():
        name = led_for(pair) if pair[1] == "CNAME" or service_of(pair[0]) is not None else ""
        if name in compared.switched and pair in old_sets and set(old_sets[pair].values) == set(held.values):
            kept.setdefault(name, []).append(pair)
    for name, (old, new) in compared.switched.items():
        left = kept.get(name, [])
        if left:
            listed = few((f"{kind} {shown(owner)}" for owner, kind in left), 4)
            message = (
                f"mail programs of {shown(name)} are still led as before ({listed}), and mail goes to {new}: "
                f"change them in a later step, once the last mailbox has left {old}"
            )
            yield Change("clients-left", name, old, old, message, WARNING, compared.after.place(left[0]))


def _clients(compared: Compared) -> Iterator[Change]:
    for each in compared.differences.of(CLIENTS):
        hunk, name = each.hunk, each.domains[0]
        service = service_of(hunk.name)
        what = service.description if service is not None and hunk.type == "SRV" else hunk.name.partition(".")[0]
        old, new = hunk.in_words
        if hunk.after is None:
            message, severity = (
                f"mail programs of {shown(name)} no longer find {what}: {shown(hunk.name)} goes",
                WARNING,
            )
        elif hunk.before is None:
            message, severity = f"mail programs of {shown(name)} find {what} at {_targets(new)}", INFO
        else:
            message = f"mail programs of {shown(name)} are led to {_targets(new)} for {what}, no longer {_targets(old)}"
            severity = INFO
        yield Change("clients", name, old, new, message, severity, hunk.place)


def _targets(values: str) -> str:
    return ", ".join(shown(value.split()[-1]) for value in values.split(", ")[:3] if value.split())


def _hosts(compared: Compared) -> Iterator[Change]:
    for each in compared.differences.of(HOST):
        hunk = each.hunk
        role = (
            f"receives mail of {few(map(shown, each.domains))}"
            if each.domains
            else "sends mail or serves mail programs"
        )
        old, new = hunk.in_words
        kind = hunk.type
        if hunk.after is None:
            answers = [compared.after.resolver.lookup(hunk.name, each) for each in ("A", "AAAA")]
            is_gone = all(answer.is_empty for answer in answers)
            severity = ERROR if is_gone and _is_needed(compared, hunk.name) else WARNING
            message = f"the {kind} of {shown(hunk.name)} goes, which {role}"
        elif hunk.before is None:
            message, severity = f"{shown(hunk.name)} gets the {kind} {quoted(new, 60)}; it {role}", INFO
        else:
            message = f"the {kind} of {shown(hunk.name)} changes from {quoted(old, 60)} to {quoted(new, 60)}; it {role}"
            severity = WARNING
        yield Change("mail-host", hunk.name, old, new, message, severity, hunk.place)


def _is_needed(compared: Compared, host: str) -> bool:
    """Whether some MX still names a host."""
    names = compared.differences.by_host.get(host, ())
    return any(host in compared.after.plain.hosts(name) for name in names)


def _wildcards(compared: Compared) -> Iterator[Change]:
    """Names that lose the MX of a wildcard because something is published at or below them (RFC 4592)."""
    for _, old, new in compared.differences.comparable():
        if not any(record.name.startswith("*.") for record in old.by_type.get("MX", ())):
            continue
        for name in sorted({*new.names, *new.between}):
            if old.exists(name) or "_" in name or name.startswith("*."):
                continue
            was, becomes = compared.before.resolver.lookup(name, "MX"), compared.after.resolver.lookup(name, "MX")
            if was.status == FOUND and becomes.is_empty and is_under(name, new.zone.name):
                message = f"records at or below {shown(name)} hide the MX of the wildcard from it"
                yield Change("mx", name, "wildcard", "", message, WARNING)
