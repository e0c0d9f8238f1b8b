"""A name refuses all mail with a null MX, while its SPF record lets somebody send as it.

Mail from a name that takes no replies and no bounces is suspect: receivers may refuse senders whose domain has a null
MX (RFC 7505 section 4.2, status 550 5.7.27). Either the name sends, and needs a way back, or it does not, and its
SPF record should say `v=spf1 -all`.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .  # <- yet `ip4:192.0.2.25` in its SPF
  - type: TXT
    value: v=spf1 ip4:192.0.2.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import sending_term
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with nothing but a null MX and one SPF record that authorises somebody."""
    for name, values in facts.mail_hosts.items():
        texts = facts.spf_by_name.get(name, [])
        if len(texts) != 1 or not all(value.is_null for value in values):
            continue
        term = sending_term(texts[0].spf, name, facts.resolver)
        if term is not None:
            message = (
                f"`{name.rstrip('.')}` refuses all mail, yet {quoted(term.text)} in its SPF lets somebody send as it"
            )
            related = (Related(texts[0].value.part(term.start, term.end), "lets somebody send"),)
            way_out = "publish `v=spf1 -all` if the name sends nothing, or give it an MX"
            yield Complaint(values[0].exchange.span, message, way_out, related, name, "MX")


RULE = Rule("mx-null-but-sends", "warning", check, __doc__, "RFC 7505 section 4.2", needs=("null-mx",))
