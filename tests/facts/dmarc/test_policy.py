"""Which DMARC record governs a name, for receivers of RFC 9989 and for those of RFC 7489."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.dmarc.policy import DmarcPolicies, Governing
from linter.facts.dmarc.walk import walk_names
from linter.lookup.answer import FOUND, NO_DATA, UNKNOWN
from linter.records.dmarc.record import parse
from linter.records.text.name import ancestors
from tests.facts.worlds import World, public_suffix

RUA = "rua=mailto:dmarc@reports.example.net"
Names = Mapping[str, tuple[str, ...] | str | None]


def policies(names: Names) -> DmarcPolicies:
    """The finder over a world of these names."""
    return DmarcPolicies(World(names), public_suffix, parse)


def said(governing: Governing) -> tuple[str, str | None, str, str]:
    """What a receiver does and why: status, policy, the record's domain, the tag."""
    return governing.status, governing.policy, governing.domain, governing.tag


NOTHING = (NO_DATA, None, "", "")
LOST = (UNKNOWN, None, "", "")

# name, world of `_dmarc` texts, what receivers of RFC 9989 find, what those of RFC 7489 find
BOTH: list[tuple[str, str, Names, tuple[str, str | None, str, str]]] = [
    ("no record at all", "example.com.", {}, NOTHING),
    (
        "a name's own record: p",
        "example.com.",
        {"_dmarc.example.com.": ("v=DMARC1; p=reject; sp=none",)},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "a subdomain's own record before its organisation's",
        "mail.example.com.",
        {"_dmarc.mail.example.com.": ("v=DMARC1; p=none",), "_dmarc.example.com.": ("v=DMARC1; p=reject",)},
        (FOUND, "none", "mail.example.com.", "p"),
    ),
    (
        "inherited: sp",
        "mail.example.com.",
        {"mail.example.com.": (), "_dmarc.example.com.": ("v=DMARC1; p=reject; sp=quarantine",)},
        (FOUND, "quarantine", "example.com.", "sp"),
    ),
    (
        "inherited without sp: p",
        "mail.example.com.",
        {"mail.example.com.": (), "_dmarc.example.com.": ("v=DMARC1; p=reject",)},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "text that is not DMARC is passed over",
        "example.com.",
        {"_dmarc.example.com.": ("v=spf1 -all", "v=DMARC1; p=reject", "v=dmarc1; p=none")},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "the same text twice is one record",
        "example.com.",
        {"_dmarc.example.com.": ("v=DMARC1; p=reject", "v=DMARC1; p=reject")},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "a record behind a CNAME",
        "example.com.",
        {"_dmarc.example.com.": "_dmarc_parked.example.net.", "_dmarc_parked.example.net.": ("v=DMARC1; p=reject",)},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "a CNAME that leads to where nobody knows",
        "example.com.",
        {"_dmarc.example.com.": "_dmarc.example.net.", "_dmarc.example.net.": None},
        LOST,
    ),
    (
        "no usable p and a rua: none",
        "example.com.",
        {"_dmarc.example.com.": (f"v=DMARC1; p=quarentine; {RUA}",)},
        (FOUND, "none", "example.com.", ""),
    ),
    (
        "no usable p and no rua: no DMARC, and no look further up",
        "mail.example.com.",
        {"_dmarc.mail.example.com.": ("v=DMARC1; p=quarentine",), "_dmarc.example.com.": ("v=DMARC1; p=reject",)},
        (FOUND, None, "mail.example.com.", ""),
    ),
    (
        "an invalid sp costs p",
        "example.com.",
        {"_dmarc.example.com.": (f"v=DMARC1; p=reject; sp=; {RUA}",)},
        (FOUND, "none", "example.com.", ""),
    ),
    (
        "several records at the organisational domain",
        "example.com.",
        {"_dmarc.example.com.": ("v=DMARC1; p=reject", "v=DMARC1; p=none")},
        NOTHING,
    ),
    (
        "a record above the organisational domain is not known and not expected",
        "example.co.uk.",
        {"_dmarc.co.uk.": None, "_dmarc.uk.": None},
        NOTHING,
    ),
    (
        "what stands at the organisational domain is unknown",
        "mail.example.co.uk.",
        {"_dmarc.example.co.uk.": None, "_dmarc.co.uk.": None},
        LOST,
    ),
    (
        "psd=n at the name itself",
        "example.com.",
        {"_dmarc.example.com.": ("v=DMARC1; p=reject; psd=n",), "_dmarc.com.": ("v=DMARC1; p=none",)},
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "the public suffix's own record for itself",
        "gov.uk.",
        {"_dmarc.gov.uk.": ("v=DMARC1; p=reject; sp=none; psd=y",)},
        (FOUND, "reject", "gov.uk.", "p"),
    ),
    (
        "psd=y above: the record one label below it counts, none between",
        "a.mail.example.gov.uk.",
        {
            "a.mail.example.gov.uk.": (),
            "_dmarc.mail.example.gov.uk.": ("v=DMARC1; p=none",),
            "_dmarc.example.gov.uk.": ("v=DMARC1; p=quarantine",),
            "_dmarc.gov.uk.": ("v=DMARC1; p=reject; psd=y",),
        },
        (FOUND, "quarantine", "example.gov.uk.", "p"),
    ),
    (
        "labels between the eighth and the whole name are passed over",
        "a.b.c.d.e.f.g.example.com.",
        {"_dmarc.b.c.d.e.f.g.example.com.": ("v=DMARC1; p=reject; psd=n",)},
        NOTHING,
    ),
]


