"""The key in a DKIM record cannot be read, so every signature made with it fails.

`p=` holds base64 of an RSA key (RFC 6376 section 3.6.1), or of the 32 octets of an ed25519 key (RFC 8463 section 4.2).
Keys are lost on the way to the zone: a form cuts them at 255 characters, a line end or a quote stays in, the lines
`-----BEGIN PUBLIC KEY-----` come along.

## Bad

```yaml
default._domainkey:
  type: TXT
  value: v=DKIM1\\; k=rsa\\; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2  # <- breaks off
```

## Bad

```yaml
ed2026._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=MCowBQYDK2VwAyEAJ2EjJPK4nAZMkMPDHrfaBvyQqvNoeQ7FizlvrBCFfzc=  # <- is wrapped in SPKI
```

## Good

```yaml
default._domainkey:
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "key-undecodable")


RULE = Rule("dkim-key-undecodable", "error", check, __doc__, "RFC 6376 section 3.6.1", needs=("dkim:key-undecodable",))
