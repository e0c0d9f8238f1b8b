"""Where reports go, whether mail reaches that host, and whether a foreign one says that it wants them."""

import pytest

from linter.facts.dmarc.report_hosts import destinations, is_foreign, missing_authorisation, why_undeliverable

from ..recorded_world import world
from ..zones import facts_of, txt


def policy(tags: str, name: str = "_dmarc") -> str:
    return txt(f"v=DMARC1\\; p=none\\; {tags}", name)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (policy("rua=mailto:a@r.example"), [("r.example.", "example.com.")]),
        (policy("rua=mailto:a@r.example,mailto:b@r.example"), [("r.example.", "example.com.")]),
        (policy("rua=mailto:a@r.example\\; ruf=mailto:a@r.example"), [("r.example.", "example.com.")] * 2),
        (policy("rua=https://r.example/"), []),
        (policy("rua=mailto:a@r.example", "'*._dmarc'"), [("r.example.", "")]),
    ],
)
def test_the_hosts_of_reports(zone: str, expected: list[tuple[str, str]]) -> None:
    (text,) = facts_of(zone).texts.dmarc

    assert [(each.host, each.policy_domain) for each in destinations(text)] == expected


WORLD = world(
    {
        "r.example": {"MX": ["10 mx.r.example."]},
        "null.example": {"MX": ["0 ."]},
        "none.example": {"A": ["192.0.2.1"], "MX": "nodata"},
        "gone.example": "nxdomain",
        "example.com._report._dmarc.r.example": {"TXT": ["v=DMARC1"]},
        "example.com._report._dmarc.null.example": {"TXT": ["hello"]},
        "example.com._report._dmarc.none.example": "nxdomain",
    },
    complete=False,
)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("r.example.", ""),
        ("null.example.", "null-mx"),
        ("none.example.", "no-mx"),
        ("gone.example.", "no-host"),
        ("x.example.", ""),
    ],
)
def test_why_no_report_arrives(host: str, why: str) -> None:
    assert why_undeliverable(WORLD, host) == why


@pytest.mark.parametrize(
    ("host", "refused"),
    [
        ("r.example", False),
        ("null.example", True),
        ("none.example", True),
        ("unknown.example", False),
        ("example.com", False),
        ("sub.example.com", False),
    ],
)
def test_a_permit_that_is_not_there(host: str, refused: bool) -> None:
    (text,) = facts_of(policy(f"rua=mailto:a@{host}")).texts.dmarc
    (place,) = destinations(text)

    assert (missing_authorisation(WORLD, place) is not None) is refused


@pytest.mark.parametrize(("org", "foreign"), [("example.com.", False), ("r.example.", True), ("", True)])
def test_another_organisation_in_every_way(org: str, foreign: bool) -> None:
    (text,) = facts_of(policy("rua=mailto:a@r.example")).texts.dmarc
    (place,) = destinations(text)

    assert is_foreign(place, lambda name: org if name == "r.example." else org and "example.com.") is foreign
