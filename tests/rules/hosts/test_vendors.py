"""What vendors' hosts in one MX set, in SPF and in report addresses mean, beyond the rules' manuals."""

import pytest

from linter.finding import Finding
from tests.rules.conftest import CheckZone, Expected, assert_said, said

STRICT = "profile: strict\n"
M365, NEW = "example-com.mail.protection.outlook.com.", "example-com.e-v1.mx.microsoft."
GOOGLE, OLD = "smtp.google.com.", "aspmx.l.google.com."
GATE, SOPHOS = "eu-smtp-inbound-1.mimecast.com.", "mx-01-eu-west-1.prod.hydra.sophos.com."
MAILBOX_ORG, ROUTE = "mxext1.mailbox.org.", "route1.mx.cloudflare.net."
VERIFY = "ms12345678.msv1.invalid."
DNS = """\
version: 1
answers:
  spf.protection.outlook.com: {TXT: ["v=spf1 ip4:40.92.0.0/15 -all"]}
  _spf.google.com: {TXT: ["v=spf1 ip4:74.125.0.0/16 ~all"]}
  secureserver.net: {TXT: ["v=spf1 include:spf.protection.outlook.com -all"]}
  eu._netblocks.mimecast.com: {TXT: ["v=spf1 ip4:192.0.2.0/24 -all"]}
  amazonses.com: {TXT: ["v=spf1 ip4:54.240.0.0/18 -all"]}
  zohomail.com: {TXT: ["v=spf1 ip4:136.143.160.0/20 -all"]}
"""


def zone(hosts: tuple[str, ...], spf: str = "include:_spf.example.net") -> str:
    values = "".join(
        f"      - preference: {number * 10}\n        exchange: {host}\n" for number, host in enumerate(hosts, 1)
    )
    return (
        f"'':\n  - type: MX\n    values:\n{values}  - type: TXT\n    value: v=spf1 {spf} -all\n"
        "_dmarc:\n  type: TXT\n  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net\n"
        "s1._domainkey:\n  type: CNAME\n  value: s1.keys.example.net.\n"
    )


def judged(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings without remarks on what has nothing to do with vendors: an include's cost, a dot at its end."""
    return tuple(each for each in findings if each.rule not in ("spf-lookups-unknown", "spf-trailing-dot"))


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ((M365,), []),
        ((NEW,), []),
        ((GOOGLE,), []),
        ((OLD, "alt1.aspmx.l.google.com.", "alt2.aspmx.l.google.com.", "aspmx2.googlemail.com."), []),
        ((M365.upper(), "EXAMPLE-COM0e.Mail.Protection.Outlook.com."), []),
        ((GATE, "eu-smtp-inbound-2.mimecast.com."), []),
        ((GATE, SOPHOS), []),
        ((GATE, "mail.example.net."), []),
        ((M365, "mail.example.net."), []),
        ((ROUTE, "route2.mx.cloudflare.net.", "route3.mx.cloudflare.net."), []),
        ((M365, "mxa.mailgun.org."), []),
        ((NEW, M365), [("mx-styles-mixed", 7, "another form")]),
        ((M365, VERIFY), [("mx-verification-left", 7, "Microsoft 365 asks for it")]),
        ((GOOGLE, VERIFY), [("mx-verification-left", 7, "accepts no mail")]),
        ((M365, GOOGLE), [("mx-split-between-systems", 7, "Microsoft 365 or to Google Workspace")]),
        ((M365, GOOGLE, OLD), [("mx-split-between-systems", 7, "at random"), ("mx-styles-mixed", 9, "another form")]),
        ((ROUTE, GOOGLE), [("mx-split-between-systems", 7, "Cloudflare")]),
        ((GATE, M365), [("mx-gateway-bypass", 7, "bypasses the gateway")]),
        ((M365, GATE), [("mx-gateway-bypass", 5, "Microsoft 365 without passing Mimecast")]),
        ((GATE, VERIFY), [("mx-verification-left", 7, "accepts no mail")]),
        ((GATE, M365, GOOGLE), [("mx-gateway-bypass", 7, "bypasses the gateway")]),
    ],
)
def test_the_hosts_of_one_set(check_zone: CheckZone, hosts: tuple[str, ...], expected: Expected) -> None:
    assert_said(judged(check_zone(zone(hosts))), expected)


