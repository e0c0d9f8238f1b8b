"""Cases of the rules about declared mail that do not fit a manual: routes, Autodiscover, what is elsewhere."""

import pytest

from tests.rules.conftest import CheckZone

SYSTEMS = """zone: example.com
systems:
  web: {receives: [mx.web.example], spf: include:_spf.web.example, dkim: [s1], clients: {imaps: imap.web.example}}
  office: {provider: microsoft-365, tenant: contoso}
  other: {provider: microsoft-365, tenant: fabrikam}
  exchange: {receives: [mail.example.com], spf: 'ip4:50.0.0.25', dkim: [ex], clients: {autodiscover: mail.example.com}}
  letters: {spf: include:_spf.letters.example, envelope: bounce.example.com, dkim: [k1]}
  odd: {provider: sendgrid}
mail:
"""
REST = """  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.web.example.}}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
  ex._domainkey: {type: CNAME, value: ex.keys.example.net.}
"""
WEB = """  '':
    - {type: MX, value: {preference: 10, exchange: mx.web.example.}}
    - {type: TXT, value: v=spf1 include:_spf.web.example -all}
"""
BOTH = WEB.replace("example -all", "example ip4:50.0.0.25 -all")
HOST = "  mail: {type: A, value: 50.0.0.25}\n"
OFFICE = """  '':
    - {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}
  selector2._domainkey: {type: CNAME, value: selector2-example-com._domainkey.contoso.onmicrosoft.com.}
"""
OFFICE_MX, TWO = "example-com.mail.protection.outlook.com.", "selector2-example-com._domainkey"
TO_OFFICE = "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
EXCHANGE = BOTH.replace("mx.web.example.", "mail.example.com.").replace("include:_spf.web.example ", "") + HOST
GOVERNMENT = (
    OFFICE.replace("mail.protection.outlook.com", "mail.protection.office365.us")
    .replace("spf.protection.outlook.com", "spf.protection.office365.us")
    .replace("onmicrosoft.com", "onmicrosoft.us")
)
LED = "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
ONLY_WEB = "  example.com: {receives: web, sends: [web]}\n"
ONLY_OFFICE = "  example.com: {receives: office, sends: [office]}\n"
ONLY_EXCHANGE = "  example.com: {receives: exchange, sends: [exchange]}\n"


def split(through: str, to: str = "exchange", first: str = "web") -> str:
    entry = f"receives: {first}, split: [{{to: {to}, through: {through}}}], sends: [{first}, {to}]"
    return f"  example.com: {{{entry}}}\n"


def route(mx: str) -> str:
    return f"{BOTH}{HOST}  route:\n    - {{type: MX, value: {{preference: 0, exchange: {mx}}}}}\n" \
        "    - {type: TXT, value: v=spf1 -all}\n"  # fmt: skip


def key(name: str, value: str, kind: str = "CNAME") -> str:
    usual = f"{{type: CNAME, value: {name}-example-com._domainkey.contoso.onmicrosoft.com.}}"
    return OFFICE.replace(f"{name}._domainkey: {usual}", f"{name}._domainkey: {{type: {kind}, value: {value}}}")


