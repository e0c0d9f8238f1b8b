"""Laws about who sends: SPF, DKIM and the policies of DMARC."""

from collections.abc import Iterator, Mapping

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.dmarc.report_hosts import why_undeliverable
from linter.facts.mail.sender_spf import BROKEN, NO_RECORD, NOT_COVERED
from linter.facts.mail.senders import FAILS, Sender
from linter.lookup.answer import FOUND
from linter.plan.estate import Pair, View
from linter.records.dkim.record import parse as parse_key
from linter.records.dmarc.record import is_dmarc
from linter.records.dmarc.record import parse as parse_dmarc
from linter.records.spf.record import is_spf
from linter.records.text.name import is_under, shown

from .law import Broken

RANKS = {"": 0, "none": 0, "quarantine": 1, "reject": 2}


def is_shut_out(row: Sender) -> bool:
    """Whether SPF is known not to let a sender pass."""
    return row.spf is not None and row.spf.state in (NOT_COVERED, BROKEN, NO_RECORD)


def _is_broken(view: View, domain: str) -> bool:
    """Whether SPF of a domain in MAIL FROM comes to permerror."""
    rows = (row.spf for row in view.matrix.values())
    return any(spf is not None and spf.domain == domain and spf.state == BROKEN for spf in rows)


def spf_union(before: View, after: View) -> Iterator[Broken]:
    """L4: one record that covers the old and the new senders, before the new ones send (RFC 7208 sections 4.5, 5)."""
    early = before.under(after.behaviour).matrix
    for pair, row in after.matrix.items():
        known = early.get(pair, row)
        if pair not in before.sending and is_shut_out(known) and not _is_promised(before, known.name, "TXT"):
            name = row.spf.domain if row.spf is not None else pair[0]
            begins = f"`{pair[1]}` begins to send as {shown(pair[0])}"
            message = f"{begins} before the SPF record of {shown(name)} may be seen"
            way_out = "authorise it first and wait"
            if _is_broken(after, name):
                message = f"{begins} while receivers cannot use the SPF of {shown(name)}"
                way_out = "repair that record first, as `mailzone check` says, and wait"
            yield Broken("L4", message, pair[0], way_out)
        elif pair not in before.sending and is_shut_out(row) and not _is_promised(after, row.name, "TXT"):
            message = f"`{pair[1]}` begins to send as {shown(pair[0])} while SPF no longer authorises it"
            yield Broken("L4", message, pair[0], "make the record cover it")
    yield from _lost_spf(before, after, "L4", stays=True)
    for name in {name for name, kind in after.sets if kind == "TXT"}:
        records = [text for text in after.texts_at(name) if is_spf(text)]
        if len(records) > 1 and len([text for text in before.texts_at(name) if is_spf(text)]) < 2:
            yield Broken("L4", f"{shown(name)} would have {len(records)} SPF records", name, "write one record")


def sender_last_out(before: View, after: View) -> Iterator[Broken]:
    """L14: a sender's term goes when nothing more comes from it (practice of DMARC vendors)."""
    yield from _lost_spf(before, after, "L14", stays=False)


def _lost_spf(before: View, after: View, law: str, stays: bool) -> Iterator[Broken]:
    """Senders of the moment before that the records of the one after shut out."""
    late = after.under(before.behaviour).matrix
    for pair, row in before.matrix.items():
        new = late.get(pair)
        if (pair in after.sending) is stays and not is_shut_out(row) and new is not None and is_shut_out(new):
            message = f"SPF no longer authorises `{pair[1]}` to send as {shown(pair[0])}"
            way_out = "make the record cover it" if stays else "wait until reports show nothing from it for 7 days"
            yield Broken(law, message, pair[0], way_out)


def _is_promised(view: View, name: str, *kinds: str) -> bool:
    """Whether a set counts as published though only a vendor can show it."""
    return any((name, kind) in view.promised for kind in kinds)


def _keys(matrix: Mapping[Pair, Sender]) -> Iterator[tuple[Pair, str, bool | None]]:
    """Each selector that somebody signs with: whose, its name, whether it is there."""
    for pair, row in matrix.items():
        for key in row.signing.keys:
            yield pair, key.name, key.is_there


def dkim_first(before: View, after: View) -> Iterator[Broken]:
    """L5: keys are there before anybody signs with them (RFC 6376 section 3.6.2)."""
    used = {(pair, name) for pair, name, _ in _keys(before.matrix)}
    early = {
        (pair, name)
        for pair, name, there in _keys(before.under(after.behaviour).matrix)
        if there is False and not _is_promised(before, name, "TXT", "CNAME")
    }
    for pair, name, there in _keys(after.matrix):
        if (pair, name) in used:
            continue
        if (pair, name) in early:
            message = f"`{pair[1]}` begins to sign for {shown(pair[0])} before its key {shown(name)} may be seen"
            yield Broken("L5", message, pair[0], "publish the key first and wait")
        elif there is False and not _is_promised(after, name, "TXT", "CNAME"):
            message = f"`{pair[1]}` begins to sign for {shown(pair[0])} while its key {shown(name)} is removed"
            yield Broken("L5", message, pair[0], "keep the key")


def key_last_out(before: View, after: View) -> Iterator[Broken]:
    """L15: a key stays while signatures by it are on their way; no selector is used again (RFC 6376 section 3.1)."""
    told: set[str] = set()
    for pair, name, there in _keys(before.matrix):
        if there is True and _is_other(before, after, name):
            told.add(name)
            message = f"the key {shown(name)} goes or changes while `{pair[1]}` signs with it for {shown(pair[0])}"
            way_out = "sign with a new selector first; wait 5 days after the last signature"
            yield Broken("L15", message, pair[0], way_out)
    for name in sorted(_selectors(before) & _selectors(after) - told):
        if _is_other(before, after, name) and _may_verify(before, name) and _may_verify(after, name):
            message = f"the selector {shown(name)} gets another key: signatures by the old one may be on their way"
            yield Broken("L15", message, name.partition(_BELOW)[2], "publish the new key under another selector")