@pytest.mark.parametrize(
    ("hosts", "severity"),
    [
        ((M365, GOOGLE), "error"),
        ((M365, MAILBOX_ORG), "info"),
        ((GATE, M365), "error"),
        ((GATE, MAILBOX_ORG), "info"),
    ],
)
def test_no_error_rests_on_what_is_not_confirmed(check_zone: CheckZone, hosts: tuple[str, ...], severity: str) -> None:
    assert [each.severity for each in judged(check_zone(zone(hosts)))] == [severity]


@pytest.mark.parametrize(
    ("hosts", "spf", "is_reported"),
    [
        ((GOOGLE,), "include:spf.protection.outlook.com", True),
        ((M365,), "include:_spf.google.com", True),
        ((M365,), "include:_spf.google.com include:amazonses.com", True),
        ((GOOGLE,), "include:_spf.google.com", False),
        ((GOOGLE,), "include:spf.protection.outlook.com include:_spf.google.com", False),
        ((GOOGLE,), "include:spf.protection.outlook.com ip4:11.22.33.44", False),
        ((GOOGLE,), "include:spf.protection.outlook.com mx", False),
        ((GOOGLE,), "include:spf.protection.outlook.com include:spf.unknown.example", False),
        ((GOOGLE,), "include:spf.protection.outlook.com include:eu._netblocks.mimecast.com", False),
        ((GOOGLE,), "include:amazonses.com", False),
        ((M365,), "include:secureserver.net", False),
        ((GOOGLE,), "include:spf.messagingengine.com", True),
        ((GOOGLE,), "include:websitewelcome.com", True),
        ((GOOGLE,), "include:websitewelcome.com a", False),
        ((GATE,), "include:spf.protection.outlook.com", False),
        ((ROUTE,), "include:_spf.google.com", False),
        ((GOOGLE, "mail.example.net."), "include:spf.protection.outlook.com", False),
        ((GOOGLE,), "?include:spf.protection.outlook.com", False),
        ((GOOGLE,), "include:%{d}.spf.protection.outlook.com", False),
    ],
)
def test_a_vendor_that_may_not_send(check_zone: CheckZone, hosts: tuple[str, ...], spf: str, is_reported: bool) -> None:
    found = [each.rule for each in check_zone(zone(hosts, spf), dns=DNS, neighbours=False)]

    assert ("provider-mismatch" in found) is is_reported


@pytest.mark.parametrize(
    ("host", "term"),
    [
        ("example-us.mail.protection.office365.us.", "include:spf.protection.office365.us"),
        (M365, "include:spf.protection.outlook.com"),
        ("mx.zoho.eu.", "include:zohomail.eu"),
    ],
)
def test_the_way_out_names_the_record_of_the_cloud(check_zone: CheckZone, host: str, term: str) -> None:
    found = judged(check_zone(zone((host,), "include:_spf.google.com"), dns=DNS))

    assert [each.help.partition("`, or")[0] for each in found] == [f"add `{term}"]


def test_the_names_of_vendors_tell_without_their_records(check_zone: CheckZone) -> None:
    found = check_zone(zone((GOOGLE,), "include:spf.protection.outlook.com"), neighbours=False)
    assert "provider-mismatch" in [each.rule for each in found]

    found = check_zone(zone((M365,), "include:secureserver.net"), neighbours=False)
    assert "provider-mismatch" not in [each.rule for each in found]


