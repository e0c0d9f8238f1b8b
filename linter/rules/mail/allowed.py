"""What an organisation does not allow, by the lists of its profile."""

from collections.abc import Iterable, Iterator

from linter.facts.mail.not_allowed import (
    NotAllowed,
    includes_not_allowed,
    mail_hosts_not_allowed,
    reports_not_allowed,
    selectors_not_allowed,
    systems_not_allowed,
)
from linter.records.text.fault import nearest, one_of, quoted
from mailzone import ALLOWED, WARNING, Complaint, Facts, complaint, rule

_REFERENCE = "mailzone's own: `allowed:` of a profile"
_MOST_NAMED = 3
_MOST_COMPARED = 50


@rule("policy-mx-not-allowed", WARNING, _REFERENCE, when=ALLOWED)
def mx_not_allowed(facts: Facts) -> Iterator[Complaint]:
    """Every MX host that is not listed."""
    return _complaints(mail_hosts_not_allowed(facts), "mx", "is not an allowed mail host")


@rule("policy-include-not-allowed", WARNING, _REFERENCE, when=ALLOWED)
def include_not_allowed(facts: Facts) -> Iterator[Complaint]:
    """Every SPF record of others that is taken in and not listed."""
    return _complaints(includes_not_allowed(facts), "includes", "is not an allowed SPF record to include")


@rule("policy-report-address-not-allowed", WARNING, _REFERENCE, when=ALLOWED)
def report_address_not_allowed(facts: Facts) -> Iterator[Complaint]:
    """Every address of reports that is not listed."""
    return _complaints(reports_not_allowed(facts), "rua", "is not an allowed address for reports")


@rule("policy-selector-not-allowed", WARNING, _REFERENCE, when=ALLOWED)
def selector_not_allowed(facts: Facts) -> Iterator[Complaint]:
    """Every selector that is not listed."""
    return _complaints(selectors_not_allowed(facts), "selectors", "is not an allowed DKIM selector")


@rule("policy-system-not-allowed", WARNING, _REFERENCE, when=ALLOWED)
def system_not_allowed(facts: Facts) -> Iterator[Complaint]:
    """Every system that is declared or recognised and not listed."""
    return _complaints(systems_not_allowed(facts), "systems", "is not an approved system")


def _complaints(found: Iterable[NotAllowed], key: str, what: str) -> Iterator[Complaint]:
    for each in found:
        is_vendor = f": this is a name of {each.whose}" if each.whose else ""
        yield complaint(
            each.span,
            f"{quoted(each.text, 80)} {what}{is_vendor}",
            help=_way_out(each, key),
            at=each.at,
            is_firm=each.is_firm,
            evidence=(each.listed.witness, *each.evidence),
        )


def _way_out(each: NotAllowed, key: str) -> str:
    """What may stand there instead, and where the list is."""
    values = each.listed.values
    place = f"`allowed: {key}` of {quoted(each.listed.profile, 80)}"
    if not values:
        return f"remove it, or have it listed in {place}, which is empty"
    near = nearest(each.text, values[:_MOST_COMPARED])
    if near:
        return f"use {quoted(near)} if that was meant, or have it listed in {place}"
    more = f" and {len(values) - _MOST_NAMED} more" if len(values) > _MOST_NAMED else ""
    named = one_of([value[:80] for value in values[:_MOST_NAMED]])
    return f"allowed are {named}{more}; use one of these, or have it listed in {place}"
