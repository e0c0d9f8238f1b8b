"""An RSA key for DKIM is shorter than is safe.

Signers should use 2048 bits at least. Receivers must refuse keys below 1024, so that a signature made with one counts
for nothing: that is an error (RFC 8301 section 3.2). Keys of 1024 bits still verify, but whoever breaks one can sign as
the domain, and that becomes cheaper every year.

## Bad

```yaml
default._domainkey:
  type: TXT
  value: v=DKIM1\\; k=rsa\\; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCxKVkriho0+50C/Y1AMfGAIe4BzvkqhjS91PULF4fUtea2mKJfgGqkle0kM+sTan/2Ld7Mg7l5NRPQJBkXVc5q8wJY7TbdQ4QGNas4AU96RLwqwVoV+YO5Bz7mTlBwBA2UPH4P2TJZjgJzv/UNEXcezoOf214bKJ/fta6qgALAGQIDAQAB  # <- has 1024 bits
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

## Good

```config
rules:
  dkim-key-too-short:
    options:
      minimum-bits: 1024
```

```yaml
default._domainkey:
  type: TXT
  value: v=DKIM1\\; k=rsa\\; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCxKVkriho0+50C/Y1AMfGAIe4BzvkqhjS91PULF4fUtea2mKJfgGqkle0kM+sTan/2Ld7Mg7l5NRPQJBkXVc5q8wJY7TbdQ4QGNas4AU96RLwqwVoV+YO5Bz7mTlBwBA2UPH4P2TJZjgJzv/UNEXcezoOf214bKJ/fta6qgALAGQIDAQAB
```

## Fix

Publish a new key under a new selector, let the sender sign with it, and delete the old one a week later. At a service
that holds the key for you, ask there for 2048 bits. `minimum-bits: 1024` is for those who cannot.
"""  # noqa: E501 - a key is one word

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.dkim_key import RSA
from linter.rules.rule import Rule
from linter.source.frozen import Frozen

_SHORTEST_VALID, _SHORTEST_GOOD = 1024, 2048


class Options(Frozen):
    """`minimum_bits`: the shortest RSA key that is not reported."""

    minimum_bits: int = _SHORTEST_GOOD


def check(facts: Facts, options: Options) -> Iterator[Complaint]:
    """RSA keys below the minimum."""
    for key_set in facts.key_sets:
        for text in key_set.records:
            key, p = text.key.key, text.key.tags.first("p")
            if key is None or p is None or key.algorithm != RSA or key.bits >= options.minimum_bits:
                continue
            wanted = max(_SHORTEST_GOOD, options.minimum_bits)
            message, severity = f"the RSA key has {key.bits} bits; signers should use {wanted} at least", ""
            if key.bits < _SHORTEST_VALID:
                message, severity = f"the RSA key has {key.bits} bits; receivers refuse keys below 1024", "error"
            way_out = f"publish a key of {wanted} bits under a new selector; delete this one once nobody signs with it"
            span = text.value.part(p.value_start, p.value_end)
            yield Complaint(span, message, way_out, (), key_set.name, "TXT", severity)


RULE = Rule("dkim-key-too-short", "warning", check, __doc__, "RFC 8301 section 3.2", Options, ("dkim-key",))
