"""A text was plainly meant as a DMARC record, but receivers do not take it for one.

Receivers take a text at `_dmarc` only if its first tag is `v` with exactly the value `DMARC1` (RFC 9989 section
4.7). `v=dmarc1`, a comma in place of the semicolon, a backslash left in, or `p=` in front leave the domain
without any policy: not an error that somebody would see, but silence.

## Bad

```yaml
_dmarc:
  type: TXT
  value: nv=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- stands where the tag `v` must
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1, p=reject, rua=mailto:dmarc@reports.example.net  # <- write `;`
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
from linter.finding import Complaint
from linter.rules.rule import At, Rule, complaint_of


def check(facts: Facts) -> Iterator[Complaint]:
    """The near misses at names where receivers look."""
    for miss in facts.dmarc.near:
        span = miss.value.part(miss.fault.start, miss.fault.end)
        yield complaint_of(miss.fault, span, At(miss.record.name, "TXT"))


RULE = Rule("dmarc-version", "error", check, __doc__, "RFC 9989 section 4.7", needs=("near-dmarc",))
