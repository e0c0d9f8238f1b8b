"""TLSA values with the places of their faults; what SMTP cannot use counts at its port alone."""

import pytest

from linter.facts.transport.certificates import certificates

from ..zones import facts_of

HASH = "ab" * 32


def zone(name: str, usage: int = 3, data: str = HASH) -> str:
    value = f"{{certificate_usage: {usage}, selector: 1, matching_type: 1, certificate_association_data: {data}}}"
    return f"{name}: {{type: TLSA, value: {value}}}\n"


@pytest.mark.parametrize(
    ("text", "faults", "smtp"),
    [
        (zone("_25._tcp.mx"), 0, 0),
        (zone("_25._tcp.mx", usage=1), 0, 1),
        (zone("_443._tcp.www", usage=1), 0, 0),
        (zone("_25._tcp.mx", data="abcd"), 1, 0),
        (zone("_25._tcp.mx", usage=9), 1, 0),
    ],
)
def test_a_value_is_judged(text: str, faults: int, smtp: int) -> None:
    (found,) = certificates(facts_of(text).records("TLSA"))

    assert (len(found.read.faults), len(found.smtp_faults)) == (faults, smtp)
    for fault in (*found.read.faults, *found.smtp_faults):
        (complaint,) = found.complaint(fault)
        assert complaint.span.text
