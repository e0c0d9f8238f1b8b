"""An SRV record of a mail service has the port of another service.

The port tells whether TLS begins with the connection: `_imaps` has 993, `_imap` 143; `_submissions` 465, `_submission`
587 (RFC 6186 section 3, RFC 8314 section 7.3). A program that finds 465 at `_submission` waits for a greeting in
plain text that never comes. Ports that belong to no mail service are not reported.

## Bad

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 143  # <- IMAP over TLS has port 993
    target: imap.example.com.
imap:
  type: A
  value: 192.0.2.143
```

## Good

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: imap.example.com.
imap:
  type: A
  value: 192.0.2.143
```
"""

from collections.abc import Iterator

from linter.facts.client_services import offers
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.srv import port_fault
from linter.rules.rule import At, Rule, complaint_of
from linter.source.tree import located


def check(facts: Facts) -> Iterator[Complaint]:
    """Every port of another service, where the service is offered at all."""
    for offer in offers(facts.records("SRV")):
        port, node = offer.value.port, offer.value.port_node
        fault = port_fault(offer.service, port) if port is not None and not offer.declines else None
        if fault and node is not None:
            span = located(node, offer.value.target.via)
            yield complaint_of(fault, span, At(offer.record.name, "SRV"))


RULE = Rule("srv-port-unusual", "warning", check, __doc__, "RFC 6186 section 3", needs=("SRV",))
