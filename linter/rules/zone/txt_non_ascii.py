"""A mail record has a character that is not ASCII: a typographic quote or dash, or a blank that is none.

SPF, DMARC and DKIM records are ASCII (RFC 7208 section 3.1, RFC 9989 section 4.8, RFC 6376 section 3.2). The
character often cannot be told from the right one by eye: word processors, wikis and chat programs put in
typographic quotes and dashes and no-break spaces. Receivers see no record, no policy or no key. Domains in other
scripts are written with their `xn--` labels.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:“dmarc@reports.example.net”  # <- typographic quote
shop:
  type: TXT
  value: v=spf1 mx –all  # <- write `-`
docs:
  type: TXT
  value: Grüße aus der IT
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
shop:
  type: TXT
  value: v=spf1 mx -all
info:
  type: TXT
  value: Grüße aus der IT
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

import re
from collections.abc import Iterator

from linter.facts.characters import MailText, mail_texts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule
from linter.source.pattern import Pattern
from linter.zone.lookalikes import Lookalike, lookalike

_FOREIGN = Pattern(r"[^\x00-\x7f]+")


def check(facts: Facts) -> Iterator[Complaint]:
    """Mail records and what was meant as one; any other text may be in any script."""
    for text in mail_texts(facts.texts):
        runs = list(_FOREIGN.finditer(text.value.text))
        passing = [run for run in runs if lookalike(run[0][0])]
        if passing:
            complaint = _complaint(text, passing[0])
            others = f", and look at {len(runs) - 1} more" if len(runs) > 1 else ""
            yield complaint._replace(help=f"{complaint.help}{others}")
        elif runs and not text.has_foreign_fault:
            yield _complaint(text, runs[0])


def _complaint(text: MailText, run: re.Match[str]) -> Complaint:
    found = lookalike(run[0][0])
    written = run[0][0] if found else run[0]
    name = found.name if found else "text in another script"
    if written.isprintable() and not written.isspace():
        name = f"{name}, {quoted(written)}"
    message = f"{name} (U+{ord(written[0]):04X}), stands in the {text.kind} record, which must be ASCII"
    span = text.value.part(run.start(), run.start() + len(written))
    return Complaint(span, message, _way_out(found), (), text.record.name, "TXT")


def _way_out(found: Lookalike | None) -> str:
    if found is None:
        return "write domains with their `xn--` labels"
    if found.meant == " ":
        return "write a plain blank"
    return f"write `{found.meant}`" if found.meant else "take it out"


RULE = Rule("txt-non-ascii", "error", check, __doc__, "RFC 7208 section 3.1", needs=("non-ascii",))
