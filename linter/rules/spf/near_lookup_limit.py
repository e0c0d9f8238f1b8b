"""An SPF record needs nine or ten of the ten DNS lookups that are allowed.

Nothing fails yet, but the next service will be one too many (RFC 7208 section 4.6.4), and so may be any change that a
vendor makes in a record which this one includes. Where some of those are not known, the terms that are known reach
nine already.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx a:a1.example.net a:a2.example.net a:a3.example.net include:_spf.mail.example.net -all  # <- 9 of 10
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  _spf.mail.example.net:
    TXT: ["v=spf1 a:m1.example.net a:m2.example.net a:m3.example.net a:m4.example.net ?all"]
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 mx ip4:192.0.2.1 ip4:192.0.2.2 ip4:192.0.2.3 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  _spf.mail.example.net:
    TXT: ["v=spf1 a:m1.example.net a:m2.example.net a:m3.example.net a:m4.example.net ?all"]
```
"""

from collections.abc import Iterator

from linter.facts.spf_cases import NEAR, speakers
from linter.facts.spf_check import MAX_LOOKUPS
from linter.facts.spf_cost import SpfTree, uncounted
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .tree_places import costs, listed, others


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term where the running total comes near the limit."""
    cases = [case for case in facts.spf_cases if case.tree.lookups.min <= MAX_LOOKUPS]
    for spoken in speakers(cases, _least, NEAR):
        case = spoken.case
        least, most = case.tree.lookups
        term = next(term for term in case.tree.terms if term.total.min >= NEAR)
        unknown = uncounted(case.tree)
        if unknown:
            needs = "needs" if len(unknown) == 1 else "need"
            message = f"at least {least} of {MAX_LOOKUPS} lookups, without what {listed(unknown)} {needs}"
            way_out = "`mailzone lock` would tell; take out what no longer sends"
        else:
            at_least = "at least " if most > least else ""
            message = f"{at_least}{least} of {MAX_LOOKUPS} lookups; one more service may be one too many"
            way_out = "take out what no longer sends, or write addresses for hosts, before anything is added"
        yield Complaint(case.place(term.term), message, way_out, (*costs(case), *others(spoken)), case.name, "TXT")


def _least(tree: SpfTree) -> int:
    return tree.lookups.min


RULE = Rule("spf-near-lookup-limit", "warning", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:near-limit",))
