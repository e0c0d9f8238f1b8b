"""Cases of the rules about MX that do not fit a manual: what is unknown, what another rule says, several entries."""

from textwrap import indent

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

LISTED = "v=spf1 ip4:192.0.2.0/24 -all"
POLICY = """_dmarc:
  {type: TXT, value: 'v=DMARC1\\; p=reject'}
s1._domainkey: {type: CNAME, value: s1.keys.example.edu.}
"""


def quoted(exchange: str) -> str:
    return exchange if exchange.replace(".", "").isalnum() or exchange == "." else f"'{exchange}'"


def mx(*pairs: tuple[int, str], spf: str = "v=spf1 include:_spf.mail.example.net -all") -> str:
    """A zone whose first MX stands in line 6, the others below it."""
    values = "".join(
        f"    - {{preference: {preference}, exchange: {quoted(exchange)}}}\n" for preference, exchange in pairs
    )
    return f"'':\n  - type: TXT\n    value: '{spf}'\n  - type: MX\n    values:\n{values}{POLICY}"


def host(name: str, *addresses: str) -> str:
    old = [each for each in addresses if ":" not in each]
    kinds = [("A", old), ("AAAA", [each for each in addresses if each not in old])]
    return f"'{name}':\n" + "".join(f"  - {{type: {kind}, values: {held}}}\n" for kind, held in kinds if held)


def alias(name: str, target: str) -> str:
    return f"'{name}':\n  type: CNAME\n  value: {target}\n"


