"""`mail:` of the configuration speaks of a name that lies in none of the zones.

What is declared for it is held against no record, without a word: the name is misspelt, or its zone is not among the
`zones:` of the configuration. Where a configuration does not say which zones there are, others may lie elsewhere, and
nothing is reported.

## Bad

```yaml
'':
  - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
  - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net}
```

```config
zones: ['*.yaml']
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  exmaple.com: {receives: webhost, sends: [webhost]}  # <- did you mean `example.com`?
```

## Good

```yaml
'':
  - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
  - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net}
```

```config
zones: ['*.yaml']
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
```
"""

from collections.abc import Iterator

from linter.facts.elsewhere import zone_at
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import EVERY, Intent, matches
from linter.records.fault import nearest, quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every declared name, where all zones that there are can be known."""
    zones = facts.estate.all_zones()
    wider = facts.wider_intent or Intent({}, {})
    for mail in wider.mail.values() if zones else ():
        name = mail.name.text.rpartition("*")[2].removeprefix(".") or EVERY
        if name == EVERY or zone_at(facts, name) is not None or any(matches(mail.name.text, zone) for zone in zones):
            continue
        near = nearest(name.rstrip("."), [zone.rstrip(".") for zone in zones])
        meant = f"; did you mean `{near}`?" if near else ""
        message = f"{quoted(name.rstrip('.'), 80)} lies in none of the zones, so this is held against no record{meant}"
        way_out = "name it as its zone does, or put the file of its zone among `zones`"
        yield Complaint(mail.name.span, message, way_out, (), name)


RULE = Rule("intent-unknown-name", "warning", check, __doc__, "mailzone's own: `zones:` and `mail:`", needs=("intent",))
