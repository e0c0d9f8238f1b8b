"""Cases of the rules about where DMARC reports go, which receivers see what, and who signs."""

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

MX_THERE = "'': [{type: MX, value: {preference: 10, exchange: mx.example.edu.}}, {type: TXT, value: v=spf1 -all}]\n"
ASKS = "_dmarc:\n  {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@example.org'}\n"
THERE = f"# file: example.org.yaml\n{MX_THERE}_dmarc: {{type: TXT, value: 'v=DMARC1\\; p=reject'}}\n"
FOREIGN, LOST = "dmarc-report-unauthorised", "dmarc-report-address-unreachable"


def permit(name: str, text: str) -> str:
    return f"'{name}._report._dmarc': {{type: TXT, value: '{text}'}}\n"


@pytest.mark.parametrize(
    ("permits", "expected"),
    [
        ("", [(FOREIGN, 2, "at `example.com._report._dmarc.example.org`")]),
        (permit("example.com", "v=DMARC1\\;"), []),
        (permit("example.com", "v=DMARC1"), []),
        (permit("*", "v=DMARC1\\;"), []),
        (permit("example.net", "v=DMARC1\\;"), [(FOREIGN, 2, "does not authorise")]),
        ("'*': {type: TXT, value: x}\n", [(FOREIGN, 2, "does not authorise")]),
        ("_report._dmarc: {type: NS, values: [ns1.example.edu., ns2.example.edu.]}\n", []),
        ("example.com._report._dmarc: {type: CNAME, value: any.example.edu.}\n", []),
    ],
)
def test_who_has_agreed_to_get_reports(check_zone: CheckZone, permits: str, expected: Expected) -> None:
    assert_said(check_zone(f"# file: example.com.yaml\n{ASKS}{THERE}{permits}"), expected)


def test_the_line_of_the_destination_is_shown(check_zone: CheckZone) -> None:
    (found,) = check_zone(f"# file: example.com.yaml\n{ASKS}{THERE}")

    assert [each.span.source.path.rpartition("/")[2] for each in found.related] == ["example.org.yaml"]
    assert found.span.source.text[found.span.start : found.span.end] == "mailto:d@example.org"


@pytest.mark.parametrize(
    ("rua", "dns", "expected"),
    [
        ("mailto:d@example.com", "", [(LOST, 3, "has no MX")]),
        ("mailto:d@EXAMPLE.com,mailto:e@example.com", "", [(LOST, 3, "has no MX")]),
        ("mailto:d@sub.example.com", "", [(LOST, 3, "does not exist")]),
        ("mailto:d@www.example.com", "", [(LOST, 3, "has no MX")]),
        ("mailto:d@in.example.com", "", []),
        ("mailto:d@example.net", "", []),
        ("https://example.com/report", "", [("dmarc-invalid-uri", 3, "")]),
        ("mailto:d@example.net", "example.net: nxdomain", [(LOST, 3, "`example.net` does not exist")]),
        ("mailto:d@example.net", "example.net: {MX: ['0 .']}", [(LOST, 3, "has a null MX")]),
        ("mailto:d@example.net", "example.net: servfail", []),
        (
            "mailto:d@example.net",
            "example.com._report._dmarc.example.net: nxdomain",
            [(FOREIGN, 3, "does not authorise")],
        ),
        ("mailto:d@example.net", "example.com._report._dmarc.example.net: timeout", []),
        (
            "mailto:d@example.net",
            "example.com._report._dmarc.example.net: {TXT: ['\"v=spf1 -all\"']}",
            [(FOREIGN, 3, "does not authorise")],
        ),
        ("mailto:d@example.net", "example.com._report._dmarc.example.net: {TXT: ['\"v=DMARC1\"']}", []),
        ("mailto:d@in.example.com", "example.com._report._dmarc.in.example.com: nxdomain", []),
    ],
)
def test_where_reports_go(check_zone: CheckZone, rua: str, dns: str, expected: Expected) -> None:
    zone = f"_dmarc:\n  type: TXT\n  value: 'v=DMARC1\\; p=reject\\; rua={rua}'\n"
    zone += "www: {type: A, value: 192.0.2.1}\n"
    zone += "in: [{type: MX, value: {preference: 1, exchange: mx.example.edu.}}, {type: TXT, value: v=spf1 -all}]\n"

    assert_said(check_zone(zone, dns=f"version: 1\nanswers:\n  {dns}\n" if dns else ""), expected)