RELAXED = "  k1._domainkey: {type: CNAME, value: k1.keys.example.net.}\n"
ROWS: list[tuple[str, str, list[str]]] = [
    # routes of a split
    (split("route.example.com"), route("mail.example.com."), []),
    (split("route.example.com"), route("mx.web.example."), ["leads to `web`, which sent the mail there"]),
    (split("route.example.com"), route("mx.stranger.example."), ["is mx.stranger.example, not a host of `exchange`"]),
    (split("route.example.com"), route("."), ["has a null MX, so mail for `exchange` has no way"]),
    (split("mail.example.com"), BOTH + HOST, []),
    (split("relay.example.com"), f"{BOTH}{HOST}  relay: {{type: A, value: 50.0.0.9}}\n", []),
    (split("relay.example.com"), f"{BOTH}{HOST}  relay: {{type: CNAME, value: x.example.net.}}\n", []),
    (split("route.fabrikam.example", "other", "office"), OFFICE + TO_OFFICE,
     ["cannot be in two tenants of Microsoft 365 at once: `contoso` and `fabrikam`"]),
    (
        split("route.example.com", "other", "office").replace("sends: [office, other]", "sends: [office]"),
        f"{OFFICE}{TO_OFFICE}  route:\n    - {{type: TXT, value: v=spf1 -all}}\n"
        "    - {type: MX, value: {preference: 0, exchange: y.mail.protection.outlook.com.}}\n",
        ["cannot be in two tenants"],
    ),
    # MX
    (ONLY_WEB, WEB.replace("mx.web.example.", "."), ["a null MX refuses all mail for `example.com`"]),
    (ONLY_OFFICE, OFFICE.replace(OFFICE_MX, "ms1.msv1.invalid.") + TO_OFFICE, ["not a host of"]),
    ("  example.com: {receives: odd, sends: []}\n", "  '': {type: TXT, value: v=spf1 -all}\n", []),
    # Autodiscover
    (ONLY_EXCHANGE, f"{EXCHANGE}  autodiscover: {{type: A, value: 50.0.0.25}}\n", []),
    (ONLY_EXCHANGE, f"{EXCHANGE}  autodiscover: {{type: A, value: 50.0.0.99}}\n", []),
    (ONLY_EXCHANGE, f"{EXCHANGE}  '*': {{type: A, value: 50.0.0.99}}\n", ["what answers for `*.example.com`"]),
    (ONLY_EXCHANGE, f"{EXCHANGE}  '*': {{type: CNAME, value: w.example.net.}}\n", ["what answers for `*.example.com`"]),
    (ONLY_EXCHANGE, f"{EXCHANGE}  '*': {{type: CNAME, value: mail.example.com.}}\n", []),
    (ONLY_EXCHANGE, EXCHANGE + TO_OFFICE, ["leads to `office` (Microsoft 365), but `exchange` holds its mailboxes"]),
    (
        ONLY_EXCHANGE,
        f"{EXCHANGE}  _autodiscover._tcp: {{type: SRV, value: {{priority: 0, weight: 0, port: 443, target: "
        "autodiscover.outlook.com.}}\n",
        ["leads to `office` (Microsoft 365)"],
    ),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: A, value: 50.0.0.25}}\n",
     ["leads to `exchange`, but `office` (Microsoft 365) holds its mailboxes (let it lead to `autodiscover.outlook"]),
    # forms that are compared label by label
    *(
        (ONLY_OFFICE, OFFICE.replace("exchange: example-com.mail", f"exchange: {host}") + LED,
         [f"`{host}.protection.outlook.com` is not a host of `office`"])
        for host in ("ex.test.mail", "x.y.mail")
    ),
    *(
        (ONLY_OFFICE, OFFICE.replace("selector1-example-com._domainkey.contoso.onmicrosoft.com", target) + LED,
         [f"`{target}` is not a target of `selector1`"])
        for target in (
            "selector1-x.contoso.onmicrosoft.com",
            "selector1-ex.test._domainkey.contoso.onmicrosoft.com",
            "selector1._domainkey.contoso.onmicrosoft.com",
            "selector1-example-com._domainkey.contoso.mail.onmicrosoft.com",
            "selector1-example-com._domainkey.contoso.n-v1.x.dkim.mail.microsoft",
        )
    ),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: A, value: 50.0.0.26}}\n",
     ["leads to `50.0.0.26`, but `office` (Microsoft 365) holds its mailboxes"]),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: AAAA, value: '2a00:1450:4001::26'}}\n",
     ["leads to `2a00:1450:4001::26`, but `office` (Microsoft 365) holds its mailboxes"]),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: CNAME, value: autodiscover.web.org.}}\n",
     ["leads to `autodiscover.web.org`, but `office` (Microsoft 365) holds its mailboxes (let it lead to"]),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: CNAME, value: old.example.com.}}\n",
     ["leads to `old.example.com`, which does not exist, but `office` (Microsoft 365) holds its mailboxes"]),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: CNAME, value: to.example.com.}}\n"
     "  to: {type: CNAME, value: autodiscover.outlook.com.}\n", []),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: CNAME, value: to.example.com.}}\n"
     "  to: {type: CNAME, value: autodiscover.web.org.}\n", ["leads to `autodiscover.web.org`, but `office`"]),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: CNAME, value: autodiscover.office365.us.}}\n",
     ["leads to the cloud `gcc-high` of Microsoft 365, not `world`"]),
    (ONLY_OFFICE, GOVERNMENT + TO_OFFICE, ["leads to the cloud `world` of Microsoft 365, not `gcc-high`"]),
    (ONLY_OFFICE, GOVERNMENT + TO_OFFICE.replace("outlook.com", "office365.us"), []),
    (ONLY_OFFICE, GOVERNMENT.replace("spf.protection.office365.us", "spf.protection.outlook.com")
     + TO_OFFICE.replace("outlook.com", "office365.us"), ["`include:spf.protection.office365.us` is not covered"]),
    (ONLY_OFFICE, f"{OFFICE}  _autodiscover._tcp: {{type: SRV, value: {{priority: 0, weight: 0, port: 443, target: "
     "cpanelemaildiscovery.cpanel.net.}}\n", ["leads to cPanel and WHM, but `office`"]),
    (ONLY_EXCHANGE, f"{EXCHANGE}  autodiscover: {{type: CNAME, value: old.example.com.}}\n",
     ["leads to `old.example.com`, which does not exist, but `exchange` holds its mailboxes"]),
    (ONLY_EXCHANGE, f"{EXCHANGE}  autodiscover: {{type: CNAME, value: old.web.org.}}\n", []),
    (ONLY_EXCHANGE, f"{EXCHANGE}  autodiscover: {{type: A, value: 50.0.0.25}}\n", []),
    (ONLY_OFFICE, f"{OFFICE}  autodiscover: {{type: NS, values: [ns1.example.net.]}}\n", []),
    (ONLY_OFFICE, OFFICE, ["`autodiscover.example.com` is not there"]),
    # mail programs
    (ONLY_WEB, f"{WEB}  autoconfig: {{type: CNAME, value: autoconfig.web.example.}}\n#NOSRV", []),
    (ONLY_WEB, f"{WEB}#NOSRV", ["`_imaps._tcp` of `example.com` is not there"]),
    # keys of vendors
    (ONLY_OFFICE, key("selector2", "selector2.keys.example.net.") + TO_OFFICE, []),
    (ONLY_OFFICE, key("selector2", "x.dkim.amazonses.com.") + TO_OFFICE, ["not a target of `selector2`"]),
    (ONLY_OFFICE, key("selector2", f"{TWO}.contoso.n-v1.dkim.mail.microsoft.") + TO_OFFICE, []),
    (ONLY_OFFICE, key("selector2", f"{TWO}.fab.onmicrosoft.com.") + TO_OFFICE, ["tenant `contoso`"]),
    (ONLY_OFFICE, key("selector2", "[ns1.example.net.]", "NS").replace("NS, value:", "NS, values:") + TO_OFFICE, []),
    # senders
    ("  example.com: {receives: web, sends: [web, nobody]}\n", WEB, ["`nobody` is not a declared system"]),
    ("  example.com: {receives: web, sends: [web, exchange]}\n",
     BOTH.replace("ip4:50.0.0.25", "a:mail.example.com") + HOST, []),
    ("  example.com: {receives: web, sends: [web, exchange]}\n",
     BOTH.replace("ip4:50.0.0.25", "a:mail.example.com include:_spf.letters.example") + HOST, []),
    ("  example.com: {receives: web, sends: [web, letters]}\n", WEB + RELAXED +
     "  bounce:\n    - {type: MX, value: {preference: 10, exchange: mx.letters.example.}}\n"
     "    - {type: TXT, value: v=spf1 include:_spf.letters.example -all}\n", []),
    ("  example.com: {receives: web, sends: [web, letters]}\n  '*': none\n", WEB + RELAXED +
     "  bounce:\n    - {type: MX, value: {preference: 10, exchange: mx.letters.example.}}\n"
     "    - {type: TXT, value: v=spf1 include:_spf.letters.example -all}\n", []),
    # a declaration of no mail
    (ONLY_WEB + "  '*': none\n", f"{WEB}  www: {{type: TXT, value: v=spf1 a -all}}\n", []),
    (ONLY_WEB + "  '*': none\n",
     f"{WEB}  host:\n    - {{type: A, value: 50.0.0.7}}\n    - {{type: TXT, value: 'v=spf1 ip4:50.0.0.7 -all'}}\n", []),
    (ONLY_WEB + "  '*': none\n", f"{WEB}  www: {{type: TXT, value: 'v=spf1 a ip4:50.0.0.8 -all'}}\n",
     ["`www.example.com` is declared to have no mail, but has an SPF term that lets others send, `ip4:50.0.0.8`"]),
    (ONLY_WEB + "  '*': none\n", f"{WEB}  _spf: {{type: TXT, value: 'v=spf1 ip4:50.0.0.8 -all'}}\n", []),
    (ONLY_WEB + "  '*': none\n", f"{WEB}  shop: {{type: MX, value: {{preference: 1, exchange: mx.web.example.}}}}\n",
     ["`shop.example.com` is declared to have no mail, but has an MX to `mx.web.example`"]),
    ("  example.com: none\n", "  '': {type: MX, value: {preference: 0, exchange: .}}\n",
     ["is declared to have no mail, but SPF `v=spf1 -all` is not there"]),
    ("  example.com: none\n", "  '': {type: TXT, value: v=spf1 ~all}\n", ["but null MX is not there"]),
    # `mx` is for a declared sender that receives here as well, and for no other
    (ONLY_WEB, WEB.replace("v=spf1", "v=spf1 mx"), []),
    ("  example.com: {receives: exchange, sends: [web]}\n", WEB.replace("mx.web.example.", "mail.example.com.")
     .replace("v=spf1", "v=spf1 mx") + HOST,
     ["`mx` serves no declared sender of `example.com`", "`autodiscover.example.com` is not there"]),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "records", "expected"), ROWS, ids=[f"{n}" for n in range(len(ROWS))])
