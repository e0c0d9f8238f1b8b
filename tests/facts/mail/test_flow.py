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
