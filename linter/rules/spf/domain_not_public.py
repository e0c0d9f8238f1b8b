"""An SPF record names a domain that public DNS cannot have.

Receivers ask public DNS for every name in the record (RFC 7208 section 4.3). What lies below `.local`, `.internal`,
`.invalid` or `.onion`, what has an empty label or one of more than 63 characters, and a web address are never found
there. For `include` and `redirect` that is a permanent error of the whole record (sections 5.2 and 6.1); `a`, `mx` and
`exists` match nothing and cost a void lookup, of which receivers allow two. Where the zone itself has a name for
examples, or is declared not to be public, names from inside are in order.

## Bad

```yaml
# file: contoso.com.yaml
'':
  type: TXT
  value: v=spf1 include:spf.contoso.local -all  # <- ends in `.local`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@contoso.net
s1._domainkey:
  type: CNAME
  value: s1.keys.contoso.net.
```

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 a:mail.example...com -all  # <- has an empty label
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

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each name that is never there; of web addresses behind `a` and `mx`, `spf-syntax` speaks."""
    for text in facts.texts.spf:
        for each in facts.odd_names(text):
            name = each.term.name
            if each.is_url and name in ("a", "mx"):
                continue
            message = f"{quoted(each.spec.text, 80)} {each.found.why}, so {each.effect}"
            span = text.value.part(each.spec.start, each.spec.end)
            severity = "" if each.is_needed else "warning"
            yield Complaint(span, message, each.help, (), text.record.name, "TXT", severity, each.found.reference)


RULE = Rule("spf-domain-not-public", "error", check, __doc__, "RFC 7208 section 4.3", needs=("spf:odd-name",))
