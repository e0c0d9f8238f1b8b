"""Cases of the rules about single SPF records that do not fit a manual."""

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

POLICY = """_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
"""
MAIL = "  - {type: MX, value: {preference: 10, exchange: mx.example.net.}}\n"
IDLE, TWICE, COVERED = "spf-ineffective-modifier", "spf-duplicate-term", "spf-shadowed-term"
DOT = "spf-trailing-dot"
BITS, WIDE, SPECIAL = "spf-host-bits-set", "spf-range-too-wide", "spf-private-address"
LONG, PLACE, SOFT = "spf-record-too-long", "spf-wrong-place", "spf-softfail-all"
HOST = "spf-missing-for-mail-host"


def txt(record: str, name: str = "", policy: str = POLICY) -> str:
    """A zone whose SPF record stands in line 3."""
    return f"'{name}':\n  type: TXT\n  value: '{record}'\n{policy}"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("ip4=192.0.2.1", [(IDLE, 3, "write `ip4:192.0.2.1`")]),
        ("ipv4=192.0.2.1", [(IDLE, 3, "write `ip4:192.0.2.1`")]),
        ("ipv4=2001:db8::1", [(IDLE, 3, "write `ip6:2001:db8::1`")]),
        ("include=_spf.example.net", [(IDLE, 3, "write `include:_spf.example.net`")]),
        ("redirct=_spf.example.net", [(IDLE, 3, "write `redirect=_spf.example.net`")]),
        ("default=deny", [(IDLE, 3, "(delete it)")]),
        ("all=x", [(IDLE, 3, "(delete it)")]),
        ("ip4=mail", [(IDLE, 3, "(delete it)")]),
        ("ra=postmaster rp=10 rr=all", []),
        ("exp=why.example.com", []),
        ("v=spf1", [("spf-syntax", 3, "a second `v=spf1`")]),
        ("ip4=192.0.2.1 ip4=192.0.2.1", [(IDLE, 3, "write"), (IDLE, 3, "write")]),
    ],
)
def test_modifiers_that_do_nothing(check_zone: CheckZone, terms: str, expected: Expected) -> None:
    assert_said(check_zone(txt(f"v=spf1 ip4:192.0.2.9 {terms} -all")), expected)


@pytest.mark.parametrize(
    ("record", "column", "words"),
    [
        ("v=spf1 mx a:mail.example.net-all", 39, "(write a space before `-all`)"),
        ("v=spf1 mx a:mail.example.net-ALL ", 39, "(write a space before `-all`)"),
        ("v=spf1 mx a:mail.example.net-all/24", 46, "(end it with `-all` or `~all`)"),
        ("v=spf1 mx a:mail.example.net", 39, "(end it with `-all` or `~all`)"),
        ("v=spf1", 17, "(end it with `-all` or `~all`)"),
    ],
)
def test_a_record_without_an_end_is_marked_where_the_end_belongs(
    check_zone: CheckZone, record: str, column: int, words: str
) -> None:
    (finding,) = [found for found in check_zone(txt(record)) if found.rule == "spf-missing-all"]
    assert words in f"({finding.help})"
    assert finding.span.source.position(finding.span.start) == (3, column)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 mx mx -all", [(TWICE, 3, "`mx` repeats `mx`")]),
        ("v=spf1 a A:Example.COM. -all", [(TWICE, 3, "repeats `a`"), (DOT, 3, "ends in a dot")]),
        ("v=spf1 a a/32//128 -all", [(TWICE, 3, "repeats `a`")]),
        (
            "v=spf1 a:www.example.com a:www.example.com/24 a:www.example.com//64 -all",
            [("spf-too-many-void-lookups", 3, "for IPv6 clients")],
        ),
        ("v=spf1 a:www.example.net mx:www.example.net -all", []),
        (
            "v=spf1 include:_spf.example.net include:_SPF.example.net. -all",
            [(TWICE, 3, "repeats"), (DOT, 3, "ends in a dot")],
        ),
        ("v=spf1 exists:%{l}.example.net exists:%{L}.example.net -all", []),
        ("v=spf1 mx -mx -all", [(TWICE, 3, "says something else")]),
        ("v=spf1 mx -all mx", [("spf-term-after-all", 3, "comes after")]),
        ("v=spf1 ip4:192.0.2.1 ip4:192.0.2.1/32 -all", [(TWICE, 3, "repeats `ip4:192.0.2.1`")]),
        ("v=spf1 ip4:192.0.2.0/24 -ip4:192.0.2.0/24 -all", [(TWICE, 3, "says something else")]),
        ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all", [(COVERED, 3, "`ip4:192.0.2.0/24` covers it")]),
        ("v=spf1 ip4:192.0.2.0/24 ?ip4:192.0.2.7 -all", [(COVERED, 3, "with another qualifier")]),
        ("v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/24 -all", []),
        ("v=spf1 ip6:2001:db8::/32 ip6:2001:db8:1::/48 -all", [(COVERED, 3, "covers it")]),
    ],
)
def test_terms_that_never_decide(check_zone: CheckZone, record: str, expected: Expected) -> None:
    assert_said(check_zone(txt(record) + "www: {type: A, value: 192.0.2.80}\n"), expected)


