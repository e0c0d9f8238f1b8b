"""The questions of one client: what is counted, what ends an evaluation, and which names an address has."""

import pytest

from linter.facts.spf.questions import Questions, Stop, address_of, nobody_knows, reverse_name, settled
from linter.lookup.answer import NO_DATA, SERVFAIL, UNKNOWN, Answer, Status

from ..recorded_world import world

WORLD = {
    "x.example": {"A": ["192.0.2.1"], "MX": ["10 h.example.", "20 void.example."]},
    "h.example": {"A": ["192.0.2.9"]},
    "void.example": {"A": "nodata"},
    "other.example": {"A": ["192.0.2.77"]},
    "1.2.0.192.in-addr.arpa": {"PTR": ["x.example.", "other.example."]},
}


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("192.0.2.1", (4, 0xC0000201)),
        ("::ffff:192.0.2.1", (4, 0xC0000201)),
        ("2001:db8::1", (6, 0x20010DB8 << 96 | 1)),
    ],
)
def test_an_address(ip: str, expected: tuple[int, int]) -> None:
    assert address_of(ip) == expected


def test_no_address() -> None:
    with pytest.raises(ValueError, match="not an IP address"):
        address_of("1.2.3")


@pytest.mark.parametrize(
    ("ip", "name"),
    [("192.0.2.1", "1.2.0.192.in-addr.arpa."), ("2001:db8::1", "1." + "0." * 23 + "8.b.d.0.1.0.0.2.ip6.arpa.")],
)
def test_the_name_of_its_pointers(ip: str, name: str) -> None:
    assert reverse_name(*address_of(ip)) == name


@pytest.mark.parametrize(("status", "result"), [(UNKNOWN, None), (SERVFAIL, "temperror")])
def test_what_ends_an_evaluation(status: Status, result: str | None) -> None:
    with pytest.raises(Stop) as stopped:
        settled("a.example.", "A", Answer(status, owner="a.example."))

    assert stopped.value.result == result
    assert settled("a.example.", "A", Answer(NO_DATA)).is_empty


def test_names_that_nobody_knows_are_listed_in_bounds() -> None:
    names = [f"n{number}.example." for number in range(9)]

    assert nobody_knows(*names).unknown == tuple(names)
    assert nobody_knows(*names).reason.count("example") == 3


def test_the_third_void_lookup_is_one_too_many() -> None:
    questions = Questions(world(WORLD), "192.0.2.1")
    questions.ask("gone1.example.", "A")
    questions.ask("gone2.example.", "A")
    with pytest.raises(Stop) as stopped:
        questions.ask("gone3.example.", "A")

    assert (stopped.value.result, questions.voids) == ("permerror", 3)


@pytest.mark.parametrize(
    ("ip", "prefix", "held"), [("192.0.2.9", 32, True), ("192.0.2.8", 32, False), ("192.0.2.8", 24, True)]
)
def test_whether_a_mail_host_has_the_address(ip: str, prefix: int, held: bool) -> None:
    questions = Questions(world(WORLD), ip)

    assert questions.mail_hosts_hold("x.example.", prefix) is held
    assert questions.voids == 0


def test_names_are_validated_by_their_addresses() -> None:
    questions = Questions(world(WORLD), "192.0.2.1")

    assert questions.pointers() == {"x.example.": True, "other.example.": False}
    assert questions.has_name_under("example.")
    assert not questions.has_name_under("other.example.")
    assert questions.best_name("example.") == "x.example"
