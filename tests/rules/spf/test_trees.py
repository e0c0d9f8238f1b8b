"""Cases of the rules about whole SPF trees: what is unknown, who speaks where several suffer, where it stands."""

import pytest

from linter.finding import Finding
from tests.rules.conftest import CheckZone, Expected, assert_said, said

MANY, NEAR, OPEN = "spf-too-many-lookups", "spf-near-lookup-limit", "spf-lookups-unknown"
VOID, HOSTS, BROKEN, LOOP = (
    "spf-too-many-void-lookups",
    "spf-too-many-mx-hosts",
    "spf-include-without-record",
    "spf-loop",
)


def zone(**records: str) -> str:
    """SPF records by name, one line each, in the order given; `apex` is the zone's own name, `_x` as it is."""
    return "".join(
        f"'{'' if name == 'apex' else name}': {{type: TXT, value: '{text}'}}\n" for name, text in records.items()
    )


def files(**zones: str) -> str:
    """Several zones: `example_org` is example.org."""
    return "".join(f"# file: {name.replace('_', '.')}.yaml\n{text}" for name, text in zones.items())


def asks(count: int, name: str = "example.net") -> str:
    return " ".join(f"a:h{number}.{name}" for number in range(count))


def spf_only(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.rule.startswith("spf"))


def places(finding: Finding) -> list[tuple[str, str, str]]:
    """(file, text, message) of what is related."""
    return [(each.span.source.path.rpartition("/")[2], each.span.text, each.message) for each in finding.related]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (f"v=spf1 {asks(8)} -all", []),
        (f"v=spf1 {asks(9)} -all", [(NEAR, 1, "9 of 10 lookups; one more")]),
        (f"v=spf1 {asks(10)} -all", [(NEAR, 1, "10 of 10 lookups")]),
        (f"v=spf1 {asks(11)} -all", [(MANY, 1, "11 lookups, 1 too many")]),
        (f"v=spf1 {asks(14)} -all", [(MANY, 1, "14 lookups, 4 too many")]),
        (f"v=spf1 {asks(10)} redirect=_spf.example.org", [(MANY, 1, "at least 11 lookups, 1 too many")]),
        (f"v=spf1 {asks(8)} -all redirect=_spf.example.org", [("spf-redirect-with-all", 1, "is ignored")]),
        (f"v=spf1 {asks(8)} include:_spf.example.org -all", [(NEAR, 1, "without what `_spf.example.org` needs")]),
        (f"v=spf1 {asks(7)} include:_spf.example.org -all", [(OPEN, 1, "at least 8 lookups, without what")]),
        (f"v=spf1 {asks(10)} include:_spf.example.org -all", [(MANY, 1, "at least 11 lookups, 1 too many")]),
        (f"v=spf1 {asks(3)} include:%{{l}}.example.org -all", []),
        (f"v=spf1 {asks(8)} include:%{{l}}.example.org -all", [(NEAR, 1, "at least 9 of 10 lookups")]),
        ("v=spf1 include:a.org include:b.org include:c.org include:d.org include:e.org -all", [(OPEN, 1, "1 more")]),
        ("v=spf1 include:a.example.org include:a.example.org. nclude:x.example -all", "broken"),
    ],
)
def test_what_the_worst_case_needs(check_zone: CheckZone, record: str, expected: Expected | str) -> None:
    found = spf_only(check_zone(zone(apex=record), neighbours=False))

    if expected == "broken":
        assert OPEN not in [each.rule for each in found]
    else:
        assert_said(found, [each for each in expected if not isinstance(each, str)])


