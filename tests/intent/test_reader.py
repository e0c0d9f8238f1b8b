"""A declaration is read with the place of every word, and what contradicts itself is refused where it stands."""

import pytest

from linter.intent.model import Intent, matches
from linter.intent.reader import read_intent
from linter.source.plain import entry_of
from linter.source.text import Source, SourceFault
from linter.source.tree import Mapping
from linter.source.yaml_reader import read_yaml


def read(text: str, within: str = ".") -> tuple[Intent, tuple[SourceFault, ...]]:
    root = read_yaml(Source(".mailzone.yaml", text)).root
    assert isinstance(root, Mapping)
    systems, mail = entry_of(root, "systems"), entry_of(root, "mail")
    return read_intent(systems and systems[1], mail and mail[1], "config", within)


def test_every_word_is_read_with_its_place() -> None:
    text = """
systems:
  web: &web
    receives: MX1.Webhost.example.
    mx: [mx2.webhost.example]
    spf: [include:_spf.webhost.example a, "ip4:192.0.2.0/24"]
    dkim: {Default: key.webhost.example}
    clients: {imaps: imap.webhost.example, carddavs: "dav.webhost.example:8443"}
    tenant: contoso
    parameters: {region: eu}
    envelope: bounces.example.com
    signs: example.com
    verification: MS=ms1
  other: *web
mail:
  bücher.example:
    receives: web
    behind: other
    split: [{to: third, through: Third.Example}]
    sends: web
  "*": none
"""
    intent, faults = read(text)

    assert faults == ()
    web = intent.systems["web"]
    assert [word.text for word in web.receives] == ["mx1.webhost.example.", "mx2.webhost.example."]
    assert [term.text for term in web.spf] == ["include:_spf.webhost.example", "a", "ip4:192.0.2.0/24"]
    assert [(each.name, each.target and each.target.text) for each in web.dkim] == [("default", "key.webhost.example.")]
    assert [(each.service, each.host, each.port) for each in web.clients] == [
        ("imaps", "imap.webhost.example.", 993),
        ("carddavs", "dav.webhost.example.", 8443),
    ]
    assert {name: word.text for name, word in web.parameters} == {"region": "eu", "tenant": "contoso"}
    assert (web.envelope and web.envelope.text, web.signs and web.signs.text) == (
        "bounces.example.com.",
        "example.com.",
    )
    assert intent.systems["other"].receives[0].span.via is not None
    mail = intent.mail["xn--bcher-kva.example."]
    assert [word.text for word in mail.words] == ["web", "other", "web", "third"]
    assert [word.span.text for word in mail.words] == ["web", "other", "web", "third"]
    assert [split.through.text for split in mail.splits if split.through] == ["third.example."]
    assert intent.mail["*"].is_none


ONE = "systems: {a: {receives: [a.example]}, b: {}, none: {}}\n"
REFUSED = [
    ("mail: {x.example: {receives: a, behind: a}}", "a", "cannot stand behind itself"),
    ("mail: {x.example: {behind: a}}", "a", "nobody `receives` it"),
    ("mail: {x.example: {sends: [a], split: [{to: b}]}}", "b", "nobody `receives` it"),
    ("mail: {x.example: {receives: a, split: [{to: a, through: y.example}]}}", "a", "a loop"),
    ("mail: {x.example: {receives: b, behind: a, split: [{to: a, through: y.example}]}}", "a", "filters the mail"),
    ("mail: {x.example: {receives: a, split: [{to: b, through: X.example}]}}", "X.example", "the name that is split"),
    (
        "mail: {x.example: {receives: a, split: [{to: b, through: y.example}]}, y.example: {receives: a}}",
        "y.example",
        "which the system that splits receives itself: a loop",
    ),
    (
        "mail: {x.example: {receives: a, split: [{to: b, through: y.example}]}, y.example: none}",
        "y.example",
        "declared to have no mail",
    ),
    ("mail: {x.example: {receives: a, sends: [none, a]}}", "none", "nothing can stand beside it"),
    ("mail: {x.example: {receives: none, sends: [a]}}", "none", "leave `receives` out"),
    ("mail: {x.example: {receives: a, behind: none}}", "none", "`none` is not a system"),
    ("systems: {none: {}}", "none", "cannot be the name of a system"),
    ("systems: {a: {spf: nclude:x}}", "nclude:x", "is not an SPF term"),
    ("systems: {a: {spf: v=spf1}}", "v=spf1", "authorises no system"),
    ("systems: {a: {spf: -all}}", "-all", "authorises no system"),
    ("systems: {a: {spf: '?mx'}}", "'?mx'", "authorises no system"),
    ("systems: {a: {receives: 192.0.2.1}}", "192.0.2.1", "is an address"),
    ("systems: {a: {receives: a..example}}", "a..example", "empty label"),
    ("systems: {a: {dkim: s1._domainkey}}", "s1._domainkey", "more than a selector"),
    ("systems: {a: {dkim: ['s 1']}}", "'s 1'", "is not a selector"),
    ("systems: {a: {clients: {imaps: 'x.example:99999'}}}", "'x.example:99999'", "out of range"),
    ("mail: {'a b.example': none}", "'a b.example'", "is not allowed in a name"),
]


