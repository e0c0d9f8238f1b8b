"""A policy file is read up to the bound that senders have, and never by half a line."""

from linter.facts.transport.sts_policies import policy_file
from linter.records.transport.mta_sts_policy_value import LARGEST
from linter.source.text import Source

TEXT = "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 86400\r\nmx: b.exam"


def test_a_policy_is_read_whole() -> None:
    found = policy_file("p", Source("p", TEXT), len(TEXT))

    assert not found.is_cut
    assert [pattern.name for pattern in found.policy.mx] == ["a.example", "b.exam"]
    assert found.span(0, 7).text == "version"


def test_of_a_policy_that_is_cut_the_last_line_is_not_known() -> None:
    found = policy_file("p", Source("p", TEXT), LARGEST + 1)

    assert found.is_cut
    assert [pattern.name for pattern in found.policy.mx] == ["a.example"]
