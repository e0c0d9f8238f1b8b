"""An SPF record has a modifier that receivers do not know, so it does nothing.

Every `name=value` parses: receivers skip the names that they do not know (RFC 7208 section 6). So `ip4=192.0.2.25`
with an equals sign is no error anywhere and authorises nobody. `default=`, `match_subdomains=` and the like come from
drafts that were dropped before the first RFC.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4=192.0.2.25 -all  # <- write `ip4:192.0.2.25`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import idle_modifiers
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each modifier that no document defines."""
    for text in facts.texts.spf:
        for idle in idle_modifiers(text.spf):
            term = idle.modifier
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} does nothing: receivers know no modifier {quoted(f'{term.name}=')}"
            way_out = f"write {quoted(idle.meant, 80)}" if idle.meant else "delete it"
            yield Complaint(text.value.part(term.start, term.end), message, way_out, (), text.record.name, "TXT")


RULE = Rule(
    "spf-ineffective-modifier", "warning", check, __doc__, "RFC 7208 section 6", needs=("spf:unknown-modifier",)
)
