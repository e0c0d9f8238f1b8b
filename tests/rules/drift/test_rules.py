"""Declared records against served ones: what is drift, how it is told, and what is none."""

import pytest

from linter.finding import Finding
from tests.rules.conftest import CheckZone

LIVE = "version: 1\nanswers:\n"


def drift(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity, each.message) for each in found if each.rule.startswith("drift-")]


SAME = [
    ("case", "x: {type: MX, value: {preference: 10, exchange: Mx.Example.NET.}}", "x: {MX: ['10 mx.example.net.']}"),
    ("strings", "x: {type: TXT, value: abcdef}", """x: {TXT: ['"abc" "def"']}"""),
    ("order", "x: {type: TXT, values: [a, b]}", "x: {TXT: [b, a]}"),
    ("entries", "x: [{type: TXT, value: a}, {type: TXT, value: b}]", "x: {TXT: [b, a]}"),
    ("escapes", "x: {type: TXT, value: 'a\\;b'}", "x: {TXT: ['a\\;b']}"),
    ("octets", "x: {type: TXT, value: é}", "x: {TXT: ['\\195\\169']}"),
    ("addresses", "x: {type: AAAA, value: '2001:DB8::0:1'}", "x: {AAAA: ['2001:db8::1']}"),
    ("srv", "x: {type: SRV, value: {priority: 0, weight: 1, port: 5, target: A.b.}}", "x: {SRV: ['0 1 5 a.B.']}"),
    (
        "tlsa",
        "x: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1,"
        " certificate_association_data: ABCD}}",
        "x: {TLSA: ['3 1 1 ab cd']}",
    ),
    ("caa", "x: {type: CAA, value: {flags: 0, tag: issue, value: ca.a}}", """x: {CAA: ['0 issue "ca.a"']}"""),
    ("caa default", "x: {type: CAA, value: {tag: issue, value: ;}}", """x: {CAA: ['0 issue ";"']}"""),
    (
        "naptr",
        "x: {type: NAPTR, value: {order: 1, preference: 2, flags: S, service: SIP+D2U, regexp: '!^.*$!sip:a@b!',"
        " replacement: .}}",
        """x: {NAPTR: ['1 2 "S" "SIP+D2U" "!^.*$!sip:a@b!" .']}""",
    ),
    (
        "https",
        "x: {type: HTTPS, value: {svcpriority: 1, targetname: ., svcparams: {alpn: [h2, h3], port: 443}}}",
        """x: {HTTPS: ['1 . port="443" alpn="h2,h3"']}""",
    ),
    (
        "sshfp",
        f"x: {{type: SSHFP, value: {{algorithm: 4, fingerprint_type: 2, fingerprint: {'AB' * 32}}}}}",
        f"x: {{SSHFP: ['4 2 {'ab' * 32}']}}",
    ),
    (
        "ds",
        f"x: {{type: DS, value: {{key_tag: 1, algorithm: 13, digest_type: 2, digest: {'AB' * 32}}}}}",
        f"x: {{DS: ['1 13 2 {'ab' * 32}']}}",
    ),
    ("ns", "x: {type: NS, values: [a.example.net., b.example.net.]}", "x: {NS: [b.example.net., a.example.net.]}"),
    ("null mx", "x: {type: MX, value: {preference: 0, exchange: .}}", "x: {MX: ['0 .']}"),
]


