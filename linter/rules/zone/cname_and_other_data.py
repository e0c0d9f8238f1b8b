"""A CNAME stands beside other records of the same name, or beside a second CNAME.

An alias has no data of its own: whoever asks for anything at the name is sent on to the target (RFC 1034 section
3.6.2, RFC 2181 section 10.1). Servers refuse such a zone, or answer now with the one and now with the other; MX
and TXT records at the name are lost to whoever gets the CNAME. DNSSEC's RRSIG and NSEC may stand there.

## Bad

```yaml
news:
  - type: CNAME
    value: u123.sender.example.net.  # <- has TXT as well
  - type: TXT
    value: google-site-verification=bG9uZ2VyIHRoYW4gaXQgbG9va3M
```

## Bad

```yaml
shop:
  - type: CNAME
    value: shops.example.net.
  - type: CNAME
    value: shops.example.org.  # <- second CNAME
```

## Good

```yaml
news:
  - type: A
    value: 192.0.2.80
  - type: TXT
    value: google-site-verification=bG9uZ2VyIHRoYW4gaXQgbG9va3M
shop:
  type: CNAME
  value: shops.example.net.
```

## Fix

Ask what the name is for. If the CNAME is needed, the other records belong to its target. If they are needed,
replace the CNAME by the A and AAAA records of its target, or give the service a name of its own.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import one_of
from linter.rules.rule import Rule
from linter.source.text import Span
from linter.zone.model import Record, Target
from linter.zone.shape import is_dns_type

from .places import record_span

_BESIDE = ("CNAME", "RRSIG", "NSEC", "KEY")
"""What may stand beside a CNAME (RFC 4035 section 2.5)."""


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with a CNAME, but the apex, of which `cname-at-apex` speaks."""
    severity = "warning" if facts.publishing.flattens_at(is_apex=False) else ""
    for name in dict.fromkeys(record.name for record in facts.records("CNAME")):
        if name == facts.zone.name:
            continue
        types = facts.index.names[name]
        if all(record.is_proxied for record in types["CNAME"]):
            continue  # the proxy's addresses are served in its place
        others = [records[0] for kind, records in types.items() if kind not in _BESIDE and is_dns_type(kind)]
        complaint = _beside(name, types["CNAME"][0], others) if others else _several(name, types["CNAME"])
        if complaint and others and facts.publishing.refuses([*types["CNAME"], *others]):
            complaint = complaint._replace(message=f"{complaint.message}: octoDNS does not publish the zone")
        if complaint:
            yield complaint._replace(severity=severity)


def _beside(name: str, alias: Record, others: list[Record]) -> Complaint:
    kinds = one_of([record.type for record in others]).replace(" or ", " and ").replace("`", "")
    message = f"`{name.rstrip('.')}` is a CNAME and has {kinds} as well; a CNAME must stand alone"
    way_out = "move the other records to its target, or replace it by A and AAAA"
    related = tuple(Related(record_span(record), f"{record.type} of the same name") for record in others)
    return Complaint(record_span(alias), message, way_out, related, name, "CNAME")


def _several(name: str, aliases: list[Record]) -> Complaint | None:
    """Two different targets; of the same one twice, `record-duplicate` speaks."""
    first: tuple[str, Span] | None = None
    for target in [value for record in aliases for value in record.values if isinstance(value, Target)]:
        if first is None:
            first = (target.name, target.span)
        elif target.name != first[0]:
            message = f"a second CNAME for `{name.rstrip('.')}`; a name can be an alias of one name only"
            return Complaint(target.span, message, "keep one", (Related(first[1], "the first"),), name, "CNAME")
    return None


RULE = Rule("cname-and-other-data", "error", check, __doc__, "RFC 2181 section 10.1", needs=("cname-not-alone",))
