"""A DKIM key stands where no receiver looks for it.

A signature names a selector and a domain, and receivers ask for `selector._domainkey.domain` and nothing else (RFC 6376
section 3.6.2.1). A key at the domain itself or at a misspelt `_domainkey` is not found: signatures made with it
fail, and an empty `p=` there revokes nothing. A name that a CNAME at a selector leads to is right.

## Bad

```yaml
'':
  type: TXT
  values:
    - v=spf1 -all
    - v=DKIM1\\; p=  # <- publish it at `*._domainkey.example.com`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.net
```

## Bad

```yaml
default.domainkey:  # <- did you mean `default._domainkey.example.com`?
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```

## Bad

```yaml
selector1_domainkey:  # <- did you mean `selector1._domainkey.example.com`?
  type: CNAME
  value: selector1-example-com._domainkey.contoso.onmicrosoft.com.
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

```yaml
newsletter._domainkey:
  type: CNAME
  value: key2026.newsletter.example.com.
key2026.newsletter:
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```
"""

from collections.abc import Iterator

from linter.facts.selectors import Meant, is_astray, is_reached, meant
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.zone.model import Target


def check(facts: Facts) -> Iterator[Complaint]:
    """Every misplaced key, at its name where that is misspelt."""
    for text in facts.misplaced_keys:
        place = meant(text.record.name, facts.zone.name)
        span = text.record.name_span if place.is_misspelt else text.value.span
        message = f"a DKIM key at `{text.record.name.rstrip('.')}`, where no receiver looks for one"
        way_out = _way_out(facts, place, text.key.revoked)
        yield Complaint(span, message, way_out, (), text.record.name, "TXT")
    for record in facts.records("CNAME"):
        for target in record.values[:1]:
            if not isinstance(target, Target) or not is_astray(record.name, target.name):
                continue
            place = meant(record.name, facts.zone.name)
            if place.is_misspelt and not is_reached(record.name, facts.estate.aliases_to):
                way_out = _way_out(facts, place, False)
                found, led_to = record.name.rstrip("."), target.name.rstrip(".")
                message = f"`{found}` leads to the DKIM key `{led_to}`, but no receiver asks for that name"
                yield Complaint(record.name_span, message, way_out, (), record.name, "CNAME")


def _way_out(facts: Facts, place: Meant, revoked: bool) -> str:
    # An empty key that names no selector is meant for all of them.
    wanted = f"*.{place.base}" if revoked and not place.is_known else place.name
    shown = wanted.rstrip(".")
    if facts.index.records(wanted, "TXT") or facts.index.records(wanted, "CNAME"):
        return f"`{shown}` is there already; delete this one"
    if place.is_known:
        return f"did you mean `{shown}`?"
    return f"publish it at `{shown}`{' to revoke every key' if revoked else ''}"


RULE = Rule(
    "dkim-wrong-name", "warning", check, __doc__, "RFC 6376 section 3.6.2.1", needs=("stray-dkim", "stray-dkim-alias")
)
