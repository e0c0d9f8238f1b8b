"""Who receives for a name, by declaration and by DNS, and hosts of somebody else among them."""

import pytest

from linter.facts.mail.flow import hosts_of
from linter.lookup.answer import FOUND, Answer, Exchange

from .test_senders import declared


@pytest.mark.parametrize(
    ("hosts", "strangers"),
    [
        (["mx.one.example."], []),
        (["mx.other.example."], ["mx.other.example."]),
        (["mx.one.example.", "mx.other.example."], ["mx.other.example."]),
    ],
)
def test_hosts_of_others_are_strangers(hosts: list[str], strangers: list[str]) -> None:
    values = ", ".join(f"{{preference: {number}, exchange: {host}}}" for number, host in enumerate(hosts))
    mail = declared(
        "zone: example.com\nsystems: {one: {receives: [mx.one.example]}}\nmail: {example.com: {receives: one}}\n"
        f"records:\n  '': {{type: MX, values: [{values}]}}\n"
    )
    flow = mail.flow(mail.entries[0])

    assert [host.name for host in flow.strangers] == strangers
    assert flow.hops == ("one",)


def test_hosts_of_an_answer_have_their_places_where_there_are_any() -> None:
    answer = Answer(FOUND, (Exchange(10, "a.example."), Exchange(20, "b.example.")))

    assert [(host.name, host.span) for host in hosts_of(answer)] == [("a.example.", None), ("b.example.", None)]


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ("{type: A, value: 50.0.0.1}", "open"),
        ("{type: AAAA, value: '2a00::1'}", "open"),
        ("{type: TXT, value: token}", "nowhere"),
        ("{type: MX, value: {preference: 0, exchange: .}}", "nowhere"),
        ("{type: MX, value: {preference: 1, exchange: mx.one.example.}}", "loop"),
        ("{type: MX, value: {preference: 1, exchange: mx.two.example.}}", "open"),
        ("{type: MX, value: {preference: 1, exchange: mx.other.example.}}", "elsewhere"),
        ("{type: NS, value: ns.example.net.}", "unknown"),
        ("{type: CNAME, value: away.example.net.}", "unknown"),
    ],
)
def test_where_the_route_of_a_split_ends(records: str, state: str) -> None:
    mail = declared(
        "zone: example.com\nsystems: {one: {receives: [mx.one.example]}, two: {receives: [mx.two.example]}}\n"
        "mail: {example.com: {receives: one, split: [{to: two, through: route.example.com}]}}\n"
        f"records:\n  route: {records}\n"
    )

    assert [route.state for route in mail.flow(mail.entries[0]).routes] == [state]


def test_a_host_of_which_one_address_is_unknown_may_be_there() -> None:
    mail = declared(
        "zone: example.com\nsystems: {one: {receives: [mx.one.example]}, two: {receives: [mx.two.example]}}\n"
        "mail: {example.com: {receives: one, split: [{to: two, through: route.example.net}]}}\nrecords: {}\n",
        "answers: {route.example.net: {MX: {status: nodata}, A: {status: nodata}}}\n",
    )

    assert [route.state for route in mail.flow(mail.entries[0]).routes] == ["unknown"]
