"""The text at a DKIM selector holds no key.

`p=` is the one tag that a key record must have (RFC 6376 section 3.6.1). It is lost most often where a semicolon
began a comment, or where a form took only what stood before it. Text of another kind, such as a token that proves
ownership, has no place at a selector either: receivers that ask for the key get it instead.

## Bad

```yaml
default._domainkey:
  type: TXT
  value: v=DKIM1\\; k=rsa  # <- `p=` is missing
```

## Bad

```yaml
default._domainkey:
  type: TXT
  value: brevo-code:7f3a01c5d9e84b26a1f0  # <- is no DKIM key
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
from linter.records.fault import quoted
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """Records without a key, and selectors where nothing but text of another kind stands."""
    yield from grammar_complaints(facts, "key-missing")
    for key_set in facts.key_sets:
        for text in () if key_set.records else key_set.others:
            what = quoted(text.value.text) if text.value.text.strip() else "an empty text"
            message = f"{what} is no DKIM key, but stands where receivers ask for one"
            way_out = "a selector holds nothing but its key; move this to the name it belongs to, or delete it"
            yield Complaint(text.value.span, message, way_out, (), key_set.name, "TXT")


NEEDS = ("dkim:key-missing", "dkim:syntax")  # a record of another kind is a fault of syntax to the grammar
RULE = Rule("dkim-key-missing", "error", check, __doc__, "RFC 6376 section 3.6.1", needs=NEEDS)
