"""Cases of the rules about MTA-STS, TLS-RPT, TLSA and BIMI that do not fit a manual: aliases, unknowns, policies."""

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

DMARC = "_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:d@reports.example.net}\n"
DKIM = "s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"
RPT = "_smtp._tls: {type: TXT, value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net}\n"
STS = "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}\n"
HOST = "mta-sts: {type: A, value: 192.0.2.44}\n"
DIGEST = "d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971"


def mx(*hosts: str) -> str:
    """A mail domain in order, whose first MX host stands in line 5."""
    values = "".join(f"    - {{preference: 10, exchange: {host}}}\n" for host in hosts)
    spf = "{type: TXT, value: v=spf1 include:_spf.mail.example.net -all}"
    return f"'':\n- {spf}\n- type: MX\n  values:\n{values}{DMARC}{DKIM}"


MAIL = mx("mx1.mail.example.net.")
LINE = MAIL.count("\n") + 1
"""The line behind it."""

MISSING, WITHOUT_MX, WITHOUT_RPT = "mta-sts-host-missing", "mta-sts-without-mx", "mta-sts-without-tls-rpt"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (STS + RPT + HOST, []),
        (STS + RPT + "'*': {type: A, value: 192.0.2.1}\n", []),
        (STS + RPT + "mta-sts: {type: Route53Provider/ALIAS, value: x}\n", []),
        (STS + RPT + "mta-sts: {type: NS, values: [ns1.example.net., ns2.example.net.]}\n", []),
        (STS + RPT + "mta-sts: {type: AAAA, value: '2001:db8::1'}\n", []),
        (STS + RPT + "mta-sts: {type: CNAME, value: gone.example.net.}\n", []),
        (STS + RPT + "mta-sts: {type: TXT, value: x}\n", [(MISSING, LINE, "has no address")]),
        (STS + RPT, [(MISSING, LINE, "does not exist")]),
        (STS.replace("=1", "=1-2") + RPT + HOST, [("mta-sts-syntax", LINE, "letters and digits only")]),
        # Managed elsewhere: what the alias leads to is not known.
        ("_mta-sts: {type: CNAME, value: _mta-sts.provider.example.}\n", []),
        ("_mta-sts: {type: CNAME, value: sts.example.com.}\nsts: {type: TXT, value: x}\n", []),
        (
            "_mta-sts: {type: CNAME, value: _sts.example.com.}\n_sts: {type: TXT, value: v=STSv1\\; id=1}\n" + RPT,
            [(MISSING, LINE, "does not exist")],
        ),
        (STS + HOST, [(WITHOUT_RPT, LINE, "`_smtp._tls.example.com`")]),
        (STS + HOST + "_smtp._tls: {type: CNAME, value: _tlsrpt.provider.example.}\n", []),
        (STS + HOST + "_smtp._tls: {type: TXT, value: verification=1}\n", [(WITHOUT_RPT, LINE, "no TLS-RPT record")]),
        (STS + HOST + RPT.replace("TLSRPTv1", "TLSRPTv2"), [("tls-rpt-syntax", LINE + 2, "not a known version")]),
    ],
)
def test_what_an_mta_sts_record_needs(check_zone: CheckZone, rest: str, expected: Expected) -> None:
    assert_said(check_zone(MAIL + rest), expected)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (STS + HOST, [(WITHOUT_MX, 1, "has no MX record")]),
        (
            "'': [{type: MX, value: {preference: 0, exchange: .}}, {type: TXT, value: v=spf1 -all}]\n" + STS + HOST,
            [(WITHOUT_MX, 2, "has a null MX")],
        ),
        ("'': {type: CNAME, value: x.example.net.}\n" + STS + HOST + RPT, [("cname-at-apex", 1, "")]),
        (
            "_mta-sts.a: {type: TXT, value: v=STSv1\\; id=1}\na: {type: NS, values: [n.example., m.example.]}\n",
            [("record-below-delegation", 1, "`a.example.com`")],
        ),
        ("'*': {type: TXT, value: v=STSv1\\; id=1}\n", [("wildcard-answers-policy", 1, "")]),
    ],
)
def test_domains_that_receive_nothing(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["v=STSv1\\; id=1", "v=STSv1\\; id=1"], [("record-duplicate", 14, "")]),
        (["v=STSv1\\;", "id=1"], [("mta-sts-syntax", 13, "cut into two values")]),
        (["v=STSv1", "id=1"], [("mta-sts-syntax", 13, "cut into two values")]),
        (["v=STSv1\\; id=1", "x=1"], []),
        (
            ["v=STSv1\\; id=1", "v=STSv1\\; id=2", "v=STSv1\\; id=3"],
            [("mta-sts-multiple-records", 14, "a second"), ("mta-sts-multiple-records", 15, "a second")],
        ),
    ],
)
def test_several_values_at_one_name(check_zone: CheckZone, values: list[str], expected: Expected) -> None:
    listed = "".join(f"  - {value}\n" for value in values)
    zone = MAIL + RPT + HOST + "_mta-sts:\n  type: TXT\n  values:\n" + listed
    assert zone.splitlines()[12].startswith("  - v=STSv1")

    assert_said(check_zone(zone), expected)


