"""`mail:` names a system that `systems:` does not declare, or a system names a provider that nobody knows.

What is declared can only be checked where both halves fit together: an entry that names a system of another spelling
is an entry about nobody, and all that it says would stay unchecked without a word. Providers are those of the
catalogue; a system of one's own needs none.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhots, sends: [webhost]}  # <- did you mean `webhost`?
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

## Bad

```yaml
zone: example.com
systems:
  office: {provider: microsoft365}  # <- did you mean `microsoft-365`?
mail:
  example.com: {sends: [office]}
records:
  '':
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.vendor_view import key_meant, vendor_keys, vendor_named
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Intent
from linter.records.fault import nearest, one_of, quoted
from linter.rules.rule import Rule

_MOST_LISTED = 12


def check(facts: Facts) -> Iterator[Complaint]:
    """Every word of the declaration that stands for no system, and every provider that is none."""
    intent = facts.intent or Intent({}, {})
    for mail in intent.mail.values():
        for word in mail.words:
            if word.text not in intent.systems:
                expected = _expected(word.text, tuple(intent.systems), "no system is declared under `systems:`")
                message = f"{quoted(word.text)} is no declared system; {expected}"
                yield Complaint(word.span, message, "", (), mail.name.text if mail.name.text != "*" else "")
    for system in intent.systems.values():
        provider = system.provider
        if provider is not None and vendor_named(provider.text) is None:
            meant = key_meant(provider.text)
            expected = _expected(provider.text, vendor_keys(), "the catalogue is empty")
            expected = f"did you mean `{meant}`?" if meant else expected
            message = f"{quoted(provider.text)} is no provider of the catalogue; {expected}"
            yield Complaint(provider.span, message, "leave `provider` out and say what the system needs yourself")


def _expected(word: str, known: tuple[str, ...], otherwise: str) -> str:
    """The known words, and the one that was probably meant."""
    if not known:
        return otherwise
    near = nearest(word, known)
    if len(known) > _MOST_LISTED:
        return f"did you mean `{near}`?" if near else f"there are {len(known)}, such as {one_of(known[:3])}"
    expected = f"expected one of {one_of(known)}" if len(known) > 1 else f"expected {one_of(known)}"
    return f"{expected}; did you mean `{near}`?" if near else expected


RULE = Rule(
    "intent-unknown-system", "error", check, __doc__, "mailzone's own: `systems:` and `mail:`", needs=("intent",)
)