MISSING = "mx-target-missing"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (mx((10, "mail.example.com.")) + host("mail", "192.0.2.25"), []),
        (mx((10, "MAIL.Example.COM.")) + host("mail", "192.0.2.25", "2001:db8::25"), []),
        (mx((10, "mail.example.com.")), [(MISSING, 6, "`mail.example.com` does not exist")]),
        (
            mx((10, "mail.example.com.")) + "mail: {type: TXT, value: x}\n",
            [(MISSING, 6, "has no A or AAAA record")],
        ),
        (mx((10, "mail.example.com.")) + host("a.mail", "192.0.2.1"), [(MISSING, 6, "has no A or AAAA record")]),
        (mx((10, "mail.example.com.")) + host("*", "192.0.2.25"), []),
        (mx((10, "mail.example.com.")) + "mail: {type: ALIAS, value: mx.example.net.}\n", []),
        (mx((10, "mail.example.com.")) + "mail: {type: Route53Provider/ALIAS, value: x}\n", []),
        (mx((10, "mail.example.com.")) + "mail: {type: A, value: 192.0.2.1, octodns: {ignored: true}}\n", []),
        (mx((10, "mail.example.com.")) + "mail: {type: A, dynamic: {pools: {}}}\n", []),
        (mx((10, "m.sub.example.com.")) + "sub: {type: NS, values: [ns1.example.net., ns2.example.net.]}\n", []),
        (mx((10, "mail.example.net.")), []),
        (mx((10, "mail.{zone_name}")), []),
        (mx((10, "mail.example.com"), (20, "mx.example.org")), [(MISSING, 6, "does not exist")]),
        (mx((10, "mail.example.com")) + host("mail", "192.0.2.25"), []),
        (mx((10, "mail.eu")) + host("mail.eu", "192.0.2.25"), []),
        (mx((10, "mail")) + host("mail", "192.0.2.25"), []),
        (mx((10, "mail")), [(MISSING, 6, "does not exist")]),
    ],
)
def test_hosts_without_addresses(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    found = tuple(each for each in check_zone(zone) if each.rule != "target-without-trailing-dot")

    assert_said(found, expected)


def test_nothing_is_missing_from_a_zone_that_cannot_be_read_to_its_end(check_zone: CheckZone) -> None:
    found = check_zone(mx((10, "mail.example.com.")) + "mail: [text]\n")

    assert [each.rule for each in found] == ["zone-shape"]


def test_a_host_in_another_zone_is_looked_for_there(check_zone: CheckZone) -> None:
    there = "www: {type: A, value: 192.0.2.1}\n"
    zones = f"# file: example.com.yaml\n{mx((10, 'mail.example.net.'), spf=LISTED)}# file: example.net.yaml\n{there}"

    assert_said(check_zone(zones), [(MISSING, 6, "`mail.example.net` does not exist")])


def test_two_full_views_of_one_zone_tell_nothing_about_its_hosts(check_zone: CheckZone) -> None:
    zones = f"# file: example.com.yaml\n{mx((10, 'mail.example.net.'))}"
    zones += f"# file: internal/example.net.yaml\n{host('a', '192.0.2.1')}"
    zones += f"# file: external/example.net.yaml\n{host('b', '192.0.2.1')}"

    assert_said(check_zone(zones), [])


ALIAS = "mx-target-is-alias"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (mx((10, "m.example.com.")) + alias("m", "mx.example.net."), [(ALIAS, 6, "write `mx.example.net.`")]),
        (mx((10, "m.example.com.")) + alias("*", "mx.example.net."), [(ALIAS, 6, "write `mx.example.net.`")]),
        (
            mx((10, "m.example.com.")) + alias("m", "n.example.com.") + alias("n", "mx.example.net."),
            [(ALIAS, 6, "alias of `mx.example.net`")],
        ),
        (mx((10, "m.example.com.")) + alias("m", "gone.example.com."), [(ALIAS, 6, "`gone.example.com`")]),
        (
            mx((10, "m.example.com."))
            + "m:\n  - {type: CNAME, value: a.example.net.}\n  - {type: A, value: 192.0.2.1}\n",
            [("cname-and-other-data", 11, "a CNAME must be the only record")],
        ),
    ],
)
def test_hosts_that_are_aliases(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_every_step_of_an_alias_is_shown_across_zones(check_zone: CheckZone) -> None:
    zones = f"# file: example.com.yaml\n{mx((10, 'mail.example.net.'), spf=LISTED)}"
    zones += f"# file: example.net.yaml\n{alias('mail', 'mx.example.org.')}"
    zones += f"# file: example.org.yaml\n{alias('mx', 'in.example.edu.')}"
    (found,) = check_zone(zones)

    assert found.rule == ALIAS
    assert [each.span.text for each in found.related] == ["mx.example.org.", "in.example.edu."]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("192.0.2.25", "with an A record"),
        ("192.0.2.25.", "with an A record"),
        ("[192.0.2.25]", "with an A record"),
        ("2001:db8::25", "with an AAAA record"),
    ],
)
def test_an_address_is_told_once(check_zone: CheckZone, written: str, words: str) -> None:
    assert_said(check_zone(mx((10, written))), [("mx-target-is-address", 6, words)])


@pytest.mark.parametrize("written", ["10 mail.example.com.", "mail..example.com.", "v=spf1 -all", ""])
def test_what_is_no_name_is_told_once(check_zone: CheckZone, written: str) -> None:
    assert_said(check_zone(mx((10, written))), [("name-invalid", 6, "MX: ")])


PRIVATE, V6 = "mx-target-private", "mx-target-ipv6-only"


@pytest.mark.parametrize(
    ("addresses", "is_private"),
    [
        (("10.1.2.3",), True),
        (("172.31.255.255",), True),
        (("172.32.0.1",), False),
        (("192.168.0.1", "fd00::1"), True),
        (("127.0.0.1",), True),
        (("100.64.0.1",), True),
        (("169.254.1.1",), True),
        (("240.0.0.1",), True),
        (("fe80::1",), True),
        (("::1",), True),
        (("192.0.2.1",), False),
        (("2001:db8::1",), False),
        (("10.1.2.3", "192.0.2.1"), False),
        (("10.1.2.3", "2001:db8::1"), False),
    ],
)
def test_private_addresses(check_zone: CheckZone, addresses: tuple[str, ...], is_private: bool) -> None:
    found = [each for each in check_zone(mx((10, "mail.example.com.")) + host("mail", *addresses)) if each.rule != V6]

    assert [PRIVATE] * is_private == [each.rule for each in found]
    assert all(len(each.related) == len(addresses) for each in found)


