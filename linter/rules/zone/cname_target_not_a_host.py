"""A CNAME points to something that is no name: the text of a record, an address, a URL.

An alias leads to another name (RFC 1035 section 3.3.1). A DMARC policy or a DKIM key pasted into a CNAME is never
read as one, since there is no host called `v=DMARC1; p=reject`; an address is read as a name with a top level
of digits. Underscores are welcome: `_domainkey` and the validation names of certificate services have them.
The rule looks at ALIAS and DNAME records too.

## Bad

```yaml
_dmarc.shop:
  type: CNAME
  value: v=DMARC1\\; p=reject  # <- text of a record
www:
  type: CNAME
  value: 192.0.2.80  # <- is an address
```

## Good

```yaml
_dmarc.shop:
  type: TXT
  value: v=DMARC1\\; p=reject
www:
  type: A
  value: 192.0.2.80
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.zone.model import Target


def check(facts: Facts) -> Iterator[Complaint]:
    """Values of aliases that are no name."""
    for record in facts.records("CNAME", "DNAME", "ALIAS"):
        for target in record.values:
            if isinstance(target, Target) and target.fault:
                fault = target.fault
                span = target.part(fault.start, fault.end)
                way_out = fault.help or _way_out(target)
                yield Complaint(span, f"{record.type}: {fault.message}", way_out, (), record.name, record.type)


def _way_out(target: Target) -> str:
    if target.is_address:
        kind = "AAAA" if ":" in target.written else "A"
        return f"make it an {kind} record"
    return "make it a TXT record" if "=" in target.written else ""


RULE = Rule("cname-target-not-a-host", "error", check, __doc__, "RFC 1035 section 3.3.1", needs=("target-fault",))
