"""The terms of a name's own SPF record that serve no declared sender, and those that may serve one."""

import pytest

from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.idle_terms import TermUse, idle_terms, known_terms, own_senders, term_use
from linter.facts.spf.shorter import UNDECLARED, Known
from linter.records.spf.record import Mechanism, parse

from ..zones import facts_of
from .test_senders import declared

SYSTEMS = """zone: example.com
systems:
  own: {spf: ip4:50.0.0.9}
  here: {spf: ip4:50.0.0.8, envelope: example.com}
  away: {spf: ip4:50.0.0.7, envelope: bounce.example.net}
  sub: {spf: ip4:50.0.0.6, envelope: bounce.example.com}
  edge: {receives: [mail.example.com], spf: ip4:50.0.0.25}
  google: {provider: google-workspace}
  net: {spf: ip4:50.0.0.0/24}
  host: {spf: a:mail.example.com}
  odd: {provider: of-a-vendor-unknown-here}
  silent: {}
  quiet: {envelope: bounce.example.net}
  letters: {provider: mailchimp}
  relay: {provider: mailchimp, envelope: example.com}
"""
HOSTS = "  bounce: {type: TXT, value: v=spf1 ip4:50.0.0.6 -all}\n  mail: {type: A, value: 50.0.0.25}\n"


def facts(mail: str, record: str, more: str = HOSTS) -> Facts:
    return facts_of(
        f"{SYSTEMS}mail: {{example.com: {mail}}}\nrecords:\n  '': {{type: TXT, values: [{record}]}}\n{more}"
    )


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("{sends: [own, here, away, sub]}", ["own", "here"]),
        ("{sends: [away]}", []),
        ("{sends: [silent, quiet, letters, relay]}", ["silent", "relay"]),
        ("{receives: edge}", []),
    ],
)
def test_who_has_the_name_itself_in_the_mail_from(mail: str, expected: list[str]) -> None:
    found = facts(mail, "'v=spf1 -all'")
    (entry,) = declared_mail(found).entries

    assert [each.needs.name for each in own_senders(found, entry)] == expected


ELSEWHERE = "the MAIL FROM of `away` is `bounce.example.net`"
NOT_HERE = "`here` is not among those that send as it"
IDLE = [
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 -all", {}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.0/24 -all", {}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 ip4:50.0.1.1 -all", {"ip4:50.0.1.1": ""}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 ip4:50.0.0.8 -all", {"ip4:50.0.0.8": NOT_HERE}),
    ("{sends: [own, away]}", "v=spf1 ip4:50.0.0.9 ip4:50.0.0.7 -all", {"ip4:50.0.0.7": ELSEWHERE}),
    ("{sends: [own]}", "v=spf1 ~ip4:50.0.1.1 ?ip4:50.0.1.2 -ip4:50.0.1.3 ip4:50.0.0.9 -all", {}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 -all ip4:50.0.1.1", {}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 ip4:50.0.1.1", {"ip4:50.0.1.1": ""}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 +all", {}),
    ("{sends: [away]}", "v=spf1 ip4:50.0.1.1 +all", {"ip4:50.0.1.1": ""}),
    ("{receives: edge, sends: [edge]}", "v=spf1 ip4:50.0.0.25 a -all", {"a": ""}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.1.1 ip4:50.0.0.9 ip4:50.0.1.1 -all", {"ip4:50.0.1.1": ""}),
    ("{receives: edge, sends: [edge]}", "v=spf1 ip4:50.0.0.25 mx -all", {}),
    ("{receives: edge, sends: [edge]}", "v=spf1 ip4:50.0.0.25 mx:Example.com. -all", {}),
    ("{receives: edge, sends: [edge]}", "v=spf1 ip4:50.0.0.25 mx:b.example -all", {"mx:b.example": ""}),
    ("{receives: edge, sends: [edge]}", "v=spf1 ip4:50.0.0.25 a:b.example -all", {"a:b.example": ""}),
    ("{receives: edge, sends: [own]}", "v=spf1 ip4:50.0.0.9 mx:b.example mx -all", {"mx:b.example": "", "mx": ""}),
    ("{receives: edge, sends: [own]}", "v=spf1 ip4:50.0.0.9 ip4:50.0.0.25 -all", {}),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 mx -all", {"mx": ""}),
    ("{receives: edge, behind: google, sends: [edge, google]}", "v=spf1 ip4:50.0.0.25 include:_spf.google.com mx -all",
     {}),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "record", "expected"), IDLE, ids=[f"{row[0]}-{row[1]}" for row in IDLE])
def test_terms_that_serve_nobody(mail: str, record: str, expected: dict[str, str]) -> None:
    found = facts(mail, f"'{record}'")
    (entry,) = declared_mail(found).entries
    (text,) = found.spf_by_name["example.com."]
    senders = own_senders(found, entry)

    assert {term.text: why for term, why in idle_terms(found, entry, text, senders)} == expected


