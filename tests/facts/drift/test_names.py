"""What a text is to mail, which sets mail depends on, and above which names a wildcard may be."""

import pytest

from linter.facts.drift import names, questions

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("a.example.", "v=spf1 -all", "SPF"),
        ("a.example.", "v=DMARC1; p=none", "DMARC"),
        ("s._domainkey.a.example.", "anything", "DKIM"),
        ("a.example.", "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC", "DKIM"),
        ("a.example.", "v=STSv1; id=1", "MTA-STS"),
        ("a.example.", "v=TLSRPTv1; rua=mailto:a@b.example", "TLS-RPT"),
        ("a.example.", "v=BIMI1; l=", "BIMI"),
        ("a.example.", "token=x", ""),
    ],
)
def test_what_a_text_is(name: str, text: str, role: str) -> None:
    assert names.text_role(name, text) == role


@pytest.mark.parametrize(
    ("kind", "made"), [("SOA", True), ("DNSKEY", True), ("TYPE65280", True), ("TXT", False), ("CAA", False)]
)
def test_types_that_servers_make(kind: str, made: bool) -> None:
    assert names.is_made_by_servers(kind) is made


@pytest.mark.parametrize(
    ("zone", "is_mail"),
    [
        ("mx: {type: A, value: 192.0.2.1}\n", True),
        ("shop: {type: A, value: 192.0.2.1}\n", False),
        (txt("hello", "a"), False),
        (txt("v=spf1 -all", "a"), True),
        (txt("x", "_dmarc"), True),
        ("a: {type: NS, value: ns.example.net.}\n", True),
        ("a: {type: CAA, value: {flags: 0, tag: issue, value: ca.example}}\n", False),
        ("www: {type: CNAME, value: a.example.net.}\n", False),
        ("a: {type: CNAME, value: a.example.net.}\n", True),
    ],
)
def test_sets_that_mail_depends_on(zone: str, is_mail: bool) -> None:
    facts = facts_of(zone)

    assert bool(names.mail_sets(facts)) is is_mail
    assert len(questions.wanted_sets(facts, "probe", every=True)) == 1


def test_hosts_of_mail_are_those_of_mx_services_and_spf() -> None:
    zone = "'': {type: MX, value: {preference: 1, exchange: h.example.com.}}\n"
    zone += txt("v=spf1 a:s.example.com -all", "t")
    zone += "".join(f"{name}: {{type: A, value: 192.0.2.1}}\n" for name in "hsx")

    assert names.mail_hosts(facts_of(zone)) == {"h.example.com.", "s.example.com."}
    assert names.mail_domains(facts_of(zone)) >= {"example.com."}


def test_names_above_one() -> None:
    index = facts_of(txt("x")).index

    assert list(names.levels(index, "a.b.example.com.")) == ["b.example.com.", "example.com."]


@pytest.mark.parametrize(("name", "is_one"), [("www.a.example.", False), ("s._domainkey.a.example.", True)])
def test_aliases_on_the_way_of_mail(name: str, is_one: bool) -> None:
    assert names.is_mail_alias(name) is is_one


def test_probes_are_names_that_can_be_asked() -> None:
    asked = list(names.probes(facts_of(txt("v=spf1 a -all"))))

    assert len(asked) == len(set(asked)) > 10