@pytest.mark.parametrize(("name", "names", "expected"), [row[1:] for row in BOTH], ids=[row[0] for row in BOTH])
def test_receivers_of_both_generations_agree(
    name: str, names: Names, expected: tuple[str, str | None, str, str]
) -> None:
    finder = policies(names)

    assert (expected, expected) == (said(finder.by_tree_walk(name)), said(finder.by_suffix_list(name)))


MIDDLE: Names = {
    "a.mail.example.com.": (),
    "_dmarc.mail.example.com.": ("v=DMARC1; p=quarantine; sp=none",),
    "_dmarc.example.com.": ("v=DMARC1; p=reject; sp=reject",),
}
DIFFERENT: list[tuple[str, str, Names, tuple[str, str | None, str, str], tuple[str, str | None, str, str]]] = [
    (
        "np for a name that does not exist",
        "nobody.example.com.",
        {"_dmarc.example.com.": ("v=DMARC1; p=none; sp=quarantine; np=reject",)},
        (FOUND, "reject", "example.com.", "np"),
        (FOUND, "quarantine", "example.com.", "sp"),
    ),
    (
        "an invalid np costs the policy in RFC 9989 alone",
        "example.com.",
        {"_dmarc.example.com.": (f"v=DMARC1; p=reject; np=rejct; {RUA}",)},
        (FOUND, "none", "example.com.", ""),
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "an invalid np in an inherited record",
        "mail.example.com.",
        {"mail.example.com.": (), "_dmarc.example.com.": (f"v=DMARC1; p=reject; np=rejct; {RUA}",)},
        (FOUND, "none", "example.com.", ""),
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "several records: RFC 9989 goes on to the organisational domain",
        "mail.example.com.",
        {
            "_dmarc.mail.example.com.": ("v=DMARC1; p=none", "v=DMARC1; p=quarantine"),
            "_dmarc.example.com.": ("v=DMARC1; p=reject",),
        },
        (FOUND, "reject", "example.com.", "p"),
        NOTHING,
    ),
    (
        "psd=n between makes an organisation of its own",
        "a.mail.example.com.",
        {**MIDDLE, "_dmarc.mail.example.com.": ("v=DMARC1; p=quarantine; sp=none; psd=n",)},
        (FOUND, "none", "mail.example.com.", "sp"),
        (FOUND, "reject", "example.com.", "sp"),
    ),
    (
        "the walk takes the shortest name that has a record",
        "a.mail.example.com.",
        {"a.mail.example.com.": (), "_dmarc.mail.example.com.": ("v=DMARC1; p=reject; sp=none",)},
        (FOUND, "none", "mail.example.com.", "sp"),
        NOTHING,
    ),
    (
        "a public suffix's record for a domain without one",
        "example.gov.uk.",
        {"example.gov.uk.": (), "_dmarc.gov.uk.": ("v=DMARC1; p=none; sp=quarantine; np=reject; psd=y",)},
        (FOUND, "quarantine", "gov.uk.", "sp"),
        NOTHING,
    ),
    (
        "a public suffix's record for a domain that does not exist",
        "nobody.gov.uk.",
        {"_dmarc.gov.uk.": ("v=DMARC1; p=none; sp=quarantine; np=reject; psd=y",)},
        (FOUND, "reject", "gov.uk.", "np"),
        NOTHING,
    ),
    (
        "a registry without psd=y is taken for the organisation",
        "example.co.uk.",
        {"example.co.uk.": (), "_dmarc.co.uk.": ("v=DMARC1; p=reject",)},
        (FOUND, "reject", "co.uk.", "p"),
        NOTHING,
    ),
    (
        "what is unknown between does not concern those who ask twice",
        "a.mail.example.com.",
        {"_dmarc.mail.example.com.": None, "_dmarc.example.com.": ("v=DMARC1; p=reject",)},
        LOST,
        (FOUND, "reject", "example.com.", "p"),
    ),
    (
        "the name of seven labels is asked",
        "a.b.c.d.e.f.g.example.com.",
        {"_dmarc.c.d.e.f.g.example.com.": ("v=DMARC1; p=reject; psd=n",)},
        (FOUND, "reject", "c.d.e.f.g.example.com.", "p"),
        NOTHING,
    ),
]


