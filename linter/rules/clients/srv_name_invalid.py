"""An SRV record stands at a name that is almost that of a mail service.

Mail programs look up `_imap`, `_imaps`, `_pop3`, `_pop3s`, `_submission` and `_submissions`, each with `._tcp` behind
it (RFC 6186 section 3, RFC 8314 section 5.1). A name that is spelt otherwise is never asked for, and whoever sets an
account up must type the server.

## Bad

```yaml
_imap-ssl._tcp:  # <- did you mean `_imaps._tcp`?
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: imap.example.com.
imap:
  type: A
  value: 192.0.2.143
```

## Bad

```yaml
_smtps._tcp:  # <- did you mean `_submissions._tcp`?
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 465
    target: smtp.example.net.
```

## Good

```yaml
_imaps._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 993
    target: imap.example.com.
_submissions._tcp:
  type: SRV
  value:
    priority: 0
    weight: 1
    port: 465
    target: smtp.example.net.
imap:
  type: A
  value: 192.0.2.143
```
"""

from collections.abc import Iterator

from linter.facts.client_services import misspelt
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import At, Rule, complaint_of


def check(facts: Facts) -> Iterator[Complaint]:
    """Every name that a mail service was meant by."""
    for record, span, fault in misspelt(facts.records("SRV")):
        yield complaint_of(fault, span, At(record.name, "SRV"))


RULE = Rule("srv-name-invalid", "warning", check, __doc__, "RFC 6186 section 3", needs=("SRV",))
