"""Laws about who receives: MX, the hosts behind it, and how mail programs find them."""

from collections.abc import Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.lookup.answer import FOUND
from linter.plan.estate import Pair, View
from linter.records.text.name import shown

from .law import QUICK, Broken

_FINDERS = ("autodiscover.", "autoconfig.")
_ADDRESSES = ("A", "AAAA")


def is_quick(pair: Pair) -> bool:
    """Whether a record set is one that people may have to take back at once: it decides where mail or programs go."""
    name, kind = pair
    if kind in ("MX", "SRV"):
        return True
    return name.startswith("_mta-sts.") or (name.startswith(_FINDERS) and kind in ("CNAME", *_ADDRESSES))


def ttl_first(before: View, after: View) -> Iterator[Broken]:
    """L1: what may have to be taken back is kept briefly before it changes (RFC 1035 section 3.2.1)."""
    for pair, old in before.sets.items():
        new = after.sets.get(pair)
        if is_quick(pair) and (new is None or set(new.values) != set(old.values)) and old.seconds > QUICK:
            message = f"the {pair[1]} of {shown(pair[0])} changes while caches may keep it for {old.seconds} s"
            yield Broken("L1", message, pair[0], f"lower its TTL to {QUICK} first and wait {old.seconds} s")


def negative(before: View, after: View) -> Iterator[Broken]:
    """L2: a name is there before anything leads to it, and no new name takes an answer away (RFC 2308, RFC 4592)."""
    for (name, kind), new in after.sets.items():
        old = before.sets.get((name, kind))
        for value in new.values if kind in ("MX", "SRV", "CNAME") else ():
            target = value.split()[-1] if value else ""
            if (old is None or value not in old.values) and after.zone_of(target) and _is_new(before, after, target):
                message = f"the {kind} of {shown(name)} points to {shown(target)}, which resolvers may not know yet"
                yield Broken("L2", message, name, f"publish {shown(target)} first and wait for the negative TTL")
    for name in _new_names(before, after):
        if before.hosts(name) and not after.hosts(name):
            message = f"records at or below {shown(name)} hide the MX of the wildcard from it"
            yield Broken("L2", message, name, f"publish the MX of the wildcard at {shown(name)} as well")


def _is_new(before: View, after: View, target: str) -> bool:
    """Whether a name answers from now on, and is known to have had nothing before."""
    kinds = (*_ADDRESSES, "TXT", "MX")
    old = [before.resolver.lookup(target, kind) for kind in kinds]
    return all(answer.is_empty for answer in old) and any(
        after.resolver.lookup(target, kind).status == FOUND for kind in kinds
    )


def _new_names(before: View, after: View) -> Iterator[str]:
    """The names that begin to exist, those between the new ones and their zone with them, where mail may live."""
    for zone, facts in after.built.facts.items():
        old = before.built.facts.get(zone)
        fresh = {*facts.index.names, *facts.index.between}
        for name in sorted(fresh):
            if old is not None and not old.index.exists(name) and "_" not in name and not name.startswith("*."):
                yield name


def verify_first(before: View, after: View) -> Iterator[Broken]:
    """L3: a vendor knows a domain by its text before it does anything for it (Microsoft and Google: verification)."""
    fresh = (after.behaviour.listening | after.sending) - before.behaviour.listening - before.sending
    for name, system in sorted(fresh):
        facts = after.facts_of(name)
        declared = declared_mail(facts).intent.systems.get(system) if facts is not None else None
        known = declared.values.get(name, {}).get("verification") if declared is not None else None
        word = known or (declared.verification if declared is not None else None)
        if word is None:
            continue
        if _lacks(before, name, word.text):
            message = f"`{system}` works for {shown(name)} before its verification text may be seen there"
            yield Broken("L3", message, name, f"publish `{word.text}` first and verify the domain")
        elif _lacks(after, name, word.text):
            message = f"`{system}` begins to work for {shown(name)} while its verification text is removed"
            yield Broken("L3", message, name, f"keep `{word.text}`")


def _lacks(view: View, name: str, text: str) -> bool:
    """Whether a text is known not to be at a name."""
    answer = view.resolver.lookup(name, "TXT")
    return text not in answer.values and (answer.is_empty or answer.status == FOUND)


def recipients_first(before: View, after: View) -> Iterator[Broken]:
    """L8: who gets the MX accepts the mail already, and goes on (Microsoft 5.4.1, Set-AcceptedDomain)."""
    for name in after.entries:
        for host in after.hosts(name) if (name, "MX") not in after.promised else ():
            takers = after.takers(name, host)
            ready = [taker for taker in takers if (name, taker) in before.behaviour.listening]
            leads = f"the MX of {shown(name)} points to"
            if takers and not ready:
                message = f"{leads} `{takers[0]}`, which does not accept its mail yet"
                yield Broken("L8", message, name, f"create the mailboxes of {shown(name)} at `{takers[0]}` first")
                break
            is_new = host not in before.hosts(name)  # of the others L12 speaks
            if is_new and ready and not any((name, taker) in after.behaviour.listening for taker in ready):
                message = f"{leads} `{ready[0]}`, which no longer accepts its mail after this change"
                yield Broken("L8", message, name, f"let `{ready[0]}` go on")
                break


