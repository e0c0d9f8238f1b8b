"""A wildcard answers with a policy for the policy names of all names that do not exist.

`*.example.com` stands for every name below `example.com` that nothing else makes exist, however deep (RFC 4592 section
2.2.1): for `_dmarc.shop.example.com`, `_mta-sts.shop.example.com` and `_smtp._tls.shop.example.com` too. A DMARC
record there overrides the policy of the domain for every invented subdomain, and an MTA-STS record announces policies
that no web server has. That is rarely meant: DMARC covers subdomains by itself (`sp` and `np`). A wildcard that repeats
the record of the domain itself changes nothing and is not reported.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1; p=reject
'*':
  type: TXT
  values:
    - v=DMARC1; p=quarantine  # <- answers for `_dmarc.x.example.com`
    - v=STSv1; id=20261123  # <- answers for `_mta-sts.x.example.com`
    - v=TLSRPTv1; rua=mailto:tls@example.com  # <- answers for `_smtp._tls.x.example.com`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1; p=quarantine; np=reject
'*':
  type: TXT
  value: v=spf1 -all
```

## Fix

Remove the record. What names that do not exist are to do is said by `np` in the record of the domain.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.dmarc_version import is_dmarc
from linter.records.mta_sts import is_mta_sts
from linter.records.tls_rpt import is_tls_rpt
from linter.rules.rule import Rule
from linter.zone.model import Text

_PLACES = (("_dmarc", is_dmarc), ("_mta-sts", is_mta_sts), ("_smtp._tls", is_tls_rpt))


def check(facts: Facts) -> Iterator[Complaint]:
    """The policies at wildcards that answer for host names."""
    for record in facts.records("TXT"):
        above = record.name.removeprefix("*.")
        if above == record.name or "_" in above or facts.index.cut_above(record.name) is not None:
            continue
        for value in record.values:
            place = next((place for place, fits in _PLACES if isinstance(value, Text) and fits(value.text)), "")
            if not isinstance(value, Text) or not place:
                continue
            own = facts.resolver.lookup(f"{place}.{above}", "TXT")
            if own.owner == record.name or value.text not in own.values:
                yield _complaint(value, place, above, record.name)


def _complaint(value: Text, place: str, above: str, wildcard: str) -> Complaint:
    domain = above.rstrip(".")
    message = f"`*.{domain}` answers for `{place}.x.{domain}` and its like, for every x that does not exist"
    if place == "_dmarc":
        way_out = f"remove it; `sp` and `np` at `_dmarc.{domain}` speak for the names below"
    else:
        way_out = f"remove it, and publish it at `{place}` of each name that it is meant for"
    return Complaint(value.span, message, way_out, (), wildcard, "TXT")


RULE = Rule("wildcard-answers-policy", "warning", check, __doc__, "RFC 4592 section 2.2.1", needs=("wildcard",))
