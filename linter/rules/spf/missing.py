"""A name that takes part in mail has no SPF record.

SPF records are not inherited: what stands at `example.com` says nothing about mail from `shop.example.com` (RFC 7208
section 3). Without one, anybody can use the name as envelope sender and no receiver can tell. A name that
only receives, or refuses mail with a null MX, says so with `v=spf1 -all`.

## Bad

```yaml
'':
  type: MX
  value:
    preference: 10
    exchange: mx1.mail.example.net.  # <- has MX but no SPF
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import UNKNOWN
from linter.records.spf import is_spf
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with MX for which no text of the zone is SPF, or was meant to be."""
    meant = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    if "spf-aside" in facts.present:
        meant |= {astray.domain for astray in facts.spf_astray}
    for name, hosts in facts.mail_hosts.items():
        if name in facts.spf_by_name or name in meant or "_" in name:
            continue  # no address has an underscore behind its `@`
        answer = facts.resolver.lookup(name, "TXT")
        if (
            answer.status == UNKNOWN
            or answer.is_failure
            or any(is_spf(value) for value in answer.values if isinstance(value, str))
        ):
            continue
        shown = name.rstrip(".")
        if all(host.is_null for host in hosts):
            message = f"`{shown}` has a null MX but no SPF, so anybody can still send as it"
            way_out = "publish `v=spf1 -all` as TXT at this name"
        else:
            message = f"`{shown}` has MX but no SPF record"
            way_out = "publish who may send as TXT at this name, or `v=spf1 -all` if nobody does"
        yield Complaint(hosts[0].exchange.span, message, way_out, (), name, "MX")


RULE = Rule("spf-missing", "warning", check, __doc__, "RFC 7208 section 3", needs=("MX",))