OMITS = "mta-sts-policy-omits-mx"
INVALID = "mta-sts-policy-invalid"


def policy(*lines: str, mode: str = "enforce", age: int = 604800) -> str:
    """A policy whose first given line is the third."""
    return "".join(f"{line}\n" for line in ("version: STSv1", f"mode: {mode}", *lines, f"max_age: {age}"))


@pytest.mark.parametrize(
    ("hosts", "text", "expected"),
    [
        (["mx1.mail.example.net."], policy("mx: MX1.mail.example.net"), []),
        (["mx1.mail.example.net."], policy("mx: *.mail.example.net"), []),
        (["mx1.mail.example.net."], policy("mx: *.example.net"), [(OMITS, 3, "change it to `mx: *.mail.example.net`")]),
        (["mx1.mail.example.net."], policy("mx: mail.example.net"), [(OMITS, 3, "add `mx: mx1.mail.example.net`")]),
        (["mx1.mail.example.net."], policy("mx: *.example.net", mode="none"), []),
        (["mx1.mail.example.net."], policy(mode="none"), []),
        (
            ["contoso-com.o-v1.mx.microsoft."],
            policy("mx: *.mx.microsoft"),
            [(OMITS, 3, "change it to `mx: *.o-v1.mx.microsoft`")],
        ),
        (
            ["mx1.mail.example.net."],
            policy("mx: mx1.mail.example.net", "mx: old.example.org"),
            [(OMITS, 4, "allows no MX host of `example.com`")],
        ),
        # A move that the policy has not followed is one fault.
        (["new.example.org."], policy("mx: old.example.org"), [(OMITS, 3, "no `mx` line allows `new.example.org`")]),
        (["mx1.mail.example.net."], policy("mx: mx1.mail.example.net."), [(INVALID, 3, "ends in a dot")]),
        (["mx1.mail.example.net."], policy("mx: mx1.mail.example.net", age=86399), [("mta-sts-max-age-short", 4, "")]),
        (["mx1.mail.example.net."], policy("mx: mx1.mail.example.net", age=86400), []),
        (["mx1.mail.example.net."], policy("mx: mx1.mail.example.net", mode="testing", age=60), []),
        (["mx1.mail.example.net."], "", [(INVALID, 1, "the policy is empty")]),
        (["mx1.mail.example.net."], policy(), [(INVALID, 3, "`mx` is missing")]),
        (["'{mx}.example.net.'"], policy("mx: a.example.net"), []),
    ],
)
def test_policies(check_zone: CheckZone, hosts: list[str], text: str, expected: Expected) -> None:
    files = f"# file: example.com.yaml\n{mx(*hosts)}{STS}{RPT}{HOST}# file: sts/p.txt\n{text}"

    assert_said(check_zone(files, config="mta-sts: {example.com: sts/p.txt}\n"), expected)


