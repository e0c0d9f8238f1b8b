"""Names that public DNS cannot have: which rule speaks of them where, and where they are in order."""

import pytest

from linter.facts.facts import Facts, Publishing
from linter.facts.texts import Parsers
from linter.finding import Finding
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import Zones
from linter.run.estate import Estate
from linter.zone.model import Zone

from .conftest import CheckZone

HOST, SPF, REPORTS, AUTODISCOVER = (
    "mx-target-not-a-host",
    "spf-domain-not-public",
    "dmarc-report-address-unreachable",
    "autodiscover-elsewhere",
)
_ABOUT = (
    HOST,
    SPF,
    REPORTS,
    AUTODISCOVER,
    "mx-target",
    "spf-",
    "dmarc-",
    "name-invalid",
    "tls-rpt",
    "cname-",
    "intent",
)
_BESIDE = (
    "spf-missing",
    "dmarc-missing",
    "dmarc-enforced",
    "spf-lookups",
    "dmarc-policy",
    "dmarc-none",
    "spf-softfail",
)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """(rule, severity) of what concerns names."""
    return [
        (each.rule, each.severity)
        for each in findings
        if each.rule.startswith(_ABOUT) and not each.rule.startswith(_BESIDE)
    ]


def mx(host: str) -> str:
    return f"'': {{type: MX, value: {{preference: 10, exchange: '{host}'}}}}\n"


INSIDE = [
    "localhost.",
    "exch01.",
    "com.",
    "exch01.contoso.local.",
    "exch01.corp.internal.",
    "mail.contoso.invalid.",
    "mail.contoso.onion.",
    "mail.contoso.test.",
    "mail.contoso.example.",
    "mail.contoso.alt.",
    "mail.contoso.lan.",
    "mail.contoso.corp.",
    "server.home.arpa.",
    "25.2.0.192.in-addr.arpa.",
    "LOCAL.",
    "EXCH01.Contoso.Local.",
]
NOWHERE = ["0.", "mail.1.", "1.2.3."]


@pytest.mark.parametrize("host", [*INSIDE, *NOWHERE])
def test_an_mx_host_that_nobody_outside_finds(check_zone: CheckZone, host: str) -> None:
    assert told(check_zone(mx(host), name="contoso.com.yaml")) == [(HOST, "error")]


@pytest.mark.parametrize("zone", ["example.com", "ex.test", "a.example", "x.localhost", "contoso.local", "corp.lan"])
@pytest.mark.parametrize("host", INSIDE)
def test_names_from_inside_are_in_order_in_examples_and_inside(check_zone: CheckZone, zone: str, host: str) -> None:
    assert HOST not in {each.rule for each in check_zone(mx(host), name=f"{zone}.yaml")}


@pytest.mark.parametrize("zone", ["example.com", "ex.test", "contoso.local"])
@pytest.mark.parametrize("host", NOWHERE)
def test_what_no_dns_can_hold_is_in_order_nowhere(check_zone: CheckZone, zone: str, host: str) -> None:
    assert told(check_zone(mx(host), name=f"{zone}.yaml")) == [(HOST, "error")]


@pytest.mark.parametrize(
    "host",
    ["mail.contoso.net.", "mail.local.net.", "local.contoso.net.", "mail.example.com.", "xn--bcher-kva.de.", "."],
)
def test_other_hosts_are_in_order(check_zone: CheckZone, host: str) -> None:
    assert HOST not in {each.rule for each in check_zone(mx(host), name="contoso.com.yaml")}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (mx("a_b.contoso.com.") + "a_b: {type: A, value: 11.0.0.1}\n", [(HOST, "warning")]),
        (
            mx("a_b.contoso.com.") + "a_b: {type: AAAA, value: '2a00:1450::1'}\n",
            [("mx-target-ipv6-only", "warning"), (HOST, "warning")],
        ),
        (mx("-a.contoso.com.") + "'-a': {type: A, value: 11.0.0.1}\n", [(HOST, "warning")]),
        (mx("a_b.contoso.com."), [("mx-target-missing", "error")]),
        (mx("a_b.contoso.net."), []),
        (mx("ms123.msv1.invalid."), []),
    ],
)
def test_hosts_with_other_letters(check_zone: CheckZone, records: str, expected: list[tuple[str, str]]) -> None:
    assert told(check_zone(records, name="contoso.com.yaml")) == expected


