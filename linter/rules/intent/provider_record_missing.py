"""A record that the vendor of a declared system asks for is not there.

Vendors sign, verify and find a domain by records in its zone. Microsoft 365 wants both of its DKIM selectors as CNAMEs:
it signs with one and rotates to the other, and without them it signs with the tenant's onmicrosoft.com domain, which
DMARC does not take for the domain's own (RFC 9989 section 4.4). Google Workspace wants the key of its selector as
TXT. A name that is an alias or is delegated is managed elsewhere, and not missing.

## Bad

```yaml
zone: example.com
systems:
  office: {provider: microsoft-365}
mail:
  example.com: {receives: office, sends: [office]}  # <- `selector2._domainkey.example.com`
records:
  '':
    - {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}
  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  office: {provider: microsoft-365}
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

## Fix

`mailzone records NAME` lists all records that the declared mail of a name needs, and which are there.
"""

from collections.abc import Iterator

from linter.facts.required import DIFFERS, MISSING, Required
from linter.facts.vendor_view import Vendor
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule

from .places import bare


def check(facts: Facts) -> Iterator[Complaint]:
    """One finding for each system of a name: the keys and tokens that are known to be missing."""
    for mail in facts.mail.entries:
        missing: dict[str, list[Required]] = {}
        for each in facts.mail.required(mail):
            if _is_lacking(each) and _is_vendors(facts, mail, each):
                missing.setdefault(each.system, []).append(each)
        for system, records in missing.items():
            yield _complaint(facts, mail, system, records)


def _is_lacking(record: Required) -> bool:
    """Whether a key or a token is not there; a revoked key is none."""
    is_revoked = record.purpose == "sign" and record.type == "TXT" and record.state == DIFFERS
    return is_revoked or (record.state == MISSING and record.purpose in ("sign", "verify"))


def _is_vendors(facts: Facts, mail: Mail, record: Required) -> bool:
    """Whether the vendor asks for it; selectors that the owner declared have a rule of their own."""
    needs = facts.mail.systems[record.system]
    if needs.vendor is None or (record.purpose == "sign" and needs.system.dkim):
        return False
    return not (record.purpose == "sign" and facts.mail.is_unaligned(mail, record.system))


def _complaint(facts: Facts, mail: Mail, system: str, records: list[Required]) -> Complaint:
    needs = facts.mail.systems[system]
    word = next(word for word in mail.words if word.text == system)
    names = [_shown(each) for each in records]
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    are = "are" if len(names) > 1 else "is"
    lack = "has no usable key" if records[0].state == DIFFERS else f"{are} not there"
    message = f"{needs.label} asks for {listed}, which {lack}"
    vendor = needs.vendor
    signs_nothing = sum(1 for each in records if each.purpose == "sign") == len(needs.selectors) > 0
    if vendor is not None and vendor.signs_otherwise and signs_nothing:
        message = f"{message}, so it signs with {vendor.signs_otherwise}"
    hint = records[0].hint
    way_out = f"publish what the vendor shows ({hint})" if hint else ""
    if all(each.values and each.purpose == "sign" for each in records):
        way_out = f"publish {' and '.join(f'`{each.values[0]}`' for each in records)}"
    is_firm = all(_is_sure(vendor, each) for each in records)
    return Complaint(word.span, message, way_out, (), records[0].name, records[0].type, is_firm=is_firm)


def _is_sure(vendor: Vendor | None, record: Required) -> bool:
    """Whether it is confirmed that the vendor asks for a record; its token is what the owner declared."""
    selector = record.name.partition("._domainkey.")[0]
    return record.purpose != "sign" or vendor is None or vendor.asks_for_key(selector)


def _shown(record: Required) -> str:
    if record.purpose == "verify":
        return f"the TXT value `{record.values[0]}` at {bare(record.name)}"
    return f"{record.type} {bare(record.name)}"


RULE = Rule("provider-record-missing", "warning", check, __doc__, needs=("intent",))
