"""The steps outside DNS: whom they concern, in which order, and that each says where it comes from."""

import pytest

from linter.facts.mail.manual_steps import Step, manual_steps
from linter.providers.catalogue import catalogue

from .test_senders import declared

SYSTEMS = (
    "zone: example.com\nsystems:\n"
    "  m365: {provider: microsoft-365, tenant: acme}\n"
    "  google: {provider: google-workspace}\n"
    "  gw: {provider: mimecast, parameters: {region: eu}}\n"
    "  own: {receives: [mx.example.net], spf: 'ip4:50.0.0.9'}\n"
    "  panel: {provider: cpanel, spf: 'ip4:50.0.0.8'}\n"
    "  box: {provider: proton-mail}\n"
    "mail:\n"
)


def steps(mail: str, records: str = "  www: {type: A, value: 50.0.0.80}\n") -> list[Step]:
    facts = declared(f"{SYSTEMS}  example.com: {mail}\nrecords:\n{records}")
    entry = facts.of("example.com.")
    assert entry is not None
    return list(manual_steps(facts, entry))


SPLIT = "{receives: own, split: [{to: m365, through: acme.mail.onmicrosoft.com}], sends: [m365, own]}"
OUT, IN, GATE = "outbound connector to the other", "inbound connector for mail that the other", "gateway's certificate"
SAID = [
    ("{receives: m365, sends: [m365]}",
     ["verify it with the TXT", "create every recipient", "routing of the domain to remote", "switch on DKIM signing"],
     ["InternalRelay", OUT, GATE, "Authoritative after"]),
    (SPLIT, ["verify it", OUT, "InternalRelay", IN, "switch on DKIM", "to Authoritative"], [GATE]),
    ("{receives: m365, behind: gw, sends: [m365]}",
     ["verify it", "send through Mimecast before", GATE, "accept mail only from Mimecast"], ["InternalRelay"]),
    ("{receives: google, behind: gw, sends: [google]}",
     ["verify the domain", "gateway's addresses", "start authentication"], ["routing rule for unrecognised"]),
    ("{receives: m365, sends: [m365, panel]}", ["Email Routing of the domain to Remote"], []),
    ("{receives: panel, sends: [panel]}", [], ["Remote"]),
    ("{sends: [m365]}", ["switch on DKIM signing"], ["verify it with the TXT", "to remote"]),
    ("{receives: box}", ["begins with `protonmail-verification=`"], []),
    ("{receives: own, sends: [own]}", [], [""]),
    ("none", [], [""]),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "said", "unsaid"), SAID, ids=[f"{row}" for row in range(len(SAID))])
def test_the_steps_are_those_of_the_roles(mail: str, said: list[str], unsaid: list[str]) -> None:
    found = [step.what for step in steps(mail)]

    assert len(found) == len(set(found))
    places = [next((row for row, what in enumerate(found) if word in what), None) for word in said]
    assert None not in places, found
    assert places == sorted(row for row in places if row is not None)
    assert not [word for word in unsaid for what in found if word in what]


def test_a_token_that_is_there_needs_no_step() -> None:
    there = "  '': {type: TXT, value: protonmail-verification=abc}\n"

    assert not [step for step in steps("{receives: box}", there) if "verify" in step.what]


@pytest.mark.parametrize("provider", sorted(catalogue().providers))
def test_every_step_has_a_place_and_a_source(provider: str) -> None:
    for each in catalogue().providers[provider].manual:
        assert each.where
        assert each.evidence.source
        assert each.evidence.seen <= "2026-11-30"
