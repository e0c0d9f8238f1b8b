"""A DMARC record stands at a name where no receiver looks for it.

The record of a domain stands at `_dmarc.<domain>` and nowhere else (RFC 9989 section 4.10): at the domain itself, at
`dmarc.<domain>` or below `_dmarc` it has no effect, and the domain is without the policy that somebody believes
it has. Where the right name has a record as well, the other one only misleads, and this is a warning. Names that a
CNAME at `_dmarc` leads to are right, and so are names such as `_dmarc_parked`, which are made for that.

## Bad

```yaml
'':
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- publish it at `_dmarc.example.com`
```

## Bad

```yaml
mail._dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- publish it at `_dmarc.mail.example.com`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Move the record to the name that the message says. A wildcard below `_dmarc` is never needed: subdomains inherit.
"""

from collections.abc import Iterator

from linter.facts.dmarc_places import Misplaced
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import NO_DATA, UNKNOWN
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each wrong name, whatever else may be wrong with the text."""
    for misplaced in facts.dmarc.misplaced:
        status = facts.dmarc_policies.records.at(misplaced.domain).status if misplaced.domain else NO_DATA
        yield _complaint(misplaced, status)


def _complaint(misplaced: Misplaced, status: str) -> Complaint:
    name, right = misplaced.record.name, misplaced.right
    message = f"no receiver looks for DMARC at {shown(name)}"
    severity = "" if status == NO_DATA else "warning"
    if status not in (NO_DATA, UNKNOWN):
        message = f"{message}; the record at {shown(right)} is the one that counts"
        way_out = "delete it, after a look at which of the two is right"
    elif right.startswith("*."):
        way_out = f"publish it at {shown(right)}, or with the domain that sends reports there in place of `*`"
    else:
        way_out = f"publish it at {shown(right)}"
        if misplaced.fault:
            way_out = f"{way_out}, and mend it: {misplaced.fault.message}"
    related = tuple(Related(value.span, "this one too") for value in misplaced.more[:10])
    return Complaint(misplaced.value.span, message, way_out, related, name, "TXT", severity)


RULE = Rule("dmarc-wrong-name", "error", check, __doc__, "RFC 9989 section 4.10", needs=("stray-dmarc", "near-dmarc"))