def test_an_address_that_is_none_is_judged_where_it_stands_alone(check_zone: CheckZone) -> None:
    zone = mx((10, "mail.example.com.")) + host("mail", "10.1.2", "10.1.2.3")

    assert [each.rule for each in check_zone(zone)] == ["zone-shape"]


def test_private_addresses_are_right_in_an_internal_zone(check_zone: CheckZone) -> None:
    zone = "'': {type: MX, value: {preference: 10, exchange: mail.example.internal.}}\n" + host("mail", "10.1.2.3")

    assert PRIVATE not in [each.rule for each in check_zone(zone, "example.internal.yaml")]


REFUSED = "v=spf1 -all"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (mx((0, "."), spf=REFUSED), []),
        (mx((10, "."), spf=REFUSED), [("mx-null-preference", 6, "has preference 0, not 10")]),
        (mx((0, "."), (10, "mx.example.net."), spf=REFUSED), [("mx-null-not-alone", 6, "receives no mail")]),
        (mx((10, "mx.example.net."), (5, "."), spf=REFUSED), [("mx-null-not-alone", 7, "either the null MX")]),
        (mx((0, "."), (10, "."), spf=REFUSED), [("mx-null-not-alone", 6, "other MX records")]),
        (mx((0, "."), (0, "."), spf=REFUSED), [("record-duplicate", 7, "occurs twice")]),
        (mx((10, "."), (10, "."), spf=REFUSED), [("mx-null-preference", 6, ""), ("record-duplicate", 7, "")]),
    ],
)
def test_null_mx(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_a_null_mx_in_an_entry_of_its_own_stands_beside_the_others(check_zone: CheckZone) -> None:
    zone = f"'':\n  - type: TXT\n    value: {REFUSED}\n  - type: MX\n    value: {{preference: 0, exchange: .}}\n"
    zone += f"  - type: MX\n    value: {{preference: 10, exchange: mx.example.net.}}\n{POLICY}"
    (found,) = check_zone(f"zone: example.com\nrecords:\n{indent(zone, ' ')}", "native.yaml")

    assert (found.rule, found.span.text) == ("mx-null-not-alone", ".")
    assert [each.span.text for each in found.related] == ["mx.example.net."]


SENDS = "mx-null-but-sends"


@pytest.mark.parametrize(
    ("spf", "term"),
    [
        ("v=spf1 ip4:192.0.2.25 -all", "ip4:192.0.2.25"),
        ("v=spf1 mx include:_spf.example.net -all", "include:_spf.example.net"),
        ("v=spf1 a:www.example.net ~all", "a:www.example.net"),
        ("v=spf1 exists:%{i}.example.net -all", "exists:%{i}.example.net"),
        ("v=spf1 include:senders.example.com -all", "include:senders.example.com"),
        ("v=spf1 redirect=senders.example.com", "redirect=senders.example.com"),
        ("v=spf1 -all", ""),
        ("v=spf1 ~all", ""),
        ("v=spf1 a mx -all", ""),
        ("v=spf1 mx:example.com -all", ""),
        ("v=spf1 ?ip4:192.0.2.25 -all", ""),
        ("v=spf1 redirect=parked.example.com", ""),
        ("v=spf1 redirect=_spf.example.net", ""),
        ("v=spf1 include:parked.example.com -all", ""),
        ("v=spf1 exp=why.example.com -all", ""),
    ],
)
def test_a_null_mx_beside_senders(check_zone: CheckZone, spf: str, term: str) -> None:
    zone = mx((0, "."), spf=spf) + "parked: {type: TXT, value: v=spf1 -all}\n"
    zone += "senders: {type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}\n"
    found = [each for each in check_zone(zone, neighbours=False) if each.rule == SENDS]

    assert ([term] if term else []) == [related.span.text for each in found for related in each.related]
    assert ["."] * len(found) == [each.span.text for each in found]


def test_the_name_itself_may_send_by_its_address(check_zone: CheckZone) -> None:
    zone = mx((0, "."), spf="v=spf1 a -all").replace("'':\n", "'':\n  - {type: A, value: 192.0.2.80}\n")

    assert_said(check_zone(zone), [(SENDS, 7, "but `a` in its SPF")])


GREETS = "[{type: A, value: 192.0.2.25}, {type: MX, value: {preference: 0, exchange: .}}, {type: TXT, value: %s}]\n"


@pytest.mark.parametrize(
    ("apex", "spf", "is_silent"),
    [
        (mx((10, "mail.example.com.")), "v=spf1 a -all", True),
        (mx((10, "mx.example.net."), (20, "MAIL.example.com.")), "v=spf1 a -all", True),
        (mx((10, "mail.example.com.")), "v=spf1 ip4:192.0.2.25 -all", True),
        (mx((10, "mail.example.com.")), "v=spf1 a:mail.example.com ip6:2001:db8::25 -all", True),
        (mx((10, "mx.example.net."), spf="v=spf1 a:mail.example.com -all"), "v=spf1 a -all", True),
        (mx((10, "mail.example.com.")), "v=spf1 a include:_spf.example.net -all", False),
        (mx((10, "mail.example.com.")), "v=spf1 redirect=_spf.example.org", False),
        (mx((10, "mx.example.net.")), "v=spf1 a -all", False),
        (
            mx((10, "mx.example.net.")) + "lists: {type: MX, value: {preference: 1, exchange: mail}}\n",
            "v=spf1 a -all",
            True,
        ),
    ],
)
def test_a_mail_host_that_takes_no_mail_of_its_own_still_greets(
    check_zone: CheckZone, apex: str, spf: str, is_silent: bool
) -> None:
    other = "_spf: {type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}\n"
    found = check_zone(f"# file: example.com.yaml\n{apex}mail: {GREETS % spf}# file: example.org.yaml\n{other}")

    assert [each.rule for each in found if each.rule == SENDS] == ([] if is_silent else [SENDS])


def test_a_mail_host_of_another_zone_greets_too(check_zone: CheckZone) -> None:
    own = f"'': {{type: MX, value: {{preference: 0, exchange: .}}}}\nmail: {GREETS % 'v=spf1 a -all'}"
    other = "'': {type: MX, value: {preference: 10, exchange: mail.example.com.}}\n"
    (found, alone) = (
        check_zone(f"# file: example.com.yaml\n{own}{more}") for more in (f"# file: example.org.yaml\n{other}", "")
    )

    assert SENDS not in [each.rule for each in found]
    assert SENDS in [each.rule for each in alone]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (((10, "a.example.net."), (20, "A.example.net.")), [("mx-duplicate-host", 7, "at 20 and at 10")]),
        (((10, "a.example.net."), (10, "a.example.net.")), [("record-duplicate", 7, "occurs twice")]),
        (((10, "a.example.net."), (10, "b.example.net.")), []),
        (
            ((10, "a.example.net."), (20, "a.example.net."), (30, "a.example.net.")),
            [("mx-duplicate-host", 7, "at 20 and at 10"), ("mx-duplicate-host", 8, "at 30 and at 10")],
        ),
        (
            ((10, "a.example.net."), (20, "a.example.net."), (20, "a.example.net.")),
            [("mx-duplicate-host", 7, "at 20 and at 10"), ("record-duplicate", 8, "occurs twice")],
        ),
    ],
)
def test_a_host_named_twice(check_zone: CheckZone, pairs: tuple[tuple[int, str], ...], expected: Expected) -> None:
    assert_said(check_zone(mx(*pairs)), expected)


def test_hundreds_of_hosts_are_each_judged_once(check_zone: CheckZone) -> None:
    found = check_zone(mx(*((number, f"mx{number}.example.com.") for number in range(400))))

    told = [each.message for each in found if each.rule == MISSING]
    assert (len(told), sum("350 more" in message for message in told)) == (51, 1)
    assert {MISSING} == {each.rule for each in found if each.rule.startswith("mx-target")}
