"""An SPF record does not parse, so receivers treat all of it as broken.

One term that does not fit the grammar makes the whole record a permanent error, even behind a mechanism
that matches or behind `all` (RFC 7208 section 4.6). No sender passes then, and DMARC loses its SPF leg. The
frequent causes are a comma or semicolon between terms, a blank behind a colon, and an argument where none
may stand. A web address behind `a:` or `mx:` fits the grammar, but names no host, and `//` begins a prefix length there
(section 5.3): some receivers answer a permanent error.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com all:example.com  # <- `all` takes no argument
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com -all
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
from linter.records.fault import quoted
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and web addresses behind `a` and `mx`."""
    yield from grammar_complaints(facts, "syntax")
    for text in facts.texts.spf:
        for each in facts.odd_names(text):
            if each.is_url and not each.is_needed and each.term.name != "exists":
                span = text.value.part(each.spec.start, each.spec.end)
                shown = quoted(each.spec.text, 80)
                message = f"{shown} {each.found.why}; receivers that take `//` for a prefix length answer permerror"
                yield Complaint(span, message, each.help, (), text.record.name, "TXT", "", "RFC 7208 section 5.3")


NEEDS = ("spf:syntax", "spf:odd-name")
RULE = Rule("spf-syntax", "error", check, __doc__, "RFC 7208 section 12", needs=NEEDS)