@pytest.mark.parametrize(
    ("name", "names", "new", "old"), [row[1:] for row in DIFFERENT], ids=[row[0] for row in DIFFERENT]
)
def test_receivers_differ(
    name: str, names: Names, new: tuple[str, str | None, str, str], old: tuple[str, str | None, str, str]
) -> None:
    finder = policies(names)

    assert new != old
    assert (new, old) == (said(finder.by_tree_walk(name)), said(finder.by_suffix_list(name)))


def test_a_record_between_is_not_used() -> None:
    finder = policies(MIDDLE)

    expected = (FOUND, "reject", "example.com.", "sp")
    assert expected == said(finder.by_tree_walk("a.mail.example.com."))
    assert expected == said(finder.by_suffix_list("a.mail.example.com."))


NP = "v=DMARC1; p=reject; sp=quarantine; np=none"


@pytest.mark.parametrize(
    ("names", "tag"),
    [
        ({}, "np"),
        ({"mail.example.com.": ()}, "sp"),
        ({"x.mail.example.com.": ()}, "sp"),
        ({"mail.example.com.": "gone.example.net."}, "sp"),
        ({"mail.example.com.": None}, ""),
    ],
    ids=["no such name", "a name", "an empty non-terminal", "an alias to nothing", "unknown"],
)
def test_np_is_for_names_that_do_not_exist(names: Names, tag: str) -> None:
    found = policies({**names, "_dmarc.example.com.": (NP,)}).by_tree_walk("mail.example.com.")

    assert tag == found.tag
    assert found.is_unknown == (not tag)


def test_whether_a_name_exists_is_asked_only_where_it_counts() -> None:
    world = World({"_dmarc.example.com.": ("v=DMARC1; p=reject; np=reject",)})

    DmarcPolicies(world, public_suffix, parse).by_tree_walk("mail.example.com.")

    assert {kind for _, kind in world.questions} == {"TXT"}
    assert all(name.startswith("_dmarc.") for name, _ in world.questions)


@pytest.mark.parametrize(
    ("name", "names", "by_walk", "by_list"),
    [
        ("example.com.", {}, "example.com.", "example.com."),
        ("mail.example.com.", {}, "mail.example.com.", "example.com."),
        ("a.mail.example.com.", MIDDLE, "example.com.", "example.com."),
        ("example.gov.uk.", {"_dmarc.gov.uk.": ("v=DMARC1; psd=y",)}, "example.gov.uk.", "example.gov.uk."),
        ("gov.uk.", {"_dmarc.gov.uk.": ("v=DMARC1; psd=y",)}, "gov.uk.", "gov.uk."),
        ("mail.example.com.", {"_dmarc.example.com.": None}, "", "example.com."),
        ("mail.example.com.", {"_dmarc.com.": None}, "mail.example.com.", "example.com."),
        ("mail.example.com.", {"_dmarc.mail.example.com.": ("v=DMARC1; psd=n",)}, "mail.example.com.", "example.com."),
        ("com.", {}, "com.", "com."),
    ],
)
def test_the_organisational_domain(name: str, names: Names, by_walk: str, by_list: str) -> None:
    finder = policies(names)

    assert by_walk == finder.by_tree_walk(name).org_domain
    assert by_list == finder.by_suffix_list(name).org_domain == finder.org_domain_by_list(name)


