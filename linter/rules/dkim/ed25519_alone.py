"""A domain has an Ed25519 key for DKIM and no RSA key beside it.

Many receivers cannot verify Ed25519 yet, and to them mail signed with nothing else is not signed at all. Signers sign
twice, with RSA and with Ed25519, each with a selector of its own (RFC 8463 section 3, RFC 8301 section 3.1).

## Bad

```yaml
ed._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=  # <- no RSA key
```

## Good

```yaml
ed._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
rsa._domainkey:
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```
"""

from collections.abc import Iterator

from linter.facts.domain_keys import keys_of
from linter.facts.selectors import signing_domain
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.dkim_key import ED25519
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The first Ed25519 key of each domain whose selectors are all known and hold no RSA key."""
    judged = set()
    for text in facts.texts.keys:
        domain = signing_domain(text.record.name)
        tag = text.key.tags.first("k")
        key = text.key.key
        if key is None or key.algorithm != ED25519 or tag is None or domain in judged:
            continue
        if not {"*", "email"}.intersection(text.key.services):
            continue  # for TLS reports alone (RFC 8460 section 3)
        judged.add(domain)
        if not keys_of(domain, facts.index, facts.resolver, facts.parsers).may_have_rsa:
            message = f"`{domain.rstrip('.')}` has an Ed25519 key and no RSA key, which many receivers need"
            way_out = "sign with an RSA key as well, and publish it under a selector of its own"
            span = text.value.part(tag.start, tag.end)
            yield Complaint(span, message, way_out, (), text.record.name, "TXT")


RULE = Rule("dkim-ed25519-alone", "warning", check, __doc__, "RFC 8463 section 3", needs=("dkim:ed25519",))
