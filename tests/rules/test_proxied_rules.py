"""Hosts that a web proxy answers for: targets of MX and SRV, in SPF, without MX, and compared with what is served."""

import pytest

from .conftest import CheckZone, Expected, assert_said, said

PROXIED = "octodns: {cloudflare: {proxied: true}}"
REST = """\
_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net'}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
"""


def mail(exchange: str = "mail.example.com.", spf: str = "v=spf1 ip4:11.22.33.25 -all", rest: str = "") -> str:
    return (
        f"'':\n  - {{type: MX, value: {{preference: 10, exchange: {exchange}}}}}\n"
        f"  - {{type: TXT, value: '{spf}'}}\n{rest}{REST}"
    )


def host(address: str, name: str = "mail", kind: str = "A", octodns: str = PROXIED) -> str:
    return f"{name}: {{type: {kind}, value: '{address}', {octodns}}}\n"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (mail(rest=host("11.22.33.25")), [("mx-target-proxied", 2, "`_dc-mx` name")]),
        (mail(rest=host("2a00::1", kind="AAAA")), [("mx-target-proxied", 2, "`_dc-mx` name")]),
        (mail(rest=host("web.example.net.", kind="CNAME")), [("mx-target-proxied", 2, "`_dc-mx` name")]),
        (mail(rest=host("11.22.33.25", "'*'")), [("mx-target-proxied", 2, "`_dc-mx` name")]),
        (mail(rest=host("192.0.2.1")), [("mx-target-proxied", 2, "and has no other address")]),
        (mail(rest=host("100::", kind="AAAA")), [("mx-target-proxied", 2, "and has no other address")]),
        (mail(rest=host("10.1.2.25")), [("mx-target-proxied", 2, "and has no other address")]),
        (mail(rest=host("11.22.33.25", octodns="octodns: {cloudflare: {proxied: false}}")), []),
        (mail(rest=host("11.22.33.25", octodns="octodns: {cloudflare: [proxied]}")), []),
        (mail(rest=host("11.22.33.25", octodns="octodns: {cloudflare: {proxied: 'true'}}")), []),
        (mail("mx.mail.example.net.", rest=host("11.22.33.25")), []),
    ],
)
def test_an_mx_to_a_proxied_host(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    told = [each for each in check_zone(zone) if each.rule != "spf-missing-for-mail-host"]

    assert_said(told, expected)
    assert all((each.severity == "error") == ("no other address" in each.message) for each in told)


def test_an_srv_to_a_proxied_host(check_zone: CheckZone) -> None:
    srv = "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 0, port: 993, target: mail.example.com.}}\n"

    (told,) = check_zone(f"{srv}{host('11.22.33.25')}")
    assert (told.rule, told.severity, "`dc-` name" in told.message) == ("mx-target-proxied", "warning", True)


def test_a_proxied_host_in_another_zone_may_be_dead(check_zone: CheckZone) -> None:
    text = f"# file: example.com.yaml\n{mail('mail.contoso.com.')}# file: contoso.com.yaml\n{host('11.22.33.25')}"

    assert_said(check_zone(text), [("mx-target-proxied", 2, "in another zone")])


@pytest.mark.parametrize(
    ("spf", "expected"),
    [
        ("v=spf1 a -all", [("spf-authorises-proxy", 3, "`a` authorises")]),
        ("v=spf1 a/24 -all", [("spf-authorises-proxy", 3, "`a/24` authorises")]),
        ("v=spf1 a:www.example.com -all", [("spf-authorises-proxy", 3, "`a:www.example.com` authorises")]),
        ("v=spf1 a:WWW.Example.com. -all", [("spf-authorises-proxy", 3, "authorises")]),
        ("v=spf1 ?a ip4:11.22.33.25 -all", []),
        ("v=spf1 a:%{d} -all", []),
        ("v=spf1 mx -all", []),
        ("v=spf1 ip4:11.22.33.25 -all", []),
    ],
)
def test_spf_that_authorises_a_proxy(check_zone: CheckZone, spf: str, expected: Expected) -> None:
    own = f"  - {{type: A, value: 11.22.33.44, {PROXIED}}}\n"
    text = mail("mx.mail.example.net.", spf, own + host("11.22.33.44", "www"))

    told = [each for each in said(check_zone(text)) if each[0] == "spf-authorises-proxy"]
    assert [(rule, line) for rule, line, _ in told] == [(rule, line) for rule, line, _ in expected]
    assert all(words in message for (_, _, words), (_, _, message) in zip(expected, told, strict=True))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("{type: A, value: 192.0.2.1, octodns: {cloudflare: {proxied: true}}}", ""),
        ("{type: AAAA, value: '100::', octodns: {cloudflare: {proxied: true}}}", ""),
        ("{type: A, value: 11.22.33.44, octodns: {cloudflare: {proxied: true}}}", "goes to Cloudflare's web proxy"),
        ("{type: A, value: 11.22.33.44}", "goes to `11.22.33.44`"),
    ],
)
def test_mail_that_falls_back_to_a_proxy(check_zone: CheckZone, address: str, words: str) -> None:
    text = f"'':\n  - {address}\n  - {{type: TXT, value: v=spf1 -all}}\n{REST}"

    told = [each.message for each in check_zone(text) if each.rule == "mx-implicit"]
    assert len(told) == bool(words)
    assert all(words in message for message in told)


LIVE = "version: 1\nanswers:\n  example.com:\n    MX: ['10 {}']\n"


@pytest.mark.parametrize(
    ("served", "rules"),
    [
        ("_dc-mx.a1b2c3d4e5f6.example.com.", []),
        ("mail.example.com.", []),
        ("_dc-mx.a1b2c3d4e5f6.example.net.", ["drift-differs"]),
        ("mx.example.com.", ["drift-differs"]),
        ("dc-a1b2c3d4e5f6.example.com.", ["drift-differs"]),
    ],
)
def test_a_name_that_leads_past_the_proxy_is_as_declared(check_zone: CheckZone, served: str, rules: list[str]) -> None:
    found = check_zone(mail(rest=host("11.22.33.25")), live=LIVE.format(served))

    assert [each.rule for each in found if each.rule == "drift-differs"] == rules


@pytest.mark.parametrize("declared", ["{type: A, value: 11.22.33.25,", "{type: CNAME, value: web.example.net.,"])
def test_addresses_of_a_proxy_are_no_drift(check_zone: CheckZone, declared: str) -> None:
    live = (
        "version: 1\nanswers:\n  www.example.com:\n    A: [104.16.0.1]\n    AAAA: ['2606:4700::1']\n    CNAME: nodata\n"
    )

    found = check_zone(f"www: {declared} {PROXIED}}}\n", live=live)
    assert [each.rule for each in found if each.rule.startswith("drift") and each.severity != "info"] == []
