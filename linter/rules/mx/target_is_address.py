"""An MX names an IP address, which senders look up as if it were a host name.

The exchange of an MX is a domain name by its format (RFC 1035 section 3.3.9): `192.0.2.25` is asked for as a host
below the top level `25`, which does not exist. No mail arrives.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: 192.0.2.25  # <- is an address
  - type: TXT
    value: v=spf1 mx -all
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
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
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
    """Every MX that names an address."""
    for record, target in facts.targets:
        if record.type == "MX" and target.is_address:
            kind = "AAAA" if ":" in target.written else "A"
            message = f"{quoted(target.written)} is an address; an MX names a host"
            way_out = f"give the host a name with an {kind} record, and name it here"
            yield Complaint(target.span, message, way_out, (), record.name, "MX")


RULE = Rule("mx-target-is-address", "error", check, __doc__, "RFC 1035 section 3.3.9", needs=("target-fault",))
