"""Declared zones answer as an authoritative server with these zones would, and say "unknown" where they cannot."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Exchange
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import MAX_STEPS, Zones
from linter.source.text import Source
from linter.zone.reading import read_document, zone_from


def indexes(world: dict[str, str]) -> dict[str, ZoneIndex]:
    """The zones of some files, by name; a file that cannot be read is an incomplete zone."""
    found = {}
    for name, text in world.items():
        zone = zone_from([read_document(Source(f"{name}.yaml", text))])
        assert zone is not None
        found[f"{name}."] = ZoneIndex(zone)
    return found


def resolver(world: dict[str, str]) -> Zones:
    return Zones(indexes(world).get)


WORLD = resolver(
    {
        "a.test": """
'': [{type: MX, values: [{preference: 10, exchange: mx.a.test.}, {preference: 20, exchange: mx.b.test}]},
     {type: TXT, values: [v=spf1 -all, other]}, {type: NS, values: [ns1.a.test., ns2.a.test.]}]
mx: {type: A, values: [192.0.2.1, 192.0.2.2]}
deep.er.than: {type: A, value: 192.0.2.3}
alias: {type: CNAME, value: mx.a.test.}
chain: {type: CNAME, value: alias}
across: {type: CNAME, value: www.b.test.}
away: {type: CNAME, value: www.elsewhere.test.}
dangling: {type: CNAME, value: none.b.test.}
loop: {type: CNAME, value: pool.a.test.}
pool: {type: CNAME, value: loop.a.test.}
self: {type: CNAME, value: self.a.test.}
'*.wild': {type: TXT, value: wild}
known.wild: {type: A, value: 192.0.2.4}
x.empty.wild: {type: A, value: 192.0.2.5}
'*.cwild': {type: CNAME, value: mx.a.test.}
y.*.half: {type: A, value: 192.0.2.6}
old: {type: DNAME, value: b.test.}
odd: [{type: DNAME, value: b.test.}, {type: A, value: 192.0.2.7}]
below.old: {type: A, value: 192.0.2.8}
inner.old: {type: DNAME, value: elsewhere.test.}
root: {type: DNAME, value: .}
split: {type: CNAME, value: '@'}
sub: {type: NS, values: [ns.sub.a.test., ns.elsewhere.test.]}
ns.sub: {type: A, value: 192.0.2.9}
child: {type: NS, value: ns.elsewhere.test.}
flat: {type: ALIAS, value: mx.a.test.}
provided: {type: Route53Provider/ALIAS, value: {}}
forward: {type: URLFWD, value: {}}
both: [{type: ALIAS, value: mx.a.test.}, {type: A, value: 192.0.2.10}]
ignored: {type: TXT, value: x, octodns: {ignored: true}}
x.ignored: {type: A, value: 192.0.2.11}
only: {type: TXT, value: x, octodns: {ignored: true}}
calias: {type: CNAME, value: x., octodns: {ignored: true}}
'*.iwild': {type: TXT, value: x, octodns: {ignored: true}}
isub: {type: NS, value: x., octodns: {ignored: true}}
iold: {type: DNAME, value: x., octodns: {ignored: true}}
dynamic: {type: A, dynamic: {}}
geo: {type: A, value: 192.0.2.12, geo: {}}
'null': {type: MX, value: {preference: 0, exchange: .}}
ptr: {type: PTR, value: Host.A.test.}
caa: {type: CAA, value: {flags: 0, tag: issue, value: ;}}
twice: [{type: TXT, value: one}, {type: A, value: 192.0.2.13}, {type: TXT, value: two}]
""",
        "b.test": "www: {type: A, value: 198.51.100.1}\nmx: {type: A, value: 198.51.100.2}\n",
        "child.a.test": "'': {type: TXT, value: child}\nwww: {type: A, value: 203.0.113.1}\n",
        "empty.test": "zone: empty.test\nrecords: {}\n",
        "broken.test": "www: {type: A, value: 192.0.2.20}\n'*': {type: TXT, value: wild}\n'': text\n",
        "unread.test": """
www: {type: A, value: 192.0.2.21}
'*': {type: TXT, value: wild}
bad: text
typo: [{typ: TXT, value: x}, {type: A, value: 192.0.2.22}]
"*.odd": {type: NO, value: x}
www.bad: {type: A, value: 192.0.2.23}
""",
        "partly.test": """
