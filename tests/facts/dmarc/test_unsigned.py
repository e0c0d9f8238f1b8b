"""Names that send under an enforced policy while no key could sign for them, where that is certain."""

import pytest

from linter.facts.dmarc.unsigned import unsigned_senders

from ..zones import facts_of, txt

SPF = txt("v=spf1 ip4:192.0.2.1 -all")
REJECT = txt("v=DMARC1\\; p=reject", "_dmarc")
KEY = txt("v=DKIM1\\; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC", "s._domainkey")
NULL = "a: {type: MX, value: {preference: 0, exchange: .}}\n"


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        (SPF + REJECT, ["example.com."]),
        (SPF + REJECT + KEY, []),
        (SPF + REJECT + "s._domainkey: {type: CNAME, value: s.example.net.}\n", []),
        (SPF + txt("v=DMARC1\\; p=none", "_dmarc"), []),
        (SPF, []),
        (txt("v=spf1 -all") + REJECT, []),
        (SPF + REJECT + "_domainkey: {type: NS, value: ns.example.net.}\n", []),
        (SPF + REJECT + txt("s.keys.example.net", "s._domainkey"), []),
    ],
)
def test_a_sender_without_keys(zone: str, names: list[str]) -> None:
    assert [each.text.record.name for each in unsigned_senders(facts_of(zone))] == names
