"""Which hosts of MX records anything is known of, under each name that they can stand for."""

import pytest

from linter.facts.known_hosts import known_hosts
from linter.lookup.answer import FOUND, NO_NAME, UNKNOWN

from .zones import facts_of

ZONE = """
'': {{type: MX, value: {{preference: 10, exchange: {host}}}}}
mx: {{type: A, value: 50.0.0.1}}
alias: {{type: CNAME, value: elsewhere.example.net.}}
"""


@pytest.mark.parametrize(
    ("host", "statuses"),
    [
        ("mx.example.com.", [FOUND, "nodata"]),
        ("lost.example.com.", [NO_NAME, NO_NAME]),
        ("alias.example.com.", [UNKNOWN, UNKNOWN]),
        ("mx.example", [UNKNOWN, UNKNOWN, NO_NAME, NO_NAME]),
        ("mx.example.net.", []),
        (".", []),
        ("'{zone_name}'", []),
        ("192.0.2.1", []),
    ],
)
def test_what_is_known_of_a_host(host: str, statuses: list[str]) -> None:
    found = known_hosts(facts_of(ZONE.format(host=host)))

    assert [answer.status for each in found for answer in each.answers] == statuses
    assert all(each.own.a.status == statuses[0] for each in found)


def test_an_alias_that_leads_to_what_is_not_known_is_known() -> None:
    (host,) = known_hosts(facts_of(ZONE.format(host="alias.example.com.")))

    assert [step.target for step in host.own.a.steps] == ["elsewhere.example.net."]
