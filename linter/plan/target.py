"""What a stage wants of the records: what its declared mail requires, and what only the one before it asked for."""

from collections.abc import Iterable, Iterator

from linter.edit.change import Change
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.required import Required, required
from linter.intent.model import Intent, Mail
from linter.records.text.name import dotless, dotted

from .dmarc_wants import dmarc_wants
from .estate import Pair, View
from .gates import is_proven
from .laws.law import QUICK
from .laws.receiving import is_quick
from .model import Stage
from .roles import is_changed, said_of
from .spf_wants import spf_wants
from .sts_wants import sts_wants
from .want import (
    AUTHORISE,
    CLIENTS,
    RETIRE,
    SWITCH,
    TTL,
    TTL_UP,
    VERIFY,
    Need,
    Op,
    SetText,
    SetTtl,
    SetValues,
    Want,
    changes_of,
)

_LACKING = ("missing", "differs")


def wants_of(view: View, now: View, stage: Stage, stamp: str) -> tuple[Want, ...]:
    """All that a stage wants. `view` is the estate before it, `now` the same records under its declaration."""
    names = touched(view, now, stage)
    hosts: dict[str, tuple[str, ...]] = {}
    found: list[Want] = list(_beside_wildcards(now, names))
    for name in names:
        for record in _required(now, name):
            found += _for(view, now, name, record, hosts)
    found += spf_wants(view, now, names, _moving(found))
    found += sts_wants(view, now, names, hosts, _moving(found) - set(hosts), stamp)
    found += dmarc_wants(now, names)
    found += _leftovers(view, now, names)
    found += _verifications(view, now, names)
    return (*found, *_ttls(view, found))


def _moving(wants: Iterable[Want]) -> set[str]:
    """The names whose MX leads elsewhere at the end."""
    switches = [want for want in wants if want.phase == SWITCH]
    pairs = [(op.name, op.type) for want in switches for op in want.ops if isinstance(op, SetValues)]
    pairs += [need.pair for want in switches for need in want.needs]
    return {name for name, kind in pairs if kind == "MX"}


def touched(view: View, now: View, stage: Stage) -> tuple[str, ...]:
    """The names that a stage is about: those it speaks of, and those whose declaration it changes."""
    found = []
    for name, mail in now.entries.items():
        old = view.entries.get(name)
        before = _said(view.behaviour.intent, old) if old is not None else None
        mentioned = name in stage.mentioned or any(word.text in stage.mentioned for word in mail.words)
        if mentioned or before != _said(now.behaviour.intent, mail):
            found.append(name)
    return tuple(found)


def _said(intent: Intent, mail: Mail) -> str:
    """What is declared for a name, without the places where that stands."""
    parts: list[object] = [mail.is_none, mail.envelope and mail.envelope.text, mail.mta_sts and mail.mta_sts.text]
    parts += [word.text for word in mail.words]
    parts += [mail.receives and mail.receives.text, mail.behind and mail.behind.text, mail.sends is None]
    parts += [(split.to.text, split.through and split.through.text) for split in mail.splits]
    parts += [client[:3] for client in mail.clients]
    if mail.dmarc is not None:
        words = (mail.dmarc.p, mail.dmarc.sp, *mail.dmarc.rua)
        parts.append([word and word.text for word in words])
    parts += said_of((word.text for word in mail.words), intent)
    return repr(parts)


def _required(view: View, name: str) -> tuple[Required, ...]:
    facts = view.facts_of(name)
    return required(facts, view.entries[name]) if facts is not None else ()


def _for(view: View, now: View, name: str, record: Required, hosts: dict[str, tuple[str, ...]]) -> Iterator[Want]:
    """What follows from one required record; SPF and policies are more than one record can say."""
    is_new = is_changed(view, now, name, record.system)
    if record.purpose == "receive":
        yield from _mx(view, now, name, record, hosts)
    elif record.purpose == "sign":
        yield from _key(now, record, is_new)
    elif record.purpose == "verify" and record.state in _LACKING and is_new:
        reason = f"`{record.system}` knows the domain by this text"
        yield Want(VERIFY, "L3", reason, tuple(_texts(record)))
    elif record.purpose in ("autodiscover", "client") and record.state in _LACKING:
        reason = f"mail programs find `{record.system}`, now that all mailboxes are there"
        yield Want(CLIENTS, "L13", reason, tuple(_alone(now, record.name, record.type, record.values)))
    elif record.purpose == "autodiscover" and record.state == "elsewhere" and _is_moved(view, now, name):
        facts = now.facts_of(name)
        holder = declared_mail(facts).system(now.entries[name].receives) if facts is not None else None
        place = f"autodiscover.{name}"
        if holder is not None and holder.autodiscover and any(held == place for held, _ in now.sets):
            reason = f"mail programs find `{holder.name}`, now that all mailboxes are there"
            yield Want(CLIENTS, "L13", reason, tuple(_alone(now, place, "CNAME", (holder.autodiscover,))))
    elif record.purpose in ("send", "policy") and now.entries[name].is_none and record.state in _LACKING:
        ops = _texts(record)
        yield Want(RETIRE, "L12", f"{dotless(name)} has no mail any more", tuple(ops))


