"""Which domains of a zone have DKIM selectors, and for which names their keys could sign."""

import pytest

from linter.facts.dkim.signers import can_sign, signing_domains
from tests.facts.zones import facts_of

KEY = "v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (f"s1._domainkey: {{type: TXT, value: '{KEY}'}}", {"example.com."}),
        ("s1._domainkey: {type: CNAME, value: s1.keys.example.net.}", {"example.com."}),
        (f"s1._domainkey.shop: {{type: TXT, value: '{KEY}'}}", {"shop.example.com."}),
        ("s1._domainkey: {type: TXT, value: 'v=DKIM1; p='}", set()),
        ("s1._domainkey: {type: TXT, value: 'v=DKIM1;p = ;'}", set()),
        ("s1._domainkey: {type: TXT, value: 'v=DKIM1; k=rsa'}", {"example.com."}),
        ("s1._domainkey: {type: TXT, value: s1.keys.example.net}", {"example.com."}),
        (f"s1._domainkey: {{type: TXT, values: ['{KEY}', 'v=DKIM1; p=']}}", {"example.com."}),
        ("'*._domainkey': {type: TXT, value: 'v=DKIM1; p='}", {"example.com."}),
        ("_domainkey: {type: NS, value: ns1.example.net.}", {"example.com."}),
        ("_domainkey.shop: {type: CNAME, value: keys.example.net.}", {"shop.example.com."}),
        ("_domainkey: {type: TXT, value: 'o=~'}", set()),
        ("www: {type: A, value: 192.0.2.1}", set()),
    ],
)
def test_signing_domains(records: str, expected: set[str]) -> None:
    assert signing_domains(facts_of(f"{records}\n").index) == expected


@pytest.mark.parametrize(
    ("domain", "name", "strictly", "expected"),
    [
        ("example.com.", "example.com.", True, True),
        ("example.com.", "shop.example.com.", True, False),
        ("example.com.", "shop.example.com.", False, True),
        ("shop.example.com.", "example.com.", False, True),
        ("shop.example.com.", "news.example.com.", False, False),
        ("ample.com.", "example.com.", False, False),
    ],
)
def test_can_sign(domain: str, name: str, strictly: bool, expected: bool) -> None:
    assert can_sign([domain], name, strictly) is expected
