"""A DKIM selector is an alias of a name that does not exist or holds no key.

A CNAME at a selector hands the key to whoever owns its target (RFC 6376 section 3.6.2). Where nothing stands there,
verifiers find no key, and every signature made with the selector fails. Usually the key was renewed under another
name, or the target was misspelt.

## Bad

```yaml
s1._domainkey:
  type: CNAME
  value: s1.keys.example.com.  # <- does not exist
```

## Good

```yaml
s1._domainkey:
  type: CNAME
  value: s1._domainkey.keys.example.com.
s1._domainkey.keys:
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```

## Fix

Point the alias at the name that the signing service gives today, or delete it with the service.
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.targets import readings, without_second_origin
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import NO_NAME, Answer
from linter.rules.rule import Rule
from linter.zone.model import Target


def check(facts: Facts) -> Iterator[Complaint]:
    """The CNAMEs at selectors whose targets are known to hold no TXT, however they are read."""
    for record in facts.records("CNAME"):
        target = record.values[0] if record.values else None
        if "._domainkey." not in record.name or not isinstance(target, Target) or target.fault:
            continue
        if without_second_origin(target, facts.index) or "{" in target.written:
            continue
        answers = [facts.resolver.lookup(name, "TXT") for name in readings(target, facts.zone.name)]
        if all(answer.is_empty for answer in answers):
            yield _complaint(facts, record.name, target, answers[0])


def _complaint(facts: Facts, name: str, target: Target, answer: Answer) -> Complaint:
    end = answer.steps[-1].target if answer.steps else target.name
    what = "does not exist" if answer.status == NO_NAME else "has no TXT record"
    message = f"`{end.rstrip('.')}` {what}, so nothing signed with this selector verifies"
    if answer.origin:
        message = f"{message} ({answer.origin})"
    steps = (Related(step.span, "leads on") for step in answer.steps if step.span)
    related = (*steps, *lacking(facts, end))
    return Complaint(target.span, message, "name the key's place today, or delete the alias", related, name, "CNAME")


RULE = Rule("dkim-target-missing", "error", check, __doc__, "RFC 6376 section 3.6.2", needs=("dangling-selector",))
