"""What a stage wants of SPF records: the old and the new terms first, the new alone when the old are done with."""

from collections.abc import Iterable, Iterator

from linter.facts.mail.required import Required, required
from linter.facts.mail.sender_spf import NOT_KNOWN
from linter.facts.mail.senders import Sender
from linter.lookup.answer import UNKNOWN as NOT_TOLD
from linter.records.spf.record import is_spf, parse
from linter.records.text.name import dotless

from .estate import View
from .want import AUTHORISE, RETIRE, Need, SetText, Want, changes_of


def spf_wants(view: View, now: View, names: Iterable[str], moving: Iterable[str]) -> Iterator[Want]:
    """For every domain that a sender of one of the names has in its MAIL FROM.

    `view` is the estate before the stage, `now` the same records under the stage's declaration; `moving` are the names
    whose MX the stage changes.
    """
    held = {name for name in names if not now.entries[name].is_none}
    domains: dict[str, None] = {}
    for matrix in (now.matrix, view.matrix):
        for (name, _), row in matrix.items():
            if name in held and row.spf is not None and now.zone_of(row.spf.domain):
                domains[row.spf.domain] = None
    for name in held:
        domains[name] = None
    moved = set(moving)
    gone = {domain: _gone(view, now, domain) for domain in domains}
    ops = [
        SetText(domain, own[0], _without(own[0], gone[domain])) for domain in domains if (own := own_spf(now, domain))
    ]
    changes = changes_of(now, [op for op in ops if op.old != op.new])
    lean = now.changed(changes) if changes else now
    for domain in domains:
        yield from _domain(view, now, lean, domain, (bool(gone[domain]), domain in moved))


def own_spf(view: View, domain: str) -> tuple[str, ...]:
    """The SPF records that stand at a name itself."""
    held = view.sets.get((domain, "TXT"))
    return tuple(text for text in (held.values if held else ()) if is_spf(text))


def _domain(view: View, now: View, seen: View, domain: str, is_less_and_moving: tuple[bool, bool]) -> Iterator[Want]:
    """What one domain wants; `seen` are the records of `now` without the terms that go."""
    is_less, is_moving = is_less_and_moving
    own, shown = own_spf(now, domain), dotless(domain)
    if len(own) > 1:
        return
    record = own[0] if own else ""
    if not record and now.resolver.lookup(domain, "TXT").status == NOT_TOLD:
        need = Need((domain, "TXT"), f"the SPF record of {shown}, which is not in the files", "whoever publishes it")
        yield Want(AUTHORISE, "L4", f"the SPF record of {shown} covers who will send", (), (need,))
        return
    lean = next(iter(own_spf(seen, domain)), "")
    final, needs = _wanted(view, seen, domain, lean, is_less)
    both = union(record, final) if record and parse(record).is_valid else final
    old_hosts = _hosts_of_mx(view, domain) if is_moving else ()
    if old_hosts and record:
        both = union(both, " ".join(old_hosts))
        final = union(final, " ".join(old_hosts)) if _stays(view, now, domain) else final
    if both != record or needs:
        reason = f"the SPF record of {shown} covers who sends now and who will send"
        ops = (SetText(domain, record, both),) if both != record else ()
        yield Want(AUTHORISE, "L4", reason, ops, needs)
    if final != both:
        reason = f"the SPF record of {shown} no longer names what sends nothing more"
        yield Want(RETIRE, "L14", reason, (SetText(domain, both, final),))


def _wanted(view: View, seen: View, domain: str, lean: str, is_less: bool) -> tuple[str, tuple[Need, ...]]:
    """The record without what goes and with what is lacking, and what of it only a vendor can show.

    A sender that nobody here can say to be covered gets its terms if it is new, or if anything goes.
    """
    wanted, final = _required(seen, domain), lean
    if wanted is not None and (wanted.state in ("missing", "differs") or not lean):
        final = wanted.values[0] if wanted.values else wanted.in_vain or lean
    for row in (row for name in _names(seen, domain) for row in seen.rows(name)):
        pair, spf = (row.name, row.needs.name), row.spf
        if spf is None or spf.domain != domain or spf.state != NOT_KNOWN or spf.is_told:
            continue
        if (pair not in view.sending or is_less) and final:
            final = union(final, " ".join(term.text for term in row.needs.terms))
    open_terms = [word for word in final.split() if "*" in word]
    if not open_terms:
        return final, ()
    hint = wanted.hint if wanted is not None and wanted.hint else "the vendor shows it"
    need = Need((domain, "TXT"), f"the SPF term {' '.join(open_terms)} of {dotless(domain)}", hint)
    return " ".join(word for word in final.split() if "*" not in word), (need,)


def _hosts_of_mx(view: View, domain: str) -> tuple[str, ...]:
    """Terms for the hosts that a sender's `mx` means before the MX changes."""
    relies = any(_uses_mx(row, domain) for row in view.matrix.values())
    return tuple(f"a:{dotless(host)}" for host in view.hosts(domain)) if relies else ()


def _uses_mx(row: Sender, domain: str) -> bool:
    return row.spf is not None and row.spf.domain == domain and any(each.term.name == "mx" for each in row.spf.by)


def _stays(view: View, now: View, domain: str) -> bool:
    """Whether somebody who was let through by `mx` sends on."""
    return any(_uses_mx(row, domain) and pair in now.sending for pair, row in view.matrix.items())


def _names(view: View, domain: str) -> Iterator[str]:
    """The names whose mail has a domain in its MAIL FROM."""
    for name, mail in view.entries.items():
        systems = view.behaviour.intent.systems
        held = (systems.get(word.text) for word in mail.sends or ())
        if name == domain or any(each is not None and each.envelope and each.envelope.text == domain for each in held):
            yield name


def _required(view: View, domain: str) -> Required | None:
    """The record that the declared senders need at a domain."""
    for name in _names(view, domain):
        facts = view.facts_of(name)
        if facts is None:
            continue
        for record in required(facts, view.entries[name]):
            if record.name == domain and record.type == "TXT" and record.purpose == "send":
                return record
    return None


def _gone(view: View, now: View, domain: str) -> set[str]:
    """The terms of the domain's own record that let through only who no longer sends."""
    old = _terms(view, domain)
    return old - _terms(now, domain)


def _terms(view: View, domain: str) -> set[str]:
    found = set()
    for row in view.matrix.values():
        if row.spf is not None and row.spf.domain == domain:
            own = {term.text.lower() for term in row.needs.terms}
            found |= {each.term.text.lower() for each in row.spf.by if each.term.text.lower() in own}
    return found


def _without(record: str, terms: set[str]) -> str:
    words = [word for word in record.split() if word.lower().removeprefix("+") not in terms]
    return " ".join(words) if len(words) < len(record.split()) else record


def union(record: str, final: str) -> str:
    """A record with the terms of another that it lacks, before what ends it."""
    words = record.split()
    known = {word.lower().lstrip("+-?~") for word in words}
    new = [word for word in final.split() if word.lower().lstrip("+-?~") not in known]
    if not new:
        return record
    stops = [place for place, word in enumerate(words) if _is_stop(word)]
    place = stops[0] if stops else len(words)
    return " ".join((*words[:place], *new, *words[place:]))


def _is_stop(word: str) -> bool:
    return word.lower().lstrip("+-?~") == "all" or word.lower().startswith("redirect=")
