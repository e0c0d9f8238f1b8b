"""One DKIM key is cut into several values, so receivers find several records and a key in none.

A key of 2048 bits does not fit into the 255 characters of one string. The strings of *one* record are put together
again (RFC 6376 section 3.6.2.2), but each value of a set is a record of its own, and records have no order. The same
happens where a form takes `;` for the end of a value.

## Bad

```yaml
default._domainkey:
  type: TXT
  values:
    - v=DKIM1\\; k=rsa\\; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rR  # <- cut into 5 values
    - j9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNpr
    - L2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvCbCaw2dmZGU
    - lO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMw
    - TXcqmjhZ4Wfo+OLD7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB
```

## Bad

```yaml
default._domainkey:
  type: TXT
  values:
    - v=DKIM1  # <- cut into 3 values
    - k=rsa
    - '"p="
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
      "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
      "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
      "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
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

## Fix

Write the whole key as one value; it is cut into strings when it is published. Where a value must show its strings, they
stand in quotes with a blank between them, all in one value: `"v=DKIM1\\; p=MIIB…" "…IDAQAB"`.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Keys in pieces, each once, at its first piece."""
    for key_set in facts.key_sets:
        if key_set.pieces:
            first, *others = key_set.pieces
            message = f"one key is cut into {len(key_set.pieces)} values, so receivers find no whole key"
            way_out = "write it as one value; it is cut into strings of 255 characters when it is published"
            related = tuple(Related(text.value.span, "a piece of it") for text in others)
            yield Complaint(first.value.span, message, way_out, related, key_set.name, "TXT")


RULE = Rule("dkim-split-values", "error", check, __doc__, "RFC 6376 section 3.6.2.2", needs=("dkim-several",))
