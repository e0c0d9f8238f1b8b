"""Ways under the limit of lookups: each is applied, and every client must get what it got, but for the limit."""

from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.spf import check
from linter.facts.spf.check import Client, check_host
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.facts.spf.shorter import UNDECLARED, Known, Shorter, shorter
from linter.facts.spf.shorter_words import in_short, step_by_step
from linter.facts.spf.tree import SpfTrees
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Data, Exchange, Resolver
from linter.records.spf.record import parse

DOMAIN = "example.com."
Names = Mapping[tuple[str, str], tuple[Data, ...] | None]


class Told:
    """Answers from a mapping of (name, type); None is unknown, what is not in it does not exist."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer, as Resolver has it."""
        values = self.names.get((name, kind), ())
        if values is None:
            return Answer(UNKNOWN, owner=name)
        if values:
            return Answer(FOUND, values, owner=name)
        return Answer(NO_DATA if any(name == held for held, _ in self.names) else NO_NAME, owner=name)


NAMES: dict[tuple[str, str], tuple[Data, ...] | None] = {
    (DOMAIN, "A"): ("11.0.0.1",),
    (DOMAIN, "MX"): (Exchange(10, "mx.example.com."),),
    ("mx.example.com.", "A"): ("11.0.0.25",),
    ("mx.example.com.", "AAAA"): ("2600::25",),
    ("web.example.com.", "A"): ("12.0.0.1", "12.0.0.2"),
    ("big.example.com.", "A"): tuple(f"13.0.0.{each}" for each in range(9)),
    ("inside.example.com.", "A"): ("10.0.0.1",),
    ("odd.example.com.", "A"): None,
    ("nothing.example.net.", "TXT"): ("v=spf1 -all",),
    ("one.example.net.", "TXT"): ("v=spf1 ip4:14.0.0.0/24 -all",),
    ("two.example.net.", "TXT"): ("v=spf1 ip4:15.0.0.0/24 include:one.example.net -all",),
    ("not.example.net.", "TXT"): ("v=spf1 -ip4:14.0.0.9 include:one.example.net -all",),
    ("deep.example.net.", "TXT"): (f"v=spf1 {' '.join(f'a:h{each}.example.net' for each in range(5))} -all",),
    ("dark.example.net.", "TXT"): None,
}
CLIENTS = (
    *("11.0.0.1", "11.0.0.25", "11.0.0.9", "12.0.0.1", "12.0.0.2", "13.0.0.3", "10.0.0.1"),
    *("14.0.0.1", "14.0.0.9", "15.0.0.1", "2600::25", "2600::1", "99.0.0.1"),
)
TERMS = (
    *(
        "a",
        "mx",
        "a:web.example.com",
        "a:big.example.com",
        "a:inside.example.com",
        "a:odd.example.com",
        "mx:example.com",
    ),
    *("a:gone.example.com", "a/24", "+a", "a:mx.example.com", "exists:%{i}.x.example.net"),
    *("include:nothing.example.net", "include:one.example.net", "include:two.example.net", "include:not.example.net"),
    *("include:deep.example.net", "include:dark.example.net", "ip4:11.0.0.0/24", "ip6:2600::/64", "ip4:12.0.0.1"),
    *("-ip4:14.0.0.9", "?a:web.example.com", "~include:one.example.net"),
)


def found_for(record: str, known: Known = UNDECLARED, goal: int = MAX_LOOKUPS, names: Names = NAMES) -> Shorter:
    resolver = Told({**names, (DOMAIN, "TXT"): (record,)})
    tree = SpfTrees(resolver, parse).at(DOMAIN)
    found = shorter(tree, resolver, parse, lambda name: None, known, goal)
    assert found is not None
    return found


