"""Domains in the MAIL FROM of declared senders that are known to take no mail."""

import pytest

from linter.facts.mail.bounces import lost_bounces, takes_no_bounces

from ..recorded_world import world
from ..zones import facts_of

WORLD = {
    "mx.example": {"MX": ["10 h.example."]},
    "null.example": {"MX": ["0 ."]},
    "both.example": {"MX": ["0 .", "10 h.example."]},
    "a.example": {"MX": "nodata", "A": ["192.0.2.1"]},
    "none.example": {"MX": "nodata", "A": "nodata", "AAAA": "nodata"},
    "gone.example": "nxdomain",
}


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("mx.example.", ""),
        ("null.example.", "it has a null MX"),
        ("both.example.", ""),
        ("a.example.", ""),
        ("none.example.", "it has neither MX nor address"),
        ("gone.example.", "it has neither MX nor address"),
        ("unknown.example.", ""),
    ],
)
def test_why_a_domain_takes_no_bounces(domain: str, why: str) -> None:
    assert takes_no_bounces(world(WORLD, complete=False), domain) == why


@pytest.mark.parametrize(
    ("record", "lost"),
    [
        ("{type: MX, value: {preference: 0, exchange: .}}", ["bounce.example.com."]),
        ("{type: MX, value: {preference: 1, exchange: mx.example.net.}}", []),
        ("{type: A, value: 192.0.2.1}", []),
    ],
)
def test_a_return_path_that_takes_nothing(record: str, lost: list[str]) -> None:
    zone = (
        "zone: example.com\nsystems: {one: {spf: ip4:192.0.2.1, envelope: bounce.example.com}}\n"
        "mail: {example.com: {sends: [one]}}\nrecords:\n"
        f"  bounce: [{record}, {{type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}}]\n"
    )

    assert [each.domain for each in lost_bounces(facts_of(zone))] == lost


def test_a_return_path_that_its_vendor_asks_for_is_told_as_such() -> None:
    zone = (
        "zone: example.com\nsystems: {one: {provider: smtp2go, spf: ip4:192.0.2.1, envelope: bounce.example.com}}\n"
        "mail: {example.com: {sends: [one]}}\nrecords:\n"
        "  bounce: {type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}\n"
    )

    assert lost_bounces(facts_of(zone)) == ()
