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

from linter.facts.declared_names import declared_without_mx, is_declared_closed, wanted_spf
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.records.spf import is_spf
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with MX for which no text of the zone is SPF, or was meant to be."""
    if facts.is_internal:
        return
    meant = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    if "spf-aside" in facts.present:
        meant |= {astray.domain for astray in facts.spf_astray}
    needs = declared_without_mx(facts)
    for name, hosts in facts.mail_hosts.items():
        if name in facts.spf_by_name or name in meant or "_" in name:
            continue  # no address has an underscore behind its `@`
        if is_declared_closed(facts, name):
            continue
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
            declared = wanted_spf(facts, name)
            way_out = "publish who may send as TXT at this name, or `v=spf1 -all` if nobody does"
            way_out = f"publish `{declared}`" if declared else way_out
        yield Complaint(hosts[0].exchange.span, message, way_out, (), name, "MX")
    for name, word in needs.items():
        if name not in facts.spf_by_name and name not in meant and _has_none(facts.resolver, name):
            message = f"`{name.rstrip('.')}` is declared to send but has no SPF record"
            yield Complaint(word.span, message, f"publish `{wanted_spf(facts, name)}`", (), name, "TXT")


def _has_none(resolver: Resolver, name: str) -> bool:
    """Whether it is known that no SPF record stands at a name."""
    answer = resolver.lookup(name, "TXT")
    is_empty = answer.is_empty and not answer.steps
    return is_empty or (answer.status == FOUND and not any(is_spf(str(value)) for value in answer.values))


RULE = Rule("spf-missing", "warning", check, __doc__, "RFC 7208 section 3", needs=("mx-without-spf", "intent"))
