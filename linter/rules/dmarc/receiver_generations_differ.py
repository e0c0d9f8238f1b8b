"""Receivers old and new apply different DMARC policies to mail from a name.

Receivers of RFC 7489 look at the name itself and at its organisational domain by the public suffix list (section
6.6.3). Those of RFC 9989 walk up the tree of names, and take the record of the uppermost name that has one or says
`psd=n` (section 4.10). Where a record stands between the two, each generation finds another, and both will be
around for years. A record at the name itself is found by all.

## Bad

```yaml
news.shop:
  type: TXT
  value: v=spf1 include:_spf.mail.example.net -all  # <- `reject` of `example.com`
_dmarc.shop:
  type: TXT
  value: v=DMARC1\\; p=none\\; psd=n\\; rua=mailto:dmarc@reports.example.net  # <- [dmarc-policy-none] `p=none`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
news.shop:
  type: TXT
  value: v=spf1 include:_spf.mail.example.net -all
_dmarc.news.shop:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.dmarc_policy import Governing
from linter.facts.mail_names import mail_names
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """The names that take part in mail and for which both generations are known to find something else."""
    policies = facts.dmarc_policies
    for name, kind, span in mail_names(facts):
        if not policies.may_differ(name, facts.zone.name):
            continue
        old, new = policies.by_suffix_list(name), policies.by_tree_walk(name)
        if old.is_unknown or new.is_unknown or old.policy == new.policy:
            continue
        message = f"receivers of RFC 7489 apply {_shown(old)} to {shown(name)}, those of RFC 9989 {_shown(new)}"
        way_out = f"publish a record at `_dmarc.{name.rstrip('.')}`, which all of them find"
        yield Complaint(span, message, way_out, (), name, kind)


def _shown(found: Governing) -> str:
    if found.policy is None:
        return "no DMARC"
    return f"`{found.policy}` of {shown(found.domain)}"


NEEDS = ("inner-dmarc",)
RULE = Rule("dmarc-receiver-generations-differ", "info", check, __doc__, "RFC 9989 section 4.10", needs=NEEDS)
