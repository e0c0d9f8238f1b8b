"""What a zone holds in the coarse is found from any record that a rule could judge."""

import pytest

from linter.facts.triggers import EVERY_TRIGGER, triggers

from .zones import facts_of, txt

KEY = "GAsgrhJ7oNPQBqEEBtEBkcc6AIHsjFvqB0hM0JwHDZc="


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("a: {type: A, value: 192.0.2.1}\n", set()),
        ("a: {type: A, values: [192.0.2.1, 192.0.2.2]}\n", {"sets"}),
        ("a: [{type: A, value: 192.0.2.1}, {type: A, value: 192.0.2.1}]\n", {"sets"}),
        ("a: {type: PTR, value: 192.0.2.1}\n", {"odd-names"}),
        ("a: {type: PTR, value: b.example.net}\n", {"odd-names"}),
        ("a: {type: PTR, value: b.example.com.}\n", {"odd-names"}),
        ("a: {type: PTR, value: a.example.com.}\n", set()),
        ("a b: {type: A, value: 192.0.2.1}\n", {"odd-names"}),
        ("a.example.com: {type: A, value: 192.0.2.1}\n", {"odd-names"}),
        ("'*': {type: A, value: 192.0.2.1}\n", {"wildcards"}),
        ("a: {type: NS, value: ns.example.net.}\n", {"delegations"}),
        (txt('\\"a\\"'), {"spoilt-texts"}),
        (txt("ä"), {"spoilt-texts"}),
        (txt("v=spf1 -all"), {"spf"}),
        (txt("v=spf1 ~all"), {"spf", "spf-terms", "dmarc-open"}),
        (txt("v=spf1 ?all"), {"spf", "spf-terms", "spf-odd", "dmarc-open"}),
        (txt("v=spf1 mx -all"), {"spf", "spf-terms", "spf-lookups", "dmarc-open"}),
        (txt("v=spf1 ip4:192.0.2.1 -all"), {"spf", "spf-terms", "spf-ranges", "dmarc-open"}),
        (txt("v=spf1 a/24 -all"), {"spf", "spf-terms", "spf-lookups", "spf-ranges", "dmarc-open"}),
        (txt("vspf1 -all"), {"spf", "spf-terms", "spf-odd", "dmarc-open"}),
        ("a: {type: SPF, value: v=spf1 -all}\n", {"spf", "spf-terms", "spf-odd", "dmarc-open"}),
        (txt("v=DMARC1\\; p=reject", "_dmarc"), {"dmarc"}),
        (txt("v=DMARC1\\; p=none", "_dmarc"), {"dmarc", "dmarc-lax"}),
        (txt("v=DMARC1\\; p=reject\\; sp=none", "_dmarc"), {"dmarc", "dmarc-lax"}),
        (txt("v=DMARC1\\; p=reject\\; np=none", "_dmarc"), {"dmarc", "dmarc-lax"}),
        (txt("v=DMARC1\\; p=reject\\; rua=mailto:a@example.net", "_dmarc"), {"dmarc", "dmarc-reports"}),
        (txt("v=DMARC1\\; p=reject\\; ruf=mailto:a@example.net", "_dmarc"), {"dmarc", "dmarc-reports"}),
        (txt("v=DMARC1\\; p=reject\\; t=y", "_dmarc"), {"dmarc", "dmarc-odd"}),
        (txt("v=DMARC1\\; p=reject\\; psd=y", "_dmarc"), {"dmarc", "dmarc-odd"}),
        (txt("v=DMARC1\\; p=reject\\; x=y", "_dmarc"), {"dmarc", "dmarc-odd"}),
        (txt("v=DMARC1\\; p=reject", "a"), {"dmarc", "dmarc-odd"}),
        (txt("v=DMARC1\\; p=reject", "_dmarc._dmarc"), {"dmarc", "dmarc-odd"}),
        (txt("v=DMARC1", "_dmarc"), {"dmarc", "dmarc-lax", "dmarc-odd"}),
        (txt("DMARC1\\; p=reject", "_dmarc"), {"dmarc", "dmarc-odd"}),
        ("_dmarc: {type: TXT, values: ['v=DMARC1\\; p=reject', a]}\n", {"dmarc", "dmarc-odd", "sets"}),
        (txt("p=AAAA", "s._domainkey"), {"dkim", "dkim-odd"}),
        (txt("p=", "s._domainkey"), {"dkim"}),
        (txt(f"k=ed25519\\; p={KEY}", "s._domainkey"), {"dkim", "dkim-keys"}),
        (txt(f"k=ed25519\\; p={KEY}\\; t=y", "s._domainkey"), {"dkim", "dkim-keys", "dkim-odd"}),
        (txt(f"k=ed25519\\; p={KEY}", "s"), {"dkim", "dkim-keys", "dkim-odd"}),
        (
            f"s._domainkey: {{type: TXT, values: ['k=ed25519\\; p={KEY}', a]}}\n",
            {"dkim", "dkim-keys", "dkim-odd", "sets"},
        ),
        ("s._domainkey: {type: CNAME, value: s.example.net.}\n", {"CNAME", "dkim-alias"}),
        (txt("v=STSv1\\; id=1", "_mta-sts"), {"mta-sts"}),
        ("_mta-sts: {type: CNAME, value: s.example.net.}\n", {"CNAME", "mta-sts"}),
        (txt("v=TLSRPTv1\\; rua=mailto:a@example.com", "_smtp._tls"), {"tls-rpt"}),
        (txt("v=BIMI1\\; l=", "default._bimi"), {"bimi"}),
        ("autodiscover: {type: CNAME, value: a.example.net.}\n", {"CNAME", "autodiscover"}),
        ("a: {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n", {"MX", "mx-hosts", "dmarc-open"}),
        (
            txt("v=DMARC1\\; p=reject", "_dmarc")
            + "a: {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n",
            {"MX", "mx-hosts", "dmarc"},
        ),
        ("a: {type: MX, value: {preference: 0, exchange: .}}\n", {"MX", "mx-null"}),
        (
            "a: {type: MX, value: {preference: 1, exchange: aspmx.l.google.com.}}\n",
            {"MX", "mx-hosts", "mx-vendors", "dmarc-open"},
        ),
    ],
)
def test_a_record_sets_off_its_triggers(zone: str, expected: set[str]) -> None:
    found = triggers(facts_of(zone))

    assert found == expected | {"records"}
    assert found <= EVERY_TRIGGER
