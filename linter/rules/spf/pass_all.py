"""An SPF record ends with `+all`: everybody in the world may send as this domain.

`all` without a sign means `+all`. Every message then passes SPF, forged ones as well, and with DMARC's relaxed
alignment passes DMARC too. A record that is included with such an end makes the including domain open.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com +all  # <- everybody
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
from linter.rules.rule import Rule

from .grammar import keep_later_all


def check(facts: Facts) -> Iterator[Complaint]:
    """An `all` that passes."""
    for text in facts.texts.spf:
        term = text.spf.all_term
        if term and term.qualifier == "+":
            written = text.spf.text[term.start : term.end]
            message = f"`{written}` lets everybody send as this domain"
            span = text.value.part(term.start, term.end)
            way_out = keep_later_all(text.spf) or "write `-all` or `~all`"
            yield Complaint(span, message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-pass-all", "error", check, __doc__, "RFC 7208 section 5.1", needs=("spf:+all",))
