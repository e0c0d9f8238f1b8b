"""One declared set against the one that is served: missing, different, more, or in place."""

import pytest

from linter.facts.drift.expected import expectations
from linter.facts.drift.sets import judge
from linter.lookup.served import Said, Served

from ..zones import facts_of, txt

ZONE = txt("v=spf1 mx -all") + "mx: {type: A, values: [192.0.2.1, 192.0.2.2]}\n"
SPF, HOST = ("example.com.", "TXT"), ("mx.example.com.", "A")


PROXIED = "mx: {type: A, value: 203.0.114.1, octodns: {cloudflare: {proxied: true}}}\n"
MX = (
    "'': {type: MX, values: [{preference: 1, exchange: mx.example.com.}, {preference: 2, exchange: mx.example.net.}]}\n"
)


@pytest.mark.parametrize(
    ("zone", "served", "differing"),
    [
        (MX + PROXIED, ("1 _dc-mx.a1.example.com.", "2 mx.example.net."), 0),
        (MX + PROXIED, ("1 mx.example.com.", "2 mx.example.net."), 0),
        (MX + PROXIED, ("2 _dc-mx.a1.example.com.", "2 mx.example.net."), 1),
        (MX + PROXIED, ("1 dc-a1.example.com.", "2 mx.example.net."), 1),
        (MX + PROXIED, ("1 _dc-mx.a1.example.com.", "2 mx.example.net.", "3 mx.example.org."), 1),
        (MX, ("1 _dc-mx.a1.example.com.", "2 mx.example.net."), 1),
    ],
)
def test_a_proxy_answers_with_hosts_of_its_own_making(zone: str, served: tuple[str, ...], differing: int) -> None:
    facts, pair = facts_of(zone), ("example.com.", "MX")
    expected = expectations(facts).of(*pair)
    assert expected is not None
    judged = judge(
        facts, Served("example.com.", ("ns",), {"ns": {pair: Said("found", served)}}, "probe"), pair, expected
    )

    assert len(judged.differing) == differing


@pytest.mark.parametrize(
    ("pair", "said", "missing", "differing", "extra"),
    [
        (SPF, Said("found", ('"v=spf1 mx -all"',)), 0, 0, 0),
        (SPF, Said("found", ('"v=spf1 mx ~all"',)), 0, 1, 0),
        (SPF, Said("found", ('"v=spf1 mx -all"', '"token=x"')), 0, 0, 1),
        (SPF, Said("nodata"), 1, 0, 0),
        (SPF, Said("nxdomain"), 1, 0, 0),
        (HOST, Said("found", ("192.0.2.2", "192.0.2.1")), 0, 0, 0),
        (HOST, Said("found", ("192.0.2.1",)), 0, 1, 0),
    ],
)
def test_a_set_is_judged(pair: tuple[str, str], said: Said, missing: int, differing: int, extra: int) -> None:
    facts = facts_of(ZONE)
    served = Served("example.com.", ("ns",), {"ns": {pair: said}}, "probe")
    expected = expectations(facts).of(*pair)
    assert expected is not None
    judged = judge(facts, served, pair, expected)

    assert (len(judged.missing), len(judged.differing), len(judged.extra)) == (missing, differing, extra)
