"""What a zone's mail depends on elsewhere is asked for, whether or not any rule looks there."""

import pytest

from linter.facts.external import prefetch_external

from .recorded_world import Counting, records, world
from .zones import facts_of, txt


@pytest.mark.parametrize(
    ("zone", "asked"),
    [
        (txt("v=spf1 include:a.example -all"), {("a.example.", "TXT"), ("b.example.", "TXT")}),
        (
            "'': {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n",
            {("mx.example.net.", "A"), ("mx.example.net.", "AAAA")},
        ),
        ("s._domainkey: {type: CNAME, value: s.example.net.}\n", {("s._domainkey.example.com.", "TXT")}),
        ("www: {type: CNAME, value: s.example.net.}\n", set()),
    ],
)
def test_what_is_asked_for(zone: str, asked: set[tuple[str, str]]) -> None:
    facts = facts_of(zone)
    resolver = Counting(world(records(a="v=spf1 include:b.example -all", b="v=spf1 -all"), complete=False))
    facts.resolver = resolver
    prefetch_external(facts)

    assert asked <= set(resolver.questions)
    assert bool(asked) is bool(resolver.questions)
