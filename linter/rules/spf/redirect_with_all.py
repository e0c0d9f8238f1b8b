"""An SPF record has `redirect=`, but its `all` switches it off.

`redirect=` is used only when no mechanism matches, and `all` always does: receivers ignore the redirect wherever in
the record the two stand (RFC 7208 section 6.1). The senders of the other record are not authorised.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 -all redirect=_spf.example.net  # <- is ignored
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
  value: v=spf1 ip4:192.0.2.0/24 redirect=_spf.example.net
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


def check(facts: Facts) -> Iterator[Complaint]:
    """A redirect in a record that has `all`."""
    for text in facts.texts.spf:
        term, stop = text.spf.redirect, text.spf.all_term
        if term and stop:
            written = text.spf.text[stop.start : stop.end]
            message = f"`{text.spf.text[term.start : term.end]}` is ignored because the record has `{written}`"
            way_out = f"take out `{written}`, or include the other record instead"
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-redirect-with-all", "warning", check, __doc__, "RFC 7208 section 6.1", needs=("spf:redirect",))