def test_what_is_declared_is_held_against_the_records(
    mail: str, records: str, expected: list[str], check_zone: CheckZone
) -> None:
    rest = "".join(REST.splitlines(keepends=True)[::2]) if "#NOSRV" in records else REST
    zone = f"{SYSTEMS}{mail}records:\n{records.replace('#NOSRV', '')}{rest}"
    told = ("intent", "provider-record", "autodiscover", "client-service", "spf-missing", "dmarc-missing")

    said = [f"{each.message} ({each.help})" for each in check_zone(zone) if each.rule.startswith(told)]

    assert len(said) == len(expected), said
    assert all(any(words in message for message in said) for words in expected), said


def severities(check_zone: CheckZone, dmarc: str) -> list[tuple[str, str]]:
    mail = "  example.com: {sends: [letters, web]}\n"
    records = f"{WEB}  _dmarc: {{type: TXT, value: {dmarc}}}\n"
    systems = SYSTEMS.replace("bounce.example.com", "bounce.letters.example")
    found = check_zone(f"{systems}{mail}records:\n  s1._domainkey: {{type: CNAME, value: a.b.example.}}\n{records}")
    return [(each.rule, each.severity) for each in found if each.rule.startswith(("intent", "provider"))]


@pytest.mark.parametrize(
    ("dmarc", "expected"),
    [
        ("v=DMARC1; p=reject; rua=mailto:a@b.example", [("intent-sender-unaligned", "error")]),
        ("v=DMARC1; p=quarantine; rua=mailto:a@b.example", [("intent-sender-unaligned", "error")]),
        ("v=DMARC1; p=none; rua=mailto:a@b.example", [("intent-sender-unaligned", "warning")]),
        ("nothing", [("intent-dkim-missing", "warning")]),
    ],
)
def test_what_fails_is_as_grave_as_the_policy(
    dmarc: str, expected: list[tuple[str, str]], check_zone: CheckZone
) -> None:
    assert severities(check_zone, dmarc) == expected