@pytest.mark.parametrize(
    ("record", "rule", "severity"),
    [
        ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all", COVERED, "warning"),
        ("v=spf1 ip4:192.0.2.0/24 -ip4:192.0.2.7 -all", COVERED, "error"),
        ("v=spf1 mx mx -all", TWICE, "warning"),
        ("v=spf1 mx ~mx -all", TWICE, "error"),
        ("v=spf1 ip4:198.0.0.0/8 -all", WIDE, "warning"),
        ("v=spf1 ip4:198.0.0.0/7 -all", WIDE, "error"),
        ("v=spf1 a//0 -all", WIDE, "error"),
        ("v=spf1 ip4:10.0.0.0/8 -all", SPECIAL, "warning"),
    ],
)
def test_how_grave_it_is(check_zone: CheckZone, record: str, rule: str, severity: str) -> None:
    (found,) = [each for each in check_zone(txt(record)) if not each.rule.startswith("spf-host")]

    assert (rule, severity) == (found.rule, found.severity)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("ip4:192.0.2.77/24", "write `ip4:192.0.2.0/24`, or `ip4:192.0.2.77` if one machine"),
        ("ip6:2001:db8::1/64", "write `ip6:2001:db8::/64`, or `ip6:2001:db8::1`"),
        ("ip4:192.0.2.77/32", ""),
        ("ip6:2001:db8::/64", ""),
    ],
)
def test_bits_behind_the_prefix(check_zone: CheckZone, term: str, words: str) -> None:
    assert_said(check_zone(txt(f"v=spf1 {term} -all")), [(BITS, 3, words)] if words else [])


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("ip4:0.0.0.0/0", "authorises everybody"),
        ("ip4:128.0.0.0/1", "half of all"),
        ("ip4:16.0.0.0/4", "one in 16 of all"),
        ("ip4:198.32.0.0/15", "131,072 addresses"),
        ("ip4:198.32.0.0/16", ""),
        ("ip6:2a00::/31", "2 networks of the size /32"),
        ("ip6:2a00::/32", ""),
        ("a/0", "everybody"),
        ("mx/16//32", ""),
        ("mx/24//20", "4,096 networks"),
        ("-ip4:0.0.0.0/0", ""),
        ("?ip4:16.0.0.0/4", ""),
    ],
)
def test_wide_ranges(check_zone: CheckZone, terms: str, words: str) -> None:
    assert_said(check_zone(txt(f"v=spf1 {terms} -all")), [(WIDE, 3, words)] if words else [])


@pytest.mark.parametrize(
    ("file", "term", "words"),
    [
        ("example.com.yaml", "ip4:10.1.2.3", "is private"),
        ("example.com.yaml", "ip4:127.0.0.1", "is loopback"),
        ("example.com.yaml", "ip6:fe80::1", "is link-local"),
        ("example.com.yaml", "ip6:fd00::/8", "unique local"),
        ("example.com.yaml", "-ip4:10.0.0.0/8", ""),
        ("example.com.yaml", "ip4:11.0.0.1", ""),
        ("example.com.yaml", "ip4:192.0.2.1", ""),
        ("sub.example.yaml", "ip4:203.0.113.0/24", ""),
        ("a.test.yaml", "ip6:2001:db8::1", ""),
        ("contoso.com.yaml", "ip4:192.0.2.1", "for documentation"),
        ("myexample.com.yaml", "ip6:2001:db8::1", "for documentation"),
        ("contoso.com.yaml", "ip4:192.0.3.1", ""),
        ("ad.corp.yaml", "ip4:10.1.2.3", ""),
        ("office.lan.yaml", "ip4:10.1.2.3", ""),
    ],
)
def test_addresses_that_send_nothing(check_zone: CheckZone, file: str, term: str, words: str) -> None:
    found = check_zone(txt(f"v=spf1 {term} -all"), file)

    assert_said(found, [(SPECIAL, 3, words)] if words else [])


