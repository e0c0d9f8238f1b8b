"""Whether the policies that are published for a name are those declared for it."""

from collections.abc import Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.policies import PolicyDifference, policy_differences
from linter.facts.witnesses import of_lookups
from linter.intent.model import Mail
from linter.records.text.fault import quoted
from linter.records.text.name import shown
from mailzone import INTENT, WARNING, At, Complaint, Facts, complaint, rule

from .spans import origin

_WAYS = {
    "p": "publish `p={0}`, or declare what is meant",
    "sp": "publish `sp={0}`, or declare what is meant",
    "rua": "add `mailto:{0}` to its `rua`, or declare where reports go",
}


@rule("intent-policy-differs", WARNING, "RFC 9989 section 4.7", when=INTENT)
def policy_differs(facts: Facts) -> Iterator[Complaint]:
    """Each declared policy of a name that receivers do not find; an error where what they find protects less."""
    for mail in declared_mail(facts).entries:
        for found in policy_differences(facts, mail):
            yield _about(facts, mail, found)


def _about(facts: Facts, mail: Mail, found: PolicyDifference) -> Complaint:
    name, wanted = shown(mail.name.text), found.wanted.text
    if found.what == "dmarc":
        message = f"{name} has no DMARC record, and its declaration asks for one (`{wanted}`)"
        way_out = f"publish it at {shown(found.at)}"
    elif found.what == "mta-sts":
        is_there = f"publishes `mode: {found.found}`" if found.found else f"has no record at {shown(found.at)}"
        message = f"MTA-STS of {name} is declared to be `{wanted}`, but {is_there}"
        way_out = f"publish the record and a policy with `mode: {wanted}`, or declare what is meant"
    elif found.what == "rua":
        message = f"DMARC reports about {name} are declared to go to {quoted(wanted, 80)}, but that is not in its `rua`"
        way_out = _WAYS["rua"].format(wanted.removeprefix("mailto:"))
    else:
        whose = "names below " if found.what == "sp" else ""
        message = f"`{found.what}={wanted}` is declared for {name}, but receivers apply `{found.found}` to {whose}it"
        way_out = _WAYS[found.what].format(wanted)
    severity = "error" if found.is_weaker else ""
    span, related = found.span or found.wanted.span, (origin(found.wanted, mail),) if found.span else ()
    at = At(found.at, "TXT")
    reference = "RFC 8461 section 3.2" if found.what == "mta-sts" else ""
    return complaint(
        span,
        message,
        help=way_out,
        at=at,
        related=related,
        severity=severity,
        reference=reference,
        evidence=of_lookups(facts, found.at, "TXT"),
    )