def rules(check_zone: CheckZone, zone: str, **more: str) -> list[tuple[str, str]]:
    return [(each.rule, each.zone) for each in check_zone(zone, **more)]


CONFIG = """systems: {web: {receives: [mx.web.example], spf: include:_spf.web.example}}
mail:
  example.com: {receives: web, sends: [web]}
  sub.example.com: {receives: web, sends: [web]}
  "*": none
"""


def test_a_name_is_judged_in_the_zone_that_it_lies_in(check_zone: CheckZone) -> None:
    zones = f"# file: example.com.yaml\nzone: example.com\nrecords:\n{WEB}{REST}"
    zones += "# file: sub.example.com.yaml\n'': {type: A, value: 50.0.0.1}\n"

    found = rules(check_zone, zones, config=CONFIG)

    assert [each for each in found if each[0] == "intent-mx-differs"] == [("intent-mx-differs", "sub.example.com.")]


def test_a_declared_sender_without_records_lacks_each_of_them_once(check_zone: CheckZone) -> None:
    zone = f"{SYSTEMS}  example.com: {{sends: [web]}}\nrecords:\n  www: {{type: A, value: 50.0.0.1}}\n"

    assert [rule for rule, _ in rules(check_zone, zone)] == ["dmarc-missing", "intent-dkim-missing", "spf-missing"]


