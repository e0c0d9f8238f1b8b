"""Whose word verdicts rest on: of answers, of a policy, of what SPF and DKIM make of a declared sender."""

from collections.abc import Iterable, Mapping

import pytest

from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.senders import Sender
from linter.facts.witnesses import of_answers, of_lookups, of_policy, of_sender, of_spf
from linter.finding import FACT, RECORDING, Witness
from linter.lookup.answer import FOUND, NO_DATA, Answer

from .zones import facts_of

ONE, TWO, THREE = (Witness(RECORDING, f"{name}.yaml", "2026-11-23") for name in ("one", "two", "three"))
DAYS = (11, 12, 13, 14, 15, 16)
SPF, NESTED, VENDOR, KEY, POLICY, HOST = (f"2026-10-{day}" for day in DAYS)
BEYOND = {
    "spf.away.example": {
        "TXT": {"seen": SPF, "values": ["v=spf1 include:nested.away.example a:mail.away.example -all"]}
    },
    "nested.away.example": {"TXT": {"seen": NESTED, "values": ["v=spf1 -all"]}},
    "_spf.google.com": {"TXT": {"seen": VENDOR, "values": ["v=spf1 ip4:50.0.0.0/24 -all"]}},
    "key.away.example": {"TXT": {"seen": KEY, "values": ["v=DKIM1; p="]}},
    "policy.away.example": {"TXT": {"seen": POLICY, "values": ["v=DMARC1; p=reject"]}},
    "mail.away.example": {"A": {"seen": HOST, "values": ["50.0.1.1"]}, "AAAA": {"seen": HOST, "status": "nodata"}},
}
RECORDS = """records:
  '': {type: TXT, value: 'v=spf1 %s -all'}
  s1._domainkey: {type: CNAME, value: key.away.example.}
  s2._domainkey: {type: TXT, value: v=DKIM1; p=}
  host: {type: CNAME, value: mail.away.example.}
"""
AWAY, HERE = "_dmarc: {type: CNAME, value: policy.away.example.}", "_dmarc: {type: TXT, value: v=DMARC1; p=none}"


def facts(system: str, terms: str = "ip4:50.0.0.9", dmarc: str = HERE) -> Facts:
    zone = f"zone: example.com\nsystems: {{one: {system}}}\nmail: {{example.com: {{sends: [one]}}}}\n"
    return facts_of(f"{zone}{RECORDS % terms}  {dmarc}\n", answers=BEYOND)


def sender(found: Facts) -> Sender:
    mail = declared_mail(found)
    return mail.senders(mail.entries[0])[0]


def days(witnesses: Iterable[Witness]) -> set[str]:
    """The days on which recorded answers were seen."""
    return {each.seen for each in witnesses if each.kind == RECORDING}


def said(witnesses: Iterable[Witness]) -> list[str]:
    """Who said what is known of a vendor."""
    return [each.source for each in witnesses if each.kind == FACT]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], ()),
        ([()], ()),
        ([(TWO, ONE), (THREE,)], (TWO, ONE, THREE)),
        ([(ONE,), (TWO, ONE), (), (TWO,)], (ONE, TWO)),
    ],
)
def test_the_witnesses_of_answers_once_and_in_their_order(
    answers: list[tuple[Witness, ...]], expected: tuple[Witness, ...]
) -> None:
    held = (Answer(FOUND if number % 2 else NO_DATA, witnesses=each) for number, each in enumerate(answers))

    assert of_answers(held) == expected


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("mail.away.example.", ("A", "AAAA"), {HOST}),
        ("mail.away.example.", ("AAAA",), {HOST}),
        ("mail.away.example.", ("TXT",), set()),
        ("mail.away.example.", (), set()),
        ("spf.away.example.", ("A", "TXT"), {SPF}),
        ("host.example.com.", ("A",), {HOST}),
        ("example.com.", ("TXT", "A"), set()),
        ("gone.example.com.", ("TXT",), set()),
        ("unknown.example.", ("TXT",), set()),
    ],
)
def test_whose_word_a_name_s_records_are(name: str, kinds: tuple[str, ...], expected: set[str]) -> None:
    assert days(of_lookups(facts("{}"), name, *kinds)) == expected


@pytest.mark.parametrize(("dmarc", "expected"), [(AWAY, {POLICY}), (HERE, set())])
def test_who_says_which_policy_governs(dmarc: str, expected: set[str]) -> None:
    assert days(of_policy(sender(facts("{spf: ip4:50.0.0.9}", dmarc=dmarc)).governing)) == expected


SAID: Mapping[str, tuple[str, str, set[str]]] = {
    "nothing is asked": ("{spf: ip4:50.0.0.9}", "ip4:50.0.0.9", set()),
    "the domain's own tree": ("{spf: ip4:50.0.0.9}", "include:spf.away.example", {SPF, NESTED, HOST}),
    "a declared term that is not there": ("{spf: include:nested.away.example}", "ip4:50.0.0.9", {NESTED}),
    "in other letters": ("{spf: include:Nested.Away.Example.}", "ip4:50.0.0.9", {NESTED}),
    "a redirect": ("{spf: redirect=nested.away.example}", "ip4:50.0.0.9", {NESTED}),
    "a host is no record": ("{spf: a:nested.away.example}", "ip4:50.0.0.9", set()),
    "a term that the message decides": ("{spf: 'include:%{i}.away.example'}", "ip4:50.0.0.9", set()),
    "the MAIL FROM is elsewhere": ("{spf: ip4:50.0.0.9, envelope: nested.away.example}", "mx", {NESTED}),
    "no term": ("{}", "include:spf.away.example", set()),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_who_says_what_spf_makes_of_a_sender(case: str) -> None:
    system, terms, expected = SAID[case]
    found = facts(system, terms)

    assert days(of_spf(found, sender(found))) == expected
    assert days(of_sender(found, sender(found))) == expected


VENDORS = [
    ("{provider: google-workspace}", {VENDOR}, True, True),
    ("{provider: google-workspace, spf: ip4:50.0.0.9}", set(), False, True),
    ("{provider: google-workspace, dkim: [s2]}", {VENDOR}, True, False),
    ("{spf: ip4:50.0.0.9}", set(), False, False),
]


@pytest.mark.parametrize(("system", "seen", "is_of_terms", "is_of_keys"), VENDORS, ids=[row[0] for row in VENDORS])
def test_what_a_vendor_says_has_its_witness(system: str, seen: set[str], is_of_terms: bool, is_of_keys: bool) -> None:
    found = facts(system)
    row = sender(found)
    terms = said(row.needs.term_witnesses)

    assert days(of_spf(found, row)) == seen
    assert bool(said(of_spf(found, row))) is is_of_terms
    assert said(of_sender(found, row)) == [*terms, *said(row.needs.key_witnesses)]
    assert (bool(terms), bool(row.needs.key_witnesses)) == (is_of_terms, is_of_keys)


@pytest.mark.parametrize(
    ("system", "dmarc", "expected"),
    [
        ("{spf: ip4:50.0.0.9, dkim: [s1]}", HERE, {KEY}),
        ("{spf: ip4:50.0.0.9, dkim: [s2]}", HERE, set()),
        ("{spf: ip4:50.0.0.9, dkim: [s2]}", AWAY, {POLICY}),
        ("{dkim: [s1, s2]}", AWAY, {KEY, POLICY}),
    ],
)
def test_keys_and_the_policy_are_somebody_s_word(system: str, dmarc: str, expected: set[str]) -> None:
    found = facts(system, dmarc=dmarc)

    assert days(of_sender(found, sender(found))) == expected
    assert days(of_spf(found, sender(found))) == set()
