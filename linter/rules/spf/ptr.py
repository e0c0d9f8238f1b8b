"""An SPF record makes receivers ask for PTR records.

`ptr` and `%{p}` are slow, fail with the sender's reverse DNS, load the .arpa servers, and must not be published (RFC
7208 section 5.5); some receivers skip them. Addresses or an `a:` term say the same reliably.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ptr:example.com -all  # <- `ptr` should not be published
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
  value: v=spf1 a:mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import pointer_terms
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The mechanism, and the macro in any term."""
    for text in facts.texts.spf:
        for term in pointer_terms(text.spf):
            what = "`ptr`" if term.name == "ptr" else "`%{p}`"
            message = f"{what} should not be published: it is slow, and some receivers skip it"
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, "list addresses with `ip4:` or `a:`", (), text.record.name, "TXT")


RULE = Rule("spf-ptr", "warning", check, __doc__, "RFC 7208 section 5.5", needs=("spf:ptr",))
