"""No DMARC record governs a name that receives or sends mail.

Without DMARC nobody but the domain itself is told whether mail in its name is genuine: SPF and DKIM do not look
at the address in "From" that readers see (RFC 9989 section 1). A record at `_dmarc` of the organisational domain
covers all names below it, so what a name inherits is not missing. What lies in zones that are not here is not judged.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.  # <- has MX but no DMARC record
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
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

## Fix

Begin with `v=DMARC1; p=none; rua=mailto:…` and read the reports. Go on to `p=quarantine` and `p=reject` when every
system that sends in your name passes.
"""

from collections.abc import Iterator

from linter.facts.declared_names import declared_without_mx, is_declared_closed
from linter.facts.elsewhere import lacking
from linter.facts.mail_names import mail_names
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import NO_DATA
from linter.rules.rule import Rule
from linter.source.frozen import Frozen
from linter.source.text import Span

from .grammar import shown

_REASONS = {"MX": "has MX but", "TXT": "sends mail by its SPF but has", "": "is declared to send but has"}


class _Need(Frozen):
    """A name that takes part in mail, and the record that says so; `kind` is "" for a declaration."""

    name: str
    kind: str
    span: Span


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each organisational domain: one record would cover all its names."""
    ungoverned: dict[str, list[_Need]] = {}
    for need in () if facts.is_internal else _needs(facts):
        if _is_ungoverned(facts, need.name):
            org_domain = facts.dmarc_policies.org_domain_by_list(need.name)
            ungoverned.setdefault(org_domain, []).append(need)
    for org_domain, needs in ungoverned.items():
        yield _complaint(facts, org_domain, needs)


def _needs(facts: Facts) -> Iterator[_Need]:
    """The names of the records, apart from those that are declared to have no mail, and those declared to send."""
    found = {each[0]: _Need(*each) for each in mail_names(facts)}
    yield from (need for need in found.values() if not is_declared_closed(facts, need.name))
    for name, word in declared_without_mx(facts).items():
        if name not in found:
            yield _Need(name, "", word.span)


def _is_ungoverned(facts: Facts, name: str) -> bool:
    """Whether it is known that no record governs a name, and none was meant to."""
    records = facts.dmarc_policies.records
    if records.at(name).is_meant:
        return False
    steps = records.walk(name)
    if any(step.is_meant for step in steps) or not facts.dmarc.meant_for.isdisjoint(step.domain for step in steps):
        return False
    return facts.dmarc_policies.by_tree_walk(name).status == NO_DATA


def _complaint(facts: Facts, org_domain: str, needs: list[_Need]) -> Complaint:
    first = next((need for need in needs if need.name == org_domain), needs[0])
    others = [need for need in needs if need is not first]
    message = f"{shown(first.name)} {_REASONS[first.kind]} no DMARC record"
    if first.name != org_domain:
        message = f"{message}, neither its own nor one of {shown(org_domain)}"
    if others:
        names = "name has" if len(others) == 1 else "names have"
        message = f"{message}; {len(others)} more {names} none either"
    way_out = f"publish `v=DMARC1; p=none; rua=mailto:…` at `_dmarc.{org_domain.rstrip('.')}` to begin with"
    names_too = (Related(need.span, f"{shown(need.name)} has none either") for need in others[:10])
    related = (*names_too, *lacking(facts, f"_dmarc.{org_domain}"))
    return Complaint(first.span, message, way_out, related, first.name, first.kind)


RULE = Rule("dmarc-missing", "warning", check, __doc__, "RFC 9989 section 4.10", needs=("mail-without-dmarc",))
