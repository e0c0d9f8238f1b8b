"""No help asks for a record at a name that public DNS cannot have, whatever points there."""

import re

import pytest

from linter.finding import Finding
from tests.rules.conftest import CheckZone

NAMES = ("a..b", f"{'a' * 64}.company.com", "host.local", "x.internal", "gone.invalid", "abc.onion", "10.in-addr.arpa",
         "host", "localhost", "1.2.3.4", f"{'a' * 60}.{'b.' * 100}com")  # fmt: skip
POINTERS = {
    "MX": "'': {{type: MX, value: {{preference: 10, exchange: '{0}.'}}}}",
    "SRV": "_imaps._tcp: {{type: SRV, value: {{priority: 0, weight: 0, port: 993, target: '{0}.'}}}}",
    "autodiscover": "autodiscover: {{type: CNAME, value: '{0}.'}}",
    "autodiscover SRV": "_autodiscover._tcp: "
    "{{type: SRV, value: {{priority: 0, weight: 0, port: 443, target: '{0}.'}}}}",
    "CNAME": "www: {{type: CNAME, value: '{0}.'}}",
    "selector": "s1._domainkey: {{type: CNAME, value: '{0}.'}}",
    "policy host": "mta-sts: {{type: CNAME, value: '{0}.'}}\n_mta-sts: {{type: TXT, value: v=STSv1; id=1}}",
    "DMARC": "_dmarc: {{type: CNAME, value: '{0}.'}}",
    "a": "'': {{type: TXT, value: 'v=spf1 a:{0} a:x.{0} a:y.{0} a:z.{0} -all'}}",
    "mx": "'': {{type: TXT, value: 'v=spf1 mx:{0} mx:x.{0} mx:y.{0} mx:z.{0} ip6:2a00::1 -all'}}",
    "exists": "'': {{type: TXT, value: 'v=spf1 exists:{0} exists:x.{0} exists:y.{0} -all'}}",
    "include": "'': {{type: TXT, value: 'v=spf1 include:{0} -all'}}",
    "redirect": "'': {{type: TXT, value: 'v=spf1 redirect={0}'}}",
    "rua": "_dmarc: {{type: TXT, value: 'v=DMARC1; p=none; rua=mailto:a@{0}'}}",
    "tls-rpt": "_smtp._tls: {{type: TXT, value: 'v=TLSRPTv1; rua=mailto:a@{0}'}}",
}
_ASKED = re.compile(r"publish|add (?:its|an|the|their) (?:address|record|A |AAAA)|give it|have an? .* published")


@pytest.mark.parametrize("pointer", POINTERS.values(), ids=POINTERS)
def test_no_record_is_asked_for_where_there_can_be_none(pointer: str, check_zone: CheckZone) -> None:
    wrong = []
    for name in NAMES:
        if "x.{0}" in pointer and name == "host":
            continue  # there may be a top level of that name one day
        dns = f"version: 1\ncomplete: true\nanswers: {{{name}: nxdomain}}\n" if is_name(name) else ""
        for answers in dict.fromkeys(("", dns)):
            found = check_zone(pointer.format(name) + "\n", "company.com.yaml", "profile: strict\n", answers)
            wrong += [f"{name}: {each.rule}: {each.message} ({each.help})" for each in found if asks_for(each, name)]
    assert wrong == []


def test_an_include_of_an_include_is_not_asked_for_either(check_zone: CheckZone) -> None:
    zone = "'': {type: TXT, value: 'v=spf1 include:_spf.other.com -all'}\n"
    dns = "version: 1\nanswers: {_spf.other.com: {TXT: ['v=spf1 include:x.local -all']}, x.local: nxdomain}\n"

    found = check_zone(zone, "company.com.yaml", dns=dns)

    assert [each.help for each in found if each.rule == "spf-include-without-record"] == ["take it out"]
    assert not any(asks_for(each, "x.local") for each in found)


def is_name(name: str) -> bool:
    """Whether a name is one that a recording can hold."""
    return ".." not in name and all(0 < len(label) < 64 for label in name.split(".")) and len(name) < 250


def asks_for(finding: Finding, name: str) -> bool:
    """Whether a help asks for a record, and names no other name than this as its place."""
    return bool(_ASKED.search(finding.help)) and (name in finding.help + finding.message or "`" not in finding.help)