def test_every_lookup_is_listed_with_its_cost_and_source(check_zone: CheckZone) -> None:
    dns = (
        "answers:\n"
        "  _spf.vendor.net:\n"
        f'    TXT: {{ttl: 60, seen: 2026-11-02, values: ["v=spf1 {asks(2)} include:b.vendor.net ?all"]}}\n'
        '  b.vendor.net: {TXT: ["v=spf1 a:x.vendor.net -all"]}\n'
    )
    record = f"v=spf1 {asks(6)} include:_spf.vendor.net -all"
    (found,) = spf_only(check_zone(zone(apex=record), dns=dns))

    assert (found.rule, found.span.text) == (MANY, "include:_spf.vendor.net")
    assert [message for _, _, message in places(found)[:2]] == [
        "`a:h0.example.net` costs 1, total 1",
        "`a:h1.example.net` costs 1, total 2",
    ]
    assert places(found)[6:] == [
        (
            "example.com.yaml",
            "include:_spf.vendor.net",
            "`include:_spf.vendor.net` costs 5, total 11, counted from mailzone.lock, seen 2026-11-02",
        ),
        ("mailzone.lock", "a:h0.example.net", "in `_spf.vendor.net`: `a:h0.example.net` costs 1, total 8"),
        ("mailzone.lock", "a:h1.example.net", "in `_spf.vendor.net`: `a:h1.example.net` costs 1, total 9"),
        (
            "mailzone.lock",
            "include:b.vendor.net",
            "in `_spf.vendor.net`: `include:b.vendor.net` costs 2, total 11, counted from mailzone.lock",
        ),
        ("mailzone.lock", "a:x.vendor.net", "in `b.vendor.net`: `a:x.vendor.net` costs 1, total 11"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a shared part speaks by the domain that uses it, and alone where none does
        (zone(apex="v=spf1 include:_spf.example.com -all", _spf=f"v=spf1 {asks(11)} ?all"), [(MANY, 1, "12 lookups")]),
        (zone(_spf=f"v=spf1 {asks(11)} ?all"), [(MANY, 1, "11 lookups")]),
        # one finding for one cause: the domain whose own record is too expensive, not those that include it
        (zone(apex=f"v=spf1 {asks(11)} -all", shop="v=spf1 redirect=example.com"), [(MANY, 1, "11 lookups")]),
        (zone(shop="v=spf1 redirect=example.com", apex=f"v=spf1 {asks(11)} -all"), [(MANY, 2, "11 lookups")]),
        # two domains with one part too many
        (
            zone(
                a="v=spf1 include:_spf.example.com -all",
                b="v=spf1 mx:example.net include:_spf.example.com -all",
                _spf=f"v=spf1 {asks(11)} ?all",
            ),
            [(MANY, 1, "12 lookups")],
        ),
        # two causes
        (
            zone(
                a=f"v=spf1 {asks(5)} include:_spf.example.com -all",
                b=f"v=spf1 {asks(6)} include:_spf.example.com -all",
                _spf=f"v=spf1 {asks(5)} ?all",
            ),
            [(MANY, 1, "11 lookups"), (MANY, 2, "12 lookups")],
        ),
        (
            zone(apex=f"v=spf1 {asks(9)} -all", shop="v=spf1 redirect=example.com"),
            [(NEAR, 1, "9 of 10")],
        ),
        (
            zone(apex="v=spf1 include:_spf.example.com -all", _spf="v=spf1 include:v.example.org ?all"),
            [(OPEN, 1, "at least 2 lookups")],
        ),
        (
            zone(
                a="v=spf1 include:v.example.org -all",
                b="v=spf1 mx:example.net include:v.example.org -all",
                c="v=spf1 include:w.example.org -all",
            ),
            [(OPEN, 2, "at least 2"), (OPEN, 3, "`w.example.org`")],
        ),
    ],
)
def test_one_cause_is_told_once(check_zone: CheckZone, text: str, expected: Expected) -> None:
    assert_said(spf_only(check_zone(text, neighbours=False)), expected)


def test_who_suffers_as_well_is_named(check_zone: CheckZone) -> None:
    text = zone(apex=f"v=spf1 {asks(11)} -all", shop="v=spf1 redirect=example.com")
    (found,) = spf_only(check_zone(text))

    assert places(found)[-1] == (
        "example.com.yaml",
        "'v=spf1 redirect=example.com'",
        "`shop.example.com` suffers from this as well",
    )


def test_each_zone_tells_of_a_part_in_another(check_zone: CheckZone) -> None:
    text = files(
        example_com=zone(apex="v=spf1 include:_spf.example.org -all"),
        example_net=zone(apex="v=spf1 include:_spf.example.org -all"),
        example_org=zone(_spf=f"v=spf1 {asks(11, 'vendor.test')} ?all"),
    )
    found = spf_only(check_zone(text))

    assert [(each.name, each.rule) for each in found] == [
        ("example.com.", MANY),
        ("example.net.", MANY),
        ("_spf.example.org.", MANY),
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 a:a.example.com a:b.example.com -all", []),
        ("v=spf1 a:a.example.com a:b.example.com mx:c.example.com -all", [(VOID, 1, "3 lookups find nothing, 1 too")]),
        ("v=spf1 a:a.example.com a:b.example.com a:c.example.net -all", []),
        ("v=spf1 a:a.example.com a:b.example.com ~all a:c.example.com", [("spf-term-after-all", 1, "behind")]),
        (
            "v=spf1 a:a.example.com a:b.example.com include:c.example.com -all",
            [(BROKEN, 1, "`c.example.com` does not exist")],
        ),
        ("v=spf1 include:_spf.example.com a:c.example.com -all", [(VOID, 1, "3 lookups find nothing")]),
    ],
)
def test_lookups_that_find_nothing(check_zone: CheckZone, record: str, expected: Expected) -> None:
    shared = "v=spf1 a:a.example.com exists:b.example.com ?all"
    assert_said(spf_only(check_zone(zone(apex=record, _spf=shared))), expected)


