"""For whom an MX was meant, and which names take mail at their own address."""

import pytest

from linter.facts.hosts.mx_places import fallbacks, meant_domain
from linter.facts.mail_names import mail_names

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("name", "hosts", "meant"),
    [
        ("mail.example.com.", ["mail.example.com."], "example.com."),
        ("mx1.example.com.", ["mx1.example.com."], "example.com."),
        ("mail.example.com.", ["mx.example.net."], ""),
        ("shop.example.com.", ["shop.example.com."], ""),
        ("_dmarc.sub.example.com.", ["mx.example.net."], "sub.example.com."),
        ("example.com.", ["example.com."], ""),
    ],
)
def test_the_domain_of_an_mx_at_a_server(name: str, hosts: list[str], meant: str) -> None:
    assert meant_domain(name, hosts, "example.com.") == meant


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", []),
        ("- {type: A, value: 192.0.2.1}\n", ["a.example.com."]),
        ("- {type: AAAA, value: '2001:db8::1'}\n", ["a.example.com."]),
        ("- {type: A, value: 192.0.2.1}\n- {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n", []),
    ],
)
def test_a_name_with_an_address_and_no_mx_takes_mail(more: str, found: list[str]) -> None:
    facts = facts_of(f"a:\n- {{type: TXT, value: v=spf1 a -all}}\n{more}")
    places = [(name, kind, span) for name, kind, span in mail_names(facts)] or [
        ("a.example.com.", "TXT", facts.zone.records[0].name_span)
    ]

    assert [each.name for each in fallbacks(places, facts.resolver)] == found


def test_what_answers_by_a_wildcard_is_no_place_of_its_own() -> None:
    facts = facts_of(txt("v=spf1 a -all", "b.a") + "'*': {type: A, value: 192.0.2.1}\n")

    assert list(fallbacks(((name, kind, span) for name, kind, span in mail_names(facts)), facts.resolver)) == []
