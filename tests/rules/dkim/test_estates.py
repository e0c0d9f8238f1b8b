"""Cases of the rules about DKIM keys beyond one selector: aliases, shared keys, and Ed25519 without RSA."""

import pytest

from linter.providers.catalogue import catalogue
from tests.records.dkim.test_key import RAW, spki, text
from tests.rules.conftest import CheckZone, Expected, assert_said

KEY, OTHER = text(spki(2048)), text(spki(3072))
RECORD = f"'v=DKIM1\\; k=rsa\\; p={KEY}'"
MISSING, SHARED, ALONE = "dkim-target-missing", "dkim-shared-key", "dkim-ed25519-alone"


def at(name: str, value: str) -> str:
    return f"'{name}':\n  type: TXT\n  value: {value}\n"


def alias(name: str, target: str) -> str:
    return f"'{name}':\n  type: CNAME\n  value: {target}\n"


@pytest.mark.parametrize(
    ("zone", "dns", "expected"),
    [
        (alias("s._domainkey", "k.example.com."), "", [(MISSING, 3, "`k.example.com` does not exist")]),
        (alias("s._domainkey", "k.example.com."), "k.example.com: {TXT: nodata}", [(MISSING, 3, "does not exist")]),
        (alias("s._domainkey", "k.example.com.") + "k: {type: A, value: 192.0.2.1}\n", "", [(MISSING, 3, "no TXT")]),
        (alias("s._domainkey", "k.example.com.") + at("k", RECORD), "", []),
        (alias("s._domainkey", "k.example.com.") + at("*", RECORD), "", []),
        (alias("s._domainkey", "k.example.com.") + alias("k", "m.example.net."), "", []),
        (
            alias("s._domainkey", "k.example.com.") + alias("k", "m.example.com."),
            "",
            [(MISSING, 3, "`m.example.com` does not exist")],
        ),
        (alias("s._domainkey", "k.example.net."), "", []),
        (alias("s._domainkey", "k.example.net."), "k.example.net: nxdomain", [(MISSING, 3, "`k.example.net`")]),
        (alias("s._domainkey", "k.example.net."), "k.example.net: timeout", []),
        (alias("s._domainkey", "s._domainkey.example.com."), "", [("cname-loop", 3, "")]),
        (alias("www", "k.example.com."), "", []),
    ],
)
def test_where_an_alias_at_a_selector_leads(check_zone: CheckZone, zone: str, dns: str, expected: Expected) -> None:
    assert_said(check_zone(zone, dns=f"version: 1\nanswers:\n  {dns}\n" if dns else ""), expected)


ED = f"'v=DKIM1\\; k=ed25519\\; p={text(RAW)}'"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (at("e._domainkey", ED), [(ALONE, 3, "`example.com` has an Ed25519 key and no RSA key")]),
        (at("e._domainkey", ED) + at("r._domainkey", RECORD), []),
        (at("e._domainkey", ED) + alias("r._domainkey", "r.example.net."), []),
        (at("e._domainkey", ED) + alias("r._domainkey", "r.example.com.") + at("r", RECORD), []),
        (at("e._domainkey", ED) + at("r._domainkey.shop", RECORD), [(ALONE, 3, "")]),
        (at("e._domainkey.shop", ED) + at("r._domainkey", RECORD), [(ALONE, 3, "`shop.example.com`")]),
        (at("e._domainkey", ED) + at("r._domainkey", "'v=DKIM1\\; p='"), [(ALONE, 3, "")]),
        (at("e._domainkey", ED) + at("r._domainkey", "'v=DKIM1\\; p=MIIB'"), [("dkim-key-undecodable", 6, "")]),
        (at("e._domainkey", ED.replace("p=", "s=tlsrpt\\; p=")), []),
        (at("e._domainkey", ED) + at("f._domainkey", ED.replace("p=", "t=s\\; p=")), [(ALONE, 3, "")]),
    ],
)
def test_ed25519_without_rsa(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    found = tuple(each for each in check_zone(zone) if each.rule != "dkim-service-unusable")

    assert_said(found, expected)


CUT = f'\'"v=DKIM1\\; p={KEY[:100]}" "{KEY[100:]}"\''


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (at("s1._domainkey", RECORD), at("s1._domainkey", RECORD), [SHARED]),
        (at("s1._domainkey", RECORD), at("other._domainkey", f"p={KEY}"), [SHARED]),
        (at("s1._domainkey", RECORD), at("s1._domainkey", CUT), [SHARED]),
        (at("s1._domainkey", CUT), at("s1._domainkey", RECORD), [SHARED]),
        (at("s1._domainkey", RECORD), at("s1._domainkey", f"p={OTHER}"), []),
        (at("s1._domainkey", RECORD), at("note", f"'see {KEY}'"), []),
        (at("*._domainkey", RECORD), at("s1._domainkey", RECORD), []),
        (at("s1._domainkey", RECORD), alias("s1._domainkey", "s1._domainkey.example.com."), []),
    ],
)
def test_one_key_under_two_domains(check_zone: CheckZone, here: str, there: str, expected: list[str]) -> None:
    found = check_zone(f"# file: example.com.yaml\n{here}# file: example.org.yaml\n{there}")
    own = [each for each in found if each.span.source.path.endswith("example.com.yaml")]

    assert [each.rule for each in own] == expected
    assert all(each.severity == "warning" for each in own)
    for each in own:
        assert [place.span.source.path.rpartition("/")[2] for place in each.related] == ["example.org.yaml"]


@pytest.mark.parametrize(
    ("selector", "severity"),
    [("default", "warning"), ("selector1", "warning"), ("20240101", "warning"), ("smtpapi", "info")],
)
def test_a_key_that_a_service_hands_out_is_only_worth_knowing(
    check_zone: CheckZone, selector: str, severity: str
) -> None:
    zone = at(f"{selector}._domainkey", RECORD)

    found = check_zone(f"# file: example.com.yaml\n{zone}# file: example.org.yaml\n{zone}")

    assert [(each.rule, each.severity) for each in found] == [(SHARED, severity)] * 2


def test_keys_that_a_vendor_gives_to_all_customers_are_known(check_zone: CheckZone) -> None:
    for provider in catalogue().providers.values():
        for shared in provider.shared_keys:
            zone = at("mail._domainkey", f"'k=rsa\\; p={shared.key}'")
            found = check_zone(f"# file: example.com.yaml\n{zone}# file: example.org.yaml\n{zone}")

            told = [each for each in found if each.rule == SHARED]
            assert [each.severity for each in told] == ["info"] * 2
            assert all(f"which {provider.name} gives to all its customers" in each.message for each in told)


def test_domains_of_one_organisation_may_share_a_key(check_zone: CheckZone) -> None:
    zone = at("s1._domainkey", RECORD)

    assert check_zone(f"# file: example.com.yaml\n{zone}# file: shop.example.com.yaml\n{zone}") == ()
