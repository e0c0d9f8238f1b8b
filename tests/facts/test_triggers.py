"""What a zone holds in the coarse is found from any record that a rule could judge."""

import pytest

from linter.facts.triggers import EVERY_TRIGGER, triggers

from .zones import facts_of, txt


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("a: {type: A, value: 192.0.2.1}\n", set()),
        (txt("v=spf1 -all"), {"spf"}),
        (txt("v=spf1 mx -all"), {"spf", "spf-lookups"}),
        (txt("v=spf1 ip4:192.0.2.1 -all"), {"spf", "spf-ranges"}),
        (txt("v=spf1 a/24 -all"), {"spf", "spf-lookups", "spf-ranges"}),
        (txt("vspf1 -all"), {"spf"}),
        ("a: {type: SPF, value: v=spf1 -all}\n", {"spf"}),
        (txt("v=DMARC1\\; p=none", "_dmarc"), {"dmarc"}),
        (txt("p=AAAA", "s._domainkey"), {"dkim"}),
        ("s._domainkey: {type: CNAME, value: s.example.net.}\n", {"CNAME", "dkim-alias"}),
        (txt("v=STSv1\\; id=1", "_mta-sts"), {"mta-sts"}),
        ("_mta-sts: {type: CNAME, value: s.example.net.}\n", {"CNAME", "mta-sts"}),
        (txt("v=TLSRPTv1\\; rua=mailto:a@example.com", "_smtp._tls"), {"tls-rpt"}),
        (txt("v=BIMI1\\; l=", "default._bimi"), {"bimi"}),
        ("autodiscover: {type: CNAME, value: a.example.net.}\n", {"CNAME", "autodiscover"}),
        ("a: {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n", {"MX"}),
    ],
)
def test_a_record_sets_off_its_triggers(zone: str, expected: set[str]) -> None:
    found = triggers(facts_of(zone))

    assert found == expected | {"records"}
    assert found <= EVERY_TRIGGER