@pytest.mark.parametrize(
    ("spf", "words", "severity"),
    [
        ("include:_spf.mimecast.com", "did not exist when it was looked up", "warning"),
        ("include:_Netblocks2.Google.com.", "write `include:_spf.google.com`", "info"),
        ("include:_netblocks.google.com include:_spf.google.com", "delete the term: `include", "info"),
        ("include:spf.sendinblue.com", "former name", "info"),
        ("include:_spf.pphosted.com", "delete the term", "warning"),
    ],
)
def test_withdrawn_names_in_spf(check_zone: CheckZone, spf: str, words: str, severity: str) -> None:
    found = judged(check_zone(zone(("mail.example.net.",), spf)))

    assert [(each.rule, each.severity) for each in found] == [("spf-retired-include", severity)]
    assert words in said(found)[0][2]
    assert found[0].span.text == spf.partition(" ")[0]


@pytest.mark.parametrize("term", ["include:x._netblocks.google.com", "include:netblocks.google.com", "ip4:11.22.33.44"])
def test_names_that_are_not_withdrawn(check_zone: CheckZone, term: str) -> None:
    assert judged(check_zone(zone(("mail.example.net.",), term))) == ()


@pytest.mark.parametrize(
    ("tags", "marked", "words"),
    [
        ("rua=mailto:a@dmarc.service.gov.uk", ["mailto:a@dmarc.service.gov.uk"], "31 March 2026"),
        (
            "rua=mailto:a@example.net,mailto:a@DMARC.service.gov.uk",
            ["mailto:a@DMARC.service.gov.uk"],
            "check whether what goes there",
        ),
        ("rua=mailto:a@x.dmarc.service.gov.uk", ["mailto:a@x.dmarc.service.gov.uk"], "is said to have closed"),
        ("rua=mailto:a@service.gov.uk", [], ""),
        ("rua=mailto:a@notdmarc.service.gov.uk", [], ""),
    ],
)
def test_closed_services_of_reports(check_zone: CheckZone, tags: str, marked: list[str], words: str) -> None:
    found = check_zone(f"_dmarc:\n  type: TXT\n  value: v=DMARC1\\; p=reject\\; {tags}\n")

    assert [each.span.text for each in found if each.rule == "dmarc-retired-report-address"] == marked
    assert all(words in message for _, _, message in said(found))


@pytest.mark.parametrize(
    ("host", "addresses", "is_reported"),
    [
        ("mail.example.com.", "A: 192.0.2.25", True),
        ("mail.example.com.", "A: [192.0.2.25, 192.0.2.26]", False),
        ("mail.example.net.", "A: 192.0.2.25", False),
        (GOOGLE, "A: 192.0.2.25", False),
    ],
)
def test_a_single_host(check_zone: CheckZone, host: str, addresses: str, is_reported: bool) -> None:
    kind, _, value = addresses.partition(": ")
    held = "values" if value.startswith("[") else "value"
    text = f"{zone((host,), 'mx')}mail:\n  type: {kind}\n  {held}: {value}\n"

    found = [each.rule for each in check_zone(text, config="rules: {mx-single-host: info}\n")]

    assert ("mx-single-host" in found) is is_reported


def test_a_hostile_set_of_hosts_is_judged_in_time(check_zone: CheckZone) -> None:
    hosts = tuple(f"{'a.' * 60}{number}.e-v1.mx.microsoft." for number in range(200))

    assert {each.rule for each in judged(check_zone(zone((*hosts, M365, GATE))))} <= {
        "mx-gateway-bypass",
        "mx-styles-mixed",
    }


@pytest.mark.parametrize(
    ("host", "is_reported"),
    [("mx.runbox.com", False), ("mta-gw.infomaniak.ch", False), ("mail.example.net", True), ("mx1.mailbox.org", True)],
)
def test_the_one_host_of_a_vendor_that_asks_for_no_other(check_zone: CheckZone, host: str, is_reported: bool) -> None:
    addresses = f"# file: {host}.yaml\n'':\n  type: A\n  value: 192.0.2.25\n"

    found = check_zone(
        f"# file: example.com.yaml\n{zone((f'{host}.',))}{addresses}", config="rules: {mx-single-host: info}"
    )

    assert ("mx-single-host" in [each.rule for each in found]) is is_reported
