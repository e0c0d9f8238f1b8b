"""An `mx` term of an SPF record leads to more than ten mail hosts, and receivers answer a permanent error.

Receivers look up the addresses of at most ten hosts for one `mx`; the eleventh ends the evaluation (RFC 7208 section
4.6.4). `ip4:` and `ip6:` ranges say the same without any lookup.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx:pool.example.net -all  # <- 11 mail hosts, 1 too many
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  pool.example.net:
    MX:
      [10 m1.example.net., 10 m2.example.net., 10 m3.example.net., 10 m4.example.net., 10 m5.example.net.,
       10 m6.example.net., 10 m7.example.net., 10 m8.example.net., 10 m9.example.net., 10 m10.example.net.,
       10 m11.example.net.]
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/28 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_cases import own_and_foreign
from linter.facts.spf_questions import MAX_MX_HOSTS
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule

from .tree_places import related_at, shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Each such term of a declared record, and each that it leads to in a record that no zone declares."""
    for case in facts.spf_cases:
        for own, record, term in own_and_foreign(case):
            if term.hosts <= MAX_MX_HOSTS:
                continue
            written, too_many = quoted(term.text, 80), term.hosts - MAX_MX_HOSTS
            related = []
            if record is not case.tree:
                written = f"{quoted(own.text, 80)} leads to {written} in {shown(record.name)}, which"
                related.append(related_at(case, record, term.term, "the term"))
            for name in term.targets:
                spans = facts.resolver.lookup(name, "MX").spans
                related += [Related(span, "one too many") for span in spans[MAX_MX_HOSTS : MAX_MX_HOSTS + 1]]
            message = f"{written} has {term.hosts} mail hosts, {too_many} too many: receivers answer permerror"
            yield Complaint(
                case.place(own.term), message, "list their addresses instead", tuple(related), case.name, "TXT"
            )


RULE = Rule("spf-too-many-mx-hosts", "error", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:mx-hosts",))
