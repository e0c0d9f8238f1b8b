"""What a vendor needs is complete and honest: nothing with a hole is live, and what is unknown says where to look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.providers.catalogue import catalogue
from linter.providers.holes import filled, holes_in, of_domain
from linter.providers.model import Provider
from linter.providers.needs import RECEIVING, Need, Needs, needs_of

PROVIDERS = tuple(catalogue().providers.values())


def needs(key: str, **values: str) -> Needs:
    return needs_of(catalogue().providers[key], "example.com", values)


def shown(found: tuple[Need, ...]) -> list[tuple[str, str, str]]:
    return [(need.name, need.type, need.value) for need in found]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_what_is_live_has_no_hole_and_what_is_not_says_where_to_look(provider: Provider) -> None:
    for need in needs_of(provider, "example.com").records:
        if need.is_live:
            assert not holes_in(need.name), need
            assert not {"*", "{"} & set(need.value.replace("%{", "")), need
        else:
            assert need.look_up, need


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_who_sends_says_something_of_spf_and_of_dkim(provider: Provider) -> None:
    found = needs_of(provider, "example.com")
    if not provider.is_sender:
        return

    of_return_path = [need for need in found.of("return-path") if need.type in ("TXT", "CNAME")]
    assert found.of("spf") or found.no_spf or of_return_path
    assert found.of("dkim")
    assert all(need.number >= 1 for need in found.of("dkim"))


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_who_receives_has_hosts_or_says_where_they_are_shown(provider: Provider) -> None:
    found = needs_of(provider, "example.com").of("mx")

    assert bool(found) is not RECEIVING.isdisjoint(provider.roles)
    assert all(need.preference is not None or need.look_up or provider.mx for need in found)


def test_unknown_is_not_the_same_as_needing_none() -> None:
    unknown = [provider for provider in PROVIDERS if provider.spf_is_unknown]
    none = [provider for provider in PROVIDERS if provider.no_spf is not None]

    assert unknown
    assert none
    for provider in unknown:
        (need,) = needs_of(provider, "example.com").of("spf")
        assert (need.value, need.evidence) == ("", None)
        assert need.look_up
    assert all(needs_of(provider, "example.com").no_spf for provider in none)


def test_what_follows_from_the_domain_is_live() -> None:
    assert shown(needs("google-workspace").of("mx")) == [("", "MX", "smtp.google.com")]
    assert shown(needs("google-workspace").of("spf")) == [("", "TXT", "include:_spf.google.com")]
    assert [need.is_live for need in needs("google-workspace").of("mx", "spf")] == [True, True]
    assert [need.preference for need in needs("icloud").of("mx")] == [10, 10]
    assert ("sig1._domainkey", "CNAME", "sig1.dkim.example.com.at.icloudmailadmin.com") in shown(
        needs("icloud").records
    )


def test_keys_that_are_given_are_counted() -> None:
    (key,) = needs("amazon-ses").of("dkim")

    assert (key.number, key.type, key.value, key.is_live) == (3, "CNAME", "*.dkim.amazonses.com", False)
    assert "Amazon SES console" in key.look_up


def test_a_region_chooses_and_fills() -> None:
    assert shown(needs("mimecast", region="eu").of("spf")) == [("", "TXT", "include:eu._netblocks.mimecast.com")]
    assert all(need.is_live for need in needs("mimecast", region="eu").of("mx", "spf"))
    assert not any(need.is_live for need in needs("mimecast").of("mx", "spf"))
    assert {need.value for need in needs("mailgun", region="eu").of("return-path")} == {
        "include:eu.mailgun.org", "mxa.eu.mailgun.org", "mxb.eu.mailgun.org",
    }  # fmt: skip
    assert ("mg", "TXT", "include:mailgun.org") in shown(needs("mailgun", **{"mail-from": "mg"}).of("return-path"))


def test_what_was_assumed_is_told() -> None:
    assert {need.assumes for need in needs("mailgun").of("return-path")} == {"region=us"}
    assert {need.assumes for need in needs("mailgun", region="eu").of("return-path")} == {""}
    assert {need.assumes for need in needs("microsoft-365").of("spf")} == {"cloud=world"}
    assert {need.assumes for need in needs("google-workspace").records} == {""}


def test_one_proof_of_ownership_is_enough() -> None:
    assert [need.optional for need in needs("microsoft-365").of("ownership")] == [False, True, True]


def test_the_return_path_of_a_sender() -> None:
    assert shown(needs("sendgrid").of("return-path", "spf")) == [("{mail-from}", "CNAME", "u*.wl*.sendgrid.net")]
    assert {(need.name, need.type) for need in needs("cloudflare-email-sending").of("return-path")} == {
        ("cf-bounce", "MX"), ("cf-bounce", "TXT"),
    }  # fmt: skip
    preferences = [need for need in needs("cloudflare-email-sending").of("return-path") if need.type == "MX"]
    assert all(need.look_up and not need.is_live for need in preferences)


def test_a_forwarder_that_rewrites_senders_needs_its_term() -> None:
    (term,) = needs("cloudflare-email-routing").of("spf")

    assert not term.optional


def test_steps_by_hand_come_in_order() -> None:
    steps = [step.key for step in needs("microsoft-365").manual]

    assert steps.index("verify-domain") < steps.index("accepted-domain-relay") < steps.index("enable-dkim")
    assert steps[-1] == "accepted-domain-authoritative"


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["region", "domain", "*"]), st.text(max_size=5)))
def test_text_without_holes_stays_and_values_are_not_looked_into(text: str, values: dict[str, str]) -> None:
    if not holes_in(text):
        assert filled(text, values) == text
    assert filled("a.{region}.b", {"region": "{domain}"} | of_domain("x.example")) == "a.{domain}.b"
