"""An SPF record includes a name that has no SPF record, or several, and receivers answer a permanent error.

What an `include` or `redirect` asks for must be there: "none" and "permerror" at the target make the whole record a
permanent error (RFC 7208 sections 5.2 and 6.1), whatever other terms say. It happens when a vendor retires a name, and
when the name was misspelt.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.exmaple.net -all  # <- `_spf.exmaple.net` does not exist
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
  _spf.exmaple.net: nxdomain
```

## Bad

```yaml
# file: example.com.yaml
'':
  type: TXT
  value: v=spf1 redirect=_spf.example.org  # <- `_spf.example.org` has no SPF record
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
# file: example.org.yaml
_spf:
  type: TXT
  value: hello
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.example.net -all
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
  _spf.example.net: {TXT: ["v=spf1 ip4:198.51.100.0/24 ?all"]}
```
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking, zone_at
from linter.facts.spf_cases import SpfCase, own_and_foreign
from linter.facts.spf_cost import SEVERAL, SpfTree
from linter.facts.spf_problems import MISSING
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.records.spf import is_spf
from linter.rules.rule import Rule

from .tree_places import related_at, shown

_MOST_PLACES = 3


def check(facts: Facts) -> Iterator[Complaint]:
    """Each include of what is known to be no record; what this zone declares itself has rules that speak there."""
    spoken = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    spoken.update(facts.spf_by_name)
    for case in facts.spf_cases:
        seen, never_there = set(), _never_there(facts, case)
        for own, record, term in own_and_foreign(case):
            broken = [target for target in term.below if _is_broken(target)]
            if not broken or len(broken) < len(term.below) or broken[0].name in spoken:
                continue
            if (own.text, broken[0].name) in seen or _is_spoilt(case, own.term.start, own.term.end):
                continue
            if record is case.tree and own.term.start in never_there:
                continue
            seen.add((own.text, broken[0].name))
            what = f"{shown(broken[0].name)} {_reason(broken[0])}"
            message = f"{quoted(own.text, 80)} fails: {what}, so receivers answer permerror"
            related = _what_stands_there(facts, broken[0]) or lacking(facts, broken[0].name)
            if record is not case.tree:
                written = f"{quoted(own.text, 80)} leads to {quoted(term.text, 80)}"
                message = f"{written}, and {what}, so receivers answer permerror"
                related = (related_at(case, record, term.term, "the term that fails"), *related)
            way_out = "take it out"
            if facts.not_public(broken[0].name) is None:
                way_out += f", or have an SPF record published at {shown(broken[0].name)}"
            yield Complaint(case.place(own.term), message, way_out, related, case.name, "TXT")


def _is_broken(target: SpfTree) -> bool:
    """A record that a zone declares and that does not parse is reported with its own zone."""
    return target.is_absent or (target.is_unreadable and bool(target.origin))


def _never_there(facts: Facts, case: SpfCase) -> set[int]:
    """Where the terms begin of which `spf-domain-not-public` speaks."""
    return {each.term.start for each in facts.odd_names(case.text)}


def _is_spoilt(case: SpfCase, start: int, end: int) -> bool:
    """Whether a fault of the grammar speaks of the term."""
    return any(fault.start <= end and start <= fault.end for fault in case.text.spf.faults)


def _reason(target: SpfTree) -> str:
    if target.spf is not None and not target.is_absent:
        return f"has a record that does not parse ({target.spf.faults[0].message})"
    return MISSING[target.status]


def _what_stands_there(facts: Facts, target: SpfTree) -> tuple[Related, ...]:
    # Other people's names are asked for nothing but what SPF needs.
    for kind in ("TXT", "A", "AAAA", "MX") if zone_at(facts, target.name) else ("TXT",):
        answer = facts.resolver.lookup(target.name, kind)
        places = list(zip(answer.values, answer.spans, strict=False))
        if target.status == SEVERAL or target.spf is not None:
            places = [(value, span) for value, span in places if isinstance(value, str) and is_spf(value)]
        if places:
            return tuple(Related(span, f"stands at {shown(target.name)}") for _, span in places[:_MOST_PLACES])
    return ()


RULE = Rule("spf-include-without-record", "error", check, __doc__, "RFC 7208 section 5.2", needs=("spf:broken",))
