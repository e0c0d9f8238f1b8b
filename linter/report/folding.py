"""Findings that have one cause, put together for people: programs get every place, readers the first and a number."""

from collections.abc import Hashable, Iterable
from functools import cache

from linter.finding import Finding
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

UNDOTTED = "target-without-trailing-dot"
_MAIL_TYPES = frozenset({"MX", "SRV"})
_MAIL_LABELS = frozenset({"_domainkey", "_dmarc", "_spf", "_report", "_mta-sts", "mta-sts", "_smtp", "_tlsrpt"})
"""Labels of names that policies and keys are looked up under (RFC 6376, 7208, 8460, 8461, 9989)."""
_MAIL_HOSTS = frozenset({"autodiscover", "autoconfig", "mail", "smtp", "imap", "pop", "pop3", "webmail"})
"""First labels of the hosts that people's mail programs are given."""


class Block(Frozen):
    """Findings that are told together, in their order; `is_brief` is whether each zone's are one line."""

    findings: tuple[Finding, ...]
    is_brief: bool = False


def folded(findings: Iterable[Finding]) -> list[Block]:
    """The findings by what they have in common, each block where its first finding is.

    Equal are those of one rule and severity that say the same, whatever name they say it of.
    """
    blocks: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        blocks.setdefault(_key(finding), []).append(finding)
    return [Block(tuple(block), _is_about_other_targets(block[0])) for block in blocks.values()]


def by_zone(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings of each zone."""
    zones: dict[str, list[Finding]] = {}
    for finding in findings:
        zones.setdefault(finding.zone, []).append(finding)
    return list(zones.values())


def _key(finding: Finding) -> Hashable:
    first = (finding.rule, finding.severity)
    if finding.identity == "more":  # a count of what is not listed is about its own record set alone
        return (*first, id(finding))
    if finding.rule == UNDOTTED:  # one habit, whatever the targets
        return (*first, _is_about_other_targets(finding))
    if finding.rule == "dkim-shared-key":  # the key is the cause; the message names other owners of it
        return (*first, finding.span.text)
    if finding.rule == "record-below-delegation" and finding.related:
        place = finding.related[0].span
        return (*first, place.source.path, place.start)
    return (*first, _without_owner(finding), finding.reference)


def _is_about_other_targets(finding: Finding) -> bool:
    """Whether it is a target without a final dot in a record that is not a mail record."""
    return finding.rule == UNDOTTED and not _is_mail_record(finding)


def _is_mail_record(finding: Finding) -> bool:
    labels = finding.name.lower().split(".")
    return finding.type in _MAIL_TYPES or labels[0] in _MAIL_HOSTS or not _MAIL_LABELS.isdisjoint(labels)


def _without_owner(finding: Finding) -> str:
    """The message with the owner's name, in whatever form it is written, left out."""
    name, zone = dotless(finding.name), dotless(finding.zone)
    if not name:
        return finding.message
    relative = name.removesuffix(f".{zone}") if zone else name
    owners = {name, relative, f"{name}.", zone}
    lowered = finding.message.lower()
    if lowered.isascii() and not any(owner in lowered for owner in owners):
        return finding.message  # as most: what they quote is a part of a value

    def hidden(found: "re.Match[str]") -> str:
        return "`…`" if found[1].lower() in owners else found[0]

    return _quoted().sub(hidden, finding.message)


@cache
def _quoted() -> "re.Pattern[str]":
    import re

    return re.compile(r"`([^`]*)`")
