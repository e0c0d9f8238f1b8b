"""A name that ends in the zone's own name is one finding, whatever stands at it and whatever seems to be missing."""

import pytest

from tests.rules.conftest import CheckZone

MX = "{type: MX, value: {preference: 10, exchange: mx.example.net.}}"
SPF = "{type: TXT, value: v=spf1 mx -all}"
POLICY = "{type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:d@example.com}"
KEY = "{type: CNAME, value: s1.keys.example.net.}"
WHOLE = f"'': [{MX}, {SPF}]\n_dmarc: {POLICY}\ns1._domainkey: {KEY}\n"


@pytest.mark.parametrize(
    "zone",
    [
        f"'': [{MX}, {SPF}]\n_dmarc.example.com: {POLICY}\ns1._domainkey: {KEY}\n",
        f"'': [{MX}, {SPF}]\n_dmarc: {POLICY}\ns1._domainkey.example.com: {KEY}\n",
        f"'': {MX}\nexample.com: {SPF}\n_dmarc: {POLICY}\ns1._domainkey: {KEY}\n",
        f"{WHOLE}lists.example.com: {MX}\n",
        f"{WHOLE}lists.example.com: {{type: TXT, value: v=spf1 nclude:x.example.net +all}}\n",
        f"{WHOLE}lists: {{type: MX, value: {{preference: 5, exchange: mail.example.com.}}}}\n"
        "lists.example.com: {type: TXT, value: v=spf1 -all}\nmail.example.com: {type: A, value: 11.22.33.44}\n",
        f"{WHOLE}old.example.com: {{type: CNAME, value: mail.example.com}}\n",
        f"{WHOLE}a.example.com.example.com: {MX}\n",
    ],
)
def test_one_slip_is_one_kind_of_finding(check_zone: CheckZone, zone: str) -> None:
    assert {each.rule for each in check_zone(zone)} == {"name-doubled-origin"}


def test_the_rest_of_the_zone_is_judged(check_zone: CheckZone) -> None:
    found = check_zone(f"'': [{MX}, {{type: TXT, value: v=spf1 mx +all}}]\n_dmarc: {POLICY}\nwww.example.com: {SPF}\n")

    assert [each.rule for each in found] == ["spf-pass-all", "name-doubled-origin"]


def test_another_zone_concludes_nothing_from_it(check_zone: CheckZone) -> None:
    other = f"'': [{MX}, {{type: TXT, value: v=spf1 include:_spf.example.com -all}}]\n_dmarc: {POLICY}\n"
    own = f"{WHOLE}_spf.example.com: {{type: TXT, value: v=spf1 ip4:11.22.33.0/24 -all}}\n"
    found = check_zone(f"# file: example.com.yaml\n{own}# file: example.org.yaml\n{other}")

    assert "spf-include-without-record" not in {each.rule for each in found}