@pytest.mark.parametrize(("declared", "served"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_what_means_the_same_is_no_drift(check_zone: CheckZone, declared: str, served: str) -> None:
    live = LIVE + "  x.example.com" + served.removeprefix("x") + "\n"

    assert drift(check_zone(declared, live=live)) == []
    # What could not be read exactly would be passed over, and then nothing could be missing either.
    gone = drift(check_zone(declared, live=f"{LIVE}  x.example.com: nxdomain\n"))
    assert {rule for rule, _, _ in gone} == {"drift-missing"}


OTHERWISE = [
    (
        "x: {type: SRV, value: {priority: 0, weight: 1, port: 5, target: a.b.}}",
        "{SRV: ['0 1 6 a.b.']}",
        "SRV of `x.example.com` differs from DNS: `0 1 6 a.b.` is served",
    ),
    (
        "x: {type: MX, values: [{preference: 10, exchange: a.b.c.}, {preference: 20, exchange: d.e.f.}]}",
        "{MX: ['10 a.b.c.', '20 g.h.i.']}",
        "MX of `x.example.com` differs from DNS: `d.e.f` is not in DNS, `g.h.i` is served at 20",
    ),
    (
        "x: {type: TXT, value: v=spf1 a mx -all}",
        "{TXT: ['v=spf1 mx a -all']}",
        "SPF of `x.example.com` differs from DNS: its terms are in another order in DNS",
    ),
    (
        "x: {type: TXT, value: v=spf1 ip4:192.0.2.0/24 -all}",
        "{TXT: ['v=spf1 ip4:192.0.2.0/24 include:a.b include:b.b -all']}",
        "SPF of `x.example.com` differs from DNS: `include:a.b` is only in DNS, `include:b.b` is only in DNS",
    ),
    (
        "x: {type: TXT, value: v=spf1 foo}",
        "{TXT: ['v=spf1 bar']}",
        "SPF of `x.example.com` differs from DNS: `foo` is not in DNS, `bar` is only in DNS",
    ),
    (
        "s._domainkey: {type: TXT, value: 'v=DKIM1\\; k=rsa\\; p=AAAA'}",
        "{TXT: ['v=DKIM1; p=AAAB']}",
        "DKIM of `s._domainkey.example.com` differs from DNS: `k=rsa` is not in DNS, `p=AAAA` is served as `p=AAAB`",
    ),
    (
        "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}",
        "{TXT: ['v=STSv1; id=2']}",
        "MTA-STS of `_mta-sts.example.com` differs from DNS: `id=1` is served as `id=2`",
    ),
    (
        "x: {type: TXT, value: one}",
        "{TXT: [two]}",
        "TXT of `x.example.com` differs from DNS: `two` is served",
    ),
    (
        "x: {type: CAA, value: {flags: 0, tag: issue, value: ca.example}}",
        """{CAA: ['0 issue "other.example"']}""",
        'CAA of `x.example.com` differs from DNS: `0 issue "other.example"` is served',
    ),
    (
        "x: {type: A, value: 192.0.2.1}",
        "{CNAME: [y.example.net.]}",
        "A of `x.example.com` differs from DNS: an alias of `y.example.net` is in DNS in its place",
    ),
    (
        "x: {type: A, value: 192.0.2.1}",
        "{NS: [ns.example.net.]}",
        "A of `x.example.com` differs from DNS: the name is delegated to `ns.example.net`",
    ),
    (
        "'*.x': {type: MX, value: {preference: 10, exchange: a.b.c.}}",
        "{MX: ['20 a.b.c.']}",
        "MX of `*.x.example.com` differs from DNS: `a.b.c` is served at 20 instead of 10",
    ),
]


@pytest.mark.parametrize(("declared", "served", "message"), OTHERWISE, ids=[row[2][:50] for row in OTHERWISE])
def test_what_is_served_otherwise_is_told_part_by_part(
    check_zone: CheckZone, declared: str, served: str, message: str
) -> None:
    owner = declared.partition(":")[0].strip("'").replace("*", "unasked")
    live = f"{LIVE}  {owner}.example.com: {served}\n"

    assert drift(check_zone(declared, live=live)) == [("drift-differs", "error", message)]


def test_another_spelling_is_advice(check_zone: CheckZone) -> None:
    found = check_zone(
        "x: {type: TXT, value: v=spf1 +mx ~all}", live=f"{LIVE}  x.example.com: {{TXT: ['v=spf1 mx  ~ALL']}}\n"
    )

    assert [(rule, severity) for rule, severity, _ in drift(found)] == [("drift-differs", "info")]


ALIAS = "autodiscover: {type: CNAME, value: autodiscover.vendor.example.}"
KEY = "s._domainkey: {type: CNAME, value: key.vendor.example.}"
FLATTENING = "dns: {cname-flattening: true}\n"
TARGET = "version: 1\nanswers:\n  autodiscover.vendor.example: {A: [192.0.2.1], AAAA: nodata}\n"
TARGET_KEY = "version: 1\nanswers:\n  key.vendor.example: {TXT: ['v=DKIM1; p=AAAA']}\n"
FLATTENED = [
    (ALIAS, "{CNAME: nodata, A: [192.0.2.1]}", "", TARGET, None),
    (ALIAS, "{CNAME: nodata, A: [192.0.2.9]}", FLATTENING, TARGET, None),
    (ALIAS, "{CNAME: nodata, A: [192.0.2.9]}", "", TARGET, "A `192.0.2.9` is in DNS in its place"),
    (ALIAS, "{CNAME: nodata, MX: ['10 a.b.']}", FLATTENING, "", "MX `10 a.b.` is in DNS in its place"),
    (KEY, "{CNAME: nodata, TXT: ['v=DKIM1; p=AAAA']}", "", TARGET_KEY, None),
    (KEY, "{CNAME: nodata, TXT: ['v=DKIM1; p=AAAB']}", "", TARGET_KEY, "TXT `v=DKIM1; p=AAAB` is in DNS in its place"),
    (KEY, "{CNAME: nodata, TXT: ['v=DKIM1; p=AAAA']}", FLATTENING, "", "TXT `v=DKIM1; p=AAAA` is in DNS in its place"),
    (KEY, "{CNAME: nodata, A: [192.0.2.1]}", FLATTENING, TARGET_KEY, "A `192.0.2.1` is in DNS in its place"),
]


@pytest.mark.parametrize(("declared", "served", "config", "dns", "words"), FLATTENED)
def test_a_flattened_alias_is_understood_and_a_wrong_record_in_its_place_is_drift(
    check_zone: CheckZone, declared: str, served: str, config: str, dns: str, words: str | None
) -> None:
    owner = declared.partition(":")[0]
    found = drift(check_zone(declared, live=f"{LIVE}  {owner}.example.com: {served}\n", config=config, dns=dns))

    assert [message for _, _, message in found] == (
        [] if words is None else [f"CNAME of `{owner}.example.com` differs from DNS: {words}"]
    )
    assert all(rule == "drift-differs" for rule, _, _ in found)


@pytest.mark.parametrize("served", ["nxdomain", "{CNAME: nodata, A: nodata, AAAA: nodata, TXT: nodata, MX: nodata}"])
def test_an_alias_with_nothing_in_its_place_is_missing(check_zone: CheckZone, served: str) -> None:
    found = drift(check_zone(ALIAS, live=f"{LIVE}  autodiscover.example.com: {served}\n", config=FLATTENING))

    assert [rule for rule, _, _ in found] == ["drift-missing"]


def test_a_providers_alias_may_lead_anywhere_but_not_nowhere(check_zone: CheckZone) -> None:
    declared = "'': {type: ALIAS, value: x.example.net.}"

    assert drift(check_zone(declared, live=f"{LIVE}  example.com: {{A: [192.0.2.1], AAAA: nodata}}\n")) == []
    missing = drift(check_zone(declared, live=f"{LIVE}  example.com: {{A: nodata, AAAA: nodata}}\n"))
    assert [rule for rule, _, _ in missing] == ["drift-missing"]


MAIL = "'': {type: MX, value: {preference: 10, exchange: a.b.c.}}\n_dmarc: {type: TXT, value: v=DMARC1\\; p=none}"
BEYOND = [
    (
        "  _dmarc.example.com: {TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject']}",
        ("error", "a second DMARC record is in DNS at `_dmarc.example.com` but not declared: `v=DMARC1; p=reject`"),
    ),
    (
        "  _mta-sts.example.com: {TXT: ['v=STSv1; id=1']}",
        ("warning", "an MTA-STS record is in DNS at `_mta-sts.example.com` but not declared: `v=STSv1; id=1`"),
    ),
    (
        "  s._domainkey.example.com: {CNAME: [x.vendor.example.]}",
        ("warning", "CNAME is in DNS at `s._domainkey.example.com` but not declared: `x.vendor.example`"),
    ),
    (
        "  _imaps._tcp.example.com: {SRV: ['0 1 993 a.b.']}",
        ("warning", "SRV is in DNS at `_imaps._tcp.example.com` but not declared: `0 1 993 a.b.`"),
    ),
    (
        "  example.com: {TXT: [MS=ms1, token=2]}",
        ("info", "2 TXT values are in DNS at `example.com` but not declared: `MS=ms1`, `token=2`"),
    ),
    (
        "  example.com: {TXT: [v=spf1 -all]}",
        ("warning", "an SPF record is in DNS at `example.com` but not declared: `v=spf1 -all`"),
    ),
    (
        "  unasked.example.com: {MX: ['5 any.example.']}\n  x.example.com: {MX: ['5 any.example.']}",
        ("warning", "MX is in DNS at `*.example.com` but not declared: `5 any.example.`"),
    ),
]


@pytest.mark.parametrize(("served", "told"), BEYOND, ids=[row[1][1][:40] for row in BEYOND])
def test_mail_records_beyond_the_files_are_told(check_zone: CheckZone, served: str, told: tuple[str, str]) -> None:
    assert drift(check_zone(MAIL, live=f"{LIVE}{served}\n")) == [("drift-undeclared", *told)]


@pytest.mark.parametrize(
    ("declared", "served"),
    [
        ("'': {type: MX, value: {preference: 1, exchange: a.b.}}", "  example.com: {NS: [a.b.], A: [192.0.2.1]}"),
        (
            "x: {type: TXT, value: a, octodns: {ignored: true}}\nz: {type: A, value: 1.2.3.4}",
            "  x.example.com: {TXT: [v=spf1 -all]}",
        ),
        ("x: {type: NS, value: a.b.}", "  y.x.example.com: {MX: ['10 a.b.']}"),
        ("'*': {type: TXT, value: a}", "  y.example.com: {TXT: [a]}"),
        (
            "x: {type: DNAME, value: a.b.}\ny.x: {type: MX, value: {preference: 1, exchange: a.b.}}",
            "  y.x.example.com: nxdomain",
        ),
        ("y: {type: URLFWD, value: a}", "  y.example.com: nxdomain"),
        ("y: {type: CAA, value: {flags: 0, tag: issue, value: a.b}}", "  y.example.com: {CAA: [issue]}"),
        ("y: {type: AFSDB, value: a}", "  y.example.com: {AFSDB: [1 a.b.]}"),
        ("y: {type: SRV, value: {priority: 0, weight: 1, target: a.b.}}", "  y.example.com: {SRV: ['0 1 6 a.b.']}"),
        (
            "y: {type: SRV, value: {priority: 0, weight: 1, port: 5, target: a..b.}}",
            "  y.example.com: {SRV: ['0 1 5 c.b.']}",
        ),
    ],
)
def test_what_is_nobodys_drift_is_not_told(check_zone: CheckZone, declared: str, served: str) -> None:
    assert drift(check_zone(declared, live=f"{LIVE}{served}\n")) == []


def test_a_second_policy_that_senders_pass_over_is_a_warning(check_zone: CheckZone) -> None:
    declared = "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}"
    found = drift(check_zone(declared, live=f"{LIVE}  _mta-sts.example.com: {{TXT: [v=STSv1; id=1, v=STSv1; id=2]}}\n"))

    told = "a second MTA-STS record is in DNS at `_mta-sts.example.com` but not declared: `v=STSv1; id=2`"
    assert found == [("drift-undeclared", "warning", told)]


def test_what_servers_disagree_on_is_not_compared_besides(check_zone: CheckZone) -> None:
    live = f"""{LIVE}  example.com: {{MX: ['20 a.b.c.']}}
compared:
  example.com:
    servers: [a, b]
    otherwise:
      b:
        example.com: {{MX: nodata}}
"""
    assert [rule for rule, _, _ in drift(check_zone(MAIL, live=live))] == ["drift-nameservers-disagree"]


def test_servers_that_disagree_are_told_of_once_and_nothing_else_is(check_zone: CheckZone) -> None:
    live = f"""{LIVE}  example.com: {{MX: ['10 a.b.c.']}}
  _dmarc.example.com: {{TXT: [v=DMARC1; p=none]}}
  _mta-sts.example.com: {{TXT: nodata}}
compared:
  example.com:
    servers: [a, b]
    otherwise:
      b:
        example.com: {{MX: nodata}}
        _dmarc.example.com: nxdomain
        _mta-sts.example.com: {{TXT: [v=STSv1; id=1]}}
"""
    found = drift(check_zone(MAIL, live=live))

    told = "the name servers disagree on MX of `example.com`: a serves as declared, b serves nothing; 2 more like this"
    assert found == [("drift-nameservers-disagree", "error", told)]


@pytest.mark.parametrize("status", ["timeout", "servfail"])
def test_what_failed_is_never_missing(check_zone: CheckZone, status: str) -> None:
    live = f"{LIVE}  example.com: {{MX: {status}, TXT: nodata}}\n  _dmarc.example.com: {status}\n"
    found = drift(check_zone(MAIL, live=live))

    told = f"no answer for MX of `example.com` and 1 more question from live.yaml: {status}"
    assert found == [("drift-lookup-failed", "warning", told)]


def test_a_server_that_is_lost_is_told_of_once_and_the_other_one_is_believed(check_zone: CheckZone) -> None:
    live = f"""{LIVE}  example.com: {{MX: ['10 a.b.c.']}}
  _dmarc.example.com: nxdomain
compared:
  example.com:
    servers: [a, b]
    failed: [{{server: b, status: refused, detail: the server says REFUSED}}]
"""
    found = drift(check_zone(MAIL, live=live))

    assert [(rule, severity) for rule, severity, _ in found] == [
        ("drift-zone-missing", "error"),
        ("drift-missing", "error"),
    ]
    assert found[0][2] == "b does not have the zone `example.com`, which other servers serve: the server says REFUSED"


def test_ttls_are_told_of_once_for_each_difference(check_zone: CheckZone) -> None:
    declared = "".join(f"{name}: {{type: A, ttl: 300, value: 192.0.2.1}}\n" for name in "abc")
    live = LIVE + "".join(f"  {name}.example.com: {{A: {{ttl: 60, values: [192.0.2.1]}}}}\n" for name in "abc")

    told = "A of `a.example.com` is declared with a TTL of 300 and served with 60, as 2 more sets are"
    assert drift(check_zone(declared, live=live)) == [("drift-ttl", "info", told)]


def test_in_a_whole_zone_what_is_not_listed_is_missing(check_zone: CheckZone) -> None:
    found = drift(check_zone(MAIL, live="version: 1\ncomplete: true\nanswers: {}\n"))

    assert [rule for rule, _, _ in found] == ["drift-missing", "drift-missing"]


def test_a_set_of_hundreds_of_records_is_told_of_in_a_few_findings(check_zone: CheckZone) -> None:
    values = ", ".join(f"'v=spf1 a:{number}.example -all'" for number in range(300))
    found = drift(check_zone(MAIL, live=f"{LIVE}  example.com: {{MX: ['10 a.b.c.'], TXT: [{values}]}}\n"))

    told = [message for _, _, message in found if "SPF record" in message or "more such records" in message]
    assert len(told) == 9
    assert any(message.startswith("292 more such records are in DNS") for message in told)
