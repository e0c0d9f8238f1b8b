"""An SRV record of a mail service names a host that does not exist or has no address.

The target of an SRV record must have an A or AAAA record (RFC 2782, "Target"). Where it has none, mail programs that
set an account up find a server and cannot reach it. Hosts are looked for in all zones that are checked together.

## Bad

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: mail.example.com.  # <- does not exist
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

## Fix

Where the service is no longer offered, write `.` as the target and 0 as the port (RFC 6186 section 3.4).
"""

from collections.abc import Iterator

from linter.facts.client_services import named_hosts
from linter.facts.elsewhere import lacking
from linter.facts.targets import readings, without_second_origin
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import NO_NAME
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every target that is known to have no address, however its name is read."""
    for offer in named_hosts(facts.records("SRV")):
        target = offer.value.target
        names = readings(target, facts.zone.name)
        answers = [facts.resolver.lookup(name, kind) for name in names for kind in ("A", "AAAA")]
        if any(answer.steps or not answer.is_empty for answer in answers):
            continue
        if without_second_origin(target, facts.index):
            continue
        what = "does not exist" if answers[0].status == NO_NAME else "has no A or AAAA record"
        message = f"`{target.name.rstrip('.')}` {what}, so {offer.service.description} cannot be reached there"
        can_be_there = facts.not_public(target.name) is None
        way_out = "add its address, or name the right host" if can_be_there else "name the right host"
        yield Complaint(target.span, message, way_out, lacking(facts, target.name), offer.record.name, "SRV")


RULE = Rule("srv-target-missing", "error", check, __doc__, "RFC 2782", needs=("SRV",))
