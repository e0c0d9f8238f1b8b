"""A record that the vendor of a declared system asks for holds something else.

A selector that leads to another tenant, to the other selector or to no key of the vendor makes every signature
invalid (RFC 6376 section 6.1.2). What nobody can derive, such as the token in Microsoft's names, is compared only with
what `dkim:` and `tenant:` of the system say; else it only has to look like one of the vendor's.

## Bad

```yaml
zone: example.com
systems:
  office: {provider: microsoft-365, tenant: contoso}
mail:
  example.com: {receives: office, sends: [office]}
records:
  '':
    - {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}
  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}
  selector2._domainkey:
    type: CNAME
    value: selector1-example-com._domainkey.contoso.onmicrosoft.com.  # <- is no target of `selector2`
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  office: {provider: microsoft-365, tenant: contoso}
mail:
  example.com: {receives: office, sends: [office]}
records:
  '':
    - {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}
  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}
  selector2._domainkey: {type: CNAME, value: selector2-example-com._domainkey.contoso.onmicrosoft.com.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.required import DIFFERS, PRESENT, Required
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule

from .places import bare, origin


def check(facts: Facts) -> Iterator[Complaint]:
    """Every key that stands there and is not the system's."""
    for mail in facts.mail.entries:
        records = [each for each in facts.mail.required(mail) if each.purpose == "sign" and each.type == "CNAME"]
        # What is another sender's key is reported as a selector that both want.
        others = {each.name for each in records if each.state == PRESENT}
        for each in records:
            if each.state == DIFFERS and each.spans and each.name not in others:
                yield _complaint(facts, mail, each)


def _complaint(facts: Facts, mail: Mail, record: Required) -> Complaint:
    needs = facts.mail.systems[record.system]
    word = next(word for word in mail.words if word.text == record.system)
    selector = record.name.partition("._domainkey.")[0]
    message = f"{bare(record.found[0])} is no target of `{selector}` of {needs.label}"
    tenant = dict(needs.system.parameters).get("tenant")
    if record.values:
        message, way_out = f"{message}, which is declared to be {bare(record.values[0])}", f"write `{record.values[0]}`"
    else:
        message = f"{message}, tenant `{tenant.text}`" if tenant is not None else message
        way_out = f"write what the vendor shows ({record.hint})" if record.hint else ""
    is_sure = bool(record.values) or needs.vendor is None or needs.vendor.is_sure_of_key(selector)
    related = (origin(word, mail),)
    return Complaint(record.spans[0], message, way_out, related, record.name, "CNAME", is_firm=is_sure)


RULE = Rule("provider-record-differs", "error", check, __doc__, needs=("intent",))
