"""A name that is declared to have no mail does not say so in DNS, or not in full.

Three records together close a name: a null MX tells senders that nothing is received (RFC 7505 section 3),
`v=spf1 -all` that nothing is sent (RFC 7208 section 10.1.2), and DMARC with `p=reject` has mail that pretends
otherwise refused, also where SPF is not looked at (RFC 9989). A policy inherited from the domain above counts.

## Bad

```yaml
zone: example.com
mail:
  example.com: none
records:
  '':  # <- null MX and DMARC `p=reject` are not there
    - {type: A, value: 192.0.2.80}
    - {type: TXT, value: v=spf1 -all}
```

## Good

```yaml
zone: example.com
mail:
  example.com: none
records:
  '':
    - {type: A, value: 192.0.2.80}
    - {type: MX, value: {preference: 0, exchange: .}}
    - {type: TXT, value: v=spf1 -all}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

`mailzone records NAME -f yaml` prints the three records.
"""

from collections.abc import Iterator

from linter.facts.required import DIFFERS, MISSING, Required
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule

from .places import bare, name_place, origin

_PARTS = {"receive": "null MX", "send": "SPF `v=spf1 -all`", "policy": "DMARC `p=reject`"}


def check(facts: Facts) -> Iterator[Complaint]:
    """One finding for each name that is declared without mail, with the parts that are known to be missing."""
    for mail in facts.mail.entries:
        if mail.is_none and not facts.mail.is_open(mail.name.text):
            missing = [each for each in facts.mail.required(mail) if _is_lacking(each)]
            if missing:
                yield _complaint(facts, mail, missing)


def _is_lacking(part: Required) -> bool:
    """A part that is not there; what stands there and says that there is mail is reported as such."""
    return part.state == MISSING or (part.purpose == "policy" and part.state == DIFFERS)


def _complaint(facts: Facts, mail: Mail, missing: list[Required]) -> Complaint:
    name = mail.name.text
    parts = [_PARTS[each.purpose] for each in missing]
    listed = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    message = f"{bare(name)} is declared to have no mail, but {listed} {'are' if len(parts) > 1 else 'is'} not there"
    way_out = f"publish {'; '.join(f'{each.type} `{each.values[0]}` at {bare(each.name)}' for each in missing)}"
    place = name_place(facts, name)
    related = (origin(mail.name, mail),) if place else ()
    return Complaint(place or mail.name.span, message, way_out, related, name)


RULE = Rule("intent-no-mail-incomplete", "warning", check, __doc__, "RFC 7208 section 10.1.2", needs=("intent",))
