"""A DMARC record says `sp` or `np` at a name whose subdomains follow another record.

Receivers look at a name's own record and then at that of its organisational domain; records between the two are
not used (RFC 9989 section 4.10.1, RFC 7489 section 6.6.3). So `sp` and `np` count in the record of the organisational
domain alone. In that of `shop.example.com` they look like a policy for `news.shop.example.com`, and are none.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
_dmarc.shop:
  type: TXT
  value: v=DMARC1\\; p=reject\\; sp=reject\\; rua=mailto:dmarc@reports.example.net  # <- follow `example.com`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
_dmarc.shop:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import shown, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The first such tag of each record that is certainly below an organisational domain with a record."""
    for text in facts.dmarc.single():
        tag = text.dmarc.tag("sp") or text.dmarc.tag("np")
        domain = text.record.name.removeprefix("_dmarc.")
        if tag is None or domain == text.record.name:
            continue
        org_domain = facts.dmarc_policies.subdomains_follow(domain)
        if org_domain:
            name = tag.name.lower()
            message = f"`{name}` has no effect here: names below {shown(domain)} follow {shown(org_domain)}"
            way_out = f"remove `{name}`, and give those names records of their own where they need another policy"
            yield Complaint(tag_span(text, tag), message, way_out, (), text.record.name, "TXT")


NEEDS = ("dmarc:subdomains",)
RULE = Rule("dmarc-sp-without-effect", "info", check, __doc__, "RFC 9989 section 4.10.1", needs=NEEDS)
