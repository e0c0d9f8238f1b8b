"""A name ends in the zone's own name, which the zone adds once more.

Names in a zone file are relative to the zone (RFC 1035 section 5.1): `_dmarc.example.com` in the zone example.com
publishes `_dmarc.example.com.example.com`, and nobody asks for that. Mail vendors print whole names in
their instructions, so DKIM selectors and DMARC records are the ones that get lost this way.

## Bad

```yaml
s1._domainkey.example.com:  # <- publishes `s1._domainkey.example.com.example.com`
  type: CNAME
  value: s1.domainkey.mail.example.net.
```

## Good

```yaml
s1._domainkey:
  type: CNAME
  value: s1.domainkey.mail.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.name import is_under
from linter.rules.rule import Rule
from linter.source.offsets import part_of
from linter.source.tree import Scalar, unalias
from linter.zone.model import Record


def check(facts: Facts) -> Iterator[Complaint]:
    """Names of which the relative part is a name below the zone already."""
    origin = facts.zone.name
    if origin.count(".") < 2:
        return  # `com.com` and `lan.lan` may be meant
    if list(facts.index.names) == [f"{origin}{origin}"]:
        return  # a file of one name that it is called after is a piece of another zone (octoDNS's split form)
    faulty = {bad.name for bad in facts.zone.bad_names}
    for name, types in facts.index.names.items():
        if not name.endswith(f"{origin}{origin}") or name in faulty:
            continue
        if is_under(name[: -len(origin)], origin):
            reported = set()
            for record in [record for records in types.values() for record in records]:
                if record.name_span not in reported:
                    reported.add(record.name_span)
                    yield _complaint(record, origin)


def _complaint(record: Record, origin: str) -> Complaint:
    key = unalias(record.name_node)[0]
    written = key.text if isinstance(key, Scalar) else ""
    bare = origin.rstrip(".")
    span = record.name_span
    if isinstance(key, Scalar) and written.lower().endswith(bare):
        span = part_of(key, len(written) - len(bare), len(written))
    meant = record.name.removesuffix(origin).removesuffix(origin).rstrip(".")
    message = f"`{written}` is relative to the zone: this publishes `{record.name.rstrip('.')}`"
    return Complaint(span, message, f"write `{meant}`" if meant else "write `''`", (), record.name, record.type)


RULE = Rule("name-doubled-origin", "error", check, __doc__, "RFC 1035 section 5.1", needs=("doubled-name",))
