"""A mail service is offered to programs without the form of it that begins with TLS.

Programs prefer TLS from the first octet to STARTTLS, which an attacker on the way can suppress (RFC 8314 section 3). A
domain that has `_imap`, `_pop3` or `_submission` alone tells them that there is nothing better.

## Bad

```yaml
_imap._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 143
    target: imap.example.com.  # <- no `_imaps._tcp`
imap:
  type: A
  value: 192.0.2.143
```

## Good

```yaml
_imap._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 143
    target: imap.example.com.
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

## Fix

Where there is nothing but STARTTLS, ask the server's operator for ports 993, 995 and 465.
"""

from collections.abc import Iterator

from linter.facts.client_services import Offer, misspelt, offers
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.name import parent
from linter.records.srv import port_fault
from linter.rules.rule import Rule

_JUDGED = ("_imap", "_pop3", "_submission")


def check(facts: Facts) -> Iterator[Complaint]:
    """Services whose form with TLS is known not to be there, or is declined."""
    found = list(offers(facts.records("SRV")))
    taken = {offer.record.name for offer in found if not offer.declines}
    # What is missing may be there under a wrong name: srv-name-invalid.
    unclear = {above for each in misspelt(facts.records("SRV")) for above in _above(each.record.name)}
    seen = set()
    for offer in found:
        name = f"{offer.service.tls_sibling}._tcp.{offer.domain}"
        if offer.service.label not in _JUDGED or offer.declines or name in seen or _is_other_port(offer):
            continue
        if offer.domain in unclear:
            continue
        seen.add(name)
        answer = facts.resolver.lookup(name, "SRV")
        is_declined = name in {other.record.name for other in found} and name not in taken
        if answer.is_empty or is_declined:
            whose = f"`{offer.domain.rstrip('.')}` offers {offer.service.description}"
            lacking = f"`{offer.service.tls_sibling}._tcp`"
            why = f"declines {lacking}" if is_declined else f"has no {lacking}"
            message = f"{whose} and {why}, where TLS begins with the connection"
            way_out = f"offer the service with TLS, and publish {lacking}"
            yield Complaint(offer.value.target.span, message, way_out, (), offer.record.name, "SRV")


def _above(name: str) -> tuple[str, str]:
    return parent(name), parent(parent(name))


def _is_other_port(offer: Offer) -> bool:
    """Whether srv-port-unusual says that the record belongs elsewhere."""
    return offer.value.port is not None and port_fault(offer.service, offer.value.port) is not None


RULE = Rule("client-plaintext-only", "warning", check, __doc__, "RFC 8314 section 3", needs=("SRV",))
