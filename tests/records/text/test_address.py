"""Addresses and networks are read and written as SPF's grammar and RFC 4291 and RFC 5952 have them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.records.text import address
from linter.records.text.address import Network

MAPPED = 0xFFFF  # what stands in front of the last 32 bits of an IPv4-mapped address


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (0, "0.0.0.0"),
        (0xC0000201, "192.0.2.1"),
        (0xFFFFFFFF, "255.255.255.255"),
        (None, ""),
        (None, "..."),
        (None, "192.0.2"),
        (None, "192.0.2.1.1"),
        (None, "192.0.2.256"),
        (None, "192.0.2.01"),
        (None, "192.0.2.1 "),
        (None, "192.0.2.+1"),
        (None, "192.0.2.0x1"),
        (None, "192.0.2.\u0661"),
        (None, "192.0.2.1/24"),
    ],
)
def test_ip4_network_is_four_octets_without_leading_zeros(expected: int | None, text: str) -> None:
    assert address.ip4_value(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (0, "::"),
        (1, "::1"),
        (1 << 112, "1::"),
        (0x20010DB8 << 96 | 0xCD30, "2001:DB8::CD30"),
        (0x0001_0002_0003_0004_0005_0006_0007_0008, "1:2:3:4:5:6:7:8"),
        (0x0001_0002_0003_0004_0005_0006_0007_0000, "1:2:3:4:5:6:7::"),
        (0x01020304, "::1.2.3.4"),
        (MAPPED << 32 | 0x01020304, "::ffff:1.2.3.4"),
        (0x0001_0002_0003_0004_0005_0006_0102_0304, "1:2:3:4:5:6:1.2.3.4"),
        (None, ""),
        (None, ":"),
        (None, ":::"),
        (None, "1::2::3"),
        (None, ":CAFE::BABE"),
        (None, "1:2:3:4:5:6:7"),
        (None, "1:2:3:4:5:6:7:8:9"),
        (None, "1:2:3:4::5:6:7:8"),
        (None, "12345::"),
        (None, "::g"),
        (None, "::0x1"),
        (None, "::+1"),
        (None, "::1.2.3"),
        (None, "::1.2.3.04"),
        (None, "1.2.3.4::"),
        (None, "1.2.3.4"),
        (None, "fe80::1%eth0"),
        (None, "[::1]"),
    ],
)
def test_ip6_network_has_every_form_of_rfc_4291(expected: int | None, text: str) -> None:
    assert address.ip6_value(text) == expected


@given(st.text(alphabet="0129afAF:.", max_size=24))
def test_an_address_is_what_the_standard_library_calls_one(text: str) -> None:
    for read, reference in ((address.ip4_value, ipaddress.IPv4Address), (address.ip6_value, ipaddress.IPv6Address)):
        try:
            expected = int(reference(text))
        except ValueError:
            expected = None
        assert read(text) == expected


@given(st.integers(0, 2**32 - 1))
def test_ip4_text_reads_back(value: int) -> None:
    assert address.ip4_value(address.ip4_text(value)) == value


@given(st.lists(st.sampled_from([0, 0, 0, 1, 0x10, 0x100, 0xFFFF]), min_size=8, max_size=8))
def test_ip6_text_is_canonical_and_reads_back(groups: list[int]) -> None:
    value = sum(group << 16 * place for place, group in enumerate(groups))
    text = address.ip6_text(value)
    assert address.ip6_value(text) == value
    if value >> 32 != MAPPED:  # where the standard library changed its mind in Python 3.13
        assert text == str(ipaddress.IPv6Address(value))


def test_an_ip4_mapped_address_ends_in_dotted_form() -> None:
    assert address.ip6_text(MAPPED << 32 | 0xC0000201) == "::ffff:192.0.2.1"


@pytest.mark.parametrize(
    ("version", "valid", "invalid"),
    [
        (4, ["0", "1", "9", "10", "32"], ["", "33", "00", "032", "08", "+1", " 1", "1 ", "x", "-1", "\u0661"]),
        (6, ["0", "33", "64", "99", "100", "128"], ["", "129", "064", "1280"]),
    ],
)
def test_prefix_lengths_have_no_leading_zero_and_an_end(version: int, valid: list[str], invalid: list[str]) -> None:
    assert [address.prefix_length(version, text) for text in valid] == [int(text) for text in valid]
    assert [address.prefix_length(version, text) for text in invalid] == [None] * len(invalid)


@pytest.mark.parametrize(
    ("expected", "version", "text"),
    [
        (Network(4, 0xC0000201, 32), 4, "192.0.2.1"),
        (Network(4, 0xC0000201, 24), 4, "192.0.2.1/24"),
        (Network(4, 0, 0), 4, "0.0.0.0/0"),
        (Network(6, 1, 128), 6, "::1"),
        (Network(6, 0, 0), 6, "::/0"),
        (None, 4, "192.0.2.1/"),
        (None, 4, "192.0.2.1//24"),
        (None, 4, "192.0.2.1/24/24"),
        (None, 4, "::1"),
        (None, 6, "192.0.2.1"),
        (None, 6, "::1/129"),
        (None, 4, "/24"),
    ],
)
def test_a_network_is_an_address_of_its_version_with_an_optional_prefix(
    expected: Network | None, version: int, text: str
) -> None:
    assert address.network(version, text) == expected


@pytest.mark.parametrize("text", ["192.0.2.0/24", "192.0.2.77/24", "192.0.2.1", "0.0.0.0/0", "2001:db8::/32", "::1"])
def test_a_network_is_written_as_it_was_read(text: str) -> None:
    found = address.network(6 if ":" in text else 4, text)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("192.0.2.0", "192.0.2.255", "192.0.2.77/24"),
        ("192.0.2.77", "192.0.2.77", "192.0.2.77/32"),
        ("0.0.0.0", "255.255.255.255", "192.0.2.77/0"),
    ],
)
def test_a_network_reaches_from_its_first_to_its_last_address(first: str, last: str, text: str) -> None:
    found = address.network(4, text)
    assert found is not None
    assert (address.ip4_text(found.first), address.ip4_text(found.last)) == (first, last)


@pytest.mark.parametrize(
    ("covered", "outer", "inner"),
    [
        (True, "192.0.2.0/24", "192.0.2.77/32"),
        (True, "192.0.2.9/24", "192.0.2.0/24"),
        (True, "0.0.0.0/0", "192.0.2.0/24"),
        (False, "192.0.2.0/25", "192.0.2.0/24"),
        (False, "192.0.2.0/25", "192.0.2.128/25"),
        (True, "2001:db8::/32", "2001:db8:1::/48"),
        (False, "::/0", "192.0.2.0/24"),
        (False, "0.0.0.0/0", "::/0"),
    ],
)
def test_a_network_covers_those_of_its_version_that_lie_in_it(covered: bool, outer: str, inner: str) -> None:
    left, right = (address.network(6 if ":" in text else 4, text) for text in (outer, inner))
    assert left is not None
    assert right is not None
    assert left.covers(right) is covered
