"""An SPF record needs more than ten DNS lookups, and receivers answer a permanent error.

`include`, `a`, `mx`, `ptr`, `exists` and `redirect` cost a lookup each, and so do those in the records that they lead
to; ten are allowed in all (RFC 7208 section 4.6.4). Beyond that the whole record fails for every message that no term
before the eleventh has matched. The count is that of the worst case; behind `all` nothing counts.

Where it passes ten only with what a vendor's record needed on the day that it was last looked at here, this is a
warning and not an error: `mailzone lock` asks what the record needs today.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx include:_spf.mail.example.net include:_spf.shop.example.net -all  # <- 11 lookups, 1 too many
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
    TXT: {seen: 2026-11-02, values: ["v=spf1 a:m1.mail.example.net a:m2.mail.example.net a:m3.mail.example.net a ?all"]}
  _spf.shop.example.net:
    TXT: ["v=spf1 include:_a.shop.example.net include:_b.shop.example.net include:_c.shop.example.net mx ?all"]
  _a.shop.example.net: {TXT: ["v=spf1 ip4:198.51.100.1 ?all"]}
  _b.shop.example.net: {TXT: ["v=spf1 ip4:198.51.100.2 ?all"]}
  _c.shop.example.net: {TXT: ["v=spf1 ip4:198.51.100.3 ?all"]}
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.25 include:_spf.mail.example.net -all
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
    TXT: {seen: 2026-11-02, values: ["v=spf1 a:m1.mail.example.net a:m2.mail.example.net a:m3.mail.example.net ?all"]}
```

## Fix

Take out services that no longer send. Write `ip4:` and `ip6:` for hosts whose addresses are yours. Give a service a
subdomain of its own to send from, with its own record. Do not copy the addresses of a vendor's record: they change.
"""

from collections.abc import Iterator

from linter.facts.spf_cases import Spoken, speakers
from linter.facts.spf_check import MAX_LOOKUPS
from linter.facts.spf_cost import SpfTree
from linter.facts.spf_firm import FirmLookups, snapshots_in
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import joined
from linter.rules.rule import Rule

from .tree_places import costs, listed, others


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term where the running total passes the limit."""
    firm = FirmLookups()
    for spoken in speakers(facts.spf_cases, firm, MAX_LOOKUPS + 1):
        yield _complaint(spoken)
    rest = [case for case in facts.spf_cases if firm(case.tree) <= MAX_LOOKUPS]
    for spoken in speakers(rest, _least, MAX_LOOKUPS + 1):
        snapshots = snapshots_in(spoken.case.tree)
        need = "needs" if len(snapshots) == 1 else "need"
        complaint = _complaint(spoken)
        vendors = listed(record.name for record in snapshots)
        when = joined(record.origin for record in snapshots)
        message = f"{complaint.message}, if {vendors} still {need} what stood there ({when})"
        way_out = "`mailzone lock` would tell what it is today"
        yield complaint._replace(message=message, help=way_out, is_firm=False)


def _complaint(spoken: Spoken) -> Complaint:
    case = spoken.case
    least, most = case.tree.lookups
    term = next(term for term in case.tree.terms if term.total.min > MAX_LOOKUPS)
    at_least = "at least " if case.tree.is_open or most > least else ""
    message = f"{at_least}{least} lookups, {least - MAX_LOOKUPS} too many: receivers answer permerror"
    way_out = "take out what no longer sends, write addresses for hosts, or let a service send from a subdomain"
    related = (*costs(case), *others(spoken))
    return Complaint(case.place(term.term), message, way_out, related, case.name, "TXT")


def _least(tree: SpfTree) -> int:
    return tree.lookups.min


RULE = Rule("spf-too-many-lookups", "error", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:too-many-lookups",))
