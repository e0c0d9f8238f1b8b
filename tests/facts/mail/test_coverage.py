"""Coverage of networks by SPF, held against an evaluation of every single address by the plainest means."""

import ipaddress
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from .test_senders import sender, spf

PREFIXES = st.integers(26, 32)
OFFSETS = st.integers(0, 63)
BASE = int(ipaddress.ip_address("50.0.0.0"))
RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


class Told(NamedTuple):
    """A term: an `ip4` network, an include of a record of such terms, or one of a record that nobody knows."""

    qualifier: str
    network: ipaddress.IPv4Network | None = None
    inner: "tuple[Told, ...] | None" = None
    unknown: int = -1


def networks() -> st.SearchStrategy[ipaddress.IPv4Network]:
    return st.builds(lambda *held: ipaddress.IPv4Network((BASE + held[0], held[1]), strict=False), OFFSETS, PREFIXES)


qualifiers = st.sampled_from(["+", "+", "+", "-", "~", "?"])
plain = st.builds(Told, qualifiers, networks())
included = st.builds(lambda sign, inner: Told(sign, None, tuple(inner)), qualifiers, st.lists(plain, max_size=3))
hidden = st.builds(lambda sign, number: Told(sign, None, None, number), qualifiers, st.integers(0, 1))


def written(terms: tuple[Told, ...], number: "itertools.count[int]", zones: dict[str, str]) -> str:
    """A record, with the records that it includes put into `zones`."""
    words = []
    for term in terms:
        if term.network is not None:
            words.append(f"{term.qualifier}ip4:{term.network}")
        elif term.inner is not None:
            name = f"i{next(number)}"
            zones[name] = written(term.inner, number, zones)
            words.append(f"{term.qualifier}include:{name}.example.com")
        else:
            words.append(f"{term.qualifier}include:u{term.unknown}.example.net")
    return " ".join(("v=spf1", *words, "-all"))


def outcome(terms: tuple[Told, ...], address: ipaddress.IPv4Address, lets: tuple[bool, ...]) -> str:
    for term in terms:
        is_matched = (
            address in term.network
            if term.network is not None
            else outcome(term.inner, address, lets) == "pass"
            if term.inner is not None
            else lets[term.unknown]
        )
        if is_matched:
            return RESULTS[term.qualifier]
    return "fail"


def expected(terms: tuple[Told, ...], wanted: ipaddress.IPv4Network) -> str:
    """Covered whatever the unknown records say; not covered whatever they say; or unknown."""
    possible = [
        {outcome(terms, address, lets) for lets in itertools.product((False, True), repeat=2)} for address in wanted
    ]
    if any("pass" not in each for each in possible):
        return "not covered"
    return "pass" if all(each == {"pass"} for each in possible) else "unknown"


def records(terms: tuple[Told, ...]) -> Iterator[str]:
    zones: dict[str, str] = {}
    yield spf(written(terms, itertools.count(), zones))
    for name, text in zones.items():
        yield f"  {name}: {{type: TXT, value: '{text}'}}\n"


@given(st.lists(st.one_of(plain, included), max_size=6).map(tuple), networks())
@settings(max_examples=150, deadline=None)
def test_a_network_is_covered_where_each_of_its_addresses_is(
    terms: tuple[Told, ...], wanted: ipaddress.IPv4Network
) -> None:
    row = sender(f"{{spf: 'ip4:{wanted}'}}", "".join(records(terms)))

    assert row.spf is not None
    assert row.spf.state == expected(terms, wanted)


@given(st.lists(st.one_of(plain, hidden), max_size=5).map(tuple), networks())
@settings(max_examples=150, deadline=None)
def test_what_unknown_records_decide_is_unknown(terms: tuple[Told, ...], wanted: ipaddress.IPv4Network) -> None:
    row = sender(f"{{spf: 'ip4:{wanted}'}}", "".join(records(terms)))

    assert row.spf is not None
    assert row.spf.state == expected(terms, wanted)
