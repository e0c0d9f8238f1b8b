"""A mail record stands at or below a name that is delegated away, so nobody is given it.

NS records at a name hand it, and all below it, to other servers: those of this zone only refer to them (RFC 1034
section 4.2.1) and never serve what else it says there. The record looks published and is not. It belongs into the
zone that the delegation leads to, or the delegation has to go. Addresses are left aside: name servers need theirs
(glue).

## Bad

```yaml
shop:
  - type: NS
    values: [ns1.hosting.example.net., ns2.hosting.example.net.]
  - type: MX
    value: {preference: 10, exchange: mx.hosting.example.net.}  # <- is delegated away
_dmarc.shop:
  type: TXT
  value: v=DMARC1; p=reject  # <- lies below `shop.example.com`, which is delegated away
```

## Good

```yaml
shop:
  type: NS
  values: [ns1.shop.example.com., ns2.hosting.example.net.]
ns1.shop:
  type: A
  value: 192.0.2.53
```

## Fix

Move the record into the zone of the delegated name, on the servers that its NS records name.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.zone.model import Record

from .places import record_span

_POLICY_LABELS = ("_dmarc", "_domainkey", "_mta-sts", "_tls")


def check(facts: Facts) -> Iterator[Complaint]:
    """Every mail record that a delegation hides."""
    if not facts.index.cuts:
        return
    for record in _mail_records(facts):
        cut = facts.index.cut_above(record.name)
        delegations = facts.index.records(cut, "NS") if cut else []
        if cut is None or cut.startswith("*.") or not delegations:
            continue
        shown = cut.rstrip(".")
        if record.name == cut:
            message = f"`{shown}` is delegated away, so nobody is given its {record.type} from this zone"
        else:
            name = record.name.rstrip(".")
            message = f"`{name}` lies below `{shown}`, which is delegated away, so nobody is given its {record.type}"
        related = (Related(record_span(delegations[0]), "delegated here"),)
        way_out = f"move it into the zone `{shown}`, on the name servers that the delegation names"
        yield Complaint(record_span(record), message, way_out, related, record.name, record.type)


def _mail_records(facts: Facts) -> list[Record]:
    """MX, SPF, and what stands or is an alias at the names of DMARC, DKIM, MTA-STS and TLS reporting."""
    spf = {id(text.record) for text in facts.texts.spf}
    return [
        record
        for record in facts.records("MX", "TXT", "CNAME")
        if record.type == "MX" or id(record) in spf or any(f"{label}." in record.name for label in _POLICY_LABELS)
    ]


RULE = Rule("record-below-delegation", "warning", check, __doc__, "RFC 1034 section 4.2.1", needs=("NS",))
