"""A DMARC record protects subdomains less than the domain itself.

`sp` decides for subdomains without a record of their own, `np` for names that do not exist (RFC 9989 section 4.7).
Whoever forges mail takes what is easiest: `billing.example.com` instead of `example.com`. A domain whose `sp` or
`np` is `none` does not count as enforcing DMARC (section 3.2.9).

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; sp=none\\; rua=mailto:dmarc@reports.example.net  # <- weaker than `p=reject`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Leave `sp` out, and give a record of its own to the one subdomain that is not ready for the policy.
"""

from collections.abc import Iterator

from linter.facts.texts import DmarcText
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.dmarc import POLICIES
from linter.records.tag_list import Tag
from linter.rules.rule import Rule

from .grammar import tag_span

_WHOSE = {"sp": "all subdomains without a record of their own", "np": "all subdomains that do not exist"}


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each record with weaker tags, where these have any effect."""
    for text in facts.dmarc.single():
        weaker = _weaker(text)
        domain = text.record.name.removeprefix("_dmarc.")
        if weaker and not facts.dmarc_policies.subdomains_follow(domain):
            yield _complaint(text, weaker)


def _weaker(text: DmarcText) -> list[Tag]:
    dmarc = text.dmarc
    found = []
    for name, policy in (("sp", dmarc.sp), ("np", dmarc.np)):
        tag = dmarc.tag(name)
        if tag and policy and dmarc.p and POLICIES.index(policy) < POLICIES.index(dmarc.p):
            found.append(tag)
    return found


def _complaint(text: DmarcText, weaker: list[Tag]) -> Complaint:
    first, *others = weaker
    name, p = first.name.lower(), text.dmarc.p
    message = f"`{name}={first.value}` is weaker than `p={p}` and decides for {_WHOSE[name]}"
    way_out = f"leave `{name}` out, or write `{name}={p}`"
    related = tuple(Related(tag_span(text, tag), f"`{tag.name}` is weaker too") for tag in others)
    return Complaint(tag_span(text, first), message, way_out, related, text.record.name, "TXT")


RULE = Rule("dmarc-subdomains-weaker", "warning", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:subdomains",))