def results(record: str, clients: Iterable[str] = CLIENTS) -> list[str | None]:
    resolver: Resolver = Told({**NAMES, (DOMAIN, "TXT"): (record,)})
    made = (Client(each, "postmaster@example.com", "example.com") for each in clients)
    return [check_host(each, DOMAIN, resolver).result for each in made]


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Receivers that never give up: what differs then is not the limit's doing."""
    from linter.facts.spf import questions

    monkeypatch.setattr(check, "MAX_LOOKUPS", 1_000)
    monkeypatch.setattr(questions, "MAX_VOID_LOOKUPS", 1_000)


@pytest.mark.usefixtures("unlimited")
def test_no_client_gets_another_result() -> None:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(TERMS), min_size=1, max_size=16), st.sampled_from(["-all", "~all"]))
    def holds(terms: list[str], end: str) -> None:
        record = f"v=spf1 {' '.join(terms)} {end}"
        found = found_for(record, goal=0)
        before, after = results(record), results(found.record)

        # What is known to be the same stays so; what is unknown may become known when a term is in no need of DNS.
        assert all(old in (new, None) for old, new in zip(before, after, strict=True))
        resolver = Told({**NAMES, (DOMAIN, "TXT"): (found.record,)})
        assert SpfTrees(resolver, parse).at(DOMAIN).lookups.min == found.left
        assert parse(found.record).is_valid

    holds()


INCLUDES = " ".join(f"include:s{each}.example.net" for each in range(10))
SERVICES = {(f"s{each}.example.net.", "TXT"): (f"v=spf1 ip4:20.0.{each}.0/24 -all",) for each in range(10)}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (f"v=spf1 a ip4:11.0.0.0/24 {INCLUDES} -all", "delete `a`, whose addresses are in `ip4:11.0.0.0/24` (then 10)"),
        (f"v=spf1 a -ip4:11.0.0.1 ip4:11.0.0.0/24 {INCLUDES} -all", "write `ip4:11.0.0.1` for `a` (then 10)"),
        (
            f"v=spf1 mx ip4:11.0.0.0/24 ip6:2600::25 {INCLUDES} -all",
            "delete `mx`, whose addresses are in `ip4:11.0.0.0/24` and `ip6:2600::25` (then 10)",
        ),
        (f"v=spf1 ip4:11.0.0.0/24 mx {INCLUDES} -all", "write `ip6:2600::25` for `mx` (then 10)"),
        (f"v=spf1 a:gone.example.com {INCLUDES} -all", "delete `a:gone.example.com`, which finds no address (then 10)"),
        (f"v=spf1 {INCLUDES} include:nothing.example.net ~all", "which authorises no sender (then 10)"),
        (f"v=spf1 {INCLUDES} include:S1.example.net ~all", "which `include:s1.example.net` says already (then 10)"),
        (
            "v=spf1 include:two.example.net include:one.example.net include:deep.example.net a a:mx.example.com ~all",
            "delete `include:one.example.net`, which `include:two.example.net` includes (then 10)",
        ),
        (
            f"v=spf1 a include:dark.example.net ip4:11.0.0.0/24 {' '.join(INCLUDES.split()[1:])} -all",
            "move `ip4:11.0.0.0/24` to the place of `a`, whose addresses are in `ip4:11.0.0.0/24` (then 10)",
        ),
        (f"v=spf1 a/24 {INCLUDES} -all", "write `ip4:11.0.0.1/24` for `a/24` (then 10)"),
    ],
)
def test_what_can_go_without_loss(record: str, told: str) -> None:
    found = found_for(record, names={**NAMES, **SERVICES})

    assert told in in_short(found, DOMAIN, False)
    assert found.left == MAX_LOOKUPS
    assert not found.choices


@pytest.mark.parametrize(
    "term",
    [
        "a:odd.example.com",
        "a:big.example.com",
        "a:inside.example.com",
        "exists:%{i}.x.example.net",
        "?a:web.example.com",
    ],
)
def test_what_is_not_known_to_be_idle_or_fixed_is_left(term: str) -> None:
    found = found_for(f"v=spf1 {term} {INCLUDES} -all", names={**NAMES, **SERVICES})

    assert found.steps == ()
    assert "if nothing is sent through it any more, delete" in in_short(found, DOMAIN, False)