@pytest.mark.parametrize(("length", "is_long"), [(450, False), (451, True), (2_000, True)])
def test_a_record_up_to_the_advised_length(check_zone: CheckZone, length: int, is_long: bool) -> None:
    record, number = "v=spf1 ", 0
    while len(record) + 30 < length:
        number += 1
        record += f"ip4:198.51.100.{number} "
    record += "exp=" + "e" * (length - len(record) - 4 - 9) + ".com -all"
    assert len(record) == length

    assert_said(check_zone(txt(record)), [(LONG, 3, f"{length} bytes, {length - 450} more")] if is_long else [])


ASTRAY = "_spf: {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}\n"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (f"'':\n{MAIL}{ASTRAY}", [(PLACE, 3, "publish it at `example.com`")]),
        (f"'':\n{MAIL}{ASTRAY.replace('_spf', 'spf')}", [(PLACE, 3, "at `spf.example.com`")]),
        (f"'':\n{MAIL}{ASTRAY.replace('_spf', '_spf2')}", [("spf-missing", 2, "no SPF record")]),
        (ASTRAY, []),
        (f"'':\n  - {{type: TXT, value: v=spf1 -all}}\n{MAIL}{ASTRAY}", []),
        (f"'':\n{MAIL}{ASTRAY}shop: {{type: TXT, value: 'v=spf1 include:_spf.example.com -all'}}\n", "missing"),
        (f"'':\n{MAIL}'*': {{type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}}\n", [(PLACE, 3, "publish it")]),
        (f"'':\n{MAIL}'*': {{type: TXT, value: 'v=spf1 -all'}}\n", [("spf-missing", 2, "no SPF record")]),
        (f"'':\n  - {{type: TXT, value: v=spf1; -all}}\n{MAIL}{ASTRAY}", [("spf-version-misspelt", 2, "`;`")]),
        (f"'':\n{MAIL}{ASTRAY}x: {{type: CNAME, value: _spf.example.com.}}\n", [("spf-missing", 2, "no SPF")]),
    ],
)
def test_records_aside(check_zone: CheckZone, zone: str, expected: Expected | str) -> None:
    found = [each for each in check_zone(zone + POLICY) if each.rule.startswith("spf")]

    assert_said(found, [("spf-missing", 2, "no SPF record")] if isinstance(expected, str) else expected)


def test_a_record_that_another_zone_includes_is_in_its_place(check_zone: CheckZone) -> None:
    there = "# file: example.org.yaml\n" + txt("v=spf1 include:_SPF.example.com -all").replace(
        "example.com\n", "x.test\n"
    )
    zones = f"# file: example.com.yaml\n'':\n{MAIL}{ASTRAY}{POLICY}{there}"

    assert [each.rule for each in check_zone(zones)] == ["spf-missing"]


@pytest.mark.parametrize(
    ("policy", "is_told"),
    [
        ("p=none; rua=mailto:a@example.com", True),
        ("p=reject; rua=mailto:a@example.com", False),
        ("p=quarantine; rua=mailto:a@example.com", False),
        ("p=reject; t=y; rua=mailto:a@example.com", True),
        ("p=reject; pct=20; rua=mailto:a@example.com", True),
        ("", True),
    ],
)
def test_softfail_where_no_policy_acts(check_zone: CheckZone, policy: str, is_told: bool) -> None:
    dmarc = f"_dmarc: {{type: TXT, value: 'v=DMARC1; {policy}'}}\n" if policy else "www: {type: A, value: 192.0.2.1}\n"
    zone = txt("v=spf1 ip4:192.0.2.1 ~all", policy=dmarc)
    config = "rules: {spf-softfail-all: warning}\n"

    assert is_told == (SOFT in [each.rule for each in check_zone(zone, config=config)])
    assert SOFT not in [each.rule for each in check_zone(zone)]