def test_a_network_may_name_its_own_hosts_as_it_likes(check_zone: CheckZone) -> None:
    zone = mx("a_b.contoso.local.") + "a_b: {type: A, value: 10.0.0.1}\n"

    assert told(check_zone(zone, name="contoso.local.yaml")) == []


def test_one_cause_is_one_finding_where_the_inside_zone_is_declared_too(check_zone: CheckZone) -> None:
    inside = "# file: contoso.local.yaml\nexch01: {type: A, value: 10.0.0.1}\n"
    public = f"# file: contoso.com.yaml\n{mx('exch01.contoso.local.')}"

    assert told(check_zone(public + inside, name="contoso.com.yaml")) == [(HOST, "error")]
    assert told(check_zone(public + inside.replace("exch01:", "other:"), name="contoso.com.yaml")) == [(HOST, "error")]


@pytest.mark.parametrize(
    "host", ["198.18.0.1", "198.19.255.254", "fec0::1", "100.64.1.1", "192.0.0.8", "100::1", "5f00::1"]
)
@pytest.mark.parametrize("zone", ["contoso.com", "ex.test"])
def test_addresses_that_are_not_globally_reachable(check_zone: CheckZone, zone: str, host: str) -> None:
    kind = "AAAA" if ":" in host else "A"
    text = mx(f"mail.{zone}.") + f"mail: {{type: {kind}, value: '{host}'}}\n"

    assert ("mx-target-private", "error") in told(check_zone(text, name=f"{zone}.yaml"))


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "3fff::1", "11.0.0.1", "198.20.0.1"])
def test_documentation_networks_are_ordinary_for_mx(check_zone: CheckZone, host: str) -> None:
    kind = "AAAA" if ":" in host else "A"
    text = mx("mail.contoso.com.") + f"mail: {{type: {kind}, value: '{host}'}}\n"

    assert "mx-target-private" not in {each.rule for each in check_zone(text, name="contoso.com.yaml")}


LONG = "a" * 64


@pytest.mark.parametrize(
    ("term", "rule", "severity"),
    [
        *(
            (f"{term}spf.contoso.{top}", SPF, "error")
            for term in ("include:",)
            for top in ("local", "internal", "onion")
        ),
        *(
            (f"{term}x.contoso.{top}", SPF, "warning")
            for term in ("a:", "mx:", "exists:")
            for top in ("local", "invalid")
        ),
        ("include:x.home.arpa", SPF, "error"),
        ("a:mail.contoso...com", SPF, "warning"),
        ("include:.contoso.net", SPF, "error"),
        ("mx:mail..contoso.net", SPF, "warning"),
        (f"exists:{LONG}.contoso.net", SPF, "warning"),
        (f"include:{LONG}.contoso.net", SPF, "error"),
        ("include:https://spf.contoso.net", SPF, "error"),
        ("exists:https://spf.contoso.net", SPF, "warning"),
        ("a:http://mail.contoso.net", "spf-syntax", "error"),
        ("mx:https://contoso.net/24", "spf-syntax", "error"),
        ("include:https://spf.contoso.net/", "spf-syntax", "error"),
        ("a:www.contoso.net/x.html", SPF, "warning"),
        ("exists:%{ir}.spf.corp.internal", SPF, "warning"),
        ("include:%{d}.local", SPF, "error"),
        ("include:localhost", "spf-syntax", "error"),
        ("a:localhost.", "spf-syntax", "error"),
    ],
)
def test_terms_that_nobody_outside_finds(check_zone: CheckZone, term: str, rule: str, severity: str) -> None:
    found = check_zone(f"'': {{type: TXT, value: 'v=spf1 {term} -all'}}\n", name="contoso.com.yaml")

    assert told(found) == [(rule, severity)]
    assert not [each for each in found if each.rule == "spf-lookups-unknown"]


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 redirect=x.contoso.local",
        "v=spf1 a redirect=a..contoso.net",
    ],
)
def test_a_redirect_needs_its_name(check_zone: CheckZone, record: str) -> None:
    found = check_zone(f"'': {{type: TXT, value: '{record}'}}\n", name="contoso.com.yaml")

    assert told(found) == [(SPF, "error")]