TWO = "v=spf1 ip4:50.0.0.9 ip4:50.0.1.1 -all"
KNOWN = [
    ("{sends: [own]}", TWO, {"ip4:50.0.1.1"}, {"ip4:50.0.0.9", "-all"}, True),
    ("{sends: []}", TWO, {"ip4:50.0.1.1", "ip4:50.0.0.9"}, {"-all"}, True),
    ("{sends: [own, away, quiet, letters]}", TWO, {"ip4:50.0.1.1"}, {"ip4:50.0.0.9", "-all"}, True),
    ("{sends: [own, relay]}", TWO, set(), {"ip4:50.0.0.9", "-all"}, False),
    ("{sends: [own, sub]}", TWO, {"ip4:50.0.1.1"}, {"ip4:50.0.0.9", "-all"}, True),
    ("{sends: [own, silent]}", TWO, set(), {"ip4:50.0.0.9", "-all"}, False),
    ("{sends: [own, odd]}", TWO, set(), {"ip4:50.0.0.9", "-all"}, False),
    ("{sends: [host]}", "v=spf1 ip4:50.0.0.25 -all", set(), {"-all"}, False),
    ("{sends: [net]}", "v=spf1 -ip4:50.0.0.1 ip4:50.0.0.0/24 ip4:50.0.1.1 -all", set(),
     {"-ip4:50.0.0.1", "ip4:50.0.0.0/24", "-all"}, False),
    ("{sends: [own, google]}", TWO, set(), {"ip4:50.0.0.9", "-all"}, False),
    ("{sends: [own, here]}", TWO, set(), {"ip4:50.0.0.9", "-all"}, False),
    ("{sends: [own]}", "v=spf1 ip4:50.0.0.9 -ip4:50.0.1.1 -all", set(), {"ip4:50.0.0.9", "-ip4:50.0.1.1", "-all"},
     True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mail", "record", "unused", "serving", "is_clear"), KNOWN, ids=[f"{row[0]}-{row[1]}" for row in KNOWN]
)
def test_what_a_declaration_says_of_terms(
    mail: str, record: str, unused: set[str], serving: set[str], is_clear: bool
) -> None:
    known = known_terms(facts(mail, f"'{record}'"), "example.com.")

    assert known == Known(frozenset(unused), frozenset(serving), is_clear)


@pytest.mark.parametrize(
    ("mail", "record", "name"),
    [
        ("{receives: edge}", f"'{TWO}'", "example.com."),
        ("none", f"'{TWO}'", "example.com."),
        ("{sends: [own]}", f"'{TWO}', 'v=spf1 ~all'", "example.com."),
        ("{sends: [own]}", "token", "example.com."),
        ("{sends: [own]}", f"'{TWO}'", "mail.example.com."),
        ("{sends: [own]}", f"'{TWO}'", "bounce.example.com."),
    ],
)
def test_a_name_of_which_nothing_is_declared(mail: str, record: str, name: str) -> None:
    assert known_terms(facts(mail, record), name) is UNDECLARED


@pytest.mark.parametrize(
    ("term", "unused"),
    [
        ("include:example.com", set()),
        ("redirect=example.com", set()),
        ("include:a.example.com", {"ip4:50.0.1.1"}),
        ("a:example.com", {"ip4:50.0.1.1"}),
    ],
)
def test_a_record_that_others_include_is_theirs_as_well(term: str, unused: set[str]) -> None:
    other = f"  www: {{type: TXT, value: v=spf1 {term}}}\n"
    known = known_terms(facts("{sends: [own]}", f"'{TWO}'", f"{HOSTS}{other}"), "example.com.")

    assert known == Known(frozenset(unused), frozenset({"ip4:50.0.0.9", "-all"}), True)


DECLARED_TERMS = """zone: example.com
systems:
  own: {spf: ip4:50.0.0.9}
  here: {spf: ip4:50.0.0.8, envelope: example.com}
  away: {spf: ip4:50.0.0.7, envelope: bounce.example.net}
  google: {provider: google-workspace}
  gone: {provider: fastmail}
  sheets: {provider: netsuite, spf: include:sheets.example}
  chimp: {provider: mailchimp, spf: include:chimp.example}
  inbox: {receives: [mx.example.net], spf: ip4:50.0.0.6}
  filter: {provider: mimecast}
  idle: {spf: 'ip4:50.0.0.5 include:idle.example'}
mail:
  example.com: {receives: inbox, behind: filter, sends: [own, here, away, google, sheets, chimp]}
records: {}
"""
USES = [
    ("ip4:50.0.0.9", True, ""),
    ("IP4:50.0.0.9", True, ""),
    ("ip4:50.0.0.8", True, ""),
    ("ip4:50.0.0.7", False, "the MAIL FROM of `away` is `bounce.example.net`"),
    ("include:_spf.google.com", True, ""),
    ("include:_SPF.Google.com.", True, ""),
    ("a:_spf.google.com", False, ""),
    ("exists:_spf.google.com", False, ""),
    ("include:sheets.example", False, "`sheets` (Oracle NetSuite) needs no term, since SPF need not be aligned: it is"),
    ("include:chimp.example", True, ""),
    ("ip4:50.0.0.6", True, ""),
    ("include:eu._netblocks.mimecast.com", True, ""),
    ("ip4:50.0.0.5", False, "`idle` is not among those that send as it"),
    ("include:Idle.example", False, "`idle` is not among those that send as it"),
    ("include:spf.messagingengine.com", False, "`gone` (Fastmail) is not among those that send as it"),
    ("include:spf.messagingengine.com.", False, ""),
    ("include:_spf.nobody.example", False, ""),
    ("ip4:50.0.0.4", False, ""),
    ("ip4:50.0.0.0/24", False, ""),
    ("mx", False, ""),
]


def use(text: str) -> TermUse:
    mail = declared(DECLARED_TERMS)
    entry = mail.of("example.com.")
    (term,) = parse(f"v=spf1 {text}").terms
    assert entry is not None
    assert isinstance(term, Mechanism)
    return term_use(mail, entry, term)


@pytest.mark.parametrize(("text", "is_wanted", "reason"), USES, ids=[row[0] for row in USES])
def test_whom_a_term_is_for(text: str, is_wanted: bool, reason: str) -> None:
    found = use(text)

    assert found.is_wanted is is_wanted
    assert found.reason.startswith(reason)
    assert bool(found.reason) is bool(reason)
