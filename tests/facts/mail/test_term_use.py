"""Whom a term of an SPF record is for: whether a declared system may need it, and why one does not."""

import pytest

from linter.facts.mail.term_use import TermUse, term_use
from linter.records.spf.record import Mechanism, parse

from .test_senders import declared

SYSTEMS = """zone: example.com
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
    mail = declared(SYSTEMS)
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
