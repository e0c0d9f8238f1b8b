"""DMARC reports are to go to another organisation's mailbox, and that organisation has not agreed.

So that nobody can have strangers flooded with reports, receivers look for a record of the destination before they send
any: `v=DMARC1;` at `<policy domain>._report._dmarc.<destination>` (RFC 9990 section 4, RFC 9991 section 5). Where none
stands, they drop the address without a word. `*._report._dmarc` permits all domains. Destinations in zones that are not
here and in no recorded answer are not judged, nor are those of the same organisation.

## Bad

```yaml
# file: example.com.yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.org  # <- `example.org` has not agreed
# file: example.org.yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.org
```

## Good

```yaml
# file: example.com.yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.org
# file: example.org.yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.org
example.com._report._dmarc:
  type: TXT
  value: v=DMARC1\\;
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- has not agreed
```

```dns
version: 1
answers:
  example.com._report._dmarc.reports.example.net: nxdomain
```

## Fix

Publish the record in the zone of the destination. A service that takes reports does so once it knows the domain.
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.report_hosts import Destination, destinations, is_foreign, lack_of_mail, refusal
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import Answer
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every destination that is known to be foreign and not to permit the reports of the policy's domain."""
    policies = facts.dmarc_policies
    by_walk = policies.known_org_domain
    for text in facts.dmarc.policies:
        for place in destinations(text):
            found = refusal(facts.resolver, place)
            if found is None or lack_of_mail(facts.resolver, place.host) or facts.not_public(place.host):
                continue
            if is_foreign(place, policies.org_domain_by_list, by_walk):
                yield _complaint(facts, place, found)


def _complaint(facts: Facts, place: Destination, found: Answer) -> Complaint:
    tag = "ruf" if place.uri in place.text.dmarc.ruf else "rua"
    message = f"{shown(place.host)} has not agreed to get reports about {shown(place.policy_domain)}"
    way_out = f"publish `v=DMARC1;` as TXT at {shown(place.permit)}"
    if not place.is_nameable:
        message = f"{message}, and cannot: the name to say so at would be too long"
        way_out = f"send `{tag}` to a mailbox of the domain's own"
    elif found.origin:
        message = f"{message} ({found.origin})"
    span = place.text.value.part(place.uri.start, place.uri.end)
    related = tuple(_there(facts, place, found))
    return Complaint(span, message, way_out, related, place.text.record.name, "TXT", "", _REFERENCES[tag])


def _there(facts: Facts, place: Destination, found: Answer) -> Iterator[Related]:
    """The line of the destination that is nearest to what is missing."""
    if found.spans:
        yield Related(found.spans[0], "this answers instead, and permits nothing")
        return
    for kind in ("MX", "TXT", "A"):
        answer = facts.resolver.lookup(place.host, kind)
        if answer.spans:
            yield Related(answer.spans[0], f"the permit of {shown(place.host)} is missing in this zone")
            return
    yield from lacking(facts, place.host)


_REFERENCES = {"rua": "RFC 9990 section 4", "ruf": "RFC 9991 section 5"}
RULE = Rule("dmarc-report-unauthorised", "error", check, __doc__, "RFC 9990 section 4", needs=("lost-reports",))
