"""Mail records are served that no file declares.

Whoever reads the files does not know of them, and no review has seen them: a forgotten service that may still send, a
policy that somebody tried out, a leftover of the last move. A second SPF record makes receivers reject both (RFC 7208
section 4.5), a second DMARC record makes them ignore both (RFC 9989 section 4.10). Names are asked for where mail
programs and receivers look; with `--transfer`, the whole zone is seen.

## Bad

```yaml
'':  # <- a second SPF record is served at `example.com`
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all", "v=spf1 a mx ?all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
```

## Good

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
  autodiscover.example.com: nxdomain
```
"""

from collections.abc import Iterator

from linter.facts.drift_undeclared import Undeclared
from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Everything that was found beyond the files."""
    for found in facts.drift.undeclared if facts.drift else ():
        name, kind = found.pair
        message = f"{found.what} is served at {shown_name(name)} and not declared: {found.values}"
        if found.what[:1].isdigit():
            message = message.replace(" is served", " are served", 1)
        severity = "error" if found.is_second else "info" if found.is_advice else ""
        yield Complaint(found.span, message, _way_out(found), (), name, kind, severity, _reference(found))


def _way_out(found: Undeclared) -> str:
    if found.is_second:
        return "remove one of them: receivers take neither while there are two"
    if found.pair[0].startswith("*."):
        return "declare the wildcard, or remove it: it answers for every name that does not exist"
    return "declare it, or remove it from DNS"


def _reference(found: Undeclared) -> str:
    if found.is_second:
        return "RFC 7208 section 4.5" if "SPF" in found.what else "RFC 9989 section 4.10"
    return "RFC 4592 section 2.2" if found.pair[0].startswith("*.") else ""


RULE = Rule("drift-undeclared", "warning", check, __doc__, needs=("served",))