def _is_moved(view: View, now: View, name: str) -> bool:
    """Whether the mailboxes of a name are somewhere else than before."""
    old, new = view.entries.get(name), now.entries[name]
    held = [mail.receives.text if mail is not None and mail.receives is not None else "" for mail in (old, new)]
    return held[0] != held[1]


def _texts(record: Required) -> Iterator[Op]:
    for value in record.values:
        yield SetText(record.name, record.found[0] if record.found else "", value)


def given_value(now: View, system: str, name: str, key: str) -> str:
    """What somebody has read at the vendor for a domain, "" for nothing."""
    declared = now.behaviour.intent.systems.get(system)
    word = declared.values.get(name, {}).get(key) if declared is not None else None
    return word.text if word is not None else ""


def _mx(view: View, now: View, name: str, record: Required, hosts: dict[str, tuple[str, ...]]) -> Iterator[Want]:
    shown = dotless(name)
    host = given_value(now, record.system, name, "mx").lower().rstrip(".")
    current = now.sets.get((name, "MX"))
    values = (f"{_preference(now, name, record.system)} {host}.",) if host else record.values
    if current is not None and host and host in {value.split()[-1].rstrip(".") for value in current.values}:
        return
    if not host and record.state not in _LACKING:
        old = view.entries.get(name)
        edge = old.edge.text if old is not None and old.edge is not None else ""
        if record.state != "present" and edge != record.system:
            need = Need((name, "MX"), f"the MX of {shown}, which is not in the files", "whoever publishes it")
            yield Want(SWITCH, "L8", f"mail for {shown} goes to `{record.system}`", (), (need,))
        return
    if now.entries[name].is_none:
        yield Want(SWITCH, "L12", f"{shown} accepts no mail any more", (SetValues(name, "MX", values),))
        return
    reason = f"mail for {shown} goes to `{record.system}`, which accepts it already"
    if not values:
        need = Need((name, "MX"), f"the MX host of {shown} at `{record.system}`", record.hint)
        yield Want(SWITCH, "L8", reason, (), (need,))
        return
    hosts[name] = tuple(value.split()[-1] for value in values)
    yield from _tlsa(view, name, hosts[name])
    yield Want(SWITCH, "L8", reason, (SetValues(name, "MX", values),))


def _tlsa(view: View, name: str, new: Iterable[str]) -> Iterator[Want]:
    """The TLSA of new hosts in our own zones, where the hosts until now have theirs (RFC 7672 section 2.2)."""
    places = [(f"_25._tcp.{host}", "TLSA") for host in new]
    if not any((f"_25._tcp.{host}", "TLSA") in view.sets for host in view.hosts(name)):
        return
    for place in places:
        if place not in view.sets and view.zone_of(place[0]):
            host = place[0].removeprefix("_25._tcp.").rstrip(".")
            need = Need(
                place, f"the TLSA of {host}, as `3 1 1` and the digest of its key", f"the certificate of {host}"
            )
            reason = f"senders that check keys by DANE find that of {host} before mail goes there"
            yield Want(AUTHORISE, "L10", reason, (), (need,))


def _preference(now: View, name: str, system: str) -> int:
    facts = now.facts_of(name)
    needs = declared_mail(facts).systems.get(system) if facts is not None else None
    usual = [host.preference for host in needs.vendor.provider.mx_of()] if needs is not None and needs.vendor else []
    return usual[0] if usual and usual[0] is not None else 10


def _key(now: View, record: Required, is_new: bool) -> Iterator[Want]:
    """A key that a sender signs with from now on; what has lacked until now, and the move does not need, stays so."""
    selector, _, domain = record.name.partition("._domainkey.")
    text = given_value(now, record.system, domain, selector)
    kind, values = record.type, record.values
    if text:
        kind, values = ("TXT", (text,)) if "=" in text else ("CNAME", (dotted(text),))
    if record.state not in _LACKING and (not text or record.found == values or record.state == "elsewhere"):
        return
    if not (text or is_new):
        return
    reason = f"the key by which `{record.system}` signs for {dotless(domain)}"
    if not values:
        need = Need((record.name, kind), f"{kind} at {dotless(record.name)} for `{record.system}`", record.hint)
        yield Want(AUTHORISE, "L5", reason, (), (need,))
        return
    yield Want(AUTHORISE, "L5", reason, tuple(_alone(now, record.name, kind, values)))


