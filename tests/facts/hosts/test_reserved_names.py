"""Names that public DNS never has, whatever is written: always an answer, and the same one in each spelling."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.hosts.reserved_names import is_example, is_inside
from linter.facts.hosts.special_networks import special_space
from linter.records.text.address import network
from linter.records.text.name import impossibility, url_host


@pytest.mark.parametrize(
    ("name", "example", "inside"),
    [
        ("example.com.", True, False),
        ("a.b.example.", True, False),
        ("ex.test.", True, False),
        ("contoso.local.", False, True),
        ("home.arpa.", False, True),
        ("corp.internal.", False, True),
        ("x.onion.", False, False),
        ("myexample.com.", False, False),
        ("example.edu.", False, False),
        ("local.net.", False, False),
        (".", False, False),
    ],
)
def test_what_names_are_kept_for(name: str, example: bool, inside: bool) -> None:
    assert (is_example(name), is_inside(name)) == (example, inside)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a..b.", "has an empty label"),
        (".a.", "has an empty label"),
        ("a.b..", "has an empty label"),
        (f"{'a' * 64}.b.", "has a label of 64 characters, 1 too many"),
        (f"{'a' * 63}.b.", ""),
        (f"{'.'.join(['a' * 49] * 5)}.abcd.", "has 254 characters, 1 too many"),
        (f"{'.'.join(['a' * 49] * 5)}.abc.", ""),
        (".", ""),
    ],
)
def test_what_no_dns_can_hold(name: str, why: str) -> None:
    assert impossibility(name) == why


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://mx.example.com", "mx.example.com"),
        ("HTTPS://mx.example.com:443/owa?x", "mx.example.com"),
        ("https:mx.example.com", "mx.example.com"),
        ("//mx.example.com", "mx.example.com"),
        ("http:/mx.example.com", "mx.example.com"),
        ("http://", ""),
        ("mx.example.com", ""),
        ("http.example.com", ""),
        ("a,include:b.example.com", ""),
    ],
)
def test_the_host_of_a_web_address(text: str, host: str) -> None:
    assert url_host(text) == host


# Global by the registry, but for one protocol each, and no place of mail; the library calls them global or leaves them.
_APART = [ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "64:ff9b:1::/48")]


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_no_address_is_reached_that_the_library_knows_to_be_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    found = network(address.version, str(address))
    assert found is not None

    if address.is_private or address.is_multicast or (address.is_reserved and address.version == 4):
        assert special_space(found) is not None or any(address in each for each in _APART)