@pytest.mark.parametrize(
    ("domain", "names", "expected"),
    [
        ("mail.example.com.", {"_dmarc.example.com.": ("v=DMARC1; p=none",)}, "example.com."),
        ("mail.example.com.", {}, ""),
        ("mail.example.com.", {"_dmarc.example.com.": None}, ""),
        ("example.co.uk.", {"_dmarc.co.uk.": ("v=DMARC1; p=none",)}, ""),
        ("example.com.", {"_dmarc.com.": ("v=DMARC1; p=none; psd=y",)}, ""),
    ],
    ids=[
        "below an organisation",
        "no record above",
        "unknown above",
        "below a registry",
        "below a registry that says so",
    ],
)
def test_whose_record_decides_for_the_names_below(domain: str, names: Names, expected: str) -> None:
    finder = policies({f"_dmarc.{domain}": ("v=DMARC1; p=none; sp=reject",), **names})

    assert expected == finder.subdomains_follow(domain)


def test_names_are_asked_from_the_longest_to_the_top_level() -> None:
    found = policies({}).by_tree_walk("a.b.c.d.e.f.g.h.example.com.")

    assert [step.domain for step in found.asked] == [
        "a.b.c.d.e.f.g.h.example.com.",
        "d.e.f.g.h.example.com.",
        "e.f.g.h.example.com.",
        "f.g.h.example.com.",
        "g.h.example.com.",
        "h.example.com.",
        "example.com.",
        "com.",
    ]


@pytest.mark.parametrize("labels", [7, 8, 9])
def test_with_eight_labels_or_more_the_walk_goes_on_at_seven(labels: int) -> None:
    name = "".join(f"l{number}." for number in range(labels))

    assert (labels, min(labels - 1, 7)) == (walk_names(name)[0].count("."), walk_names(name)[1].count("."))


def test_every_name_is_asked_once() -> None:
    world = World({"_dmarc.example.com.": ("v=DMARC1; p=reject",)})
    finder = DmarcPolicies(world, public_suffix, parse)

    for number in range(20):
        finder.by_tree_walk(f"host{number}.example.com.")

    assert len(world.questions) == 22


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("v=DMARC1; p=none",), True),
        (("nv=DMARC1; p=none",), True),
        (("v=DMARC1; p=none", "v=DMARC1; p=reject"), True),
        (("v=spf1 -all", "google-site-verification=1234"), False),
        ((), False),
    ],
)
def test_a_text_that_was_meant_as_dmarc_is_told_from_others(texts: tuple[str, ...], expected: bool) -> None:
    assert expected == policies({"_dmarc.example.com.": texts}).records.at("example.com.").is_meant


LABELS = st.lists(st.sampled_from(["a", "b", "mail", "example"]), max_size=14)
NAMES = st.builds(
    lambda labels, suffix: ".".join([*labels, suffix]), LABELS, st.sampled_from(["com.", "co.uk.", "tld."])
)
TEXTS = st.sampled_from(
    [
        ("v=DMARC1; p=reject",),
        ("v=DMARC1; p=none; sp=reject; np=quarantine",),
        ("v=DMARC1; p=reject; psd=y",),
        ("v=DMARC1; p=reject; psd=n",),
        ("v=DMARC1",),
        ("v=DMARC1; p=none", "v=DMARC1; p=reject"),
        (),
        None,
    ]
)


@given(NAMES, st.data())
def test_the_walk_ends_within_eight_questions_at_a_name_above(name: str, data: st.DataObject) -> None:
    above = [name]
    while "." in above[-1][:-1]:
        above.append(above[-1].partition(".")[2])
    names = {f"_dmarc.{domain}": data.draw(TEXTS) for domain in above}

    finder = policies(names)
    for found in (finder.by_tree_walk(name), finder.by_suffix_list(name)):
        assert 1 <= len(found.asked) <= 8
        assert found.asked[0].domain == name
        assert found.domain in ("", *above)
        assert found.org_domain in ("", *above)
        assert (found.status == FOUND) == bool(found.domain) == bool(found.text)


@given(NAMES, st.data())
def test_subdomains_follow_a_record_that_the_walk_finds(name: str, data: st.DataObject) -> None:
    above = ancestors(name)[:-1]
    finder = policies({f"_dmarc.{domain}": data.draw(TEXTS) for domain in above})
    org_domain = finder.by_tree_walk(name).org_domain
    is_certain = org_domain not in ("", name) and finder.org_domain_by_list(name) != name
    is_found = any(step.record for step in finder.records.walk(name)[1:])

    assert finder.subdomains_follow(name) == (org_domain if is_certain and is_found else "")


@given(NAMES)
def test_without_anything_unknown_nothing_is_unknown(name: str) -> None:
    finder = policies({})

    assert (said(finder.by_tree_walk(name)), said(finder.by_suffix_list(name))) == (NOTHING, NOTHING)