_BELOW = "._domainkey."


def _selectors(view: View) -> set[str]:
    """The names of a moment at which a key is published, or an alias to one."""
    return {name for name, kind in view.sets if _BELOW in name and kind in ("TXT", "CNAME")}


def _is_other(before: View, after: View, name: str) -> bool:
    """Whether a name holds another key later, or none; where nobody knows the keys, whether it leads elsewhere."""
    old, new = _keys_at(before, name), _keys_at(after, name)
    if old and new:
        return old != new
    ways = [[step.target for step in view.resolver.lookup(name, "TXT").steps] for view in (before, after)]
    return before.texts_at(name) != after.texts_at(name) or ways[0] != ways[1]


def _keys_at(view: View, name: str) -> set[str]:
    """The keys that decode at a name, in base64 without blanks."""
    found = (key.tags.first("p") for text in view.texts_at(name) if (key := parse_key(text)).key is not None)
    return {"".join(tag.value.split()) for tag in found if tag is not None}


def _may_verify(view: View, name: str) -> bool:
    """Whether a signature may verify by what a name holds: there is a key, or an alias to one that nobody knows."""
    return not view.texts_at(name) or bool(_keys_at(view, name))


def dmarc_safe(before: View, after: View) -> Iterator[Broken]:
    """L6: every declared sender passes before a policy gets strict (RFC 9989 section 5.1.6)."""
    early = before.under(after.behaviour).matrix
    for (name, system), row in after.matrix.items():
        old = early.get((name, system), row)
        if _rank(row.policy) > _rank(old.policy) and FAILS in (row.verdict, old.verdict):
            message = f"the DMARC policy of {shown(name)} becomes {row.policy}, and mail of `{system}` fails it"
            yield Broken("L6", message, name, f"make `{system}` pass SPF or DKIM for {shown(name)} first")


def _rank(policy: str) -> int:
    return RANKS.get(policy, 0)


def report_first(before: View, after: View) -> Iterator[Broken]:
    """L7: who is to get reports takes mail and has agreed before a policy names it (RFC 9989, RFC 9990 section 4)."""
    for name in sorted({name for name, kind in after.sets if kind == "TXT" and name.startswith("_dmarc.")}):
        domain = name.removeprefix("_dmarc.")
        old, new = _report_hosts(before, name), _report_hosts(after, name)
        for host in sorted(new):
            views = [before, after] if host not in old else [after]
            permit = f"{domain}_report._dmarc.{host}"
            if any(why_undeliverable(view.resolver, host) for view in views) and not (
                host in old and why_undeliverable(before.resolver, host)
            ):
                message = f"{shown(name)} wants reports at {shown(host)}, which accepts no mail"
                yield Broken("L7", message, domain, "name a mailbox that stays by `dmarc: {rua: …}` in a stage before")
            elif _is_foreign(after, domain, host) and any(_refuses(view, permit) for view in views):
                if host in old and _refuses(before, permit):
                    continue
                message = f"{shown(name)} wants reports at {shown(host)}, which may not be seen to agree"
                yield Broken("L7", message, domain, f"publish `v=DMARC1;` at {shown(permit)} first and wait")


def _report_hosts(view: View, name: str) -> set[str]:
    texts = [text for text in view.texts_at(name) if is_dmarc(text)]
    return {f"{uri.host}." for text in texts for uri in parse_dmarc(text).rua if uri.scheme == "mailto"}


def _is_foreign(view: View, domain: str, host: str) -> bool:
    facts = view.facts_of(domain)
    if facts is None or is_under(host, domain) or is_under(domain, host):
        return False
    policies = dmarc_policies(facts)
    return policies.org_domain_by_list(domain) != policies.org_domain_by_list(host)


def _refuses(view: View, permit: str) -> bool:
    answer = view.resolver.lookup(permit, "TXT")
    if answer.status == FOUND:
        return not any(isinstance(value, str) and is_dmarc(value) for value in answer.values)
    return answer.is_empty


def tighten_last(before: View, after: View) -> Iterator[Broken]:
    """L19: policies get strict by single degrees, never by `pct`, with the senders at rest (RFC 9989 section 5.1)."""
    for name, mail in after.entries.items():
        facts, past = after.facts_of(name), before.facts_of(name)
        if facts is None or past is None or mail.is_none:
            continue
        new, old = dmarc_policies(facts).by_tree_walk(name), dmarc_policies(past).by_tree_walk(name)
        rise = _rank(new.policy or "") - _rank(old.policy or "")
        if new.is_unknown or old.is_unknown or rise < 1:
            continue
        if rise > 1:
            message = f"the DMARC policy of {shown(name)} goes from {old.policy or 'nothing'} to {new.policy} at once"
            yield Broken("L19", message, name, "use quarantine first, for 14 clean days")
        if new.record is not None and new.record.pct not in (None, 100):
            message = f"the DMARC policy of {shown(name)} gets strict by `pct`, which receivers of RFC 9989 ignore"
            yield Broken("L19", message, name, "leave `pct` out")
        if {system for held, system in before.sending if held == name} != {s for h, s in after.sending if h == name}:
            message = f"the DMARC policy of {shown(name)} gets strict while its senders change"
            yield Broken("L19", message, name, "change the senders first, and wait for 14 clean days")