def test_softfail_below_a_name_that_nobody_knows(check_zone: CheckZone) -> None:
    zone = txt("v=spf1 ip4:192.0.2.1 ~all", policy="www: {type: A, value: 192.0.2.1}\n")
    config = "rules: {spf-softfail-all: warning}\n"

    assert SOFT not in [each.rule for each in check_zone(zone, "sub.example.com.yaml", config)]
    assert SOFT not in [each.rule for each in check_zone(txt("v=spf1 mx ~all", "_spf", ""), config=config)]


@pytest.mark.parametrize(
    ("host", "is_told"),
    [
        ("{type: A, value: 192.0.2.25}", True),
        ("{type: AAAA, value: '2001:db8::25'}", True),
        ("[{type: A, value: 192.0.2.25}, {type: TXT, value: v=spf1 a -all}]", False),
        ("[{type: A, value: 192.0.2.25}, {type: TXT, value: hello}]", True),
        ("[{type: A, value: 192.0.2.25}, {type: TXT, octodns: {ignored: true}, value: hello}]", False),
        ("{type: CNAME, value: www.example.com.}", False),
    ],
)
def test_mail_hosts_without_a_record_of_their_own(check_zone: CheckZone, host: str, is_told: bool) -> None:
    zone = (
        "'':\n  - {type: MX, values: [{preference: 10, exchange: mail.example.com.},"
        " {preference: 20, exchange: mx.example.net.}]}\n  - {type: TXT, value: v=spf1 mx -all}\n"
        f"{POLICY}mail: {host}\nwww: {{type: A, value: 192.0.2.80}}\n"
    )
    config = f"rules: {{{HOST}: warning}}\n"
    found = [each for each in check_zone(zone, config=config) if each.rule == HOST]

    assert [host.partition("value: ")[2].strip("'").partition("}")[0].strip("'")] * is_told == [
        each.span.text.strip("'") for each in found
    ]
    assert HOST not in [each.rule for each in check_zone(zone)]


def test_a_mail_host_of_many_zones_is_told_once(check_zone: CheckZone) -> None:
    mail = "  - {type: MX, value: {preference: 10, exchange: mail.example.com.}}\n"
    zones = "".join(f"# file: {name}\n'':\n{mail}" for name in ("example.net.yaml", "example.org.yaml"))
    zones += "# file: example.com.yaml\nmail: {type: A, value: 192.0.2.25}\n"

    found = check_zone(zones, config=f"zones: ['*.yaml']\nrules: {{{HOST}: warning}}\n")

    assert [each.span.source.path.rpartition("/")[2] for each in found if each.rule == HOST] == ["example.com.yaml"]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("v=spf1 a:mail.example.net", ". -all"),
        ("v=spf1 a:mail.example.net", "./24 -all"),
        ("v=spf1 exists:%{i}.example.net", ". -all"),
        ("v=spf1 a -all exp=why.example.net", "."),
        ("v=spf1 a:mail.example.net -all note=what.it.says.", ""),
        ("v=spf1 a:mail.example.net", " -all"),
    ],
)
def test_a_dot_at_the_end_of_a_name_is_told_at_the_dot(check_zone: CheckZone, before: str, behind: str) -> None:
    zone = f"'': {{type: TXT, value: '{before}{behind}'}}\n"
    found = [each.span for each in check_zone(zone) if each.rule == "spf-trailing-dot"]

    assert [(span.start, span.text) for span in found] == [(zone.index(before) + len(before), ".")][: behind[:1] == "."]


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("feedback-smtp.eu-west-1.amazonses.com.", "publish `v=spf1 include:amazonses.com ~all`"),
        ("mxa.eu.mailgun.org.", "publish `v=spf1 include:eu.mailgun.org ~all`"),
        ("smtp.google.com.", "or `v=spf1 -all` if it sends nothing"),
    ],
)
def test_a_return_path_gets_its_vendors_term(host: str, words: str, check_zone: CheckZone) -> None:
    zone = f"bounce: {{type: MX, value: {{preference: 10, exchange: {host}}}}}\n"
    (found,) = [each for each in check_zone(zone) if each.rule == "spf-missing"]
    assert words in found.help
