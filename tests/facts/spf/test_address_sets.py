"""Address ranges of one record: which are covered already, where they lie, and how wide they are."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.hosts.special_networks import special_space
from linter.facts.spf.address_sets import is_nearly_all, is_too_wide, live_networks, overlaps, without_host_bits
from linter.records.spf.record import parse
from linter.records.text.address import Network, network


def found(record: str) -> list[tuple[str, str, bool, bool]]:
    """(term, the earlier one that covers it, same range, same qualifier)."""
    return [
        (
            record[each.term.start : each.term.end],
            record[each.earlier.start : each.earlier.end],
            each.is_equal,
            each.agrees,
        )
        for each in overlaps(live_networks(parse(record)))
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ip6:2001:db8::1 -all", []),
        ("v=spf1 ip4:192.0.2.1 ip4:192.0.2.1 -all", [("ip4:192.0.2.1", "ip4:192.0.2.1", True, True)]),
        ("v=spf1 ip4:192.0.2.1 ip4:192.0.2.1/32 -all", [("ip4:192.0.2.1/32", "ip4:192.0.2.1", True, True)]),
        ("v=spf1 ip4:192.0.2.5/24 ~ip4:192.0.2.0/24 -all", [("~ip4:192.0.2.0/24", "ip4:192.0.2.5/24", True, False)]),
        ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all", [("ip4:192.0.2.7", "ip4:192.0.2.0/24", False, True)]),
        ("v=spf1 ip4:192.0.2.0/24 -ip4:192.0.2.7 -all", [("-ip4:192.0.2.7", "ip4:192.0.2.0/24", False, False)]),
        ("v=spf1 -ip4:192.0.2.7 ip4:192.0.2.0/24 -all", []),
        (
            "v=spf1 ip6:2001:db8::/32 ip6:2001:DB8:1:: -all",
            [("ip6:2001:DB8:1::", "ip6:2001:db8::/32", False, True)],
        ),
        ("v=spf1 ip6:::/0 ip4:192.0.2.1 -all", []),
        ("v=spf1 ip4:192.0.2.0/24 -all ip4:192.0.2.7", []),
        (
            "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.0/24 ip4:192.0.2.1 -all",
            [("ip4:192.0.2.1", "ip4:192.0.2.0/25", False, True)],
        ),
    ],
)
def test_a_range_that_an_earlier_one_covers_is_found(record: str, expected: list[tuple[str, str, bool, bool]]) -> None:
    assert found(record) == expected


RANGES = st.one_of(
    st.tuples(st.just(4), st.integers(0, 2**32 - 1), st.integers(0, 32)),
    st.tuples(st.just(6), st.integers(0, 2**128 - 1), st.integers(0, 128)),
    st.tuples(st.just(4), st.integers(0, 15), st.integers(26, 32)),
)


@given(st.lists(RANGES, max_size=12))
def test_it_agrees_with_comparing_every_pair(ranges: list[tuple[int, int, int]]) -> None:
    networks = [Network(*each) for each in ranges]
    record = "v=spf1 " + " ".join(f"ip{each.version}:{each.text}" for each in networks)
    terms = live_networks(parse(record))
    known = [ipaddress.ip_network(each.text, strict=False) for each in networks]

    expected = []
    for later, one in enumerate(known):
        same = [(order, each) for order, each in enumerate(known[:later]) if each.version == one.version]
        covering = [order for order, each in same if one.subnet_of(each)]  # type: ignore[arg-type]
        if covering:
            expected.append((later, covering[0]))

    assert [(terms.index(each.term), terms.index(each.earlier)) for each in overlaps(terms)] == expected


def test_ten_thousand_ranges_are_compared_at_once() -> None:
    terms = [f"ip6:2001:db8:{number:x}::/{48 + number % 80}" for number in range(10_000)]

    assert len(found("v=spf1 ip6:2001:db8::/32 " + " ".join(terms))) == 10_000


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("192.0.2.77/24", "192.0.2.0/24"),
        ("192.0.2.0/24", None),
        ("192.0.2.1", None),
        ("192.0.2.1/0", "0.0.0.0/0"),
        ("2001:db8::1/64", "2001:db8::/64"),
        ("2001:db8::/64", None),
    ],
)
def test_host_bits_are_found_and_cleared(written: str, clean: str | None) -> None:
    read = network(6 if ":" in written else 4, written)
    assert read is not None

    cleared = without_host_bits(read)

    assert (cleared.text if cleared else None) == clean


@pytest.mark.parametrize(
    ("written", "purpose"),
    [
        ("10.1.2.3", "private"),
        ("172.16.0.0/12", "private"),
        ("172.32.0.1", None),
        ("192.168.1.0/24", "private"),
        ("192.168.0.0/15", None),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("100.64.0.1", "shared space behind carriers' NAT"),
        ("192.0.2.1", "for documentation"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.9", "for documentation"),
        ("198.18.0.1", "for benchmarks"),
        ("224.0.0.1", "multicast"),
        ("250.0.0.1", "reserved"),
        ("255.255.255.255", "the broadcast address"),
        ("0.0.0.0", 'reserved for "this network"'),
        ("0.0.0.0/0", None),
        ("8.8.8.8", None),
        ("::1", "loopback"),
        ("::", "the unspecified address"),
        ("::ffff:8.8.8.8", "IPv4 written as IPv6, which only `ip4` matches"),
        ("fd00::1", "private (unique local)"),
        ("fe80::1", "link-local"),
        ("2001:db8::/32", "for documentation"),
        ("2001:db8::/31", None),
        ("3fff:1::", "for documentation"),
        ("2001:2::1", "for benchmarks"),
        ("2001:5::1", "reserved for protocols"),
        ("ff02::1", "multicast"),
        ("2a00:1450::1", None),
    ],
)
def test_space_that_no_mail_comes_from_is_named(written: str, purpose: str | None) -> None:
    read = network(6 if ":" in written else 4, written)
    assert read is not None

    space = special_space(read)

    assert (space.purpose if space else None) == purpose
    assert space is None or space.reference.startswith("RFC ")


@pytest.mark.parametrize(
    ("version", "prefix", "wide", "nearly_all"),
    [
        (4, 16, False, False),
        (4, 15, True, False),
        (4, 8, True, False),
        (4, 7, True, True),
        (4, 0, True, True),
        (6, 32, False, False),
        (6, 31, True, False),
        (6, 7, True, True),
    ],
)
def test_wide_ranges_are_told_from_nearly_everything(version: int, prefix: int, wide: bool, nearly_all: bool) -> None:
    assert (is_too_wide(version, prefix), is_nearly_all(prefix)) == (wide, nearly_all)
