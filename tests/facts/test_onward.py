"""Records that point to a host in certain zones lead there; what is unclear may."""

import pytest

from linter.facts.onward import FOLLOWED, ending_here

from .zones import facts_of, txt

MX = "'': {type: MX, value: {preference: 10, exchange: %s}}\n"


@pytest.mark.parametrize(
    ("zone", "onward"),
    [
        ("a: {type: A, value: 192.0.2.1}\n", set()),
        (MX % "mx.example.net.", set()),
        (MX % "mx.there.example.", {"mx-hosts"}),
        (MX % "mx.there.example", {"mx-hosts"}),
        (MX % "mx.example.net", {"mx-hosts"}),
        (MX % "'mx.{zone}.'", {"mx-hosts"}),
        (MX % "mx..example.net.", {"mx-hosts"}),
        ("a: {type: CNAME, value: b.there.example.}\n", {"CNAME", "dkim-alias"}),
        ("a: {type: CNAME, value: b.example.net.}\n", set()),
        ("a: {type: NS, value: b.there.example.}\n", set()),
        ("_sip._tls: {type: SRV, value: {priority: 1, weight: 1, port: 1, target: b.there.example.}}\n", {"SRV"}),
        (txt("v=DMARC1\\; p=none\\; rua=mailto:a@there.example", "_dmarc"), {"dmarc-reports"}),
        (txt("v=DMARC1\\; p=none\\; ruf=mailto:a@There.Example", "_dmarc"), {"dmarc-reports"}),
        (txt("v=DMARC1\\; p=none\\; rua=mailto:a@example.net", "_dmarc"), set()),
        (txt("v=spf1 include:there.example -all"), set()),
        (MX % "mx.example.net." + "a: {type: CNAME, value: b.there.example.}\n", {"CNAME", "dkim-alias"}),
    ],
)
def test_a_record_leads_on_by_the_host_that_it_names(zone: str, onward: set[str]) -> None:
    found = ending_here(facts_of(zone), lambda name: name.endswith("there.example."))

    assert found == FOLLOWED - onward
