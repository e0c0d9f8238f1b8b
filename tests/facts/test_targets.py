"""What the values of records point to, and what was meant by a name without its final dot."""

import pytest

from linter.facts.targets import is_autodiscover, leading_aliases, mail_hosts, readings, without_second_origin

from .zones import facts_of


@pytest.mark.parametrize(
    ("record", "hosts"),
    [
        ("{type: MX, value: {preference: 1, exchange: mx.example.net.}}", ["mx.example.net."]),
        ("{type: MX, value: {preference: 0, exchange: .}}", []),
        ("{type: MX, value: {preference: 1, exchange: 'mx.{zone}.'}}", []),
        ("{type: CNAME, value: mx.example.net.}", []),
        ("{type: SRV, value: {priority: 0, weight: 0, port: 1, target: mx.example.net.}}", []),
    ],
)
def test_mail_hosts_are_those_of_mx(record: str, hosts: list[str]) -> None:
    facts = facts_of(f"_a._tcp: {record}\n" if "SRV" in record else f"a: {record}\n")

    assert [pointer.target.name for pointer in mail_hosts(facts.targets)] == hosts
    assert len(facts.targets) == 1


@pytest.mark.parametrize(
    ("zone", "is_one"),
    [
        ("autodiscover: {type: CNAME, value: a.example.net.}\n", True),
        ("_autodiscover._tcp: {type: SRV, value: {priority: 0, weight: 0, port: 443, target: a.example.net.}}\n", True),
        ("autodiscover: {type: MX, value: {preference: 1, exchange: a.example.net.}}\n", False),
        ("auto: {type: CNAME, value: a.example.net.}\n", False),
        ("autodiscover: {type: CNAME, value: '{a}.example.net.'}\n", False),
    ],
)
def test_outlook_is_led_by_alias_or_service(zone: str, is_one: bool) -> None:
    assert [is_autodiscover(pointer) for pointer in facts_of(zone).targets] == [is_one]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.example.net.", ("a.example.net.",)),
        ("a.example.net", ("a.example.net.", "a.example.net.example.com.")),
        ("mail", ("mail.example.com.",)),
    ],
)
def test_a_name_without_its_dot_has_two_readings(written: str, expected: tuple[str, ...]) -> None:
    (pointer,) = facts_of(f"a: {{type: CNAME, value: {written}}}\n").targets

    assert readings(pointer.target, "example.com.") == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mail.example.com.example.com.", "mail.example.com."),
        ("aspmx.l.google.com.example.com.", "aspmx.l.google.com."),
        ("mail.example.com.", ""),
        ("there.example.com.example.com.", ""),
        ("mail.example.net.", ""),
    ],
)
def test_a_second_origin_is_taken_off(written: str, meant: str) -> None:
    zone = f"a: {{type: CNAME, value: {written}}}\nthere.example.com: {{type: A, value: 192.0.2.1}}\n"
    facts = facts_of(zone)

    assert without_second_origin(facts.targets[0].target, facts.index) == meant


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ({}, []),
        ({"a.": ("b.", "c."), "b.": ("d.",)}, ["b.", "c.", "d."]),
        ({"a.": ("b.",), "b.": ("a.", "b.")}, ["b.", "a.", "b."]),
    ],
)
def test_aliases_lead_to_a_name_over_others(aliases: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert list(leading_aliases("a.", lambda name: aliases.get(name, ()))) == expected
