"""The SPF terms that declared mail asks for are those that a vendor asks for first, with `*` for what it shows."""

import re

import pytest

from linter.facts.mail.vendor_view import vendor_keys, vendor_named
from linter.providers.catalogue import catalogue


@pytest.mark.parametrize("key", vendor_keys())
@pytest.mark.parametrize("is_below", [False, True])
def test_terms_are_of_the_first_style_and_hold_no_parameter(key: str, is_below: bool) -> None:
    vendor = vendor_named(key)
    assert vendor is not None
    places = ("subdomain", "domain") if is_below else ("domain", "outbound")
    known = [term for term in catalogue().providers[key].spf if term.at in places and "%" not in term.term]

    usual = [term.term for term in known if term.style == known[0].style and term.evidence.confirmed]

    assert vendor.spf(is_below, {}) == tuple(re.sub(r"\{[a-z-]+\}|\*\*", "*", text) for text in usual)


def test_what_an_account_has_of_its_own_is_no_other_account_s() -> None:
    vendor = vendor_named("mimecast")

    assert vendor is not None
    assert vendor.spf(False, {}) == ("include:*._netblocks.mimecast.com",)


@pytest.mark.parametrize(
    ("host", "preference"),
    [("mailstream-central.mxrecord.mx", 5), ("mailstream-east.mxrecord.io", 10), ("smtp.google.com", 5), ("a.b", 5)],
)
def test_a_host_has_the_preference_that_its_vendor_asks_for(host: str, preference: int) -> None:
    vendor = vendor_named("cloudflare-email-security")

    assert vendor is not None
    assert vendor.preference(host) == preference
