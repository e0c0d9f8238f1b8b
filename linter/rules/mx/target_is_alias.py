"""An MX names a host that is an alias of another.

The host of an MX must have addresses of its own and not be an alias (RFC 2181 section 10.3, RFC 5321 section 5.1). Some
senders follow the alias, others refuse it; a server that does not recognise itself under the alias sends mail
round in circles. Aliases are followed through all zones that are checked together.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.  # <- is an alias of `mx1.mail.example.net`
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  type: CNAME
  value: mx1.mail.example.net.
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
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  type: CNAME
  value: mx1.mail.example.net.
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.targets import mail_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every MX whose host is found to be an alias, whatever the alias leads to."""
    for record, target in mail_hosts(facts.targets):
        steps = facts.resolver.lookup(target.name, "A").steps
        # Beside A or AAAA, the CNAME is what is wrong: cname-and-other-data.
        if (
            not steps
            or facts.not_public(target.name)
            or facts.index.records(target.name, "A")
            or facts.index.records(target.name, "AAAA")
        ):
            continue
        host = steps[-1].target
        message = f"`{target.name.rstrip('.')}` is an alias of `{host.rstrip('.')}`; an MX names the host itself"
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = f"write `{host}`, or give the name A and AAAA records"
        yield Complaint(target.span, message, way_out, related, record.name, "MX")


RULE = Rule("mx-target-is-alias", "error", check, __doc__, "RFC 2181 section 10.3", needs=("known-mx",))
