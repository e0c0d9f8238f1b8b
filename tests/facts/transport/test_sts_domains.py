"""The mail domains that announce a policy, and why one of them receives nothing."""

import pytest

from linter.facts.transport.sts_domains import receives_nothing, sts_domains

from ..zones import facts_of, txt

STS = "v=STSv1\\; id=1"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (txt(STS, "_mta-sts"), [("example.com.", "TXT")]),
        (txt(STS, "_mta-sts.a"), [("a.example.com.", "TXT")]),
        (txt(STS, "a"), []),
        (txt(STS, "s") + "_mta-sts: {type: CNAME, value: s.example.com.}\n", [("example.com.", "CNAME")]),
        ("_mta-sts: {type: CNAME, value: s.example.net.}\n", []),
    ],
)
def test_who_announces_a_policy(zone: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.domain, each.type) for each in sts_domains(facts_of(zone))] == expected


@pytest.mark.parametrize(
    ("zone", "why"),
    [
        ("a: {type: A, value: 192.0.2.1}\n", "has no MX record"),
        ("a: {type: MX, value: {preference: 0, exchange: .}}\n", "has a null MX"),
        ("a: {type: MX, value: {preference: 0, exchange: mx.example.net.}}\n", ""),
    ],
)
def test_why_a_domain_receives_nothing(zone: str, why: str) -> None:
    assert receives_nothing(facts_of(zone), "a.example.com.") == why
    assert receives_nothing(facts_of(zone), "unknown.example.") == ""