def test_the_cheapest_of_the_terms_that_would_do_comes_first() -> None:
    found = found_for(f"v=spf1 include:deep.example.net {INCLUDES} -all", names={**NAMES, **SERVICES})
    assert [(each.old, each.left) for each in found.choices] == [("include:deep.example.net", 10)]

    more = " ".join(INCLUDES.split()[:5])
    found = found_for(f"v=spf1 include:deep.example.net {more} -all", names={**NAMES, **SERVICES})
    assert [each.left for each in found.choices] == [10] * 5 + [5]


def test_where_no_term_alone_does_it_takes_several() -> None:
    record = f"v=spf1 include:deep.example.net {INCLUDES} exists:%{{i}}.x.example.net exists:%{{h}}.x.example.net -all"
    found = found_for(record, names={**NAMES, **SERVICES})

    assert not found.is_one_enough
    assert [each.left for each in found.choices] == [12, 11, 10]
    assert "if nothing is sent through them any more" in in_short(found, DOMAIN, False)


@pytest.mark.parametrize(
    ("known", "steps", "choices"),
    [
        (Known(frozenset({"include:s3.example.net"}), frozenset()), ["include:s3.example.net"], 0),
        (Known(frozenset(), frozenset(f"include:s{each}.example.net" for each in range(9))), [], 2),
        (Known(frozenset(), frozenset(), is_clear=False), [], 0),
    ],
)
def test_what_is_declared_counts(known: Known, steps: list[str], choices: int) -> None:
    record = f"v=spf1 exists:%{{i}}.x.example.net {INCLUDES} -all"
    found = found_for(record, known, names={**NAMES, **SERVICES})

    assert [each.old for each in found.steps] == steps
    assert len(found.choices) == choices
    assert known.serving.isdisjoint(each.old for each in found.choices)


def test_the_record_that_a_domain_includes_is_shortened_where_its_terms_are() -> None:
    from linter.source.text import Source, Span

    inner = f"v=spf1 a:gone.example.com {INCLUDES} -all"

    class Placed(Told):
        def lookup(self, name: str, kind: str) -> Answer:
            answer = super().lookup(name, kind)
            span = Span(Source("example.com.yaml", inner), 0, len(inner))
            return answer._replace(spans=(span,)) if name == "_spf.example.com." else answer

    names = {**NAMES, **SERVICES, (DOMAIN, "TXT"): ("v=spf1 include:_spf.example.com -all",)}
    resolver = Placed({**names, ("_spf.example.com.", "TXT"): (inner,)})
    found = shorter(SpfTrees(resolver, parse).at(DOMAIN), resolver, parse, lambda name: None)

    assert found is not None
    assert found.name == "_spf.example.com."
    assert [each.left for each in found.steps] == [11]
    assert in_short(found, DOMAIN, False).startswith("in `_spf.example.com` delete `a:gone.example.com`")
    assert list(step_by_step(found, DOMAIN, False))[-1].startswith(
        "the record at `_spf.example.com` after this: v=spf1 i"
    )


def test_many_terms_and_many_records_are_given_up_in_bounds() -> None:
    names: dict[tuple[str, str], tuple[Data, ...] | None] = {
        (f"n{a}-{b}.example.net.", "TXT"): ("v=spf1 ip4:11.0.0.1 -all",) for a, b in product(range(20), range(20))
    }
    record = f"v=spf1 {' '.join(f'include:{name}' for name, _ in names)} -all"
    resolver = Told({**names, (DOMAIN, "TXT"): (record,)})

    assert shorter(SpfTrees(resolver, parse).at(DOMAIN), resolver, parse, lambda name: None) is None