def test_a_host_that_is_left_out_is_shown_in_the_policy_and_in_the_zone(check_zone: CheckZone) -> None:
    text = policy("mx: mx1.mail.example.net", mode="testing")
    files = f"# file: example.com.yaml\n{mx('mx1.mail.example.net.', 'mx2.mail.example.net.')}{STS}{RPT}{HOST}"

    (found,) = check_zone(f"{files}# file: sts/p.txt\n{text}", config="mta-sts: {example.com: sts/p.txt}\n")

    assert (found.rule, found.severity, found.name) == (OMITS, "warning", "_mta-sts.example.com.")
    assert found.span.source.path.endswith("sts/p.txt")
    assert [found.span.text, *(each.span.text for each in found.related)] == [
        "mx1.mail.example.net",
        "mx2.mail.example.net.",
    ]


def test_a_line_of_a_shared_policy_is_used_if_any_of_its_domains_uses_it(check_zone: CheckZone) -> None:
    one = mx("mx1.mail.example.net.") + STS + RPT + HOST
    two = mx("mx2.mail.example.net.") + STS + RPT + HOST
    lines = ("mx: mx1.mail.example.net", "mx: mx2.mail.example.net", "mx: mx3.mail.example.net")
    files = f"# file: one.example.yaml\n{one}# file: two.example.yaml\n{two}# file: p.txt\n{policy(*lines)}"

    found = check_zone(files, config="mta-sts: {one.example: p.txt, two.example: p.txt}\n")
    with_unknown = check_zone(files, config="mta-sts: {one.example: p.txt, two.example: p.txt, x.test: ./p.txt}\n")

    assert_said(found, [(OMITS, 5, "no MX host of the 2 domains")])
    assert_said(with_unknown, [])


def test_a_policy_larger_than_what_senders_read_is_judged_as_far_as_they_do(check_zone: CheckZone) -> None:
    text = policy("mx: mx1.mail.example.net", *["mx: old.example.org"] * 4000)
    files = f"# file: example.com.yaml\n{MAIL}{STS}{RPT}{HOST}# file: p.txt\n{text}"

    found = check_zone(files, config="mta-sts: {example.com: p.txt}\n")

    assert ("mta-sts-policy-invalid", 0) in [(each.rule, each.span.start) for each in found]
    assert {each.rule for each in found} == {"mta-sts-policy-invalid"}
    assert any("larger than 65536 octets" in each.message for each in found)


def test_a_policy_that_repeats_nothing_but_noise_is_read_in_time(check_zone: CheckZone) -> None:
    noise = "\x00\x1b[31m:\n" * 8000
    files = f"# file: example.com.yaml\n{MAIL}{STS}{RPT}{HOST}# file: p.txt\n{noise}"

    found = check_zone(files, config="mta-sts: {example.com: p.txt}\n")

    assert {each.rule for each in found} == {"mta-sts-policy-invalid"}


@pytest.mark.parametrize(("fields", "told"), [(19, 19), (20, 20), (21, 20), (5000, 20)])
def test_of_thousands_of_faults_the_first_are_told(check_zone: CheckZone, fields: int, told: int) -> None:
    text = "v=STSv1\\; id=1" + "".join(f"\\; a{number}=b" for number in range(fields))

    found = check_zone(f"{MAIL}{RPT}{HOST}_mta-sts: {{type: TXT, value: {text}}}\n")

    assert [each.rule for each in found] == ["mta-sts-ignored-field"] * told
    assert (f"{fields - 20} more" in found[-1].message) is (fields > 20)