@pytest.mark.parametrize(("text", "place", "words"), REFUSED, ids=[row[0][:60] for row in REFUSED])
def test_what_contradicts_itself_is_refused_where_it_stands(text: str, place: str, words: str) -> None:
    _, faults = read(text if text.startswith("systems") else ONE.replace(", none: {}", "") + text)

    assert [fault.span.text for fault in faults] == [place], faults
    assert words in f"{faults[0].message} ({faults[0].help})"


def test_two_splits_that_lead_to_each_other_are_a_loop_for_both() -> None:
    entry = "{{receives: {0}, split: [{{to: {1}, through: {2}.example}}]}}"
    _, faults = read(
        f"{ONE.replace(', none: {}', '')}mail:\n  x.example: {entry.format('a', 'b', 'y')}\n"
        f"  y.example: {entry.format('b', 'a', 'x')}\n"
    )

    assert [fault.message for fault in faults] == [
        "the split leads back to itself: x.example -> y.example -> x.example",
        "the split leads back to itself: y.example -> x.example -> y.example",
    ]


def test_a_split_without_a_way_ends_the_path() -> None:
    _, faults = read(
        f"{ONE.replace(', none: {}', '')}mail:\n  x.example: {{receives: a, split: [{{to: b, through: y.example}}]}}\n"
        "  y.example: {receives: b, split: [{to: a}]}\n"
    )

    assert faults == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("example.com.", "example.com"),
        ("www.example.com.", "*"),
        ("parked.example.", "parked.example"),
        ("a.b.parked.example.", "parked.example"),
        ("x.wild.example.", "*.wild.example"),
        ("own.wild.example.", "own.wild.example"),
        ("wild.example.", "*"),
        ("elsewhere.example.", "*"),
    ],
)
def test_a_name_has_its_own_entry_or_inherits_none(name: str, expected: str) -> None:
    entries = ("own.wild.example: {sends: [a]}", "'*.wild.example': none", "'*': {receives: a}", "parked.example: none")
    intent, _ = read("mail:\n  example.com: {receives: a}\n  " + "\n  ".join(entries))

    found = intent.of(name)

    assert found is not None
    assert found.name.span.text.strip("'") == expected


def test_a_zone_speaks_of_its_own_names_only() -> None:
    text = "mail: {example.com: none, a.example.com: none, '*': none, '*.example.com': none, exmaple.com: none}"

    _, faults = read(text, "example.com.")

    assert [(fault.span.text, fault.message) for fault in faults] == [
        ("exmaple.com", "`exmaple.com` is not a name of the zone `example.com`")
    ]


def test_the_nearer_declaration_counts() -> None:
    near, _ = read("systems: {a: {spf: mx}}\nmail: {x.example: none}")
    far, _ = read("systems: {a: {spf: a}, b: {}}\nmail: {x.example: {sends: [b]}, '*': none}")

    both = near.over(far)

    assert (both.systems["a"].spf[0].text, set(both.systems)) == ("mx", {"a", "b"})
    assert (both.mail["x.example."].is_none, set(both.mail)) == (True, {"x.example.", "*"})


