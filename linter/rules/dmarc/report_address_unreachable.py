"""DMARC reports are to go to a mailbox at a name that takes no mail.

Reports are mail (RFC 9990 section 3), and a name without MX gets none: it has no mailboxes, or the policy was copied
from a domain that has. An A record alone makes senders try a host that is mostly a web server (RFC 5321 section 5.1).
Names below `.local`, `.internal` and their like are in no public DNS; other names in zones that are not here and in no
recorded answer are not judged.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com  # <- `example.com` has a null MX
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.com  # <- does not exist
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Name a mailbox that somebody reads, or leave the tag out.
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.report_hosts import NO_HOST, NO_MX, NULL_MX, destinations, lack_of_mail
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .grammar import shown

WAY_OUT = "name a mailbox that takes mail, or leave the address out"
_REASONS = {NO_HOST: "does not exist", NULL_MX: "has a null MX", NO_MX: "has no MX"}


def check(facts: Facts) -> Iterator[Complaint]:
    """Every destination that is known to take no mail."""
    for text in facts.dmarc.policies:
        for place in destinations(text):
            unseen = facts.not_public(place.host) if "." in place.uri.host else None
            if unseen is not None:
                message = f"{shown(place.host)} {unseen.why}, so no report reaches `{place.uri.address}`"
                span = text.value.part(place.uri.start, place.uri.end)
                yield Complaint(span, message, WAY_OUT, (), text.record.name, "TXT", "", unseen.reference)
                continue
            lack = lack_of_mail(facts.resolver, place.host)
            if lack:
                message = f"{shown(place.host)} {_REASONS[lack]}, so no report reaches `{place.uri.address}`"
                answer = facts.resolver.lookup(place.host, "MX")
                null = tuple(Related(span, "the null MX") for span in answer.spans[:1])
                related = null or lacking(facts, place.host)
                span = text.value.part(place.uri.start, place.uri.end)
                yield Complaint(span, message, WAY_OUT, related, text.record.name, "TXT")


NEEDS = ("lost-reports",)
RULE = Rule("dmarc-report-address-unreachable", "warning", check, __doc__, "RFC 9990 section 3", needs=NEEDS)
