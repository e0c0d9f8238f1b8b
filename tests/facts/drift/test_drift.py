"""A zone against its servers: what differs, who disagrees, whom nobody could ask, what nobody declared."""

import pytest

from linter.facts.drift.drift import Drift, drift
from linter.facts.drift.lines import zone_drift
from linter.facts.facts import Facts
from linter.lookup.served import Said, Served
from linter.rules.known import names

from ..zones import facts_of, txt

ZONE = txt("v=spf1 mx -all") + "'': {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n".replace(
    "'': ", "m: "
)
SPF, MX = ("example.com.", "TXT"), ("m.example.com.", "MX")
SAME = {SPF: Said("found", ('"v=spf1 mx -all"',), 3600), MX: Said("found", ("1 mx.example.net.",), 3600)}


def served(*servers: dict[tuple[str, str], Said]) -> Facts:
    facts = facts_of(ZONE)
    said = {f"ns{number}": answers for number, answers in enumerate(servers)}
    facts.served = Served("example.com.", tuple(said), said, "probe")
    return facts


def found(facts: Facts) -> Drift:
    one = drift(facts)
    assert one is not None
    return one


def signs(facts: Facts) -> list[tuple[str, str]]:
    return [(line.sign, line.name) for line in zone_drift(found(facts), names(), 100).lines]


def test_servers_that_disagree_are_told_apart() -> None:
    facts = served(SAME, {**SAME, SPF: Said("found", ('"v=spf1 a -all"',))})

    assert [each.pair for each in found(facts).disagreements] == [SPF]
    assert all(name != "example.com." for sign, name in signs(facts) if sign == "-")


@pytest.mark.parametrize(("number", "more"), [(1_000, 0), (1_001, 1), (3_000, 2_000)])
def test_of_thousands_of_records_the_first_are_told_and_how_many_more_there_are(number: int, more: int) -> None:
    extra = {(f"n{each}.example.com.", "MX"): Said("found", ("10 mx.example.net.",)) for each in range(number)}
    told = found(served({**SAME, **extra})).undeclared

    assert len(told) == min(number, 1_000) + bool(more)
    if more:
        assert told[-1].what == ("1 more record set" if more == 1 else f"{more} more record sets")
