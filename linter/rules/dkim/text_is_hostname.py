"""A TXT record at a DKIM selector holds the host name that a CNAME should point to.

Services that keep the key themselves ask for a CNAME from the selector to a name of theirs. Typed in as TXT, that name
is taken for the key, and nothing can be verified with it (RFC 6376 section 3.6.1).

## Bad

```yaml
selector1._domainkey:
  type: TXT
  value: selector1-example-com._domainkey.example.onmicrosoft.com  # <- publish a CNAME
```

## Good

```yaml
selector1._domainkey:
  type: CNAME
  value: selector1-example-com._domainkey.example.onmicrosoft.com.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule

_MOST_SHOWN = 100


def check(facts: Facts) -> Iterator[Complaint]:
    """Host names as TXT values of selectors."""
    for record, value in facts.texts.host_names:
        host = value.text.strip().rstrip(".")
        message = f"the TXT value is the host name {quoted(host, _MOST_SHOWN)}, not a key"
        way_out = f"publish a CNAME instead, with the value {quoted(f'{host}.', _MOST_SHOWN)}"
        yield Complaint(value.span, message, way_out, (), record.name, "TXT")


RULE = Rule("dkim-text-is-hostname", "error", check, __doc__, "RFC 6376 section 3.6.1", needs=("dkim-host",))
