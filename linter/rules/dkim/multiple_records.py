"""A DKIM selector has several TXT records, and nobody can tell which of them receivers take.

There must be one TXT record at a selector; with more, the result is undefined (RFC 6376 section 3.6.2.2): records have
no order, so a receiver takes this one today and that one tomorrow, or none. Each key has a selector of its own: also
the next one of a rotation, and the ed25519 key beside the RSA key (RFC 8463 section 3).

## Bad

```yaml
default._domainkey:
  type: TXT
  values:
    - '"v=DKIM1\\; k=rsa\\; p="
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
      "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
      "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
      "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
    - v=DKIM1\\; k=ed25519\\; p=J2EjJPK4nAZMkMPDHrfaBvyQqvNoeQ7FizlvrBCFfzc=  # <- a selector of its own
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
ed2026._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=J2EjJPK4nAZMkMPDHrfaBvyQqvNoeQ7FizlvrBCFfzc=
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every value beside the first record of a selector."""
    for key_set in facts.key_sets:
        if not key_set.records:
            continue
        shown = key_set.name.rstrip(".")
        message = f"another TXT value at `{shown}`; which one receivers take is undefined"
        related = (Related(key_set.records[0].value.span, "the first one"),)
        for text in key_set.records[1:]:
            way_out = "keep one key here; give the other a selector of its own"
            yield Complaint(text.value.span, message, way_out, related, key_set.name, "TXT")
        for text in key_set.others:
            way_out = "a selector holds nothing but one key; delete this or move it to the name it belongs to"
            yield Complaint(text.value.span, message, way_out, related, key_set.name, "TXT")


RULE = Rule("dkim-multiple-records", "error", check, __doc__, "RFC 6376 section 3.6.2.2", needs=("dkim-several",))