def tlsa(name: str, fields: str, data: str = DIGEST) -> str:
    usage, selector, matching_type = fields.split()
    return (
        f"{name}:\n  type: TLSA\n  value:\n    certificate_usage: {usage}\n    selector: {selector}\n"
        f"    matching_type: {matching_type}\n    certificate_association_data: {data}\n"
    )


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (tlsa("_25._tcp.mx", "3 1 1"), []),
        (tlsa("_25._tcp.mx", "'3' \"1\" 1", f"'{DIGEST.upper()}'"), []),
        (tlsa("_25._tcp.mx", "3.0 1 1"), []),
        (tlsa("_25._tcp.mx", "2 0 2", DIGEST * 2), []),
        (tlsa("_443._tcp.www", "1 1 1"), []),
        (tlsa("_25._udp.mx", "1 1 1"), []),
        (tlsa("'*._tcp.mx'", "1 1 1"), []),
        (tlsa("_25._tcp.mx", "0 1 1"), [("tlsa-usage-not-for-smtp", 4, "usage 0")]),
        (tlsa("_25._tcp.mx", "3 1 2"), [("tlsa-invalid", 7, "matching type 1")]),
        (tlsa("_443._tcp.www", "9 7 3"), [("tlsa-invalid", line, "is not a") for line in (4, 5, 6)]),
        (tlsa("_25._tcp.mx", "3 1 0", "'3003020101'"), [("tlsa-full-data", 6, "matching type 0")]),
        (tlsa("_25._tcp.mx", "3 1 ~"), [("zone-shape", 6, "nothing stands here")]),
        (tlsa("_25._tcp.mx", "8 1 ~"), [("tlsa-invalid", 4, "`8`"), ("zone-shape", 6, "nothing stands here")]),
        (tlsa("_25._tcp.mx", "3 1 1", "'{digest}'"), []),
        (tlsa("_25._tcp.mx", "3 1 1", DIGEST[:-1] + "g"), [("tlsa-invalid", 7, "`g` is not a hexadecimal digit")]),
    ],
)
def test_tlsa_fields(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_the_caret_stands_under_the_wrong_digit(check_zone: CheckZone) -> None:
    (found,) = check_zone(tlsa("_25._tcp.mx", "3 1 1", f'"{DIGEST[:-2]}xy"'))

    assert found.span.text == "x"


AT_DOMAIN = "tlsa-not-at-mx"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (MAIL + tlsa("_25._tcp", "3 1 1"), [(AT_DOMAIN, LINE, "`_25._tcp.mx1.mail.example.net`")]),
        (mx("example.com.") + "a: {type: A, value: 192.0.2.1}\n" + tlsa("_25._tcp", "3 1 1"), None),
        (MAIL + tlsa("_443._tcp", "3 1 1"), []),
        (
            mx("mx1.example.com.")
            + "mx1: [{type: A, value: 192.0.2.1}, {type: MX, value: {preference: 1, exchange: a.example.net.}}]\n"
            + tlsa("_25._tcp.mx1", "3 1 1"),
            None,
        ),
        ("'': {type: MX, value: {preference: 0, exchange: .}}\n" + tlsa("_25._tcp", "3 1 1"), None),
        (tlsa("_25._tcp", "3 1 1"), []),
        (tlsa("_25._tcp.a", "3 1 1") + "a: {type: NS, values: [n.example., m.example.]}\n", []),
    ],
)
def test_tlsa_at_the_mail_domain(check_zone: CheckZone, zone: str, expected: Expected | None) -> None:
    found = check_zone(zone)
    if expected is None:
        assert AT_DOMAIN not in {each.rule for each in found}
    else:
        assert_said(found, expected)


LOGO = "default._bimi: {type: TXT, value: v=BIMI1\\; l=https://example.com/l.svg\\; a=https://example.com/v.pem}\n"
WEAK = "bimi-without-enforcement"


def dmarc(policy: str) -> str:
    return f"_dmarc: {{type: TXT, value: v=DMARC1\\; {policy}\\; rua=mailto:d@reports.example.net}}\n"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (LOGO + dmarc("p=reject"), ""),
        (LOGO + dmarc("p=quarantine\\; pct=100"), ""),
        (LOGO + dmarc("p=quarantine\\; pct=50"), "`pct=50`"),
        (LOGO + dmarc("p=reject\\; t=y"), "`t=y`"),
        (LOGO + dmarc("p=none"), "`p=none`"),
        (LOGO + dmarc("p=reject\\; sp=none"), "`sp=none`"),
        (LOGO, "no DMARC record"),
        (LOGO + "_dmarc: {type: CNAME, value: _dmarc.provider.example.}\n", ""),
        (LOGO + dmarc("p=rejct"), ""),
        (LOGO + dmarc("p=reject").replace("DMARC1", "dmarc1"), ""),
        (LOGO.replace("_bimi", "_bimi.news") + dmarc("p=reject\\; sp=quarantine"), ""),
        (LOGO.replace("_bimi", "_bimi.news") + dmarc("p=reject\\; sp=none"), "`sp=none`"),
        ("default._bimi: {type: TXT, value: v=BIMI1\\; l=\\; a=}\n" + dmarc("p=none"), ""),
        (LOGO + "'': {type: MX, value: {preference: 10, exchange: mx1.mail.example.net.}}\n", ""),
    ],
)
def test_bimi_needs_dmarc(check_zone: CheckZone, zone: str, words: str) -> None:
    found = [each.message for each in check_zone(zone) if each.rule == WEAK]

    assert len(found) == bool(words)
    assert all(words in message for message in found)


