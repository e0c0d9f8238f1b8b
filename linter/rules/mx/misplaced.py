"""The MX stands at the mail server's own name, or at a name with an underscore, and the domain has none.

Senders ask for the MX of what stands behind the `@`, and of nothing else (RFC 5321 section 5.1). An MX at
`mail.example.com` is for addresses such as `info@mail.example.com`. Names with an underscore are no mail domains at all
(RFC 5321 section 2.3.5). Mail for the domain itself goes to its web server, or nowhere.

## Bad

```yaml
mail:
  - type: A
    value: 11.22.33.44
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.  # <- but `example.com` has no MX
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Bad

```yaml
_mx:
  type: MX
  value:
    preference: 10
    exchange: mx1.mail.example.net.  # <- is no mail domain
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  - type: A
    value: 11.22.33.44
  - type: TXT
    value: v=spf1 a -all
```

## Fix

Move the record to the domain whose addresses are meant: `''` for the zone's own.
"""

from collections.abc import Iterator

from linter.facts.mx_places import meant_domain
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import NO_DATA, NO_NAME
from linter.rules.rule import Rule
from linter.zone.model import Mx


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each name whose MX were probably meant for another that has none."""
    for name, hosts in facts.mail_hosts.items():
        host = next((each for each in hosts if not each.is_null), None)
        domain = meant_domain(name, [each.exchange.name for each in hosts], facts.zone.name)
        if host and domain and facts.resolver.lookup(domain, "MX").status in (NO_DATA, NO_NAME):
            yield _complaint(name, domain, host)


def _complaint(name: str, domain: str, host: Mx) -> Complaint:
    shown = domain.rstrip(".")
    if "_" in name:
        message = f"`{name.rstrip('.')}` is no mail domain, and `{shown}` has no MX"
    else:
        message = f"this MX is for addresses `@{name.rstrip('.')}`, but `{shown}` has no MX"
    way_out = f"publish it at `{shown}`, if that is where mail is meant to arrive"
    return Complaint(host.exchange.span, message, way_out, (), name, "MX")


RULE = Rule("mx-misplaced", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("inner-mx",))
