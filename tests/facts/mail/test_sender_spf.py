"""Whether the SPF record of a domain lets a system send from everything that its terms mean."""

import pytest

from .test_senders import sender, spf


@pytest.mark.parametrize(
    ("system", "record", "state", "uncovered"),
    [
        ("{spf: ip4:192.0.2.1}", "v=spf1 ip4:192.0.2.0/24 -all", "pass", 0),
        ("{spf: ip4:192.0.2.1}", "v=spf1 ip4:198.51.100.1 -all", "not covered", 1),
        ("{spf: ip4:192.0.2.1}", "v=spf1 -ip4:192.0.2.1 +all", "not covered", 1),
        ("{spf: ip4:192.0.2.1}", "v=spf1 include:unknown.example -all", "unknown", 0),
        ("{spf: 'ip4:192.0.2.1 ip4:198.51.100.1'}", "v=spf1 ip4:192.0.2.1 -all", "not covered", 1),
        ("{spf: ip4:192.0.2.1}", "v=spf1 +all", "pass", 0),
    ],
)
def test_what_a_record_says_of_a_system(system: str, record: str, state: str, uncovered: int) -> None:
    coverage = sender(system, spf(record)).spf

    assert coverage is not None
    assert coverage.state == state
    assert len(coverage.uncovered) == uncovered
