"""A system offers services to mail programs that these cannot find.

A mail program that gets nothing but an address looks for SRV records (RFC 6186 section 3, RFC 8314 section 5.1,
RFC 6764 section 3) or for `autoconfig.<domain>`. Without either, people type host names and ports, and some of them
wrongly. The services are those of the system's `clients:`. A record of the same service that leads elsewhere is not
missing.

## Bad

```yaml
zone: example.com
systems:
  webhost:
    receives: [mx1.webhost.example]
    spf: include:_spf.webhost.example
    clients: {imaps: imap.webhost.example, submissions: smtp.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}  # <- `_imaps._tcp` and `_submissions._tcp`
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost:
    receives: [mx1.webhost.example]
    spf: include:_spf.webhost.example
    clients: {imaps: imap.webhost.example, submissions: smtp.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  _imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.webhost.example.}}
  _submissions._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 465, target: smtp.webhost.example.}}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.required import MISSING, Required
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule

_BY_AUTOCONFIG = ("imap", "imaps", "pop3", "pop3s", "submission", "submissions")


def check(facts: Facts) -> Iterator[Complaint]:
    """One finding for each name whose mailboxes have services without records."""
    for mail in facts.mail.entries:
        missing = [each for each in facts.mail.required(mail) if each.purpose == "client" and each.state == MISSING]
        if missing and mail.receives is not None:
            found_otherwise = facts.mail.has_autoconfig(mail)
            missing = [each for each in missing if not (found_otherwise and _service(each) in _BY_AUTOCONFIG)]
        if missing:
            yield _complaint(facts, mail, missing)


def _service(record: Required) -> str:
    return record.name.partition(".")[0].removeprefix("_")


def _complaint(facts: Facts, mail: Mail, missing: list[Required]) -> Complaint:
    names = [f"`_{_service(each)}._tcp`" for each in missing]
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    needs = facts.mail.systems[missing[0].system]
    are = "are" if len(names) > 1 else "is"
    message = f"{listed} of `{mail.name.text.rstrip('.')}` {are} not there, by which mail programs find {needs.label}"
    way_out = (
        f"publish SRV `{missing[0].values[0]}` at `{missing[0].name.rstrip('.')}`{', and so on' * (len(names) > 1)}"
    )
    word = mail.receives or mail.name
    return Complaint(word.span, message, way_out, (), missing[0].name, "SRV")


RULE = Rule("client-service-missing", "info", check, __doc__, "RFC 6186 section 3", needs=("intent",))