def test_each_lookup_in_vain_has_its_reason(check_zone: CheckZone) -> None:
    text = zone(apex="v=spf1 a:a.example.com a:_b.example.com mx:_b.example.com -all", _b="hello")
    (found,) = spf_only(check_zone(text))

    assert (found.rule, found.span.text) == (VOID, "mx:_b.example.com")
    assert [message for _, _, message in places(found)] == [
        "`a:a.example.com` finds nothing: `a.example.com` does not exist",
        "`a:_b.example.com` finds nothing: `_b.example.com` has no address",
        "`mx:_b.example.com` finds nothing: `_b.example.com` has no MX",
    ]


def pool(count: int) -> str:
    hosts = ", ".join(f"10 m{number}.example.net." for number in range(count))
    return (
        f"answers: {{pool.example.net: {{MX: [{hosts}]}}, v.example.net: {{TXT: ['v=spf1 mx:pool.example.net -all']}}}}"
    )


@pytest.mark.parametrize(
    ("record", "count", "words"),
    [
        ("v=spf1 mx:pool.example.net -all", 10, ""),
        ("v=spf1 mx:pool.example.net -all", 11, "`mx:pool.example.net` has 11 mail hosts, 1 too many"),
        ("v=spf1 include:v.example.net -all", 12, "`include:v.example.net` leads to `mx:pool.example.net`"),
        ("v=spf1 -all mx:pool.example.net", 12, ""),
    ],
)
def test_hosts_of_one_mx(check_zone: CheckZone, record: str, count: int, words: str) -> None:
    found = [each for each in check_zone(zone(apex=record), dns=pool(count)) if each.rule == HOSTS]

    assert_said(found, [(HOSTS, 1, words)] if words else [])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("nxdomain", "`v.example.net` does not exist"),
        ("nodata", "`v.example.net` has no SPF record"),
        ("{TXT: nodata}", "`v.example.net` has no SPF record"),
        ("{TXT: [hello]}", "`v.example.net` has no SPF record"),
        ("{TXT: ['v=spf1 -all', 'v=spf1 mx -all']}", "`v.example.net` has more than one SPF record"),
        ("{TXT: ['v=spf1 nclude:x -all']}", "a record that does not parse"),
        ("{TXT: ['v=spf1 include:gone.example.net -all']}", "leads to `include:gone.example.net`, and `gone"),
        ("{TXT: ['v=spf1 -all', 'v=spf1 -all']}", ""),
        ("{TXT: ['v=spf1 -all include:gone.example.net']}", ""),
        ("servfail", ""),
        ("timeout", ""),
        ("{MX: nodata}", ""),
    ],
)
@pytest.mark.parametrize("term", ["include:v.example.net -all", "redirect=v.example.net"])
def test_includes_of_what_is_known_to_fail(check_zone: CheckZone, term: str, answer: str, words: str) -> None:
    dns = f"answers: {{v.example.net: {answer}, gone.example.net: nxdomain}}"
    found = [each for each in check_zone(zone(apex=f"v=spf1 {term}"), dns=dns) if each.rule == BROKEN]

    assert_said(found, [(BROKEN, 1, words)] if words else [])


@pytest.mark.parametrize(
    ("record", "rule", "words"),
    [
        ("v=spf1 include:a.org,include:b.org -all", BROKEN, "is not a domain name"),
        (f"v=spf1 include:{'a' * 64}.org -all", "spf-domain-not-public", "has a label of 64 characters, 1 too many"),
        ("v=spf1 include:a..org ~all", "spf-domain-not-public", "has an empty label, so receivers answer permerror"),
    ],
)
def test_an_include_of_what_is_no_name(check_zone: CheckZone, record: str, rule: str, words: str) -> None:
    assert_said(spf_only(check_zone(zone(apex=record))), [(rule, 1, words)])


