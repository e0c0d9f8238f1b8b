"""A term stands twice in an SPF record, and the second one never decides anything.

Receivers try the terms from left to right and the first that matches decides (RFC 7208 section 4.6.2): what did not
match the first time does not match the second time. A repeated `include`, `a` or `mx` still costs its lookups again,
of which there are ten.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx include:_spf.mail.example.net mx -all  # <- repeats `mx`
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
  value: v=spf1 mx include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.address_sets import repeated_terms
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each mechanism that an earlier one of the same meaning makes useless."""
    for text in facts.texts.spf:
        for repeated in repeated_terms(text.spf, text.record.name):
            term, earlier = repeated.term, repeated.earlier
            first = quoted(text.spf.text[earlier.start : earlier.end])
            message = f"{quoted(text.spf.text[term.start : term.end])} repeats {first} and never decides anything"
            severity = "" if repeated.agrees else "error"
            if severity:
                message = f"{message}, though it says something else"
            way_out = "delete it" if repeated.agrees else "delete the one that is wrong"
            related = (Related(text.value.part(earlier.start, earlier.end), "decides before it"),)
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, way_out, related, text.record.name, "TXT", severity)


RULE = Rule("spf-duplicate-term", "warning", check, __doc__, "RFC 7208 section 4.6.2", needs=("spf:same",))
