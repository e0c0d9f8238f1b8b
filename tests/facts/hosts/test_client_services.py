"""Services that mail programs look for are found at their names; near misses have the place of what is wrong."""

import pytest

from linter.facts.hosts.client_services import misspelt, named_hosts, offers

from ..zones import facts_of


def zone(name: str, target: str = "imap.example.com.", port: int = 993) -> str:
    return f"{name}: {{type: SRV, value: {{priority: 0, weight: 1, port: {port}, target: '{target}'}}}}\n"


@pytest.mark.parametrize(
    ("name", "target", "domain", "declines", "named"),
    [
        ("_imaps._tcp", "imap.example.com.", "example.com.", False, True),
        ("_imaps._tcp.sub", "imap.example.com.", "sub.example.com.", False, True),
        ("_imaps._tcp", ".", "example.com.", True, False),
        ("_imaps._tcp", "{host}.example.com.", "example.com.", False, False),
        ("_sip._tls", "sip.example.com.", "", False, False),
    ],
)
def test_an_offer_knows_whose_it_is(name: str, target: str, domain: str, declines: bool, named: bool) -> None:
    records = facts_of(zone(name, target)).records("SRV")

    assert [(offer.domain, offer.declines) for offer in offers(records)] == ([(domain, declines)] if domain else [])
    assert bool(list(named_hosts(records))) is named


@pytest.mark.parametrize(
    ("name", "wrong"), [("_imap4s._tcp", True), ("_imaps._udp", True), ("_imaps._tcp", False), ("_ldap._tcp", False)]
)
def test_a_near_miss_is_found(name: str, wrong: bool) -> None:
    found = list(misspelt(facts_of(zone(name)).records("SRV")))

    assert bool(found) is wrong
    assert all(each.span.text and each.span.text in name for each in found)
