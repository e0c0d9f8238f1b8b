"""An SPF term lets somebody send who is not declared as a sender of the domain.

Every term authorises everybody behind it, and `include` costs one of ten lookups (RFC 7208 section 4.6.4). Terms of
systems that were given up stay for years: their vendors' other customers can go on sending in the domain's name.
Only domains for which `sends:` is declared are judged, and only where it is known what covers each sender.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example include:_spf.letters.example -all}  # <- no declared sender
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

Take the term out, or declare the system that sends from there.
"""

from collections.abc import Iterator

from linter.facts.sender_spf import PASS
from linter.facts.senders import Sender
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.records.fault import quoted
from linter.records.spf import Mechanism
from linter.rules.rule import Rule

from .places import bare, origin


def check(facts: Facts) -> Iterator[Complaint]:
    """The terms of a name's own record that no declared sender needs."""
    for mail in facts.mail.entries:
        texts = facts.spf_by_name.get(mail.name.text, ())
        if mail.sends is None or len(texts) != 1 or not texts[0].spf.is_valid:
            continue
        senders = [each for each in facts.mail.senders(mail) if each.spf and each.spf.domain == mail.name.text]
        if len(facts.mail.senders(mail)) < len(mail.sends) or any(not _is_clear(sender) for sender in senders):
            continue
        yield from _idle(facts, mail, senders)


def _is_clear(sender: Sender) -> bool:
    """Whether each of a sender's terms is known to be covered, and by which terms of the record."""
    return sender.spf is not None and sender.spf.state == PASS and sender.spf.is_told


def _idle(facts: Facts, mail: Mail, senders: list[Sender]) -> Iterator[Complaint]:
    text = facts.spf_by_name[mail.name.text][0]
    serving = {(each.term.start, each.term.end) for sender in senders if sender.spf for each in sender.spf.by}
    stop = text.spf.all_term
    for term in text.spf.mechanisms:
        if term.qualifier != "+" or term.name == "all" or (stop is not None and term.start > stop.start):
            continue
        if (term.start, term.end) not in serving and not _is_own(facts, mail, term):
            message = f"{quoted(term.text)} serves no declared sender of {bare(mail.name.text)}"
            way_out = "take it out, or declare who sends from there"
            span = text.value.part(term.start, term.end)
            word = mail.sends[0] if mail.sends else mail.name
            yield Complaint(span, message, way_out, (origin(word, mail),), mail.name.text, "TXT")


def _is_own(facts: Facts, mail: Mail, term: Mechanism) -> bool:
    """Whether `mx` means the hosts of a declared sender, which receives here as well and sends from them."""
    own = term.domain is None or f"{term.domain.text.lower().rstrip('.')}." == mail.name.text
    names = {word.text for word in mail.sends or ()}
    edge = mail.edge
    return term.name == "mx" and own and edge is not None and edge.text in names


RULE = Rule("intent-spf-serves-nobody", "info", check, __doc__, "RFC 7208 section 4.6.4", needs=("intent",))
