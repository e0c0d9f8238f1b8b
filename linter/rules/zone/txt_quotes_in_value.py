"""Quotes are published inside a TXT value: what parted two strings somewhere else is part of the text here.

A TXT record is a row of strings of at most 255 octets, which receivers join (RFC 7208 section 3.3, RFC 6376 section
3.6.2.2). In BIND's files and in many web forms quotes part them. In YAML the value is written as one text:
octoDNS takes off one pair of quotes around it and joins at `" "`, with exactly one blank. Every other quote is
published, and a key or policy with a quote in it is broken. In mail records this is an error.

## Bad

```yaml
_dmarc:
  type: TXT
  value: '"v=DMARC1\\; p=reject\\; ""rua=mailto:dmarc@reports.example.net"'  # <- published as part of the DMARC record
docs:
  type: TXT
  value: '"one-verification=0123456789abcdef""0123456789abcdef"'  # <- joins
shop:
  type: TXT
  value: '"v=spf1 -all'  # <- never closed
```

## Good

```yaml
_dmarc:
  type: TXT
  value: '"v=DMARC1\\; p=reject\\; " "rua=mailto:dmarc@reports.example.net"'
shop:
  type: TXT
  value: v=spf1 -all
docs:
  type: TXT
  value: '{"verification": "0123456789abcdef", "note": ""}'
```

## Fix

Write the whole text without any quotes, however long it is: it is cut into strings on its way to the server.
"""

import re
from collections.abc import Iterator

from linter.facts.characters import mail_texts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule
from linter.source.pattern import Pattern
from linter.zone.model import Record, Text
from linter.zone.published import is_cut

_QUOTES = Pattern(r'\\?"(?:\s*\\?")?')
# In other texts quotes may be meant, as in JSON; these are not.
_JOINT = Pattern(r'(?<=[\w+/;.-])\\?"(?:|\s\s+|[^\S ])\\?"(?=[\w+/])|\A"|\\"', re.ASCII)
_STRUCTURED = ("{", "[", "<")


def check(facts: Facts) -> Iterator[Complaint]:
    """Mail records first; of other texts those where a quote is plainly what is left of a joint."""
    seen: set[int] = set()
    records = facts.records("TXT")
    for text in mail_texts(facts.texts):
        seen.add(id(text.value))
        found = [each for each in _QUOTES.finditer(text.value.text) if not _is_within(each, text.note)]
        if found:
            message = f"{quoted(found[0][0])} is published as part of the {text.kind} record and breaks it"
            yield _complaint(text.record, text.value, message, found)._replace(severity="error")
        elif is_cut(text.value.node.text):
            yield _cut(text.record, text.value)._replace(severity="error")
    for record in records:
        for value in record.values:
            if not isinstance(value, Text) or id(value) in seen:
                continue
            if is_cut(value.node.text):
                yield _cut(record, value)
            elif '"' in value.text and not value.text.lstrip().startswith(_STRUCTURED):
                joints = list(_JOINT.finditer(value.text))
                if joints:
                    message = f"{quoted(joints[0][0])} is published as part of the text"
                    yield _complaint(record, value, message, joints)


def _is_within(found: re.Match[str], note: tuple[int, int]) -> bool:
    return note[0] <= found.start() and found.end() <= note[1]


def _cut(record: Record, value: Text) -> Complaint:
    last = value.node.text[-1:]
    message = f"the quote that opens the text is never closed, so octoDNS publishes it without its last {quoted(last)}"
    return Complaint(value.span, message, "write the text without quotes", (), record.name, "TXT")


def _complaint(record: Record, value: Text, message: str, found: list[re.Match[str]]) -> Complaint:
    way_out = "write one text without quotes"
    if len(found) > 1:
        way_out += f", here and in {len(found) - 1} more places" if len(found) > 2 else ", here and in one more place"
    elif re.search(r'"\s*\\?"', found[0][0]):
        way_out += '; only `" "`, with one blank, joins two strings'
    return Complaint(value.part(*found[0].span()), message, way_out, (), record.name, "TXT")


RULE = Rule("txt-quotes-in-value", "warning", check, __doc__, "RFC 7208 section 3.3", needs=("quotes",))