def one_system(before: View, after: View) -> Iterator[Broken]:
    """L11: the hosts of one MX set belong to one system (RFC 5321 section 5.1)."""
    for name in after.entries:
        new = _systems(after, name)
        if len(new) > 1 and new != _systems(before, name):
            both = " and ".join(f"`{system}`" for system in sorted(new))
            message = f"the MX of {shown(name)} names hosts of {both}: senders use either of them"
            yield Broken("L11", message, name, "put the hosts of one in the place of the other's in one change")


def _systems(view: View, name: str) -> set[str]:
    """The systems of a name's MX; a host that several share is of the first, so that one vendor is one system."""
    found = set()
    vendors: dict[str, str] = {}
    for host in view.hosts(name):
        for system in view.takers(name, host)[:1]:
            facts = view.facts_of(name)
            needs = declared_mail(facts).systems.get(system) if facts is not None else None
            key = needs.vendor.key if needs is not None and needs.vendor is not None else system
            found.add(vendors.setdefault(key, system))
    return found


def old_listens(before: View, after: View) -> Iterator[Broken]:
    """L12: who had the MX accepts mail for as long as anybody may still know it (RFC 5321 section 4.5.4.1)."""
    for name in before.entries:
        for host in before.hosts(name) if (name, "MX") not in before.promised else ():
            takers = before.takers(name, host)
            heard = any((name, taker) in before.behaviour.listening for taker in takers)
            if heard and not any((name, taker) in after.behaviour.listening for taker in takers):
                message = f"`{takers[0]}` no longer accepts mail for {shown(name)} while resolvers still name its hosts"
                yield Broken("L12", message, name, "change the MX first and wait")
                break


def clients_last(before: View, after: View) -> Iterator[Broken]:
    """L13: mail programs are led to a system once the last mailbox is there (Microsoft cutover step 8)."""
    for pair, new in after.sets.items():
        name = led_for(pair)
        facts = after.facts_of(name) if name in after.entries else None
        known = before.sets[pair].values if pair in before.sets else ()
        if facts is None or set(known) == set(new.values):
            continue
        homes = {system for held, system in before.behaviour.homes if held == name}
        hosts = {value.split()[-1] for value in new.values if value} - {value.split()[-1] for value in known if value}
        owners = {
            system
            for system, needs in declared_mail(facts).systems.items()
            if hosts & {needs.autodiscover, *(client.host for client in needs.clients)}
        }
        if owners and homes - owners:
            message = f"{shown(pair[0])} leads to `{min(owners)}` while mailboxes are still on `{min(homes - owners)}`"
            yield Broken("L13", message, name, "move the last mailbox first")


def led_for(pair: Pair) -> str:
    """The mail name whose programs a set leads to their system, "" for any other set."""
    name, kind = pair
    if kind == "SRV":
        return name.partition("._tcp.")[2]
    return name.partition(".")[2] if name.startswith(_FINDERS) else ""


def ttl_up(before: View, after: View) -> Iterator[Broken]:
    """L18: TTLs rise when nothing is left to go back to (practice)."""
    still = {name for name, system in before.behaviour.listening if system not in _receivers(after, name)}
    for pair, new in after.sets.items():
        old = before.sets.get(pair)
        if not is_quick(pair) or old is None or new.seconds <= max(QUICK, old.seconds):
            continue
        owner = next((name for name in still if _concerns(pair, name)), "")
        if owner:
            message = (
                f"the TTL of {pair[1]} {shown(pair[0])} becomes {new.seconds} s while the old system may be needed"
            )
            yield Broken("L18", message, owner, "raise it once the old system is retired")


def _receivers(view: View, name: str) -> set[str]:
    """The systems that are declared to get mail of a name; one that only sends may have had it before."""
    mail = view.entries.get(name)
    words = (mail.receives, mail.behind, *(split.to for split in mail.splits)) if mail is not None else ()
    return {word.text for word in words if word is not None}


def _concerns(pair: Pair, name: str) -> bool:
    return pair[0] == name or pair[0] == f"_mta-sts.{name}" or led_for(pair) == name


def one_tenant(before: View, after: View) -> Iterator[Broken]:
    """L20: one domain is in one tenant of a vendor at a time (Microsoft: domain verification)."""
    fresh = after.behaviour.listening - before.behaviour.listening
    for name, system in sorted(fresh):
        new = _tenant(after, name, system)
        for held, other in sorted(before.behaviour.listening | after.behaviour.listening):
            is_said = (held, other) in fresh and other >= system
            old = _tenant(after, name, other) if held == name and other != system and not is_said else None
            if new is not None and old is not None and old[0] == new[0] and old[1] != new[1]:
                message = f"{shown(name)} would be in two tenants of {new[0]} at once: `{other}` and `{system}`"
                way_out = (
                    f"put a stage between in which {shown(name)} is `behind` a gateway that queues, or shows the outage"
                )
                yield Broken("L20", message, name, way_out)


def _tenant(view: View, name: str, system: str) -> tuple[str, str] | None:
    """The vendor of a system and the customer it is for; None where it has no vendor whose domains are in one place."""
    facts = view.facts_of(name)
    needs = declared_mail(facts).systems.get(system) if facts is not None else None
    if needs is None or needs.vendor is None or not needs.vendor.provider.verification:
        return None
    tenant = next((word.text for key, word in needs.system.parameters if key == "tenant"), system)
    return needs.vendor.key, tenant