STS_TEXT, RPT_TEXT = "v=STSv1\\; id=1", "v=TLSRPTv1\\; rua=mailto:tls@reports.example.net"
BIMI_TEXT = "v=BIMI1\\; l=https://example.com/l.svg\\; a=https://example.com/v.pem"


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("''", STS_TEXT, "`_mta-sts.example.com`"),
        ("mta-sts", STS_TEXT, "`_mta-sts.example.com`"),
        ("_mta_sts.news", STS_TEXT, "`_mta-sts.news.example.com`"),
        ("_smtp._tls", STS_TEXT, "`_mta-sts.example.com`"),
        ("_sts-of-all", STS_TEXT, ""),
        ("'*'", STS_TEXT, ""),
        ("_mta-sts.a", STS_TEXT, ""),
        ("smtp._tls", RPT_TEXT, "`_smtp._tls.example.com`"),
        ("_smtp.tls", RPT_TEXT, "`_smtp._tls.example.com`"),
        ("''", RPT_TEXT, "`_smtp._tls.example.com`"),
        ("_mta-sts", RPT_TEXT, "`_smtp._tls.example.com`"),
        ("_bimi", BIMI_TEXT, "`default._bimi.example.com`"),
        ("logo.bimi", BIMI_TEXT, "`logo._bimi.example.com`"),
        ("'*._bimi'", BIMI_TEXT, ""),
    ],
)
def test_records_at_wrong_names(check_zone: CheckZone, name: str, text: str, right: str) -> None:
    found = [each for each in check_zone(f"{name}: {{type: TXT, value: {text}}}\n") if "wrong-name" in each.rule]

    assert [each.severity for each in found] == (["error"] if right else [])
    assert all(right in each.message for each in found)


def test_a_wrong_name_beside_the_right_one_is_a_remnant(check_zone: CheckZone) -> None:
    found = check_zone(MAIL + STS + RPT + HOST + f"_mta_sts: {{type: TXT, value: {STS_TEXT}}}\n")

    assert [(each.rule, each.severity) for each in found] == [("mta-sts-wrong-name", "warning")]


def test_an_alias_at_the_right_name_makes_the_wrong_one_a_remnant(check_zone: CheckZone) -> None:
    alias = "_mta-sts: {type: CNAME, value: _mta-sts.provider.example.}\n"

    found = check_zone(f"{MAIL}{alias}mta-sts: {{type: TXT, value: {STS_TEXT}}}\n")

    assert [(each.rule, each.severity) for each in found] == [("mta-sts-wrong-name", "warning")]


def test_a_file_that_is_no_zone_has_no_policies(check_zone: CheckZone) -> None:
    files = "# file: settings.yaml\na: 1\n# file: p.txt\nnothing\n"

    found = check_zone(files, config="mta-sts: {example.com: p.txt}\n")

    assert [each.rule for each in found] == ["not-a-zone"]


def test_a_zone_that_is_called_like_a_label_keeps_its_name(check_zone: CheckZone) -> None:
    (found,) = check_zone(f"'': {{type: TXT, value: {RPT_TEXT}}}\n", name="tls.example.yaml")

    assert "`_smtp._tls.tls.example`" in found.message


def test_what_an_alias_of_the_estate_leads_to_is_at_no_wrong_name(check_zone: CheckZone) -> None:
    central = f"# file: example.org.yaml\nsts: {{type: TXT, value: {STS_TEXT}}}\n"
    alias = "_mta-sts: {type: CNAME, value: sts.example.org.}\n"

    assert check_zone(f"# file: example.com.yaml\n{MAIL}{RPT}{HOST}{alias}{central}") == ()
