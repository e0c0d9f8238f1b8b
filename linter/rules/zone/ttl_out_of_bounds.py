"""The TTL of a mail record is so short that it strains DNS, or so long that a mistake stays for days.

A resolver keeps an answer for its TTL (RFC 2181 section 8). Below a minute it asks again for nearly every message, and
a moment without name servers is a moment without mail. Above a week nobody can take back a wrong MX or a revoked
key. An hour or a day is usual; before a move five minutes. Options: `minimum` and `maximum`, in seconds.

## Bad

```yaml
_dmarc:
  type: TXT
  ttl: 30  # <- a TTL of 30 seconds
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Bad

```yaml
_dmarc:
  type: TXT
  ttl: 2592000  # <- a TTL of 30 days
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
_dmarc:
  type: TXT
  ttl: 3600
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.characters import mail_texts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.frozen import Frozen
from linter.zone.model import Record

from .places import has_own_ttl, ttl_span

_MINUTE, _DAY = 60, 86400


class Options(Frozen):
    """The shortest and the longest TTL that is not reported, in seconds."""

    minimum: int = _MINUTE
    maximum: int = 7 * _DAY


def check(facts: Facts, options: Options) -> Iterator[Complaint]:
    """The mail records whose TTL is written down; the TTL of a whole file once, at the first of its records."""
    lowest, highest = options.minimum, options.maximum
    if all(record.ttl is None or lowest <= record.ttl <= highest for record in facts.zone.records):
        return  # as in nearly all zones, whatever the records are for
    of_files: set[str] = set()
    for record in _mail_records(facts):
        ttl = record.ttl
        if ttl is None or lowest <= ttl <= highest:
            continue
        if not has_own_ttl(record):
            path = record.node.source.path
            if path in of_files:
                continue
            of_files.add(path)
        if ttl < options.minimum:
            message = f"a TTL of {_duration(ttl)}: resolvers ask again for nearly every message"
            way_out = f"give it {_duration(options.minimum)} at least; 3600 is usual"
        else:
            message = f"a TTL of {_duration(ttl)}: a mistake here stays for as long"
            way_out = f"give it {_duration(options.maximum)} at most; 3600 to 86400 is usual"
        yield Complaint(ttl_span(record), message, way_out, (), record.name, record.type)


def _mail_records(facts: Facts) -> Iterator[Record]:
    texts = facts.records("TXT")
    known = {id(text.record) for text in mail_texts(facts.texts)}
    yield from facts.records("MX", "TLSA")
    yield from (record for record in texts if id(record) in known)
    yield from (record for record in facts.records("CNAME") if _is_policy_name(record.name))


def _is_policy_name(name: str) -> bool:
    return "._domainkey." in name or name.startswith(("_dmarc.", "_mta-sts.", "_smtp._tls."))


def _duration(seconds: int) -> str:
    if seconds >= 2 * _DAY and seconds % _DAY == 0:
        return f"{seconds // _DAY} days"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


RULE = Rule(
    "ttl-out-of-bounds", "warning", check, __doc__, "RFC 2181 section 8", Options, ("MX", "TXT", "TLSA", "CNAME")
)