def test_two_broken_spf_records_are_not_the_declaration_s_affair(check_zone: CheckZone) -> None:
    records = "  '': [{type: A, value: 50.0.0.1}, {type: TXT, values: [v=spf1 a -all, v=spf1 mx -all]}]\n"
    zone = f"{SYSTEMS}  example.com: {{sends: [exchange]}}\nrecords:\n{records}{HOST}{REST}"

    assert [rule for rule, _ in rules(check_zone, zone) if "intent" in rule or "missing" in rule] == []


def test_a_name_declared_without_mail_gets_one_finding(check_zone: CheckZone) -> None:
    zone = f"{SYSTEMS}  example.com: none\nrecords:\n{WEB}"

    found = [rule for rule, _ in rules(check_zone, zone)]

    assert found == ["intent-undeclared-mail", "intent-undeclared-mail"]


def test_a_declared_sender_with_mx_lacks_spf_once_and_at_its_mx(check_zone: CheckZone) -> None:
    mx_only = WEB.replace("    - {type: TXT, value: v=spf1 include:_spf.web.example -all}\n", "")
    zone = f"{SYSTEMS}{ONLY_WEB}records:\n{mx_only}{REST}"

    found = [each for each in check_zone(zone) if each.rule == "spf-missing"]

    assert [each.span.text for each in found] == ["mx.web.example."]
    assert "v=spf1 include:_spf.web.example -all" in found[0].help


BYPASS = (
    "  '':\n    - type: MX\n      values:\n        - {preference: 10, exchange: eu-smtp-inbound-1.mimecast.com.}\n"
    "        - {preference: 20, exchange: example-com.mail.protection.outlook.com.}\n"
    "    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}\n"
)
SCATTERED = BYPASS.replace("eu-smtp-inbound-1.mimecast.com.", "smtp.google.com.")
GATE = SYSTEMS.replace("  odd:", "  gate: {provider: mimecast}\n  odd:")


@pytest.mark.parametrize(
    ("mail", "records", "expected"),
    [
        ("  example.com: {receives: office, behind: gate}\n", BYPASS, ["intent-mx-differs"]),
        ("  x.example.com: none\n", BYPASS, ["mx-gateway-bypass"]),
        ("  example.com: {receives: office}\n", SCATTERED, ["intent-mx-differs"]),
        ("  x.example.com: none\n", SCATTERED, ["mx-split-between-systems"]),
    ],
)
def test_hosts_that_are_not_the_declared_system_s_are_told_once(
    mail: str, records: str, expected: list[str], check_zone: CheckZone
) -> None:
    zone = f"{GATE}{mail}records:\n{records}{TO_OFFICE}{REST}"

    found = check_zone(zone)

    assert [each.rule for each in found if each.rule.startswith(("mx", "intent-mx"))] == expected


def test_what_to_keep_of_a_gateway_s_hosts_is_said(check_zone: CheckZone) -> None:
    zone = f"{GATE}  example.com: {{receives: office, behind: gate}}\nrecords:\n{BYPASS}{TO_OFFICE}{REST}"

    (found,) = [each for each in check_zone(zone) if each.rule == "intent-mx-differs"]

    assert found.message.endswith("which is declared to take mail first for `example.com`")
    assert found.help == "keep `eu-smtp-inbound-1.mimecast.com` alone"


def test_keys_that_are_missing_are_told_once(check_zone: CheckZone) -> None:
    keyless = OFFICE[: OFFICE.index("  selector1")] + REST[REST.index("  _dmarc") :]
    zone = f"{SYSTEMS}{ONLY_OFFICE}records:\n{keyless}{TO_OFFICE}"

    assert [rule for rule, _ in rules(check_zone, zone) if "dkim" in rule or "provider" in rule] == [
        "provider-record-missing"
    ]


