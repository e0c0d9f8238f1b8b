"""The sender matrix in words: what a cell says, and what is to be said beside it."""

from collections.abc import Iterator

from linter.facts.mail.flow import NO_ROUTE, NOT_KNOWN, OPEN, Flow
from linter.facts.mail.sender_spf import NOT_COVERED
from linter.facts.mail.sender_spf import NOT_KNOWN as UNSURE
from linter.facts.mail.senders import FAILS, PASSES, Sender
from linter.facts.mail.signing import NONE_DECLARED, SIGNED, UNSIGNED
from linter.intent.model import Mail
from linter.records.text.name import dotless
from linter.source.frozen import Frozen

_FATES = {"reject": "rejected", "quarantine": "to junk", "none": "only reported", "": "no DMARC", "unknown": "unknown"}


class NameReport(Frozen):
    """One declared name: who receives, and a row for each sender."""

    mail: Mail
    flow: Flow
    senders: tuple[Sender, ...]
    undeclared: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name without its final dot."""
        return dotless(self.mail.name.text)


def way(report: NameReport) -> str:
    """Who receives, hop by hop; splits behind a plus."""
    if report.mail.is_none:
        return "no mail"
    hops = " -> ".join(report.flow.hops)
    splits = [f"{split.to.text}" for split in report.mail.splits]
    return " + ".join((hops, *splits)) if hops else "not declared"


def policy(report: NameReport) -> str:
    """The DMARC policy that governs the name, where a sender asked for it."""
    if not report.senders:
        return ""
    first = report.senders[0]
    found, older, record = _policy_word(first.policy), _policy_word(first.older_policy), first.governing.record
    words = [found]
    if record is not None and record.t:
        words.append("t=y: new receivers act one degree milder")
    if record is not None and record.pct not in (None, 100):
        words.append(f"pct={record.pct}: old receivers act on that share")
    if older != found:
        words.append(f"old receivers: {older}")
    return ", ".join(words)


def _policy_word(found: str) -> str:
    return {"": "no DMARC", "unknown": "DMARC unknown"}.get(found, f"p={found}")


def spf_word(sender: Sender) -> str:
    """What SPF says."""
    if sender.spf is None:
        return "unknown"
    if sender.spf_aligned is False:
        return "unaligned"
    return sender.spf.state


def dkim_word(sender: Sender) -> str:
    """What is known of its signatures."""
    if sender.signing.state != NONE_DECLARED and sender.dkim_aligned is False:
        return "unaligned"
    if sender.signing.state == SIGNED:
        return "signs" if sender.dkim_aligned else "unknown"
    return {UNSIGNED: "no key", NONE_DECLARED: "none"}.get(sender.signing.state, sender.signing.state)


def outcome(sender: Sender) -> str:
    """What becomes of its mail."""
    if sender.verdict == PASSES:
        return "pass" if sender.policy else "pass (no DMARC)"
    if sender.verdict == FAILS:
        return f"fail: {_FATES[sender.policy]}"
    return "unknown"


def when_forwarded(sender: Sender) -> str:
    """What is to be added where mail passes, and fails once somebody forwards it."""
    return ", fails when forwarded" if sender.verdict == PASSES and sender.forwarded == FAILS and sender.policy else ""


def remarks(report: NameReport) -> Iterator[str]:
    """What a reader wants to know beside the table, one line each."""
    for host in report.flow.strangers:
        edge = report.mail.edge.text if report.mail.edge else ""
        yield f"MX names {dotless(host.name)}, which is not {edge}'s"
    for route in report.flow.routes:
        if route.state not in (OPEN, NOT_KNOWN):
            why = route.why or ("no `through:` is declared" if route.state == NO_ROUTE else route.state)
            yield f"the split to {route.split.to.text} has no route: {why}"
    for sender in report.senders:
        yield from _about(sender)
    for word in report.undeclared:
        yield f"{word} is not a declared system"


def _about(sender: Sender) -> Iterator[str]:
    system, spf, signing = sender.needs.name, sender.spf, sender.signing
    if spf is not None and spf.state == NOT_COVERED:
        yield f"{system}: SPF of {dotless(spf.domain)} lacks {' '.join(spf.uncovered)}"
    elif spf is not None and spf.state == UNSURE:
        domain = dotless(spf.domain)
        yield f"{system}: {spf.why or f'not known whether SPF of {domain} covers it'}"
    elif sender.falls_back:
        since = "its return path is incomplete, so " if sender.needs.system.envelope else ""
        yield f"{system}: {since}its MAIL FROM is a domain of the vendor"
    elif spf is not None and spf.domain != sender.name:
        yield f"{system}: its MAIL FROM is {dotless(spf.domain)}"
    elif spf is None:
        yield f"{system}: nothing says what its MAIL FROM is"
    if not signing.keys and sender.needs.vendor is not None:
        yield f"{system}: nothing says with which selectors it signs"
    if signing.state == UNSIGNED and sender.needs.vendor and sender.needs.vendor.signs_otherwise:
        yield f"{system}: signs with {sender.needs.vendor.signs_otherwise}"
    for key in signing.missing:
        yield f"{system}: no key at {dotless(key.name)}"
    if signing.is_testing:
        yield f"{system}: its keys say `t=y`, so that some verifiers take its mail for unsigned"
    if signing.domain != sender.name:
        yield f"{system}: signs for {dotless(signing.domain)}"
