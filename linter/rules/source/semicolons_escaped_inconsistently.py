"""Some semicolons of a file are escaped and some are not.

octoDNS's files write a semicolon in a TXT value as `\\;` unless the provider's `escaped_semicolons` is off; one
file can be read in one way only. Where both forms stand, one of them is wrong: octoDNS refuses the bare
one, or publishes the backslash of the other. DMARC and DKIM records fall apart at a published backslash.

Where a configuration of octoDNS sets `escaped_semicolons` for the files of a zone, they are held against that.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject; rua=mailto:dmarc@reports.example.net  # <- `;` and `\\;`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.source.pattern import Pattern
from linter.zone.model import Record, Text

# octoDNS minds a bare semicolon only behind a letter or digit, where it can only be a separator.
_BARE = Pattern(r"(?<=\w);")
_ESCAPED = Pattern(r"\\;")


def check(facts: Facts) -> Iterator[Complaint]:
    """The first value of each file that departs from the form the file began with."""
    first: dict[str, tuple[Text, bool]] = {}
    reported: set[str] = set()
    for record in facts.records("TXT", "SPF"):
        for value in record.values:
            # In SPF no semicolon is right at all; its own rules say so.
            if not isinstance(value, Text) or ";" not in value.node.text or "v=spf" in value.text[:12].lower():
                continue
            path = value.node.source.path
            bare, escaped = _BARE.search(value.node.text), _ESCAPED.search(value.node.text)
            wanted = facts.zone.escaped.get(path)
            if wanted is not None:
                if (bare if wanted else escaped) and path not in reported:
                    yield _refused(record, value, wanted)
                    reported.add(path)
            elif bare and escaped:
                if path not in reported:
                    yield _complaint(record, value, ())
                    reported.add(path)
            elif bare or escaped:
                known, was_escaped = first.setdefault(path, (value, bool(escaped)))
                if was_escaped != bool(escaped) and path not in reported:
                    form = "`\\;`" if was_escaped else "`;`"
                    yield _complaint(record, value, (Related(known.span, f"{form} is written here"),))
                    reported.add(path)


def _complaint(record: Record, value: Text, related: tuple[Related, ...]) -> Complaint:
    message = "`;` and `\\;` are mixed in this " + ("file" if related else "value")
    way_out = "write all of them in one way; octoDNS expects `\\;` unless `escaped_semicolons` is off"
    return Complaint(value.span, message, way_out, related, record.name, record.type)


def _refused(record: Record, value: Text, escaped: bool) -> Complaint:
    found, right = ("`;`", "`\\;`") if escaped else ("`\\;`", "`;`")
    message = f"{found} in a file that octoDNS reads with `escaped_semicolons: {str(escaped).lower()}`"
    return Complaint(value.span, message, f"write {right} in all of its values", (), record.name, record.type)


RULE = Rule("semicolons-escaped-inconsistently", "warning", check, __doc__, needs=("semicolons-mixed",))
