"""Which MX hosts a policy leaves out, which of its patterns allow none, and what is not judged."""

import pytest

from linter.facts.transport.sts_coverage import coverages, sts_policies
from linter.facts.transport.sts_policies import PolicyFile, policy_file
from linter.source.text import Source

from ..zones import facts_of

HOSTS = "{preference: 1, exchange: a.mx.example.net.}, {preference: 2, exchange: b.example.org.}"
MX = f"'': {{type: MX, values: [{HOSTS}]}}\n"


def policy(*hosts: str, size: int = 100) -> PolicyFile:
    lines = ["version: STSv1", "mode: enforce", *(f"mx: {host}" for host in hosts), "max_age: 604800", ""]
    return policy_file("mta-sts.txt", Source("mta-sts.txt", "\r\n".join(lines)), size)


@pytest.mark.parametrize(
    ("hosts", "omitted", "idle"),
    [
        (["a.mx.example.net", "b.example.org"], [], []),
        (["*.mx.example.net", "b.example.org"], [], []),
        (["*.example.net", "b.example.org"], ["a.mx.example.net."], ["*.example.net"]),
        (["a.mx.example.net"], ["b.example.org."], []),
        (["a.mx.example.net", "b.example.org", "c.example.org"], [], ["c.example.org"]),
    ],
)
def test_hosts_and_patterns_cover_each_other(hosts: list[str], omitted: list[str], idle: list[str]) -> None:
    (found,) = coverages(facts_of(MX, policies={"example.com.": policy(*hosts)}))

    assert [each.host for each in found.omitted] == omitted
    assert [pattern.name for pattern in found.idle] == idle
    assert [each.near is not None for each in found.omitted] == [hosts[0].startswith("*")] * len(omitted)


def test_what_is_cut_or_has_no_hosts_is_not_judged() -> None:
    assert list(coverages(facts_of(MX, policies={"example.com.": policy()}))) == []
    assert list(coverages(facts_of(MX, policies={"example.com.": policy("x.example", size=10**6)}))) == []


def test_policies_of_other_zones_are_left_aside() -> None:
    facts = facts_of(MX, policies={"example.com.": policy("a.example"), "example.net.": policy("a.example")})

    assert list(sts_policies(facts)) == ["example.com."]
