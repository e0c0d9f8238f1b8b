"""A question has no answer, so that nobody knows what is served.

A server that is silent, refuses, or fails has not said that a record is missing, and receivers do not take it so
either: for SPF that is a temporary error (RFC 7208 section 4.4), and mail waits. What could not be asked is not
compared. Questions that fail for the same reason at the same servers are told of once.

## Bad

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- no answer for TXT of `_dmarc.example.com`
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: timeout}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
```

## Good

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
```
"""

from collections.abc import Iterator

from linter.facts.drift import POLICY, Failure
from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

_UNFETCHED = "serve the policy, or take the `_mta-sts` record away: senders act as if there were no MTA-STS"
_MOST_SERVERS = 3


def check(facts: Facts) -> Iterator[Complaint]:
    """Each reason once, at the first question that it concerns."""
    for found in facts.drift.failures if facts.drift else ():
        message = f"no answer {_about(found, facts.zone.name)}{_from(found)}: {found.reason}"
        name, kind = found.pair
        if kind == POLICY:
            yield Complaint(found.span, message, _UNFETCHED, (), name, "TXT", "", "RFC 8461 section 3.3")
            continue
        rest = "what the others serve is compared" if found.is_known else "nothing is known of what is served"
        way_out = "ask again when it answers" if name else "mend it, ask again when it answers, or `--server` another"
        yield Complaint(found.span, message, f"{way_out}; {rest}", (), name, kind)


def _about(found: Failure, zone: str) -> str:
    name, kind = found.pair
    if not name:
        return f"for the zone {shown_name(zone)}"
    more = f" and {found.number - 1} more question{'' if found.number == 2 else 's'}" if found.number > 1 else ""
    return f"for {kind} of {shown_name(name)}{more}"


def _from(found: Failure) -> str:
    if not found.servers:
        return ""
    told = ", ".join(found.servers[:_MOST_SERVERS])
    rest = len(found.servers) - _MOST_SERVERS
    return f" from {told} and {rest} more" if rest > 0 else f" from {told}"


RULE = Rule("drift-lookup-failed", "warning", check, __doc__, "RFC 7208 section 4.4", needs=("served", "seen"))
