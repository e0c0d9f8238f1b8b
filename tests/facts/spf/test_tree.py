"""The tree counts the worst case of a record: lookups, voids, loops, what macros decide and what nobody knows."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.spf.check import Client, check_host
from linter.facts.spf.cost import (
    DEAD,
    FREE,
    IGNORED,
    LOOP,
    MOST,
    OFF,
    VARIES,
    Lookups,
    SpfTree,
    TreeTerm,
    witnesses_in,
)
from linter.facts.spf.firm import FirmLookups
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.facts.spf.problems import problems
from linter.facts.spf.tree import SpfTrees, records_in, uncounted
from linter.lookup.answer import FOUND, Answer, Resolver
from linter.lookup.recorded import Recorded
from linter.records.spf.record import parse
from tests.facts.recorded_world import Counting, records, world

HOSTS: dict[str, Any] = {
    "host.example": {"A": ["192.0.2.3"]},
    "host6.example": {"AAAA": ["2001:db8::3"]},
    "mail.example": {"MX": ["10 host.example.", "20 gone.example.", "30 gone2.example."]},
    "many.example": {"MX": [f"{number} host.example." for number in range(11)]},
    "null.example": {"MX": ["0 ."]},
    "fails.example": "servfail",
}


def tree_of(record: str, **texts: str) -> SpfTree:
    return SpfTrees(world({**HOSTS, **records(root=record, **texts)}), parse).at("root.example.")


def term(record: str, **texts: str) -> TreeTerm:
    """The first term of a record."""
    return tree_of(record, **texts).terms[0]


@pytest.mark.parametrize(
    ("lookups", "record"),
    [
        (0, "v=spf1"),
        (0, "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 exp=why.example foo=bar -all"),
        (5, "v=spf1 a mx ptr exists:host.example include:leaf.example -all"),
        (1, "v=spf1 redirect=leaf.example"),
        (3, "v=spf1 include:two.example -all"),
        (6, "v=spf1 include:two.example include:two.example -all"),
        (6, "v=spf1 a redirect=four.example"),
        (0, "v=spf1 -all a mx include:two.example"),
        (1, "v=spf1 a -all redirect=two.example"),
        (1, "v=spf1 redirect=four.example a -all ptr"),
        (1, "v=spf1 exists:%{i}.list.example -all"),
        (1, "v=spf1 a:%{h} -all"),
        (3, "v=spf1 include:leaf.example include:leaf.%{d1} a"),
        (12, f"v=spf1 {'a ' * 12}-all"),
    ],
)
def test_every_term_that_asks_is_counted(lookups: int, record: str) -> None:
    tree = tree_of(record, leaf="v=spf1 -all", two="v=spf1 a mx -all", four="v=spf1 a include:two.example -all")

    assert tree.lookups == Lookups(lookups, lookups)


def test_the_total_runs_and_redirect_comes_last() -> None:
    tree = tree_of("v=spf1 redirect=two.example a include:two.example ip4:192.0.2.1 mx", two="v=spf1 a mx")

    assert [(term.text, term.lookups.min, term.total.min) for term in tree.terms] == [
        ("a", 1, 1),
        ("include:two.example", 3, 4),
        ("ip4:192.0.2.1", 0, 4),
        ("mx", 1, 5),
        ("redirect=two.example", 3, 8),
    ]


def test_terms_that_nobody_reads_are_named_and_cost_nothing() -> None:
    tree = tree_of("v=spf1 redirect=gone.example foo=bar exp=why.example -all include:gone.example a")

    states = {term.text: term.state for term in tree.terms}
    assert states["redirect=gone.example"] == OFF
    assert states["include:gone.example"] == states["a"] == DEAD
    assert (states["foo=bar"], states["exp=why.example"]) == (IGNORED, FREE)
    assert (tree.lookups.max, tree.most_voids) == (0, 0)


@pytest.mark.parametrize(
    ("voids", "record"),
    [
        (("gone.example.",), "v=spf1 a:gone.example"),
        (("host6.example.",), "v=spf1 exists:host6.example"),
        (("gone.example.",), "v=spf1 mx:gone.example"),
        (("host.example.",), "v=spf1 mx:host.example"),
        ((), "v=spf1 mx:mail.example"),
        ((), "v=spf1 mx:null.example"),
        (("gone.example.",), "v=spf1 include:gone.example"),
        (("host.example.",), "v=spf1 redirect=host.example"),
        ((), "v=spf1 exists:%{i}.gone.example"),
        ((), "v=spf1 a:fails.example"),
        ((), "v=spf1 a:a..example"),
        ((), "v=spf1 ptr:gone.example"),
        ((), "v=spf1 exists:fails.example"),
    ],
)
def test_lookups_that_find_nothing_are_void(voids: tuple[str, ...], record: str) -> None:
    found = term(record)

    assert (found.voids(4), found.voids(6)) == (voids, voids)


@pytest.mark.parametrize(
    ("record", "voids4", "voids6", "matches"),
    [
        ("v=spf1 a:host.example", (), ("host.example.",), (4,)),
        ("v=spf1 a:host6.example", ("host6.example.",), (), (6,)),
        ("v=spf1 a:%{v}.gone.example", ("in-addr.gone.example.",), ("ip6.gone.example.",), ()),
        ("v=spf1 include:%{v}.gone.example", ("in-addr.gone.example.",), ("ip6.gone.example.",), ()),
        ("v=spf1 a:%{i}.gone.example", (), (), (4, 6)),
        ("v=spf1 ptr", (), (), (4, 6)),
        ("v=spf1 ip6:2001:db8::/32", (), (), (6,)),
        ("v=spf1 -all", (), (), ()),
        ("v=spf1 +all", (), (), (4, 6)),
    ],
)
def test_what_is_void_and_what_matches_depends_on_the_version_of_the_client(
    record: str, voids4: tuple[str, ...], voids6: tuple[str, ...], matches: tuple[int, ...]
) -> None:
    found = term(record)

    assert (found.voids4, found.voids6, found.matches) == (voids4, voids6, matches)


def test_voids_count_as_often_as_they_are_made() -> None:
    tree = tree_of("v=spf1 include:b.example include:b.example a:gone.example", b="v=spf1 exists:gone2.example -all")

    assert (tree.voids4, tree.voids6) == (3, 3)


def test_mail_hosts_are_counted() -> None:
    assert [term(f"v=spf1 mx:{name}.example").hosts for name in ("mail", "many", "null")] == [3, 11, 1]


def test_a_diamond_is_no_loop_and_one_object() -> None:
    left, right = "v=spf1 include:d.example a", "v=spf1 redirect=d.example"
    tree = tree_of("v=spf1 include:b.example include:c.example", b=left, c=right, d="v=spf1 a mx")

    assert (tree.lookups.min, tree.is_looped) == (5 + 4, False)
    assert tree.terms[0].below[0].terms[0].below[0] is tree.terms[1].below[0].terms[0].below[0]
    assert [record.name for record in records_in(tree)] == ["root.example.", "b.example.", "d.example.", "c.example."]


@pytest.mark.parametrize(
    ("way", "texts"),
    [
        (["root", "root"], {"root": "v=spf1 a include:root.example"}),
        (["root", "root"], {"root": "v=spf1 redirect=%{d}"}),
        (["root", "root"], {"root": "v=spf1 include:%{o} -all"}),
        (["root", "root"], {"root": "v=spf1 redirect=root.%{o1}"}),
        (["root", "b", "root"], {"root": "v=spf1 include:b.example", "b": "v=spf1 redirect=root.example"}),
        (
            ["root", "b", "c", "root"],
            {
                "root": "v=spf1 include:b.example",
                "b": "v=spf1 include:c.example",
                "c": "v=spf1 include:root.example include:b.example",
            },
        ),
    ],
)
def test_a_loop_is_found_with_its_way(way: list[str], texts: dict[str, str]) -> None:
    trees = SpfTrees(world(records(**texts)), parse)
    tree = trees.at("root.example.")
    looped = [term for term in tree.terms if term.state == LOOP]

    assert tree.is_looped
    assert [trees.loop(tree, term) for term in looped] == [tuple(f"{name}.example." for name in way)]
    assert tree.lookups.min <= 2
    assert tree.lookups.max > MAX_LOOKUPS


def test_what_leads_into_a_loop_is_counted_once_up_to_there() -> None:
    texts = {"root": "v=spf1 a include:b.example", "b": "v=spf1 mx include:c.example", "c": "v=spf1 include:b.example"}
    tree = SpfTrees(world(records(**texts)), parse).at("root.example.")

    assert (tree.lookups.min, tree.is_looped) == (4, True)
    assert [term.state == LOOP for term in tree.terms] == [False, False]


def test_a_tree_does_not_depend_on_which_was_asked_for_first() -> None:
    texts = {
        "a": "v=spf1 include:b.example mx",
        "b": "v=spf1 include:c.example a",
        "c": "v=spf1 include:a.example a mx",
    }
    names = [f"{name}.example." for name in texts]
    resolver = world(records(**texts))

    def computed(order: list[str]) -> dict[str, SpfTree]:
        trees = SpfTrees(resolver, parse)
        return {name: trees.at(name) for name in order}

    assert computed(names) == computed(names[::-1])


@pytest.mark.parametrize(
    ("lookups", "state", "record"),
    [
        (Lookups(1, 1 + MAX_LOOKUPS), VARIES, "v=spf1 include:%{i}.example -all"),
        (Lookups(1, 1 + MAX_LOOKUPS), VARIES, "v=spf1 redirect=%{l}.example"),
        (Lookups(1, 1 + MAX_LOOKUPS), VARIES, "v=spf1 include:below.%{o}"),
        (Lookups(1, 1), "asks", "v=spf1 a:%{o}"),
        (Lookups(1, 3), "asks", "v=spf1 include:%{v}.example -all"),
        (Lookups(3, 3), "asks", "v=spf1 include:ip6.%{d1} -all"),
        (Lookups(2, 2), "asks", "v=spf1 redirect=below.%{d}"),
        (Lookups(1, 2), "asks", "v=spf1 include:%{v}.%{d} -all"),
    ],
)
def test_what_macros_decide_is_a_range(lookups: Lookups, state: str, record: str) -> None:
    names: dict[str, Any] = {f"{name}.root.example": {"TXT": ["v=spf1 a"]} for name in ("below", "ip6")}
    names |= records(root=record, ip6="v=spf1 a mx", in_addr="v=spf1 -all")
    (first, *_) = SpfTrees(world(names), parse).at("root.example.").terms

    assert (first.lookups, first.state) == (lookups, state)


def test_names_that_nobody_knows_are_listed_once() -> None:
    record = "v=spf1 include:b.example include:x.example mx a:y.example redirect=z.example"
    names: dict[str, Any] = {"root.example": {"TXT": [record], "MX": ["10 w.example."]}}
    names |= records(b="v=spf1 include:x.example")
    tree = SpfTrees(world(names, complete=False), parse).at("root.example.")

    assert uncounted(tree) == ("x.example.", "z.example.")
    assert tree.lookups == Lookups(6, 6)
    unknown = [name for term in tree.terms for name in term.unknown]
    assert unknown == ["x.example.", "w.example.", "y.example.", "z.example."]


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("nxdomain", {}),
        ("nodata", {"root.example": {"TXT": ["hello"]}}),
        ("nodata", {"root.example": {"A": ["192.0.2.1"]}}),
        ("several", {"root.example": {"TXT": ["v=spf1 a", "v=spf1 mx"]}}),
        ("found", {"root.example": {"TXT": ["v=spf1 a", "v=spf1 a"]}}),
        ("servfail", {"root.example": "servfail"}),
        ("timeout", {"root.example": {"TXT": "timeout"}}),
    ],
)
def test_a_record_that_is_not_there_says_why(status: str, names: dict[str, Any]) -> None:
    assert SpfTrees(world(names), parse).at("root.example.").status == status


def test_a_name_that_can_have_no_record_is_not_asked_for() -> None:
    resolver = Counting(world(records(root="v=spf1 include:a..example a:b..example")))
    (first, _) = SpfTrees(resolver, parse).at("root.example.").terms

    assert [record.status for record in first.below] == ["malformed"]
    assert resolver.questions == [("root.example.", "TXT")]


def test_a_record_at_hand_counts_as_it_is() -> None:
    resolver = world(records(root="v=spf1 a -all", b="v=spf1 include:root.example a"))
    trees = SpfTrees(resolver, parse)

    tree = trees.of("root.example.", parse("v=spf1 mx include:b.example"))

    assert (tree.name, tree.lookups.min) == ("root.example.", 1 + 1 + 2 + 1)
    assert trees.of("root.example.", parse("v=spf1 a -all")) is trees.at("root.example.")


def test_each_question_is_asked_once_for_all_trees() -> None:
    texts = {f"r{number}": "v=spf1 a:host.example mx:mail.example include:shared.example" for number in range(5)}
    resolver = Counting(world({**HOSTS, **records(shared="v=spf1 a:host.example exists:host.example", **texts)}))
    trees = SpfTrees(resolver, parse)

    for name in texts:
        trees.at(f"{name}.example.")

    assert len(resolver.questions) == len(set(resolver.questions))


def test_mail_hosts_that_nobody_knows_are_named() -> None:
    names = {
        "mail.example": {"MX": ["10 host.example.", "20 other.example."]},
        **records(root="v=spf1 mx:mail.example mx:x.example"),
    }
    (known, unknown) = SpfTrees(world(names, complete=False), parse).at("root.example.").terms

    assert known.unknown == ("host.example.", "other.example.")
    assert unknown.unknown == ("x.example.",)


def test_a_span_tells_where_the_record_stands() -> None:
    tree = tree_of("v=spf1 -all")

    assert tree.span is not None
    assert tree.span.text == '"v=spf1 -all"'


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("v=spf1 nclude:x.example", "R: `nclude` is not a mechanism; did you mean `include`?"),
        ("v=spf1 include:gone.example", "R: `include:gone.example`, but `gone.example.` does not exist"),
        (
            "v=spf1 include:host.example",
            "R: `include:host.example`, but `host.example.` has no SPF record",
        ),
        (
            "v=spf1 redirect=fails.example",
            "R: `redirect=fails.example`, but `fails.example.` gives no answer (servfail)",
        ),
        (
            "v=spf1 include:root.example",
            "R: `include:root.example` is a loop: root.example. → root.example.",
        ),
        ("v=spf1 mx:many.example", "R: `mx:many.example` has 11 mail hosts, 1 too many"),
        (f"v=spf1 {'ptr ' * 12}", "12 lookups, 2 too many"),
        (
            "v=spf1 include:a..example",
            "R: `include:a..example`, but `a..example.` is not a domain name that can have a record",
        ),
        ("v=spf1 a:gone.example exists:gone.example mx:gone.example", "3 lookups find nothing, 1 too many"),
    ],
)
def test_problems_say_why_receivers_give_up(record: str, problem: str) -> None:
    trees = SpfTrees(world({**HOSTS, **records(root=record)}), parse)

    assert list(problems(trees.at("root.example."), trees)) == [problem.replace("R:", "`root.example.`:")]


def test_a_name_without_a_record_is_its_own_problem() -> None:
    trees = SpfTrees(world({"two.example": {"TXT": ["v=spf1 a", "v=spf1 mx"]}}), parse)

    assert list(problems(trees.at("gone.example."), trees)) == ["`gone.example.` does not exist"]
    assert list(problems(trees.at("two.example."), trees)) == ["`two.example.` has more than one SPF record"]


def test_a_record_that_just_keeps_all_limits_has_no_problem() -> None:
    record = f"v=spf1 mx:ten.example mx:mail.example {'ptr ' * 7}include:b.example ~all"
    ten = {"ten.example": {"MX": [f"{number} host.example." for number in range(10)]}}
    trees = SpfTrees(world({**HOSTS, **ten, **records(root=record, b="v=spf1")}), parse)
    tree = trees.at("root.example.")

    assert (tree.lookups.min, tree.most_voids, tree.terms[0].hosts) == (10, 0, 10)

    assert list(problems(trees.at("root.example."), trees)) == []


def chain(length: int, links: int = 1, last: str = "v=spf1 a") -> Resolver:
    texts = {f"r{number}": "v=spf1" + f" include:r{number + 1}.example" * links for number in range(length)}
    return world(records(**texts, **{f"r{length}": last}))


def test_a_chain_of_5000_records_is_counted() -> None:
    tree = SpfTrees(chain(5_000), parse).at("r0.example.")

    assert tree.lookups == Lookups(5_001, 5_001)
    assert sum(1 for _ in records_in(tree)) == 5_001


def test_records_that_double_at_every_level_are_counted_up_to_a_bound() -> None:
    assert SpfTrees(chain(5_000, 2), parse).at("r0.example.").lookups.min == MOST
    assert SpfTrees(chain(5, 2), parse).at("r0.example.").lookups.min == 2 * (2**5 - 1) + 2**5


def test_a_loop_of_5000_records_is_found() -> None:
    trees = SpfTrees(chain(4_999, last="v=spf1 include:r0.example"), parse)
    tree = trees.at("r0.example.")

    assert tree.is_looped
    assert trees.loop(tree, tree.terms[0]) == ("r0.example.", "r1.example.", "…", "r0.example.")


def test_ten_thousand_terms_are_counted() -> None:
    names = " ".join(f"include:x{number}.example" for number in range(10_000))

    assert tree_of(f"v=spf1 {names}").lookups.min == 10_000


class Endless:
    """A hostile server: whatever name is asked for leads on to another."""

    def __init__(self) -> None:
        self.questions = 0

    def lookup(self, name: str, kind: str) -> Answer:
        """One more record."""
        self.questions += 1
        number = self.questions
        return Answer(FOUND, (f"v=spf1 include:x{number}.example include:y{number}.example mx:{name}x",), (), name)


def test_an_endless_world_is_followed_for_a_while() -> None:
    resolver = Endless()

    tree = SpfTrees(resolver, parse).at("r.example.")

    assert tree.lookups.min > MAX_LOOKUPS
    assert resolver.questions < 100_000


WORDS = [
    *("a", "mx", "-all", "ip4:192.0.2.0/24", "exp=why.example", "foo=bar", "moo"),
    *(f"{name}n{number}.example" for name in ("include:", "redirect=", "a:", "mx:", "exists:") for number in range(4)),
    *("include:%{d}", "include:%{v}.example", "include:%{i}.example", "redirect=%{d}", "include:n1..example", "ptr"),
]
RECORDS = st.lists(st.sampled_from(WORDS), max_size=6).map(lambda words: " ".join(["v=spf1", *words]))


@settings(deadline=None)
@given(texts=st.fixed_dictionaries({f"n{number}": RECORDS for number in range(4)}))
def test_no_evaluation_needs_more_than_the_worst_case(texts: dict[str, str]) -> None:
    resolver = world({**records(**texts), "in-addr.example": {"TXT": ["v=spf1 a a"]}})
    tree = SpfTrees(resolver, parse).at("n0.example.")

    outcome = check_host(Client("198.51.100.1", "", "n0.example"), "n0.example", resolver)

    assert outcome.lookups <= tree.lookups.max


def test_an_unknown_record_of_a_vendor_costs_at_least_what_its_customers_saw() -> None:
    trees = SpfTrees(Recorded([]), parse)
    spf = parse("v=spf1 include:sendgrid.net include:nobody.example -all")

    tree = trees.of("a.example.", spf)

    assert tree.lookups == Lookups(3, 3)
    assert tree.is_open
    (witness,) = witnesses_in(tree)
    assert (witness.kind, witness.seen) == ("snapshot", "2026")
    assert FirmLookups()(tree) == 2, "no error rests on that"


NAMES = ("n0", "n1", "n2", "n3", "n4")
WORLD_TERMS = st.sampled_from(
    [
        "a",
        "mx",
        "ptr",
        "a:host.example",
        "a:gone.example",
        "mx:mail.example",
        "exists:%{d}.x.example",
        "include:%{i}.x.example",
    ]
    + [f"{word}:{name}.example" for word in ("include", "include", "?include") for name in NAMES]
    + ["include:%{d}", "include:unknown.example", "ip4:192.0.2.0/24", "-all"]
)
WORLD_TEXTS = st.builds(
    lambda terms, end: " ".join(["v=spf1", *terms, *end]),
    st.lists(WORLD_TERMS, max_size=3),
    st.sampled_from([(), ("-all",), ("redirect=n1.example",), ("redirect=n2.example",)]),
)


@given(texts=st.lists(WORLD_TEXTS, min_size=1, max_size=3), data=st.data())
def test_records_with_one_text_have_the_trees_that_each_has_by_itself(texts: list[str], data: st.DataObject) -> None:
    """Also where one of them is part of a loop and another leads into it, in whatever order they are asked for."""
    held = {name: data.draw(st.sampled_from(texts)) for name in NAMES}
    resolver = world({**HOSTS, **records(**held)})
    shared = SpfTrees(resolver, parse)

    for name in data.draw(st.permutations(NAMES)):
        with patch("linter.facts.spf.tree.is_everywhere", lambda _: False):
            alone = SpfTrees(resolver, parse).at(f"{name}.example.")
        assert _plain(shared.at(f"{name}.example.")) == _plain(alone)
        at_hand = parse(texts[0])
        assert (
            shared.of("other.example.", at_hand).lookups
            == SpfTrees(resolver, parse).of("other.example.", at_hand).lookups
        )


BOUNDED = st.lists(
    st.sampled_from(["a:host.example", "a:gone.example", "mx:mail.example", "include:n0.example"]), max_size=3
)


@given(texts=st.lists(BOUNDED.map(lambda terms: " ".join(["v=spf1", *terms])), min_size=1, max_size=2), data=st.data())
def test_where_counting_ends_early_no_record_lends_its_tree(texts: list[str], data: st.DataObject) -> None:
    held = {name: data.draw(st.sampled_from(texts)) for name in NAMES}
    resolver = world({**HOSTS, **records(**held)})
    records_followed, questions = data.draw(st.integers(1, 4)), data.draw(st.integers(0, 3))
    shared, one_by_one = SpfTrees(resolver, parse), SpfTrees(resolver, parse)

    with (
        patch("linter.facts.spf.tree.MOST_RECORDS", records_followed),
        patch("linter.facts.spf.tree.MOST_QUESTIONS", questions),
    ):
        for name in data.draw(st.permutations(NAMES)):
            found = shared.at(f"{name}.example.")
            with patch("linter.facts.spf.tree.is_everywhere", lambda _: False):
                assert _plain(found) == _plain(one_by_one.at(f"{name}.example."))


def _plain(tree: SpfTree) -> list[object]:
    """What a tree says, record by record; each holds those below it, which may be very many."""
    said: list[object] = []
    for record in records_in(tree):
        terms = [each._replace(below=(), term=each.term) for each in record.terms]
        below = [[(inner.name, inner.status, inner.lookups) for inner in each.below] for each in record.terms]
        said.append((record._replace(terms=()), terms, below))
    return said


def test_a_text_that_many_records_have_is_counted_once() -> None:
    names = [f"n{number}" for number in range(50)]
    counting = Counting(
        world({**HOSTS, **records(**dict.fromkeys(names, "v=spf1 a:host.example include:leaf.example -all"))})
    )
    trees = SpfTrees(counting, parse)

    found = [trees.at(f"{name}.example.") for name in names]

    assert [tree.name for tree in found] == [f"{name}.example." for name in names]
    assert {id(tree.terms) for tree in found} == {id(found[0].terms)}
    assert sum(name == "host.example." for name, _ in counting.questions) == 2


@pytest.mark.parametrize("text", ["v=spf1 a -all", "v=spf1 include:%{d}.example -all", "v=spf1 redirect=n1.example"])
def test_a_record_that_means_its_own_name_is_counted_for_itself(text: str) -> None:
    trees = SpfTrees(world({**HOSTS, **records(n0=text, n1=text)}), parse)

    first, second = trees.at("n0.example."), trees.at("n1.example.")

    assert first.terms != second.terms
