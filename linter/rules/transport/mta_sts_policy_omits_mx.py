"""An MTA-STS policy and the MX records of its domain do not agree on the hosts.

Under `mode: enforce` senders deliver to no MX host that no `mx` line of the policy allows (RFC 8461 section 5); under
`mode: testing` they deliver and report. `*` stands for exactly one label, so `*.example.net` allows `mx1.example.net`
and not `mx1.mail.example.net` (section 4.1). A line that allows no MX host is left over, or a host is missing.

## Bad

```config
mta-sts:
  example.com: policies/mta-sts.txt
```

```yaml
# file: example.com.yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
mta-sts:
  type: CNAME
  value: mta-sts.mail.example.net.
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
# file: policies/mta-sts.txt
version: STSv1
mode: enforce
mx: *.example.net  # <- `*` is exactly one label
max_age: 604800
```

## Bad

```config
mta-sts:
  example.com: policies/mta-sts.txt
```

```yaml
# file: example.com.yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
mta-sts:
  type: CNAME
  value: mta-sts.mail.example.net.
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
# file: policies/mta-sts.txt
version: STSv1
mode: enforce
mx: mx1.mail.example.net
mx: old.example.org  # <- `old.example.org` allows no MX host
max_age: 604800
```

## Good

```config
mta-sts:
  example.com: policies/mta-sts.txt
```

```yaml
# file: example.com.yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
mta-sts:
  type: CNAME
  value: mta-sts.mail.example.net.
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
# file: policies/mta-sts.txt
version: STSv1
mode: enforce
mx: mx1.mail.example.net
max_age: 604800
```

## Fix

First list the new hosts in the policy, and change the `id` of the record at `_mta-sts`; when the `max_age` of the old
policy is over, change the MX; then take the old hosts out (RFC 8461 section 8.1).
"""

from collections.abc import Iterator

from linter.facts.sts_coverage import Coverage, Omitted, coverages
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.name import parent
from linter.rules.rule import Rule
from linter.source.text import Span

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Hosts that are left out; lines for no host only where none is left out, since the two have one cause."""
    for coverage in coverages(facts):
        if coverage.file.policy.mode == "none":
            continue
        for omitted in coverage.omitted:
            yield _omission(coverage, omitted)
        for pattern in coverage.idle if not coverage.omitted else ():
            domains = coverage.domains
            whose = shown(domains[0]) if len(domains) == 1 else f"the {len(domains)} domains of this policy"
            message = f"`{pattern.text}` allows no MX host of {whose}"
            way_out = "take the line out, unless the MX is about to move there"
            span = coverage.file.span(pattern.start, pattern.end)
            name = f"_mta-sts.{domains[0]}"
            yield Complaint(span, message, way_out, (), name, "TXT", "warning")


def _omission(coverage: Coverage, omitted: Omitted) -> Complaint:
    host, near = shown(omitted.host), omitted.near
    whose = f"an MX host of {shown(omitted.domain)}"
    outcome, severity = "senders do not deliver to it", ""
    if coverage.file.policy.mode == "testing":
        outcome, severity = "senders will not deliver to it once the policy is enforced", "warning"
    message = f"no `mx` line allows {host}, {whose}, so {outcome}"
    way_out = f"add `mx: {omitted.host.rstrip('.')}`"
    if near is not None:
        message = f"`{near.text}` does not allow {host}, {whose}, since `*` is exactly one label, so {outcome}"
        way_out = f"change it to `mx: *.{parent(omitted.host).rstrip('.')}`"
    related = (Related(omitted.span, "the MX record"),) if omitted.span else ()
    span, name = _place(coverage, omitted), f"_mta-sts.{omitted.domain}"
    return Complaint(span, message, way_out, related, name, "TXT", severity)


def _place(coverage: Coverage, omitted: Omitted) -> Span:
    """The pattern that was meant to allow the host, else the last one: there the next belongs."""
    pattern = omitted.near or coverage.file.policy.mx[-1]
    return coverage.file.span(pattern.start, pattern.end)


RULE = Rule(
    "mta-sts-policy-omits-mx",
    "error",
    check,
    __doc__,
    "RFC 8461 section 4.1",
    needs=("mta-sts-policy",),
)