def test_a_shared_policy_is_judged_by_where_its_reports_go(check_zone: CheckZone) -> None:
    zone = "_dmarc: {type: CNAME, value: _dmarc_p.example.com.}\n"
    zone += "_dmarc_p:\n  type: TXT\n  value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@gone.example.com'\n"

    assert_said(check_zone(zone), [(LOST, 4, "does not exist")])


def test_a_permit_whose_name_is_too_long_cannot_exist(check_zone: CheckZone) -> None:
    host = ".".join(["x" * 60] * 4)
    zone = f"_dmarc:\n  type: TXT\n  value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@{host}'\n"

    assert_said(check_zone(zone), [(FOREIGN, 3, "would be too long")])


SENDS = "{type: TXT, value: 'v=spf1 include:_spf.example.edu -all'}"
REJECT = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject'}\n"
STRICT = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; adkim=s'}\n"
KEY = "s1._domainkey: {type: CNAME, value: s1.example.edu.}\n"
UNSIGNED = "dmarc-enforced-without-dkim"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (f"'': {SENDS}\n{REJECT}", [(UNSIGNED, 2, "`p=reject` and has no DKIM selector")]),
        (f"'': {SENDS}\n{REJECT}{KEY}", []),
        (f"'': {SENDS}\n{REJECT}s1._domainkey: {{type: TXT, value: 'v=DKIM1\\; p='}}\n", [(UNSIGNED, 2, "")]),
        (f"'': {SENDS}\n{REJECT}'*._domainkey': {{type: TXT, value: 'v=DKIM1\\; p='}}\n", []),
        (f"'': {SENDS}\n{REJECT}_domainkey: {{type: NS, values: [a.example.edu., b.example.edu.]}}\n", []),
        (f"'': {SENDS}\n{REJECT}'*': {{type: CNAME, value: x.example.edu.}}\n", []),
        (f"'': {SENDS}\n{REJECT}s1._domainkey.news: {{type: CNAME, value: s1.example.edu.}}\n", []),
        (f"'': {SENDS}\n{STRICT}s1._domainkey.news: {{type: CNAME, value: s1.example.edu.}}\n", [(UNSIGNED, 2, "")]),
        (f"'': {{type: TXT, value: v=spf1 -all}}\n{REJECT}", []),
        (f"'': {{type: TXT, value: v=spf1 mx -all}}\n{REJECT}", [(UNSIGNED, 2, "")]),
        (f"'': {SENDS}\n_dmarc: {{type: TXT, value: 'v=DMARC1\\; p=none\\; rua=mailto:d@example.edu'}}\n", None),
        (f"news: {SENDS}\n{REJECT}", [(UNSIGNED, 1, "under the policy `reject` of `example.com`")]),
        (f"news: {SENDS}\n{REJECT}{KEY}", []),
        (f"news: {SENDS}\n{STRICT}{KEY}", [(UNSIGNED, 1, "")]),
        (f"news: {SENDS}\n{STRICT}s1._domainkey.news: {{type: CNAME, value: s1.example.edu.}}\n", []),
        (f"_spf: {SENDS}\n{REJECT}", []),
        (f"'': {SENDS}\n{REJECT}s1._domainkey: {{type: TXT, value: s1.dkim.example.edu.}}\n", None),
    ],
)
def test_who_sends_without_a_key(check_zone: CheckZone, zone: str, expected: Expected | None) -> None:
    found = check_zone(zone)

    if expected is None:
        assert UNSIGNED not in [each.rule for each in found]
    else:
        assert_said(found, expected)


def test_a_zone_below_the_organisation_says_nothing_about_keys_above(check_zone: CheckZone) -> None:
    zone = f"'': {SENDS}\n{REJECT}"

    assert [each.rule for each in check_zone(zone, "shop.example.com.yaml")] == []
    assert [each.rule for each in check_zone(zone, "example.co.uk.yaml")] == [UNSIGNED]


DIFFER = "dmarc-receiver-generations-differ"
BETWEEN = "_dmarc.dept: {type: TXT, value: 'v=DMARC1\\; p=reject'}\n"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (BETWEEN, [(DIFFER, 1, "apply no DMARC to `mail.dept.example.com`, those of RFC 9989 `reject`")]),
        (BETWEEN + REJECT, []),
        (REJECT, []),
        (BETWEEN + "_dmarc.mail.dept: {type: TXT, value: 'v=DMARC1\\; p=reject'}\n", []),
        (BETWEEN.replace("reject", "rejct"), [("dmarc-invalid-value", 3, "")]),
    ],
)
def test_which_record_old_and_new_receivers_find(check_zone: CheckZone, records: str, expected: Expected) -> None:
    assert_said(check_zone(f"mail.dept: {SENDS}\n{KEY}{records}"), expected)
