"""Cases of the rules about MX at the wrong name, none at all, and hosts with IPv6 only."""

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

POLICY = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject'}\n"
MISPLACED, IMPLICIT, V6 = "mx-misplaced", "mx-implicit", "mx-target-ipv6-only"


def mx(name: str, *hosts: str) -> str:
    values = "".join(f"      - {{preference: 10, exchange: {host}}}\n" for host in hosts)
    return f"'{name}':\n  - type: TXT\n    value: v=spf1 -all\n  - type: MX\n    values:\n{values}"


def host(name: str, *addresses: str) -> str:
    records = "".join(f"  - {{type: {'AAAA' if ':' in each else 'A'}, value: '{each}'}}\n" for each in addresses)
    return f"'{name}':\n{records}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (mx("mail", "mail.example.com.") + "  - {type: A, value: 192.0.2.1}\n", [(MISPLACED, 6, "`example.com`")]),
        (mx("mx1", "mx1.example.com.") + "  - {type: A, value: 192.0.2.1}\n", [(MISPLACED, 6, "`example.com`")]),
        (mx("mail.eu", "mail.eu.example.com.") + "  - {type: A, value: 192.0.2.1}\n", [(MISPLACED, 6, "`eu.")]),
        (mx("mail", "mx.example.net."), []),
        (mx("lists", "lists.example.com.") + "  - {type: A, value: 192.0.2.1}\n", []),
        (mx("mail", "mail.example.com.") + "  - {type: A, value: 192.0.2.1}\n" + mx("", "mail.example.com."), []),
        (mx("", "example.com.") + "  - {type: A, value: 192.0.2.1}\n", []),
        (mx("_mail", "mx.example.net."), [(MISPLACED, 6, "is not a mail domain")]),
        (mx("a._mail", "mx.example.net."), [(MISPLACED, 6, "is not a mail domain")]),
        (mx("_mail.shop", "mx.example.net."), [(MISPLACED, 6, "`shop.example.com` has no MX")]),
        (mx("_mail", "mx.example.net.") + mx("", "mx.example.net."), []),
    ],
)
def test_where_an_mx_belongs(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone + POLICY), expected)


A = "{type: A, value: 192.0.2.80}"
KEY = "s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"
SPF = "{type: TXT, value: v=spf1 -all}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (f"'': [{A}, {SPF}]\n", [(IMPLICIT, 1, "goes to `192.0.2.80`")]),
        (f"'': [{SPF}, {{type: AAAA, value: '2001:db8::1'}}]\n", [(IMPLICIT, 1, "goes to `2001:db8::1`")]),
        (f"'': {A}\n{POLICY}", [(IMPLICIT, 2, "has DMARC but no MX")]),
        (f"'': [{A}, {SPF}]\n{POLICY}", [(IMPLICIT, 1, "has SPF but no MX")]),
        (f"'': {SPF}\n{POLICY}", []),
        (f"'': [{A}, {SPF}, {{type: MX, value: {{preference: 0, exchange: .}}}}]\n", []),
        (f"www: {A}\n_dmarc.www: {{type: TXT, value: 'v=DMARC1\\; p=reject'}}\n", [(IMPLICIT, 2, "`www.example.com`")]),
        (f"'*': [{A}, {SPF}]\n", []),
        (f"'': [{SPF}, {{type: ALIAS, value: x.example.net.}}]\n", []),
        (f"_spf: [{A}, {SPF}]\n", []),
        (f"out: [{A}, {{type: TXT, value: v=spf1 a -all}}]\n{POLICY}{KEY}", []),
        (f"'': [{A}, {{type: TXT, value: v=spf1 a -all}}]\n{POLICY}{KEY}", [(IMPLICIT, 1, "has SPF but no MX")]),
        (mx("", "mx1.example.com.") + f"mx1: [{A}, {SPF}]\n{POLICY}", []),
    ],
)
def test_mail_that_falls_back_to_an_address(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


REPORTS = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@%s'}\n"
PROXIED = "octodns: {cloudflare: {proxied: true}}"


@pytest.mark.parametrize(
    ("zone", "way_out"),
    [
        (f"'': [{A}, {SPF}]\n{POLICY}", "publish the null MX `0 .`, as its SPF lets nothing send either"),
        (
            f"'': [{A}, {{type: TXT, value: v=spf1 ip4:192.0.2.9 -all}}]\n{POLICY}{KEY}",
            "publish its MX, or the null MX",
        ),
        (
            f"'': [{A}, {SPF}]\nx: {{type: TXT, value: write to a@example.com}}\n",
            "publish its MX, as `@example.com` is",
        ),
        (f"'': [{{type: A, value: 11.22.33.44, {PROXIED}}}, {SPF}]\n{POLICY}", "publish the null MX"),
        (f"'': [{{type: A, value: 192.0.2.1, {PROXIED}}}, {SPF}]\n{POLICY}", ""),
        (f"'': [{{type: AAAA, value: '100::', {PROXIED}}}, {SPF}]\n{POLICY}", ""),
        (f"'': [{{type: AAAA, value: '100::'}}, {SPF}]\n{POLICY}", ""),
    ],
)
def test_what_to_publish_where_there_is_no_mx(check_zone: CheckZone, zone: str, way_out: str) -> None:
    found = [each for each in check_zone(zone) if each.rule == IMPLICIT]

    assert [each.help.startswith(way_out) for each in found] == ([True] if way_out else [])


def test_of_a_name_that_gets_reports_one_rule_speaks(check_zone: CheckZone) -> None:
    (found,) = check_zone(f"'': [{A}, {SPF}]\n{REPORTS % 'example.com'}")

    assert found.rule == "dmarc-report-address-unreachable"
    assert "go to its address" in found.message


def test_of_a_name_that_gets_reports_of_another_zone_no_null_mx_is_proposed(check_zone: CheckZone) -> None:
    found = check_zone(
        f"# file: example.com.yaml\n'': [{A}, {SPF}]\n# file: example.org.yaml\n{REPORTS % 'example.com'}"
    )

    assert ["publish its MX, as" in each.help for each in found if each.rule == IMPLICIT] == [True]


@pytest.mark.parametrize(
    ("zone", "expected", "severity"),
    [
        (mx("", "a.example.com.") + host("a", "2001:db8::1"), [(V6, 6, "has no A record")], "warning"),
        (mx("", "a.example.com.") + host("a", "2001:db8::1", "192.0.2.1"), [], ""),
        (
            mx("", "a.example.com.", "b.example.com.") + host("a", "2001:db8::1") + host("b", "192.0.2.1"),
            [(V6, 6, "")],
            "info",
        ),
        (
            mx("", "a.example.com.", "mx.example.net.") + host("a", "2001:db8::1"),
            [(V6, 6, "")],
            "info",
        ),
        (
            mx("", "a.example.com.", "b.example.com.") + host("a", "2001:db8::1") + host("b", "2001:db8::2"),
            [(V6, 6, ""), (V6, 7, "")],
            "warning",
        ),
        (mx("", "a.example.com.") + host("a", "fd00::1"), [("mx-target-private", 6, "")], "error"),
        (mx("", "a.example.com."), [("mx-target-missing", 6, "")], "error"),
        (mx("", "mx.example.net."), [], ""),
    ],
)
def test_hosts_with_ipv6_only(check_zone: CheckZone, zone: str, expected: Expected, severity: str) -> None:
    found = check_zone(zone + POLICY)

    assert_said(found, expected)
    assert {each.severity for each in found} <= {severity}
