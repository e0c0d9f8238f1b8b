"""Addresses that nobody on the Internet reaches are known by the narrowest block that says so."""

import pytest

from linter.facts.hosts.special_networks import is_unreachable, special_space
from linter.records.text.address import network


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("10.1.2.3", "RFC 1918"),
        ("172.31.255.255", "RFC 1918"),
        ("172.32.0.0", ""),
        ("192.0.2.1", "RFC 5737"),
        ("198.19.0.1", "RFC 2544"),
        ("255.255.255.255", "RFC 919 section 7"),
        ("254.0.0.1", "RFC 1112 section 4"),
        ("100.64.0.1", "RFC 6598"),
        ("9.9.9.9", ""),
        ("::1", "RFC 4291 section 2.5.3"),
        ("2001:2::1", "RFC 5180"),
        ("2001:db8::1", "RFC 3849"),
        ("fec0::1", "RFC 3879"),
        ("2a00::1", ""),
    ],
)
def test_an_address_is_in_its_block(text: str, reference: str) -> None:
    address = network(6 if ":" in text else 4, text)
    assert address is not None
    found = special_space(address)

    assert (found.reference if found else "") == reference


@pytest.mark.parametrize(("text", "unreachable"), [("10.0.0.1", True), ("192.0.2.1", False), ("8.8.8.8", False)])
def test_documentation_is_as_good_as_an_address(text: str, unreachable: bool) -> None:
    address = network(4, text)
    assert address is not None

    assert is_unreachable(address) is unreachable
