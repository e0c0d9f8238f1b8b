"""What a zone's targets make of it together, what sources may add, and the user's word before all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.providers.publishers import publishers
from linter.providers.publishing import Publishing, publishing_of
from linter.providers.reach import Added, added_by
from linter.source.plain import PlainValue
from linter.zone.octodns_config import Provider

ROUTE53, OLD_ROUTE53 = "octodns_route53.Route53Provider", "octodns.provider.route53.Route53Provider"
CLOUDFLARE, GOOGLE = "octodns_cloudflare.CloudflareProvider", "octodns_googlecloud.GoogleCloudProvider"
GANDI, OVH, YAML = "octodns_gandi.GandiProvider", "octodns_ovh.OvhProvider", "octodns.provider.yaml.YamlProvider"
AZURE, OLD_AZURE = "octodns_azure.AzureProvider", "octodns.provider.azuredns.AzureProvider"


def of(*kinds: str, settings: dict[str, PlainValue] | None = None) -> Publishing:
    providers = {str(number): Provider(kind, settings or {}) for number, kind in enumerate(kinds)}
    return publishing_of(providers, providers)


ABSOLUTE = [
    ((ROUTE53,), "CNAME MX NS PTR SRV"),
    ((OLD_ROUTE53,), "CNAME MX NS PTR SRV"),
    ((AZURE,), "CNAME MX NS PTR SRV"),
    ((OLD_AZURE,), "CNAME MX NS PTR SRV"),
    ((CLOUDFLARE,), "ALIAS CNAME MX NS PTR"),
    ((GOOGLE,), "ALIAS CNAME MX PTR"),
    ((GANDI,), ""),
    ((ROUTE53, GOOGLE), "CNAME MX PTR"),
    ((ROUTE53, GANDI), ""),
    ((ROUTE53, YAML), "CNAME MX NS PTR SRV"),
    ((YAML,), ""),
    ((ROUTE53, "somebody.Else"), ""),
    ((), ""),
]


@pytest.mark.parametrize(("kinds", "types"), ABSOLUTE)
def test_a_target_is_absolute_where_all_publishers_take_it_so(kinds: tuple[str, ...], types: str) -> None:
    assert of(*kinds).absolute == frozenset(types.split())


def test_a_target_that_is_not_declared_says_nothing() -> None:
    assert publishing_of(["nobody"], {}) == Publishing()


WORDS = [
    (ROUTE53, Publishing(), True),
    (ROUTE53, Publishing("required"), False),
    (GANDI, Publishing(), False),
    (GANDI, Publishing("optional"), True),
]


@pytest.mark.parametrize(("kind", "word", "is_absolute"), WORDS)
def test_the_user_s_word_about_dots_counts_before_the_publisher(kind: str, word: Publishing, is_absolute: bool) -> None:
    assert of(kind).told(word).takes_as_absolute("MX") is is_absolute


FLATTENING = [
    ((CLOUDFLARE,), None, (True, False)),
    ((CLOUDFLARE,), False, (False, False)),
    ((CLOUDFLARE,), True, (True, True)),
    ((ROUTE53,), None, (False, False)),
    ((CLOUDFLARE, ROUTE53), None, (False, False)),
    ((), True, (True, True)),
]


@pytest.mark.parametrize(("kinds", "word", "flattens"), FLATTENING)
def test_a_cname_is_flattened_where_somebody_says_so(
    kinds: tuple[str, ...], word: bool | None, flattens: tuple[bool, bool]
) -> None:
    told = of(*kinds).told(Publishing("", word))

    assert (told.flattens_at(is_apex=True), told.flattens_at(is_apex=False)) == flattens


PROXIES = [((), True), ((CLOUDFLARE,), True), ((ROUTE53,), False), ((CLOUDFLARE, ROUTE53), False)]


@pytest.mark.parametrize(("kinds", "may_proxy"), PROXIES)
def test_a_proxy_answers_where_all_publishers_have_it(kinds: tuple[str, ...], may_proxy: bool) -> None:
    assert of(*kinds).may_proxy is may_proxy


def test_settings_of_a_provider_count() -> None:
    assert of(CLOUDFLARE).least_ttl == 120
    assert of(CLOUDFLARE, settings={"min_ttl": 1}).least_ttl == 1
    assert of(CLOUDFLARE, settings={"min_ttl": "env/TTL"}).least_ttl == 120
    assert not of(CLOUDFLARE, settings={"cdn": True}).may_proxy
    assert of(CLOUDFLARE, ROUTE53).least_ttl == 0
    assert of(ROUTE53, settings={"strict_supports": False}).leaves_out
    assert not of(ROUTE53).leaves_out


KINDS = st.lists(st.sampled_from(sorted(publishers().by_class)), min_size=1, max_size=4)


@given(KINDS)
def test_what_holds_for_all_holds_for_each_in_any_order(kinds: list[str]) -> None:
    together, turned = of(*kinds), of(*reversed(kinds))

    assert together._replace(publishers=()) == turned._replace(publishers=())
    for kind in kinds:
        if not publishers().by_class[kind].is_copy:
            assert together.absolute <= of(kind).absolute
            assert together.as_txt <= of(kind).as_txt
            assert together.least_ttl <= of(kind).least_ttl


REACHES: list[tuple[str, dict[str, PlainValue], Added]] = [
    (
        "octodns_ddns.DdnsSource",
        {},
        Added(frozenset({("home.example.com.", "A"), ("home.example.com.", "AAAA")})),
    ),
    ("octodns_ddns.DdnsSource", {"types": ["A"]}, Added(frozenset({("home.example.com.", "A")}))),
    (
        "octodns.source.envvar.EnvVarSource",
        {"name": "deploy"},
        Added(frozenset({("deploy.example.com.", "TXT")})),
    ),
    ("octodns.source.envvar.EnvVarSource", {"name": ""}, Added(frozenset({("example.com.", "TXT")}))),
    ("octodns.source.envvar.EnvVarSource", {"name": "env/NAME"}, Added(is_known=False)),
    ("octodns.source.envvar.EnvVarSource", {}, Added(is_known=False)),
    ("octodns_spf.SpfSource", {}, Added(frozenset({("example.com.", "TXT")}))),
    ("octodns_netbox.NetboxSource", {}, Added(frozenset(), frozenset({"A", "AAAA", "PTR"}))),
    ("octodns_fastly.FastlyAcmeSource", {}, Added()),
    (ROUTE53, {}, Added(is_known=False)),
    ("somebody.Else", {}, Added(is_known=False)),
]


@pytest.mark.parametrize(("kind", "settings", "added"), REACHES)
def test_a_source_adds_what_it_reaches(kind: str, settings: dict[str, PlainValue], added: Added) -> None:
    assert added_by(["home"], {"home": Provider(kind, settings)}, "example.com.") == added


def test_one_source_that_may_add_anything_leaves_all_unknown() -> None:
    providers = {"home": Provider("octodns_ddns.DdnsSource", {}), "else": Provider("somebody.Else", {})}

    assert not added_by(["home", "else"], providers, "example.com.").is_known
    assert not added_by(["nobody"], providers, "example.com.").is_known
