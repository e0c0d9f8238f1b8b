"""An SRV record of a mail service names a host that is an alias of another.

The target of an SRV record must have addresses of its own and not be an alias (RFC 2782, "Target"). Some mail programs
follow the alias, others find no server; a certificate for the one name is not valid for the other.

## Bad

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: imap.example.com.  # <- is an alias of `mail.example.net`
imap:
  type: CNAME
  value: mail.example.net.
```

## Good

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: mail.example.net.
imap:
  type: CNAME
  value: mail.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.client_services import named_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every target that is found to be an alias, whatever the alias leads to."""
    for offer in named_hosts(facts.records("SRV")):
        target = offer.value.target
        steps = facts.resolver.lookup(target.name, "A").steps
        # Beside A or AAAA, the CNAME is what is wrong: cname-and-other-data.
        if not steps or facts.index.records(target.name, "A") or facts.index.records(target.name, "AAAA"):
            continue
        host = steps[-1].target
        message = (
            f"`{target.name.rstrip('.')}` is an alias of `{host.rstrip('.')}`; an SRV record names the host itself"
        )
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = f"write `{host}`, or give the name A and AAAA records"
        yield Complaint(target.span, message, way_out, related, offer.record.name, "SRV")


RULE = Rule("srv-target-is-alias", "error", check, __doc__, "RFC 2782", needs=("SRV",))