bad: {type: TXT, values: [12]}
half: {type: TXT, values: [12, ok]}
c: {type: CNAME, value: 12}
d: {type: DNAME, value: 12}
m: {type: MX, value: {preference: high, exchange: mx.a.test.}}
""",
    }
)


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("a.test.", "MX", (Exchange(10, "mx.a.test."), Exchange(20, "mx.b.test."))),
        ("a.test.", "TXT", ("v=spf1 -all", "other")),
        ("a.test.", "NS", ("ns1.a.test.", "ns2.a.test.")),
        ("mx.a.test.", "A", ("192.0.2.1", "192.0.2.2")),
        ("deep.er.than.a.test.", "A", ("192.0.2.3",)),
        ("alias.a.test.", "CNAME", ("mx.a.test.",)),
        ("alias.a.test.", "A", ("192.0.2.1", "192.0.2.2")),
        ("chain.a.test.", "A", ("192.0.2.1", "192.0.2.2")),
        ("across.a.test.", "A", ("198.51.100.1",)),
        ("x.wild.a.test.", "TXT", ("wild",)),
        ("x.y.wild.a.test.", "TXT", ("wild",)),
        ("*.wild.a.test.", "TXT", ("wild",)),
        ("x.cwild.a.test.", "A", ("192.0.2.1", "192.0.2.2")),
        ("www.old.a.test.", "A", ("198.51.100.1",)),
        ("odd.a.test.", "A", ("192.0.2.7",)),
        ("old.a.test.", "DNAME", ("b.test.",)),
        ("child.a.test.", "TXT", ("child",)),
        ("www.child.a.test.", "A", ("203.0.113.1",)),
        ("sub.a.test.", "NS", ("ns.sub.a.test.", "ns.elsewhere.test.")),
        ("both.a.test.", "A", ("192.0.2.10",)),
        ("x.ignored.a.test.", "A", ("192.0.2.11",)),
        ("geo.a.test.", "A", ("192.0.2.12",)),
        ("null.a.test.", "MX", (Exchange(0, "."),)),
        ("ptr.a.test.", "PTR", ("host.a.test.",)),
        ("caa.a.test.", "CAA", ()),
        ("www.broken.test.", "A", ("192.0.2.20",)),
        ("typo.unread.test.", "A", ("192.0.2.22",)),
        ("www.bad.unread.test.", "A", ("192.0.2.23",)),
        ("none.unread.test.", "TXT", ("wild",)),
        ("half.partly.test.", "TXT", ("ok",)),
        ("m.partly.test.", "MX", (Exchange(0, "mx.a.test."),)),
        ("twice.a.test.", "TXT", ("one", "two")),
    ],
)
def test_what_is_declared_is_found(name: str, kind: str, values: tuple[object, ...]) -> None:
    answer = WORLD.lookup(name, kind)

    assert (answer.status, answer.values) == (FOUND, values)
    assert len(answer.spans) == len(values)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.test.", "AAAA"),
        ("mx.a.test.", "TXT"),
        ("er.than.a.test.", "A"),
        ("than.a.test.", "A"),
        ("alias.a.test.", "TXT"),
        ("x.wild.a.test.", "MX"),
        ("known.wild.a.test.", "TXT"),
        ("empty.wild.a.test.", "TXT"),
        ("half.a.test.", "A"),
        ("x.half.a.test.", "A"),
        ("flat.a.test.", "MX"),
        ("provided.a.test.", "TXT"),
        ("only.a.test.", "MX"),
        ("ignored.a.test.", "MX"),
        ("x.iwild.a.test.", "MX"),
        ("old.a.test.", "A"),
        ("odd.a.test.", "TXT"),
        ("child.a.test.", "MX"),
        ("empty.test.", "TXT"),
        ("geo.a.test.", "AAAA"),
    ],
)
def test_a_name_that_exists_without_such_data_has_no_data(name: str, kind: str) -> None:
    assert WORLD.lookup(name, kind).status == NO_DATA


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("none.a.test.", "A"),
        ("x.mx.a.test.", "A"),
        ("x.known.wild.a.test.", "TXT"),
        ("z.empty.wild.a.test.", "TXT"),
        ("dangling.a.test.", "A"),
        ("none.old.a.test.", "A"),
        ("x.child.a.test.", "A"),
        ("x.empty.test.", "A"),
        ("x.only.a.test.", "TXT"),
        ("y.z.half.b.test.", "A"),
    ],
)
def test_a_name_that_nothing_makes_exist_is_no_name(name: str, kind: str) -> None:
    assert WORLD.lookup(name, kind).status == NO_NAME


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("elsewhere.test.", "A", "outside"),
        ("test.", "NS", "above"),
        (".", "NS", "above"),
        ("away.a.test.", "A", "alias to outside"),
        ("sub.a.test.", "A", "delegated"),
        ("sub.a.test.", "MX", "delegated"),
        ("ns.sub.a.test.", "A", "glue is not authoritative"),
        ("x.y.sub.a.test.", "TXT", "delegated"),
        ("flat.a.test.", "A", "the provider's addresses"),
        ("flat.a.test.", "AAAA", "the provider's addresses"),
        ("provided.a.test.", "A", "the provider's addresses"),
        ("forward.a.test.", "A", "the provider's addresses"),
        ("both.a.test.", "AAAA", "the provider's addresses"),
        ("only.a.test.", "TXT", "ignored"),
        ("ignored.a.test.", "TXT", "ignored"),
        ("calias.a.test.", "MX", "an alias that is ignored"),
        ("x.iwild.a.test.", "TXT", "a wildcard that is ignored"),
        ("x.isub.a.test.", "A", "a delegation that is ignored"),
        ("isub.a.test.", "NS", "a delegation that is ignored"),
        ("x.iold.a.test.", "A", "a DNAME that is ignored"),
        ("dynamic.a.test.", "A", "by place"),
        ("x.root.a.test.", "A", "a DNAME to the root"),
        ("none.broken.test.", "A", "incomplete zone"),
        ("none.broken.test.", "TXT", "an incomplete zone may hold more than its wildcard"),
        ("bad.unread.test.", "TXT", "an entry of any type"),
        ("typo.unread.test.", "TXT", "beside an entry of any type"),
        ("x.bad.unread.test.", "TXT", "below what may be a delegation or a DNAME"),
        ("x.odd.unread.test.", "TXT", "a wildcard of any type"),
        ("bad.partly.test.", "TXT", "unreadable record"),
        ("c.partly.test.", "A", "unreadable alias"),
        ("x.d.partly.test.", "A", "unreadable DNAME"),
    ],
)
def test_what_nobody_here_can_tell_is_unknown(name: str, kind: str, why: str) -> None:
    answer = WORLD.lookup(name, kind)

    assert (answer.status, answer.values) == (UNKNOWN, ()), why


@pytest.mark.parametrize(("name", "kind"), [("loop.a.test.", "A"), ("self.a.test.", "TXT")])
def test_an_alias_of_itself_fails_as_it_does_for_every_resolver(name: str, kind: str) -> None:
    assert WORLD.lookup(name, kind).status == SERVFAIL


@pytest.mark.parametrize(
    ("text", "name", "kind", "status"),
    [
        ("'*': {type: NS, value: ns.b.test.}", "x.a.test.", "NS", UNKNOWN),
        ("'*': {type: NS, value: ns.b.test.}", "x.a.test.", "A", UNKNOWN),
        ("x: {type: DNAME, value: b.test.}\ny.x: {type: NS, value: ns.b.test.}", "z.y.x.a.test.", "CNAME", FOUND),
        ("x: {type: NS, value: ns.b.test.}\ny.x: {type: DNAME, value: b.test.}", "z.y.x.a.test.", "CNAME", UNKNOWN),
        ("x: [{type: NS, value: ns.b.test.}, {type: DNAME, value: b.test.}]", "z.x.a.test.", "CNAME", UNKNOWN),
        ("c: {type: NS, value: ns.b.test.}\n'': {type: TXT, value: t}", "c.a.test.", "DS", NO_DATA),
    ],
)
def test_where_servers_refuse_or_differ_nothing_is_claimed(text: str, name: str, kind: str, status: str) -> None:
    world = resolver(
        {"a.test": text, "c.a.test": "'': {type: A, value: 192.0.2.1}", "b.test": "x: {type: A, value: x}"}
    )

    assert world.lookup(name, kind).status == status


def steps(answer: Answer) -> list[tuple[str, str]]:
    return [(step.name, step.target) for step in answer.steps]


def test_the_aliases_that_were_followed_are_told_with_their_places() -> None:
    answer = WORLD.lookup("chain.a.test.", "A")

    assert steps(answer) == [("chain.a.test.", "alias.a.test."), ("alias.a.test.", "mx.a.test.")]
    assert [step.span.text for step in answer.steps if step.span] == ["alias", "mx.a.test."]
    assert answer.owner == "mx.a.test."


def test_a_loop_of_aliases_is_followed_until_it_would_close() -> None:
    assert steps(WORLD.lookup("loop.a.test.", "A")) == [("loop.a.test.", "pool.a.test.")]


def test_the_alias_of_a_wildcard_and_of_a_dname_lead_from_the_name_asked() -> None:
    assert steps(WORLD.lookup("x.cwild.a.test.", "A")) == [("x.cwild.a.test.", "mx.a.test.")]
    assert steps(WORLD.lookup("www.old.a.test.", "A")) == [("www.old.a.test.", "www.b.test.")]
    assert steps(WORLD.lookup("x.root.a.test.", "A")) == [("x.root.a.test.", "x.")]


def test_a_name_below_a_dname_is_looked_up_at_its_target_whatever_is_declared_there() -> None:
    assert steps(WORLD.lookup("below.old.a.test.", "A")) == [("below.old.a.test.", "below.b.test.")]
    assert WORLD.lookup("below.old.a.test.", "A").status == NO_NAME
    assert steps(WORLD.lookup("inner.old.a.test.", "DNAME")) == [("inner.old.a.test.", "inner.b.test.")]
    assert steps(WORLD.lookup("x.inner.old.a.test.", "A")) == [("x.inner.old.a.test.", "x.inner.b.test.")]


def test_an_alias_to_outside_tells_where_it_leads() -> None:
    answer = WORLD.lookup("away.a.test.", "A")

    assert (answer.status, steps(answer)) == (UNKNOWN, [("away.a.test.", "www.elsewhere.test.")])


def test_the_owner_of_a_wildcards_answer_is_the_wildcard() -> None:
    assert WORLD.lookup("x.y.wild.a.test.", "TXT").owner == "*.wild.a.test."
    assert WORLD.lookup("mx.a.test.", "A").owner == "mx.a.test."


def test_values_know_where_they_stand() -> None:
    answer = WORLD.lookup("a.test.", "MX")

    assert [span.text for span in answer.spans] == ["mx.a.test.", "mx.b.test"]


def test_too_long_a_chain_of_aliases_fails() -> None:
    links = "".join(f"c{number}: {{type: CNAME, value: c{number + 1}.a.test.}}\n" for number in range(40))
    world = resolver({"a.test": f"{links}c40: {{type: A, value: 192.0.2.1}}\n"})

    assert world.lookup("c0.a.test.", "A").status == SERVFAIL
    assert len(world.lookup("c0.a.test.", "A").steps) == MAX_STEPS
    assert world.lookup(f"c{40 - MAX_STEPS}.a.test.", "A").status == FOUND


def test_a_dname_into_itself_ends() -> None:
    world = resolver({"a.test": "x: {type: DNAME, value: y.x.a.test.}\n"})

    assert world.lookup("w.x.a.test.", "A").status == SERVFAIL


def test_only_zones_that_a_question_lands_in_are_asked_for() -> None:
    asked: list[str] = []
    known = indexes({"a.test": "www: {type: A, value: 192.0.2.1}\n", "b.test": "www: {type: A, value: 192.0.2.2}\n"})

    def index_of(name: str) -> ZoneIndex | None:
        asked.append(name)
        return known.get(name)

    Zones(index_of).lookup("x.www.a.test.", "A")

    assert asked == ["x.www.a.test.", "www.a.test.", "a.test."]


LABELS = st.sampled_from(["a", "b", "*", "www", "_dmarc"])
NAMES = st.lists(LABELS, max_size=3).map(".".join)
TARGETS = st.builds(
    lambda name, zone: f"{name}.{zone}".strip("."), NAMES, st.sampled_from(["a.test", "b.test", "c.a.test", "x.test"])
)
RECORDS = st.one_of(
    st.just("{type: A, value: 192.0.2.1}"),
    st.just("{type: TXT, value: text}"),
    st.just("{type: TXT, value: text, octodns: {ignored: true}}"),
    st.just("{type: TXT, value: 12}"),
    st.just("{type: ALIAS, value: x.test.}"),
    st.just("text"),
    st.builds("{{type: {}, value: '{}.'}}".format, st.sampled_from(["CNAME", "DNAME", "NS"]), TARGETS),
    st.builds("{{type: MX, value: {{preference: 1, exchange: '{}.'}}}}".format, TARGETS),
)
ZONES = st.dictionaries(NAMES, st.lists(RECORDS, min_size=1, max_size=2), max_size=5).map(
    lambda names: "".join(f"'{name}': [{', '.join(records)}]\n" for name, records in names.items())
)
KINDS = ("A", "TXT", "MX", "CNAME", "NS", "DNAME", "DS")


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({"a.test": ZONES, "b.test": ZONES}, optional={"c.a.test": ZONES}), st.lists(TARGETS))
@example({"a.test": "a: {type: DNAME, value: a.a.test.}\n"}, ["a.a.a.test"])
@example({"a.test": "a: {type: CNAME, value: b.a.a.test.}\n'*.a': {type: CNAME, value: a.a.test.}\n"}, [])
def test_every_question_ends_and_no_declared_name_is_denied(world: dict[str, str], others: list[str]) -> None:
    base = "ok: {type: SRV, value: {priority: 1, weight: 1, port: 1, target: x.}}\n"
    known = indexes({zone: base + text for zone, text in world.items()})
    zones = Zones(known.get)
    declared = {name for index in known.values() for name in index.names}

    for name in declared | {f"{other}." for other in others}:
        for kind in KINDS:
            answer = zones.lookup(name, kind)
            assert answer.status in (FOUND, NO_DATA, NO_NAME, UNKNOWN, SERVFAIL)
            assert len(answer.steps) <= MAX_STEPS
            assert len(answer.values) == len(answer.spans)
            if name in declared and not answer.steps and kind != "DS":
                assert answer.status != NO_NAME
            if not answer.steps and answer.status == FOUND and kind != "CNAME":
                assert answer.owner in declared