@pytest.mark.parametrize(
    "term",
    [
        "include:_spf.contoso.net",
        "exists:%{ir}.in-addr.arpa",
        "exists:%{l}=x.%{d}._spf.contoso.net",
        "include:x.%{d}",
        "a:a_b.contoso.net",
        "-all include:x.local",
    ],
)
def test_terms_that_may_be_found(check_zone: CheckZone, term: str) -> None:
    found = check_zone(f"'': {{type: TXT, value: 'v=spf1 {term} -all'}}\n", name="contoso.com.yaml")

    assert SPF not in {each.rule for each in found}


@pytest.mark.parametrize(("zone", "count"), [("contoso.com", 1), ("ex.test", 0), ("contoso.local", 0)])
@pytest.mark.parametrize("tag", ["rua", "ruf"])
@pytest.mark.parametrize("host", ["contoso.local", "corp.internal", "x.onion", "mail.home.arpa", "contoso.invalid"])
def test_reports_to_hosts_inside(check_zone: CheckZone, zone: str, count: int, tag: str, host: str) -> None:
    text = f"_dmarc: {{type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:a@{zone}; {tag}=mailto:d@{host}'}}\n"
    text = text if tag == "ruf" else text.replace(f"rua=mailto:a@{zone}; ", "")
    text += "'': {type: MX, value: {preference: 10, exchange: mx.contoso.net.}}\n"

    assert told(check_zone(text, name=f"{zone}.yaml")) == [(REPORTS, "warning")] * count


@pytest.mark.parametrize("uri", ["mailto:t@contoso.local", "https://tls.corp.internal/report"])
@pytest.mark.parametrize(("zone", "count"), [("contoso.com", 1), ("ex.test", 0)])
def test_tls_reports_to_hosts_inside(check_zone: CheckZone, uri: str, zone: str, count: int) -> None:
    text = f"_smtp._tls: {{type: TXT, value: 'v=TLSRPTv1; rua={uri}'}}\n"

    assert told(check_zone(text, name=f"{zone}.yaml")) == [("tls-rpt-invalid-uri", "warning")] * count


@pytest.mark.parametrize(
    "record",
    [
        "autodiscover: {type: CNAME, value: exch01.contoso.local.}\n",
        "autodiscover: {type: CNAME, value: localhost.}\n",
        "_autodiscover._tcp: {type: SRV, value: {priority: 0, weight: 0, port: 443, target: exch01.corp.internal.}}\n",
    ],
)
def test_autodiscover_inside(check_zone: CheckZone, record: str) -> None:
    intent = "systems: {m: {provider: microsoft-365}}\nmail: {contoso.com: {receives: m}}\n"

    for config in ("", intent):
        found = [
            each for each in check_zone(record, name="contoso.com.yaml", config=config) if each.rule == AUTODISCOVER
        ]
        assert [each.severity for each in found] == ["error"]
    assert not [each for each in check_zone(record, name="ex.test.yaml") if each.rule == AUTODISCOVER]


def test_a_zone_that_is_declared_internal_takes_names_from_inside() -> None:
    zone = Zone("contoso.com.", (), ())
    facts = Facts(
        ZoneIndex(zone), Zones({"contoso.com.": ZoneIndex(zone)}.get), Estate([], ""), Publishing(), Parsers()
    )

    assert facts.not_public("exch01.contoso.local.") is not None
    facts.is_internal = True
    assert facts.not_public("exch01.contoso.local.") is None
    assert facts.not_public("a..contoso.local.") is not None
    assert facts.is_inside


def test_the_declared_system_is_not_named_as_well(check_zone: CheckZone) -> None:
    intent = "systems: {m: {provider: microsoft-365}}\nmail: {contoso.com: {receives: m}}\n"

    assert told(check_zone(mx("exch01.contoso.local."), name="contoso.com.yaml", config=intent)) == [(HOST, "error")]
    others = check_zone(mx("mx.contoso.net."), name="contoso.com.yaml", config=intent)
    assert told(others) == [("intent-mx-differs", "error")]


def test_names_that_are_too_long_are_no_names(check_zone: CheckZone) -> None:
    name = ".".join(["a" * 60] * 5)
    spf = check_zone(f"'': {{type: TXT, value: 'v=spf1 a:{name}.net -all'}}\n", name="contoso.com.yaml")
    dmarc = check_zone(f"_dmarc: {{type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:d@{name}.net'}}\n")

    assert [each for each in told(spf) if each[0] == SPF] == [(SPF, "warning")]
    assert "drop labels" in next(each.message for each in spf if each.rule == SPF)
    assert (REPORTS, "warning") in told(dmarc)
