"""A name has lost the wildcard's MX or SPF, because other records now stand at it or below it.

A wildcard answers only for names that do not exist (RFC 4592 section 2.2.2). Any record at a name, or one below it
such as a DKIM key, makes the name exist and takes all of the wildcard's records from it: its mail bounces, or anybody
may send as it again. SPF by wildcard has to be repeated at every name that has other records (RFC 7208 section 3.5).
MX are asked for only where SPF or DKIM of the name's own show that mail is meant to work there.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1; p=reject
'*':
  - type: MX
    value: {preference: 10, exchange: mx.example.net.}  # <- `shop.example.com` does not get this MX
  - type: TXT
    value: v=spf1 ip4:192.0.2.25 -all  # <- `www.example.com` does not get this SPF
shop:
  type: TXT
  value: v=spf1 ip4:192.0.2.80 -all
s1._domainkey.shop:
  type: CNAME
  value: s1.keys.example.net.
www:
  type: A
  value: 192.0.2.80
```

## Good

```yaml
'*.parked':
  - type: TXT
    value: v=spf1 -all
  - type: MX
    value: {preference: 0, exchange: .}
www.parked:
  - type: A
    value: 192.0.2.80
  - type: TXT
    value: v=spf1 -all
  - type: MX
    value: {preference: 0, exchange: .}
```

## Fix

Repeat the wildcard's record at the names, or give them one of their own.
"""

from collections.abc import Iterator

from linter.facts.spf_places import authorising_term
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.name import parent
from linter.rules.rule import Rule
from linter.source.text import Span
from linter.zone.model import Record

from .places import record_span

_SHOWN = 3


def check(facts: Facts) -> Iterator[Complaint]:
    """Each wildcard with MX or SPF that names beside it do not get, once for MX and once for SPF."""
    for record in facts.records("MX"):
        if record.name.startswith("*.") and any(not host.is_null for host in facts.mail_hosts.get(record.name, ())):
            lost = [name for name in _beside(facts, record.name) if _means_mail(facts, name)]
            yield from _complaint(facts, record, record_span(record), "MX", lost)
    for text in facts.texts.spf:
        if text.record.name.startswith("*."):
            lost = [name for name in _beside(facts, text.record.name) if _has_host_only(facts, name)]
            yield from _complaint(facts, text.record, text.value.span, "SPF", lost)


def _beside(facts: Facts, wildcard: str) -> list[str]:
    """The host names that the wildcard would answer for if they did not exist; aliases and delegations aside."""
    above = parent(wildcard)
    index = facts.index
    found = []
    for name in dict.fromkeys((*index.names, *sorted(index.between))):
        if parent(name) != above or name == wildcard or "_" in name or index.cut_above(name) is not None:
            continue
        if facts.resolver.lookup(name, "CNAME").is_empty:
            found.append(name)
    return found


def _means_mail(facts: Facts, name: str) -> bool:
    """Whether a name without MX has records that only make sense for mail."""
    if not facts.resolver.lookup(name, "MX").is_empty:
        return False
    if any(authorising_term(text.spf) is not None for text in facts.spf_by_name.get(name, ())):
        return True
    return any(text.record.name.endswith(f"._domainkey.{name}") and text.key.key for text in facts.texts.keys)


def _has_host_only(facts: Facts, name: str) -> bool:
    """Whether a name has addresses but neither MX, which asks for SPF by itself, nor SPF."""
    if name in facts.spf_by_name or name in facts.mail_hosts or facts.resolver.lookup(name, "TXT").status == "unknown":
        return False
    return bool(facts.index.records(name, "A") or facts.index.records(name, "AAAA"))


def _complaint(facts: Facts, record: Record, span: Span, what: str, lost: list[str]) -> Iterator[Complaint]:
    if not lost:
        return
    more = f" and {len(lost) - 1} other name{'s' if len(lost) > 2 else ''}" if len(lost) > 1 else ""
    verb = "do" if more else "does"
    names = f"`{lost[0].rstrip('.')}`{more}"
    message = f"{names} {verb} not get this {what}: a wildcard answers only for what does not exist"
    related = tuple(_place(facts, name) for name in lost[:_SHOWN])
    yield Complaint(span, message, f"repeat the {what} there", related, record.name, record.type)


def _place(facts: Facts, name: str) -> Related:
    for held, types in facts.index.names.items():
        if held == name or held.endswith(f".{name}"):
            first = next(iter(types.values()))[0]
            return Related(first.name_span, f"makes `{name.rstrip('.')}` exist")
    raise AssertionError(f"{name} exists without records")


RULE = Rule("wildcard-hidden", "warning", check, __doc__, "RFC 4592 section 2.2.2", needs=("wildcard",))
