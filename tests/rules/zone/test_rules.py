"""Cases of the zone rules that do not fit a manual: near misses, hostile zones, one cause found once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.facts import Facts, Publishing
from linter.facts.texts import Parsers
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import Zones
from linter.records.text.name import target_fault
from linter.rules.zone.aliases import cname_loop
from linter.run.estate import Estate
from linter.source.text import Source
from linter.zone.reading import read_document, zone_from
from tests.rules.conftest import CheckZone, Expected, assert_said, said

OPTIONAL = "dns: {target-dots: optional}\n"
FLATTENED = "dns: {cname-flattening: true}\n"


def names(*keys: str) -> str:
    return "".join(f"{key}:\n  type: A\n  value: 192.0.2.1\n" for key in keys)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (names("www", "_a._b", "'*'", "'*.dev'", "müller", "a" * 63, "0/25"), []),
        (names("'@'"), [("name-invalid", 1, "write `''`")]),
        (names("a" * 64), [("name-invalid", 1, "64 bytes, 1 too many")]),
        (names(".".join(["a" * 60] * 4)), [("name-invalid", 1, "255 characters, 2 too many")]),
        (names("www."), [("name-invalid", 1, "ends in a dot")]),
        (names("a b"), [("name-invalid", 1, "a blank is not allowed in a name")]),
        (names(".www"), [("name-invalid", 1, "an empty label")]),
        (names("www.example.com."), [("name-invalid", 1, "remove the zone's own name and the dot")]),
        (names("example.com", "www"), [("name-doubled-origin", 1, "write `''`")]),
        (names("WWW.Example.COM"), [("name-doubled-origin", 1, "write `www`")]),
        (names("'*.example.com'"), [("name-doubled-origin", 1, "write `*`")]),
        (names("com", "com.example", "notexample.com", "example.com._report", "example"), []),
    ],
)
def test_owner_names(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_the_caret_stands_under_the_zone_name_that_is_too_much(check_zone: CheckZone) -> None:
    (found,) = check_zone(names("www.example.com"))

    assert found.span.text == "example.com"
    assert found.span.start == 4


def test_a_doubled_name_is_told_once_for_all_its_records(check_zone: CheckZone) -> None:
    zone = "www.example.com:\n  - {type: A, value: 192.0.2.1}\n  - {type: AAAA, value: '2001:db8::1'}\n"

    assert_said(check_zone(zone), [("name-doubled-origin", 1, "write `www`")])


@pytest.mark.parametrize("name", ["com", "lan"])
def test_a_zone_of_one_label_may_hold_its_own_name(check_zone: CheckZone, name: str) -> None:
    records = names(name).replace("\n", "\n  ").rstrip(" ")

    assert_said(check_zone(f"zone: {name}\nrecords:\n  {records}", "any.yaml"), [])


@pytest.mark.parametrize("name", ["'@'", "example.com."])
def test_a_faulty_name_of_the_apex_is_read_as_the_apex(check_zone: CheckZone, name: str) -> None:
    zone = f"{name}:\n  type: MX\n  value: {{preference: 10, exchange: mx.example.net.}}\n"
    policy = "_dmarc.example.com.: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@example.com'}\n"

    assert_said(
        check_zone(zone + policy),
        [("name-invalid", 1, ""), ("spf-missing", 3, "`example.com`"), ("name-invalid", 4, "ends in a dot")],
    )


def test_a_file_of_one_name_that_it_is_called_after_is_a_piece_of_another_zone(check_zone: CheckZone) -> None:
    assert_said(check_zone(names("www.sub"), "www.sub.yaml"), [])


def target(kind: str, name: str) -> str:
    return f"www.eu:\n  type: {kind}\n  value: {name}\n"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (target("CNAME", "web.example.net."), []),
        (target("CNAME", "web.example.net"), [("target-without-trailing-dot", 3, "write `web.example.net.`")]),
        (target("CNAME", "web"), [("target-without-trailing-dot", 3, "write `web.example.com.`")]),
        (target("CNAME", "_acme.Example.NET"), [("target-without-trailing-dot", 3, "`_acme.Example.NET` has no")]),
        (target("NS", "ns1.example.net"), [("target-without-trailing-dot", 3, "`ns1.example.net.example.com`")]),
        (target("PTR", "mail.example.net"), [("target-without-trailing-dot", 3, "target-dots: optional")]),
        (target("DNAME", "example.net"), [("target-without-trailing-dot", 3, "no final dot")]),
        (target("ALIAS", "example.net"), [("target-without-trailing-dot", 3, "no final dot")]),
        (
            target("SRV", "{priority: 0, weight: 0, port: 993, target: imap.example.net}"),
            [("target-without-trailing-dot", 3, "imap.example.net")],
        ),
        (target("SRV", "{priority: 0, weight: 0, port: 0, target: .}"), []),
        (target("CNAME", "'{zone_name}'"), []),
        (target("Route53Provider/ALIAS", "web"), []),
        (target("CNAME", "web.eu") + names("web.eu"), [("target-without-trailing-dot", 3, "`web.eu.example.com.`")]),
        ("a: &a\n  type: CNAME\n  value: web\nb: *a\n", [("target-without-trailing-dot", 3, "no final dot")]),
    ],
)
def test_final_dots(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)
    assert_said(check_zone(zone, config=OPTIONAL), [])


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (
            target("CNAME", "web.example.com.example.com."),
            [("target-doubled-origin", 3, "so that only `web.example.com.`")],
        ),
        (target("NS", "example.com.example.com."), [("target-doubled-origin", 3, "so that only `example.com.`")]),
        (target("CNAME", "Tenant.DKIM.amazonses.com.example.com."), [("target-doubled-origin", 3, "amazonses.com.`")]),
        (target("CNAME", "google.com.example.com."), [("target-doubled-origin", 3, "so that only `google.com.`")]),
        (target("CNAME", "com.example.com."), []),
        (target("CNAME", "example.net.example.com."), []),
        (target("CNAME", "notgoogle.com.example.com."), []),
        (target("CNAME", "web.example.com.example.com.au."), []),
        (
            target("CNAME", "web.example.com.example.com.") + names("web.example.com"),
            [("name-doubled-origin", 4, "write `web`")],
        ),
    ],
)
def test_targets_with_the_zone_name_twice(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_a_doubled_mx_target_is_not_told_to_be_missing_as_well(check_zone: CheckZone) -> None:
    zone = "www:\n  type: MX\n  value: {preference: 10, exchange: mail.example.com.example.com.}\n"
    found = [each.rule for each in check_zone(zone) if each.rule.startswith(("mx", "target"))]

    assert found == ["target-doubled-origin"]


@pytest.mark.parametrize(
    ("kind", "written", "rule", "words"),
    [
        ("CNAME", "v=DMARC1; p=none", "cname-target-not-a-host", "make it a TXT record"),
        ("CNAME", "p=MIIBIjANBgkqhkiG", "cname-target-not-a-host", "the text of a record"),
        ("CNAME", "192.0.2.1", "cname-target-not-a-host", "make it an A record"),
        ("CNAME", "192.0.2.1.", "cname-target-not-a-host", "make it an A record"),
        ("CNAME", "'2001:db8::1'", "cname-target-not-a-host", "make it an AAAA record"),
        ("ALIAS", "192.0.2.1", "cname-target-not-a-host", "ALIAS"),
        ("CNAME", "https://www.example.net/", "cname-target-not-a-host", "a URL"),
        ("CNAME", "www.example.net:443", "cname-target-not-a-host", "`:` is not allowed"),
        ("CNAME", "'@'", "cname-target-not-a-host", "`@` is not a valid name"),
        ("CNAME", "''", "cname-target-not-a-host", "empty value"),
        ("CNAME", "www..example.net.", "cname-target-not-a-host", "an empty label"),
        ("CNAME", f"{'a' * 64}.example.net.", "cname-target-not-a-host", "64 bytes, 1 too many"),
        ("CNAME", ".".join(["a" * 60] * 5) + ".", "cname-target-not-a-host", "51 too many"),
        ("NS", "192.0.2.53", "name-invalid", "an address"),
        ("PTR", "mail example.net.", "name-invalid", "a blank"),
        ("SRV", "{priority: 0, weight: 0, port: 1, target: 192.0.2.1}", "name-invalid", "an address"),
    ],
)
def test_targets_that_are_no_name_are_told_once(
    check_zone: CheckZone, kind: str, written: str, rule: str, words: str
) -> None:
    assert_said(check_zone(target(kind, written)), [(rule, 3, words)])


@pytest.mark.parametrize(
    "written",
    [
        "s1._domainkey.example.net.",
        "_0123.acm-validations.aws.",
        "1.0/25.2.0.192.in-addr.arpa.",
        "xn--mller-kva.example.",
        "müller.example.",
        "www.4.example.net.",
    ],
)
def test_underscores_and_odd_names_are_hosts_to_a_cname(check_zone: CheckZone, written: str) -> None:
    assert_said(check_zone(target("CNAME", written)), [])


@given(st.text(alphabet="a.-_1: =;@[]{}é\u00a0/", max_size=80), st.booleans())
def test_what_is_wrong_with_a_target_lies_inside_it(written: str, dotted: bool) -> None:
    text = f"{written}." if dotted else written
    fault = target_fault(text, f"{written.lower()}.")

    assert fault is None or 0 <= fault.start <= fault.end <= len(text)


ALIAS = "  - {type: CNAME, value: web.example.net.}\n"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (f"www:\n{ALIAS}  - {{type: A, value: 192.0.2.1}}\n", [("cname-and-other-data", 2, "has A as well")]),
        (
            f"www:\n  - {{type: TXT, value: x}}\n{ALIAS}  - {{type: A, value: 192.0.2.1}}\n",
            [("cname-and-other-data", 3, "TXT and A")],
        ),
        (f"www:\n{ALIAS}  - {{type: Cloudflare/PAGES, value: x}}\n", []),
        (f"www:\n{ALIAS}  - {{type: URLFWD, value: {{code: 301}}}}\n", []),
        (f"www:\n{ALIAS}  - {{type: ALIAS, value: b.example.net.}}\n", []),
        (f"www:\n{ALIAS}  - {{type: NS, value: ns1.example.net.}}\n", [("cname-and-other-data", 2, "NS")]),
        (f"'*':\n{ALIAS}  - {{type: A, value: 192.0.2.1}}\n", [("cname-and-other-data", 2, "`*.example.com`")]),
        (f"www:\n{ALIAS}  - {{type: RRSIG, value: x}}\n  - {{type: NSEC, value: x}}\n", []),
        (f"www:\n{ALIAS}  - {{type: A, value: 192.0.2.1, octodns: {{ignored: true}}}}\n", []),
        (
            f"zone: example.com\nrecords:\n www:\n{ALIAS}  - {{type: CNAME, value: b.example.net.}}\n",
            [("cname-and-other-data", 5, "a second CNAME")],
        ),
        (f"zone: example.com\nrecords:\n www:\n{ALIAS}{ALIAS}", [("record-duplicate", 5, "occurs twice")]),
        (f"www:\n{ALIAS}{ALIAS}", [("record-declared-twice", 3, "a second CNAME entry")]),
        (f"www:\n{ALIAS}www.sub:\n  type: A\n  value: 192.0.2.1\n", []),
    ],
)
def test_a_cname_stands_alone(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_a_cname_with_other_data_points_to_the_other_record(check_zone: CheckZone) -> None:
    (found,) = check_zone(f"www:\n{ALIAS}  - {{type: A, value: 192.0.2.1}}\n")

    assert [each.span.text for each in found.related] == ["192.0.2.1"]
    assert found.severity == "error"


def test_a_cname_with_other_data_is_milder_where_the_provider_flattens(check_zone: CheckZone) -> None:
    (found,) = check_zone(f"www:\n{ALIAS}  - {{type: A, value: 192.0.2.1}}\n", config=FLATTENED)

    assert (found.rule, found.severity) == ("cname-and-other-data", "warning")


@pytest.mark.parametrize(("config", "rules"), [("", ["cname-at-apex"]), (FLATTENED, [])])
def test_at_the_apex_a_cname_is_told_once(check_zone: CheckZone, config: str, rules: list[str]) -> None:
    zone = f"'':\n{ALIAS}  - {{type: TXT, value: google-site-verification=x}}\n"

    assert rules == [each.rule for each in check_zone(zone, config=config)]


def aliases(*pairs: tuple[str, str]) -> str:
    return "".join(f"'{name}':\n  type: CNAME\n  value: {value}\n" for name, value in pairs)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (aliases(("www", "www.example.com.")), [("cname-loop", 3, "an alias of itself")]),
        (aliases(("www", "WWW.example.com.")), [("cname-loop", 3, "an alias of itself")]),
        (aliases(("*", "www.example.com.")), [("cname-loop", 3, "`*.example.com` is an alias of itself")]),
        (
            aliases(("c", "a.example.com."), ("a", "b.example.com."), ("b", "a.example.com.")),
            [("cname-loop", 6, "`a.example.com` is an alias that comes back to itself after 2 steps")],
        ),
        (aliases(("a", "b.example.com."), ("b", "c.example.net."), ("c", "b.example.com.")), []),
        (aliases(("*", "www.example.com."), ("www", "web.example.net.")), []),
    ],
)
def test_loops(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_a_loop_through_two_zones_is_found_in_each(check_zone: CheckZone) -> None:
    there = aliases(("www", "www.example.net."))
    back = aliases(("www", "www.example.com."))
    found = check_zone(f"# file: example.com.yaml\n{there}# file: example.net.yaml\n{back}")

    assert [each.rule for each in found] == ["cname-loop", "cname-loop"]
    assert all("2 steps" in each.message and len(each.related) == 1 for each in found)


def facts_of(text: str) -> Facts:
    zone = zone_from([read_document(Source("example.com.yaml", text))])
    assert zone
    index = ZoneIndex(zone)
    return Facts(index, Zones({zone.name: index}.get), Estate([], ""), Publishing(), Parsers())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=15))
def test_each_loop_is_told_once(targets: list[int]) -> None:
    zone = aliases(*((f"n{name}", f"n{target}.example.com.") for name, target in enumerate(targets)))
    loops = set()
    for name in range(len(targets)):
        way: list[int] = []
        while name < len(targets) and name not in way:
            way.append(name)
            name = targets[name]
        if name < len(targets):
            loops.add(frozenset(way[way.index(name) :]))

    found = list(cname_loop(facts_of(zone)))

    assert len(loops) == len(found)
    assert sorted(map(len, loops)) == sorted(1 + len(each.related) for each in found)


def test_a_chain_of_thousands_is_walked_once() -> None:
    chain = aliases(*((f"n{number}", f"n{number + 1}.example.com.") for number in range(5000)))
    facts = facts_of(chain)
    asked: list[str] = []

    class Counting(Zones):
        def lookup(self, name: str, kind: str):  # type: ignore[no-untyped-def]
            asked.append(name)
            return super().lookup(name, kind)

    facts.resolver = Counting({facts.zone.name: facts.index}.get)

    assert list(cname_loop(facts)) == []
    assert len(asked) <= 5001


def values(kind: str, *written: str) -> str:
    return f"www:\n  type: {kind}\n  values:\n" + "".join(f"    - {value}\n" for value in written)


@pytest.mark.parametrize(
    ("zone", "lines"),
    [
        (values("A", "192.0.2.1", "192.0.2.1"), [5]),
        (values("A", "192.0.2.1", "192.0.2.1", "192.0.2.1"), [5, 6]),
        (values("AAAA", "'2001:db8::1'", "'2001:DB8:0:0::1'"), [5]),
        (values("TXT", "a b", '\'"a " "b"\''), [5]),
        (values("TXT", "Token=a", "token=a"), []),
        (values("NS", "ns1.example.net.", "NS1.example.net."), [5]),
        (values("CAA", "{flags: 0, tag: issue, value: ca.example}", "{tag: issue, flags: 0, value: ca.example}"), []),
        (values("CAA", "{flags: 0, tag: issue, value: ca.example}", "{flags: 0, tag: issue, value: ca.example}"), [5]),
        (values("CAA", "{flags: 0, tag: issue, value: ';'}", "{flags: 0, tag: issuewild, value: ';'}"), []),
        ("www: {type: A, value: 192.0.2.1}\nweb: {type: A, value: 192.0.2.1}\n", []),
        (values("A", "&a 192.0.2.1", "*a"), [4]),
    ],
)
def test_duplicates(check_zone: CheckZone, zone: str, lines: list[int]) -> None:
    found = check_zone(zone)

    assert lines == [line for _, line, _ in said(found)]
    assert {"record-duplicate"} >= {each.rule for each in found}
    assert all(each.related for each in found)


def test_a_value_in_two_native_entries_is_a_duplicate(check_zone: CheckZone) -> None:
    entry = "    - {type: A, value: 192.0.2.1}\n"
    found = check_zone(f"zone: example.com\nrecords:\n  www:\n{entry}{entry}", "native.yaml")

    assert_said(found, [("record-duplicate", 5, "occurs twice")])


def test_a_name_with_and_without_its_dot_is_no_duplicate(check_zone: CheckZone) -> None:
    found = check_zone(values("NS", "ns1.example.net.", "ns1.example.net"))

    assert [each.rule for each in found] == ["target-without-trailing-dot"]


@pytest.mark.parametrize(
    ("ttls", "lines"),
    [(("300", "3600"), [3]), (("300", "'300'"), []), (("300", "60", "60"), [3, 4]), (("300", None), [])],
)
def test_times_to_live(check_zone: CheckZone, ttls: tuple[str | None, ...], lines: list[int]) -> None:
    entries = [
        f"  - {{type: A, {f'ttl: {ttl}, ' if ttl else ''}value: 192.0.2.{number}}}\n" for number, ttl in enumerate(ttls)
    ]
    found = check_zone(
        "zone: example.com\nrecords:\n  www:\n" + "".join(f"  {entry}" for entry in entries), "native.yaml"
    )

    assert lines == [line - 2 for rule, line, _ in said(found) if rule == "ttl-differs-in-set"]
    assert len(lines) == len(found)


def test_the_time_to_live_of_the_file_counts_where_an_entry_has_none(check_zone: CheckZone) -> None:
    zone = "zone: example.com\nttl: 60\nrecords:\n  www:\n    - {type: A, ttl: 300, value: 192.0.2.1}\n"
    found = check_zone(f"{zone}    - {{type: A, value: 192.0.2.2}}\n", "native.yaml")

    assert_said(found, [("ttl-differs-in-set", 6, "a TTL of 60, but 300 in the rest of this A set")])


KINDS = (("CNAME", "a.example.net."), ("A", "192.0.2.1"))
ADDRESS = "  - {type: A, value: 192.0.2.1}\n"
TWICE = "www: [{type: A, value: 192.0.2.1}, {type: A, value: 192.0.2.2}]\n"
REFUSED = "a second A entry for `www.example.com`, for which octoDNS refuses the whole zone"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (TWICE, [("record-declared-twice", 1, REFUSED)]),
        ("www: [{type: A, value: 192.0.2.1}, {type: AAAA, value: '2001:db8::1'}]\n", []),
        (
            f"www:\n{ADDRESS}  - {{type: A, ttl: 60, value: 192.0.2.1}}\n{ADDRESS}",
            [("record-declared-twice", 3, REFUSED), ("record-declared-twice", 4, REFUSED)],
        ),
        (
            "www: {type: A, value: 192.0.2.1}\nWWW: {type: A, value: 192.0.2.2}\n",
            [("record-declared-twice", 2, REFUSED)],
        ),
        (
            "ü: {type: A, value: 192.0.2.1}\nxn--tda: {type: A, value: 192.0.2.2}\n",
            [("record-declared-twice", 2, "a second A entry for")],
        ),
        ("www: [&a {type: A, value: 192.0.2.1}, *a]\n", [("record-declared-twice", 1, REFUSED)]),
        ("www: [{type: A, value: 192.0.2.1}, {type: A, value: 192.0.2.2, octodns: {ignored: true}}]\n", []),
        (
            "a: [{type: CNAME, value: b.example.net.}, {type: CNAME, value: c.example.net.}]\n",
            [("record-declared-twice", 1, "a second CNAME entry for `a.example.com`")],
        ),
        (f"zone: example.com\nrecords:\n  {TWICE}", []),
        (
            f"# file: example.com./a.yaml\nwww: {{type: A, value: 192.0.2.1}}\n# file: example.com./b.yaml\n{TWICE}",
            [("record-declared-twice", 1, REFUSED), ("record-declared-twice", 1, REFUSED)],
        ),
    ],
)
def test_two_entries_of_one_type(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    found = check_zone(zone)

    assert_said(found, expected)
    assert all(each.related and each.help for each in found)


def test_one_entry_is_kept_of_types_with_one_value(check_zone: CheckZone) -> None:
    alias, address = (
        f"www: [{{type: {kind}, value: {value}}}, {{type: {kind}, value: {value}}}]\n" for kind, value in KINDS
    )

    assert [each.help for each in check_zone(alias)] == ["keep one"]
    assert [each.help for each in check_zone(address)] == ["put all values under `values` of one entry"]


BOUNDS = "www:\n  type: {kind}\n  value: {{{fields}}}\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", ""),
        ("65535", ""),
        ("'65535'", ""),
        ("'00010'", ""),
        ("10.0", ""),
        ("65536", "expected 0 to 65535"),
        ("'65536'", "expected a number from 0 to 65535"),
        ("'70000'", "expected a number from 0 to 65535"),
        ("'100000'", "expected a number from 0 to 65535"),
        ("-1", "expected 0 to 65535"),
    ],
)
def test_numbers_of_mx_and_srv_have_sixteen_bits(check_zone: CheckZone, number: str, words: str) -> None:
    mx = f"preference: {number}, exchange: mx.example.net."
    srv = f"priority: {number}, weight: {number}, port: {number}, target: mx.example.net."
    expected = [words] if words else []

    for kind, fields, count in (("MX", mx, 1), ("SRV", srv, 3)):
        found = check_zone(BOUNDS.format(kind=kind, fields=fields))
        shape = [each.message for each in found if each.rule == "zone-shape"]
        assert expected * count == [message[-len(words) :] for message in shape]


@pytest.mark.parametrize("entry", ["x: {typ: TXT, value: a}", "x: {type: TEXT, value: a}", "x: a", "x: [{typ: MX}]"])
def test_what_cannot_be_read_leaves_its_own_name_open_and_no_other(check_zone: CheckZone, entry: str) -> None:
    mail = "{type: MX, value: {preference: 10, exchange: mx.example.net.}}"
    found = check_zone(f"a: {mail}\nx.b: {mail}\n{entry}\nb: text\n")
    assert {each.rule for each in found} == {"zone-shape", "spf-missing", "dmarc-missing"}
    assert {each.name for each in found if each.rule == "spf-missing"} == {"a.example.com.", "x.b.example.com."}

    beside = check_zone(f"x: [{mail}, {{typ: TXT, value: a}}]\n_dmarc.x: text\n")
    assert {each.rule for each in beside} == {"zone-shape"}