@pytest.mark.parametrize(
    ("record", "marked"),
    [("v=spf1 mx -all", "-all"), ("v=spf1 mx redirect=r.example.com", "redirect=r.example.com"), ("v=spf1 mx", "x")],
)
def test_a_term_is_to_be_added_before_what_ends_the_record(record: str, marked: str, check_zone: CheckZone) -> None:
    zone = f"{SYSTEMS}{ONLY_EXCHANGE}records:\n  '': {{type: TXT, value: {record}}}\n"
    zone += "  r: {type: TXT, value: v=spf1 -all}\n"

    found = [each for each in check_zone(zone + REST) if each.rule == "intent-sender-unauthorised"]

    assert [each.span.text for each in found] == [marked]


EVERYBODY = SYSTEMS + "  '*': {receives: web, sends: [web]}\n"
SUBDOMAIN = "  team: {type: MX, value: {preference: 10, exchange: %s}}\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (SUBDOMAIN % "mx.stranger.example.", ["team.example.com"]),
        (SUBDOMAIN % "mx.web.example.", []),
        (SUBDOMAIN % ".", []),
        ("  www: {type: A, value: 50.0.0.80}\n", []),
        ("  bounce: {type: MX, value: {preference: 10, exchange: mx.letters.example.}}\n", []),
        ("  '*': {type: MX, value: {preference: 10, exchange: mx.stranger.example.}}\n", []),
    ],
)
def test_what_is_said_of_all_names_is_held_against_those_that_take_mail(
    more: str, expected: list[str], check_zone: CheckZone
) -> None:
    found = check_zone(f"{EVERYBODY}records:\n{WEB}{REST}{more}")

    assert [each.name.rstrip(".") for each in found if each.rule == "intent-mx-differs"] == expected


LETTERS = "  example.com: {receives: web, sends: [web, letters]}\n"
BOUNCE_MX = "  bounce: {type: MX, value: {preference: 10, exchange: mx.letters.example.}}\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (RELAXED, ["intent-sender-unauthorised"]),
        (RELAXED + BOUNCE_MX, ["spf-missing"]),
        ("", ["intent-sender-unaligned"]),
        (RELAXED + "  bounce: {type: CNAME, value: u1.letters.example.}\n", []),
        (
            RELAXED + "  bounce: {type: TXT, value: 'v=spf1 include:_spf.letters.example -all'}\n",
            ["intent-envelope-unreachable"],
        ),
    ],
)
def test_a_mail_from_without_spf_is_told_once(more: str, expected: list[str], check_zone: CheckZone) -> None:
    found = check_zone(f"{SYSTEMS}{LETTERS}records:\n{WEB}{REST}{more}")

    told = [each for each in found if each.rule.startswith(("intent-", "spf-missing"))]
    assert [each.rule for each in told] == expected
    assert all(each.severity == "warning" for each in told if each.rule == "intent-sender-unauthorised")


@pytest.mark.parametrize(
    ("entry", "what"), [("web", "`web` does not fit"), ("[none]", "a list"), ("", "nothing stands")]
)
def test_an_entry_of_another_kind_is_told_what_it_may_be(entry: str, what: str, check_zone: CheckZone) -> None:
    found = check_zone(f"{SYSTEMS}  example.com: {entry}\nrecords:\n{WEB}{REST}")

    (message,) = (each.message for each in found if each.rule == "zone-shape")
    assert what in message
    assert "expected `none` or a mapping of `receives`" in message


NO_KEY = "`letters` (Google Workspace) asks for TXT `google._domainkey.example.com`, which has no usable key"


@pytest.mark.parametrize(("value", "expected"), [("v=DKIM1; p=", [NO_KEY]), ("a note", [NO_KEY])])
def test_a_revoked_key_signs_for_nobody(value: str, expected: list[str], check_zone: CheckZone) -> None:
    systems = SYSTEMS.replace("letters: {spf: include:_spf.letters.example, envelope: bounce.example.com, dkim: [k1]}",
                              "letters: {provider: google-workspace}")  # fmt: skip
    records = WEB.replace("example -all", "example include:_spf.google.com -all")
    zone = f"{systems}{LETTERS}records:\n{records}{REST}  google._domainkey: {{type: TXT, value: '{value}'}}\n"

    assert [each.message for each in check_zone(zone) if each.rule == "provider-record-missing"] == expected