NO_NAMES = [
    ('"@"', "`@` is not a name here", "such as `example.com`"),
    ('""', "an empty key is not a name here", "such as `example.com`"),
    ("o365", "`o365` is not a name of the zone `example.com`", "such as `o365.example.com`"),
    ("example.org", "`example.org` is not a name of the zone `example.com`", "such as `example.com`"),
    ("a b.example.com", "a blank is not allowed in a name", ""),
    ("a b.example.org", "a blank is not allowed in a name", ""),
]


@pytest.mark.parametrize(("key", "message", "way_out"), NO_NAMES)
def test_a_key_that_is_no_name_of_the_zone_is_told_once(key: str, message: str, way_out: str) -> None:
    _, (fault,) = read(f"mail:\n  {key}: none\n", "example.com.")

    assert fault.message == message
    assert way_out in (fault.help or "")


@pytest.mark.parametrize(
    ("glob", "name", "is_meant"),
    [
        ("*.a.example.", "x.a.example.", True),
        ("*.a.example.", "x.y.a.example.", True),
        ("*.a.example.", "a.example.", False),
        ("shop-*.example.", "shop-1.example.", True),
        ("shop-*.example.", "shop-.example.", True),
        ("shop-*.example.", "shop.example.", False),
        ("*a*b*.", "xaxbx.", True),
        ("*a*b*.", "xbxax.", False),
        ("a*a.", "a.", False),
        ("a.example.", "a.example.", True),
        ("a.example.", "b.example.", False),
    ],
)
def test_a_glob_stands_for_the_names_it_matches(glob: str, name: str, is_meant: bool) -> None:
    assert matches(glob, name) is is_meant


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shop-1.example.", "exact"),
        ("shop-2.example.", "shop"),
        ("blog.example.", "all"),
        ("x.closed.example.", "closed"),
        ("elsewhere.test.", "rest"),
    ],
)
def test_exact_comes_before_the_longest_glob_before_the_rest(name: str, expected: str) -> None:
    intent, faults = read(
        "systems: {exact: {}, shop: {}, all: {}, closed: {}, rest: {}}\nmail:\n"
        "  '*': {receives: rest}\n  '*.example': {receives: all}\n  'shop-*.example': {receives: shop}\n"
        "  'shop-1.example, shop-9.example': {receives: exact}\n  closed.example: none\n"
    )

    assert not faults
    found = intent.of(name)
    assert found is not None
    assert ("closed" if found.is_none else found.receives and found.receives.text) == expected


def test_several_names_of_one_key_are_entries_of_their_own_with_their_places() -> None:
    intent, faults = read("systems: {a: {}}\nmail:\n  a.example, b.example: {receives: a}\n  b.example: none\n")

    assert [intent.mail[name].name.span.text for name in ("a.example.",)] == ["a.example"]
    assert [(fault.span.text, fault.message) for fault in faults] == [("b.example", "`b.example` has an entry already")]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("a*.example", "*b.example", True),
        ("a*.example", "b*.example", False),
        ("*.a.example", "*.b.example", False),
        ("x*.example", "xx*.exampl", False),
    ],
)
def test_globs_of_one_length_that_may_mean_one_name_are_a_fault(first: str, second: str, clash: bool) -> None:
    _, faults = read(f"mail: {{'{first}': none, '{second}': none}}")

    assert bool(faults) is clash


def test_policies_values_envelope_and_clients_of_a_name() -> None:
    intent, faults = read(
        "systems: {m: {provider: microsoft-365, values: {A.example: {mx: a-example.mail.protection.outlook.com}}}}\n"
        "mail: {a.example: {receives: m, envelope: b.a.example, clients: {imaps: 'i.example:994'}, mta-sts: testing,\n"
        "  dmarc: {p: quarantine, sp: none, rua: ['mailto:d@a.example']}}}"
    )

    assert not faults
    mail, values = intent.mail["a.example."], intent.systems["m"].values
    assert values["a.example."]["mx"].text == "a-example.mail.protection.outlook.com"
    assert mail.envelope is not None
    assert mail.mta_sts is not None
    assert mail.dmarc is not None
    assert mail.dmarc.p is not None
    assert mail.dmarc.sp is not None
    assert (mail.envelope.text, mail.mta_sts.text, mail.clients[0].port) == ("b.a.example.", "testing", 994)
    assert (mail.dmarc.p.text, mail.dmarc.sp.text, mail.dmarc.rua[0].text) == (
        "quarantine",
        "none",
        "mailto:d@a.example",
    )
