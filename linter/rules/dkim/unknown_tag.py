"""A DKIM key record has a tag that receivers ignore.

Unknown tags do no harm to the key (RFC 6376 section 3.2), but what they were to say is not said: `K=ed25519` leaves the
key an RSA key, as tag names are case-sensitive, and `flags=s` does not keep it from subdomains.

## Bad

```yaml
default._domainkey:
  type: TXT
  value: '"v=DKIM1\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB\\; K=rsa"'  # <- write `k=`
```

## Good

```yaml
default._domainkey:
  type: TXT
  value: '"v=DKIM1\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB\\; k=rsa"'
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "unknown-tag")


RULE = Rule("dkim-unknown-tag", "warning", check, __doc__, "RFC 6376 section 3.2", needs=("dkim:unknown-tag",))
