"""DMARC reports do not go to the address that somebody asks for.

Whoever answers for many domains has the reports of all of them sent to one place: a government, a group, a service that
was paid for. A domain whose `rua` leaves that address out is one that nobody there sees (RFC 9989 section 4.7). The
option `address` says which one it is; without it nothing is asked. Judged are the records of whole domains: one at a
subdomain may send its reports elsewhere.

## Bad

```config
rules:
  dmarc-expected-report-address-missing: {severity: error, options: {address: central@reports.example.net}}
```

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- gets no reports about this domain
```

## Good

```config
rules:
  dmarc-expected-report-address-missing: {severity: error, options: {address: central@reports.example.net}}
```

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net,mailto:central@reports.example.net
_dmarc.shop:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule
from linter.source.frozen import Frozen

from .grammar import tag_span


class Options(Frozen):
    """`address`: the mailbox that must be among those of `rua`; "" asks for none."""

    address: str = ""


def check(facts: Facts, options: Options) -> Iterator[Complaint]:
    """The policies of whole domains whose reports go elsewhere; that they go nowhere is another rule's."""
    wanted = options.address.lower()
    for text in facts.dmarc.single() if wanted else ():
        tag, domain = text.dmarc.tag("rua"), text.record.name.removeprefix("_dmarc.")
        if tag is None or wanted in (uri.address.lower() for uri in text.dmarc.rua):
            continue
        if facts.dmarc_policies.org_domain_by_list(domain) == domain:
            message = f"{quoted(options.address)} gets no reports about this domain, and is to have them"
            way_out = f"add `,mailto:{options.address}` to `rua`"
            yield Complaint(tag_span(text, tag), message, way_out, (), text.record.name, "TXT")


RULE = Rule(
    "dmarc-expected-report-address-missing",
    "off",
    check,
    __doc__,
    "RFC 9989 section 4.7",
    Options,
    ("dmarc:p=none", "dmarc:p=quarantine", "dmarc:p=reject", "dmarc:p=missing"),
)