def test_what_stands_there_is_shown(check_zone: CheckZone) -> None:
    two = "'':\n  type: TXT\n  values:\n    - v=spf1 mx -all\n    - v=spf1 a -all\n"
    found = spf_only(check_zone(files(example_com=zone(apex="v=spf1 include:example.org -all"), example_org=two)))

    assert [each.rule for each in found] == [BROKEN, "spf-multiple-records"]
    assert [place[:2] for place in places(found[0])] == [
        ("example.org.yaml", "v=spf1 mx -all"),
        ("example.org.yaml", "v=spf1 a -all"),
    ]


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ("x: {type: TXT, values: [v=spf1 mx -all, v=spf1 a -all]}", "spf-multiple-records"),
        ("x: {type: TXT, value: v=spf1;mx -all}", "spf-version-misspelt"),
        ("x: {type: SPF, value: v=spf1 mx -all}", "spf-record-type"),
        ("x: {type: TXT, value: v=spf1 nclude:y.example.net -all}", "spf-unknown-mechanism"),
        ('x: {type: TXT, value: \'"v=spf1" "a -all\'}', "txt-quotes-in-value"),
    ],
)
def test_a_fault_of_the_zone_itself_is_told_where_it_stands(check_zone: CheckZone, other: str, rule: str) -> None:
    found = check_zone(zone(apex="v=spf1 include:x.example.com -all") + other + "\n")

    assert BROKEN not in [each.rule for each in found]
    assert rule in [each.rule for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (zone(apex="v=spf1 include:example.com -all"), [(LOOP, 1, "example.com → example.com")]),
        (zone(apex="v=spf1 redirect=example.com"), [(LOOP, 1, "example.com → example.com")]),
        (
            zone(b="v=spf1 include:example.com -all", apex="v=spf1 include:b.example.com -all"),
            [(LOOP, 1, "example.com → b.example.com → example.com")],
        ),
        (
            zone(
                apex="v=spf1 include:b.example.com include:c.example.com -all",
                b="v=spf1 include:example.com -all",
                c="v=spf1 include:example.com -all",
            ),
            [(LOOP, 2, "→ b.example.com →"), (LOOP, 3, "→ c.example.com →")],
        ),
        (
            zone(apex="v=spf1 include:b.example.com -all", b="v=spf1 include:b.example.com -all"),
            [(LOOP, 2, "b.example.com → b.example.com")],
        ),
        (zone(apex="v=spf1 -all include:example.com"), [("spf-term-after-all", 1, "behind")]),
        (zone(apex="v=spf1 include:%{d} -all"), [(LOOP, 1, "example.com → example.com")]),
    ],
)
def test_loops(check_zone: CheckZone, text: str, expected: Expected) -> None:
    assert_said(spf_only(check_zone(text)), expected)


def test_a_loop_over_several_zones_is_told_once(check_zone: CheckZone) -> None:
    text = files(
        example_com=zone(apex="v=spf1 include:example.net -all"),
        example_net=zone(apex="v=spf1 include:example.org -all"),
        example_org=zone(apex="v=spf1 include:example.com -all"),
    )
    (found,) = spf_only(check_zone(text))

    assert (found.rule, found.name, found.span.text) == (LOOP, "example.org.", "include:example.com")
    assert [place[:2] for place in places(found)] == [
        ("example.com.yaml", "include:example.net"),
        ("example.net.yaml", "include:example.org"),
    ]


@pytest.mark.parametrize(
    ("dns", "term"),
    [
        ("{v.example.net: {TXT: ['v=spf1 include:example.com -all']}}", "include:v.example.net"),
        ("{v.example.net: {TXT: ['v=spf1 include:v.example.net -all']}}", "include:v.example.net"),
    ],
)
def test_a_loop_through_a_recorded_record_stands_at_the_declared_include(
    check_zone: CheckZone, dns: str, term: str
) -> None:
    (found,) = spf_only(
        check_zone(zone(apex="v=spf1 mx:a.example.net include:v.example.net -all"), dns=f"answers: {dns}")
    )

    assert (found.rule, found.span.text) == (LOOP, term)


def test_a_long_loop_is_told_once(check_zone: CheckZone) -> None:
    names = [f"n{number}" for number in range(30)]
    text = "".join(
        f"{name}: {{type: TXT, value: 'v=spf1 include:{target}.example.com -all'}}\n"
        for name, target in zip(names, [*names[1:], names[0]], strict=True)
    )
    found = spf_only(check_zone(text))

    assert [(each.rule, "…" in each.message) for each in found] == [(LOOP, True)], said(found)


def test_a_zone_declared_twice_is_counted_by_its_own_record(check_zone: CheckZone) -> None:
    text = files(
        **{"internal/example_com": zone(apex=f"v=spf1 {asks(11)} -all"), "external/example_com": zone(www="x")}
    )

    assert [each.rule for each in spf_only(check_zone(text))] == [MANY]


def test_hostile_records_are_counted_in_the_end(check_zone: CheckZone) -> None:
    below = "v=spf1 include:l{0}.example.com include:l{0}.example.com. -all"
    levels = "".join(f"l{level}: {{type: TXT, value: '{below.format(level + 1)}'}}\n" for level in range(200))
    wide = zone(apex=f"v=spf1 {asks(5_000)} -all")
    text = f"{levels}l200: {{type: TXT, value: v=spf1 a:gone.example.com -all}}\n{wide}"
    found = spf_only(check_zone(text))

    assert {MANY, VOID} <= {each.rule for each in found}
    assert all(len(each.related) < 80 for each in found)
