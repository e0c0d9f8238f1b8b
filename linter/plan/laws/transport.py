"""Laws about transport security and zone cuts: MTA-STS, TLSA, DNSSEC."""

from collections.abc import Iterator

from linter.facts.transport.sts_policies import PolicyFile
from linter.lookup.answer import FOUND
from linter.plan.estate import View
from linter.records.text.name import shown
from linter.records.transport.mta_sts import is_mta_sts
from linter.records.transport.mta_sts_policy_value import allowing

from .law import Broken


def announced(view: View, name: str) -> tuple[str, ...]:
    """The MTA-STS texts of a mail domain."""
    return tuple(text for text in view.texts_at(f"_mta-sts.{name}") if is_mta_sts(text))


def _is_binding(name: str, file: PolicyFile | None, *views: View) -> bool:
    """Whether a policy of a mail domain makes senders refuse hosts, where one of the moments announces it."""
    return file is not None and file.policy.mode == "enforce" and any(announced(view, name) for view in views)


def _omits(file: PolicyFile, host: str) -> bool:
    patterns = {pattern.name for pattern in file.policy.mx}
    return not any(name in patterns for name in allowing(host))


def sts_lists_both(before: View, after: View) -> Iterator[Broken]:
    """L9: the policy lists every host that a cache may name; its id changes with it (RFC 8461 sections 3.3, 8.1)."""
    for name in sorted({*before.entries, *after.entries}):
        old, new = before.built.policies.get(name), after.built.policies.get(name)
        # Who still knows the record of before fetches the file of after.
        for file, views, other in ((old, (before,), after), (new, (before, after), before)):
            for host in other.hosts(name) if _is_binding(name, file, *views) else ():
                if file is not None and _omits(file, host):
                    message = f"the MTA-STS policy of {shown(name)} does not list {shown(host)}"
                    yield Broken(
                        "L9", message, name, "list the old and the new hosts first, then change the id and wait"
                    )
        ids = announced(before, name), announced(after, name)
        if old is not None and new is not None and old.source.text != new.source.text and ids[0] and ids[0] == ids[1]:
            message = f"the MTA-STS policy of {shown(name)} changes, and its id does not: senders keep the old one"
            yield Broken("L9", message, name, "change the id after the file")


def sts_remove(before: View, after: View) -> Iterator[Broken]:
    """L16: a policy ends with the mode none before its record and host go (RFC 8461 section 8.3)."""
    for name in sorted(before.entries):
        host = f"mta-sts.{name}"
        is_record_gone = bool(announced(before, name)) and not announced(after, name)
        had = any(before.resolver.lookup(host, kind).status == FOUND for kind in ("A", "AAAA", "CNAME"))
        has = any(not after.resolver.lookup(host, kind).is_empty for kind in ("A", "AAAA", "CNAME"))
        is_host_gone = bool(announced(before, name)) and had and not has
        file = before.built.policies.get(name)
        if (is_record_gone or is_host_gone) and (file is None or file.policy.mode != "none"):
            what = "record" if is_record_gone else "host"
            message = f"the MTA-STS {what} of {shown(name)} goes while senders may keep its policy"
            yield Broken(
                "L16", message, name, "publish the mode none with a new id first, and wait for the old max_age"
            )


def tlsa_first(before: View, after: View) -> Iterator[Broken]:
    """L10: the TLSA of a host is there before mail comes to it, and stays while it does (RFC 7671 section 8.1)."""
    for name in sorted({*before.entries, *after.entries}):
        old, new = set(before.hosts(name)), set(after.hosts(name))
        for host in sorted(old | new):
            place = (f"_25._tcp.{host}", "TLSA")
            was, becomes = before.sets.get(place), after.sets.get(place)
            if host in new - old and becomes is not None and was is None:
                message = f"mail for {shown(name)} goes to {shown(host)} while its TLSA may not be seen"
                yield Broken("L10", message, name, f"publish {shown(place[0])} first and wait two TTLs")
            if host in old and was is not None and becomes is not None and not set(was.values) & set(becomes.values):
                message = f"all TLSA of {shown(host)} change at once while mail for {shown(name)} goes there"
                yield Broken("L10", message, name, "publish the new beside the old first, and wait two TTLs")


def dnssec(before: View, after: View) -> Iterator[Broken]:
    """L17: keys are everywhere before the DS, and stay until it is forgotten (RFC 6781 section 4.1)."""
    for name, kind in after.sets:
        if kind != "DS" or (name, kind) in before.sets or before.zone_of(name) != name:
            continue
        if (name, "DNSKEY") not in before.sets:
            yield Broken("L17", f"{shown(name)} gets a DS before its keys may be seen", name, "sign the zone first")
        elif (name, "DNSKEY") not in after.sets:
            yield Broken("L17", f"{shown(name)} gets a DS while its keys are removed", name, "keep the keys")
    for name, kind in before.sets:
        if kind == "DNSKEY" and (name, kind) not in after.sets and (name, "DS") in before.sets:
            yield Broken("L17", f"the keys of {shown(name)} go while its DS may be known", name, "remove the DS first")
