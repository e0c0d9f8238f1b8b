"""Hosts that a web proxy answers for, what leads to them, and whether anything is behind it."""

import pytest

from linter.facts.proxied import SAME_ZONE, is_placeholder, proxied_at, proxied_hosts, proxied_terms

from .zones import facts_of, txt


def host(address: str = "203.0.114.1", proxied: bool = True) -> str:
    octodns = f", octodns: {{cloudflare: {{proxied: {str(proxied).lower()}}}}}"
    return f"mail: {{type: A, value: {address}{octodns}}}\n"


MX = "'': {type: MX, value: {preference: 1, exchange: mail.example.com.}}\n"


@pytest.mark.parametrize(
    ("zone", "found"),
    [
        (MX + host(), [("mail.example.com.", SAME_ZONE, False)]),
        (MX + host("192.0.2.1"), [("mail.example.com.", SAME_ZONE, True)]),
        (MX + host(proxied=False), []),
        (host(), []),
        ("'': {type: MX, value: {preference: 0, exchange: .}}\n" + host(), []),
    ],
)
def test_mail_that_is_led_to_a_proxy(zone: str, found: list[tuple[str, str, bool]]) -> None:
    hosts = proxied_hosts(facts_of(zone))

    assert [(each.target.name, each.place, each.is_placeholder) for each in hosts] == found


@pytest.mark.parametrize(
    ("record", "count"),
    [
        ("v=spf1 a:mail.example.com -all", 1),
        ("v=spf1 -a:mail.example.com -all", 0),
        ("v=spf1 -all a:mail.example.com", 0),
        ("v=spf1 a:%{d} -all", 0),
        ("v=spf1 mx -all", 0),
    ],
)
def test_addresses_of_a_proxy_that_spf_authorises(record: str, count: int) -> None:
    assert len(list(proxied_terms(facts_of(txt(record) + host())))) == count


def test_records_at_a_name_behind_a_proxy() -> None:
    facts = facts_of(host())
    (record,) = proxied_at(facts.index, "mail.example.com.")

    assert record.is_proxied
    assert proxied_at(facts.index, "example.com.") == ()
    assert not is_placeholder(())