def _alone(now: View, name: str, kind: str, values: tuple[str, ...]) -> Iterator[Op]:
    """A set at a name; an alias stands alone there (RFC 1034 section 3.6.2)."""
    for held, other in now.sets:
        if held == name and other != kind and "CNAME" in (kind, other):
            yield SetValues(name, other, ())
    yield SetValues(name, kind, values)


def _leftovers(view: View, now: View, names: Iterable[str]) -> Iterator[Want]:
    """Keys and services that the declaration before asked for, and this one does not."""
    for name in names:
        if name not in view.entries:
            continue
        wanted = {(record.name, record.type) for record in _required(now, name)}
        kept = {key.name for row in now.matrix.values() for key in row.signing.keys}
        for record in _required(view, name):
            pair: Pair = (record.name, record.type)
            if record.state != "present" or pair in wanted or pair not in now.sets:
                continue
            if record.purpose == "sign" and record.name not in kept:
                reason = f"`{record.system}` signs nothing more with this key, and it is never used again"
                yield Want(RETIRE, "L15", reason, (SetValues(*pair, ()),))
            elif record.purpose == "client":
                yield Want(
                    RETIRE, "L13", f"mail programs no longer look for `{record.system}`", (SetValues(*pair, ()),)
                )


def _beside_wildcards(now: View, names: Iterable[str]) -> Iterator[Want]:
    """The MX of a wildcard at names that it serves: the first record of their own would take it away (RFC 4592)."""
    for name in names:
        answer = now.resolver.lookup(name, "MX")
        held = now.sets.get((answer.owner, "MX")) if answer.owner.startswith("*.") else None
        if held is not None and now.zone_of(name) and not now.entries[name].is_none:
            reason = f"{dotless(name)} keeps the MX of {dotless(answer.owner)} when it gets its own records"
            yield Want(TTL, "L2", reason, (SetValues(name, "MX", held.values), SetTtl(name, "MX", QUICK)))


def _verifications(view: View, now: View, names: Iterable[str]) -> Iterator[Want]:
    """The text by which a vendor knows a domain that is new to it, where only the vendor shows it."""
    for name in names:
        facts, old = now.facts_of(name), view.entries.get(name)
        mail = now.entries[name]
        if facts is None or mail.is_none:
            continue
        known = {word.text for word in old.words} if old is not None else set()
        for needs in declared_mail(facts).involved(mail):
            vendor = needs.vendor
            if vendor is None or needs.name in known or not vendor.provider.verification or not vendor.is_receiver:
                continue
            prefixes = tuple(each.prefix for each in vendor.provider.verification)
            if needs.system.verification is not None or any(is_proven(now, name, prefix) for prefix in prefixes):
                continue
            text = given_value(now, needs.name, name, "verification")
            reason = f"`{needs.name}` knows the domain by this text"
            if text:
                yield Want(VERIFY, "L3", reason, (SetText(name, "", text),))
                continue
            what = f"the verification text of {dotless(name)} at `{needs.name}` (`{prefixes[0]}…`)"
            where = f"{vendor.name}, where the domain is added; {vendor.provider.docs}"
            yield Want(VERIFY, "L3", reason, (), (Need((name, "TXT"), what, where),))


def _ttls(view: View, wants: Iterable[Want]) -> Iterator[Want]:
    """Brief TTLs before what may have to be taken back, and the old ones afterwards."""
    moved = [want for want in wants if want.phase in (AUTHORISE, SWITCH, CLIENTS, RETIRE)]
    changes = list(changes_of(view, [op for want in moved for op in want.ops]))
    open_pairs = {need.pair: need.what for want in moved for need in want.needs}
    changes += [Change(*pair, (what,)) for pair, what in open_pairs.items()]
    for change in changes:
        pair = (change.name, change.type)
        held = view.sets.get(pair)
        if held is None or not is_quick(pair) or held.seconds <= QUICK or change.values == held.values:
            continue
        shown = dotless(change.name)
        yield Want(
            TTL,
            "L1",
            f"{change.type} {shown}: what changes can be taken back within {QUICK} s",
            (SetTtl(*pair, QUICK),),
        )
        reason = f"{change.type} {shown}: nothing is left to go back to"
        if pair in open_pairs:
            need = Need(
                pair, f"the {change.type} of {shown} as it is by then, with the TTL {held.seconds}", "this plan"
            )
            yield Want(TTL_UP, "L18", reason, (), (need,))
        elif change.values:
            yield Want(TTL_UP, "L18", reason, (SetTtl(*pair, held.seconds),))
