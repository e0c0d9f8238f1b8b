"""What a zone holds beside lists of what is allowed: as compared, where it is, and whose it is."""

from collections.abc import Callable, Iterator

import pytest

from linter.facts.allowed import Allowed, Listed
from linter.facts.facts import Facts
from linter.facts.mail.not_allowed import (
    NotAllowed,
    includes_not_allowed,
    mail_hosts_not_allowed,
    reports_not_allowed,
    selectors_not_allowed,
    systems_not_allowed,
)

from ..zones import facts_of

EVERY = (
    mail_hosts_not_allowed,
    includes_not_allowed,
    reports_not_allowed,
    selectors_not_allowed,
    systems_not_allowed,
)
ZONE = """
'':
  - {type: MX, value: {preference: 10, exchange: MX.Example.net.}}
  - {type: TXT, value: 'v=spf1 include:_Spf.Google.com include:own.example.com include:%{i}.example.net -all'}
_dmarc: {type: TXT, value: "v=DMARC1; p=reject; rua=mailto:Dmarc@Example.net"}
s1._domainkey.eu: {type: CNAME, value: s1.keys.example.net.}
"*._domainkey": {type: TXT, value: "v=DKIM1; p="}
"""


@pytest.mark.parametrize("find", EVERY)
def test_without_a_list_there_is_nothing(find: Callable[[Facts], Iterator[NotAllowed]]) -> None:
    facts = facts_of(ZONE)
    assert list(find(facts)) == []

    facts.allowed = Allowed()
    assert list(find(facts)) == []


@pytest.mark.parametrize(
    ("find", "key", "expected"),
    [
        (mail_hosts_not_allowed, "mx", [("mx.example.net", "MX.Example.net.")]),
        (
            includes_not_allowed,
            "includes",
            [("_spf.google.com", "include:_Spf.Google.com"), ("%{i}.example.net", "include:%{i}.example.net")],
        ),
        (reports_not_allowed, "rua", [("dmarc@example.net", "mailto:Dmarc@Example.net")]),
        (selectors_not_allowed, "selectors", [("s1", "s1._domainkey.eu")]),
        (systems_not_allowed, "systems", [("google-workspace", "include:_Spf.Google.com")]),
    ],
)
def test_what_an_empty_list_does_not_hold(
    find: Callable[[Facts], Iterator[NotAllowed]], key: str, expected: list[tuple[str, str]]
) -> None:
    facts = facts_of(ZONE)
    facts.allowed = Allowed()._replace(**{key: Listed((), "house.yaml")})

    assert [(each.text, each.span.text) for each in find(facts)] == expected


def test_a_vendor_is_as_sure_as_the_fact_that_shows_it() -> None:
    facts = facts_of("'': {type: MX, value: {preference: 10, exchange: mxa.eu.mailgun.org.}}\n")
    facts.allowed = Allowed(systems=Listed((), "house.yaml"))
    (found,) = systems_not_allowed(facts)

    assert (found.whose, found.is_firm) == ("Mailgun", False)
    assert [each.confirmed for each in found.evidence] == [False]
