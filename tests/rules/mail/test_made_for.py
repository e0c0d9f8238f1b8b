"""Hosts, keys, terms and tokens of a vendor that are made for another domain than the one they are published at."""

import pytest

from linter.facts.mail.our_domains import Ours
from linter.facts.mail.tokens import foreign
from tests.rules.conftest import CheckZone

RULE = "provider-record-differs"
OFFICE = "example-com.mail.protection.outlook.com."
RIGHT = {
    "mx": OFFICE,
    "one": "selector1-example-com._domainkey.contoso.onmicrosoft.com.",
    "two": "selector2-example-com._domainkey.contoso.onmicrosoft.com.",
}


def zone(more: str = "", text: str = "", **other: str) -> str:
    held = {**RIGHT, **other}
    return f"""zone: example.com
systems:
  office: {{provider: microsoft-365, tenant: contoso{more}}}
mail:
  example.com: {{receives: office, sends: [office]}}
  sister.example.com: none
records:
  '':
    - {{type: MX, value: {{preference: 0, exchange: {held["mx"]}}}}}
    - {{type: TXT, values: [v=spf1 include:spf.protection.outlook.com -all{text}]}}
  autodiscover: {{type: CNAME, value: autodiscover.outlook.com.}}
  selector1._domainkey: {{type: CNAME, value: {held["one"]}}}
  selector2._domainkey: {{type: CNAME, value: {held["two"]}}}
  sister: [{{type: MX, value: {{preference: 0, exchange: .}}}}, {{type: TXT, value: v=spf1 -all}}]
  _dmarc: {{type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}}
"""


SISTER = ", values: {sister.example.com: {mx: s1x.n-v1.mx.microsoft, selector1: k.example.net, verification: MS=ms9}}"
OWN = ", values: {example.com: {mx: anything.n-v1.mx.microsoft, selector1: odd.n-v1.dkim.mail.microsoft}}"
ROWS: list[tuple[str, list[tuple[str, str]]]] = [
    (zone(), []),
    (zone(mx="example-com0e.o-v1.mx.microsoft."), []),
    (zone(mx="examplecom.mail.protection.outlook.com."), []),
    (zone(one="selector1-example-com03i._domainkey.contoso.n-v1.dkim.mail.microsoft."), []),
    (zone(mx="sister-example-com.mail.protection.outlook.com."), [("error", "gives `sister.example.com`")]),
    (zone(mx="sister-example-com0c.o-v1.mx.microsoft."), [("error", "gives `sister.example.com`")]),
    (zone(mx="stranger-org.mail.protection.outlook.com."), [("warning", "`stranger-org` does not spell it")]),
    (zone(mx="example-org.mail.protection.outlook.com."), [("warning", "`example-org` does not spell it")]),
    (
        zone(one="selector1-sister-example-com._domainkey.contoso.onmicrosoft.com."),
        [("error", "gives `sister.example.com`")],
    ),
    (
        zone(two="selector2-stranger-org04a._domainkey.contoso.n-v1.dkim.mail.microsoft."),
        [("warning", "`stranger-org04a` does not spell it")],
    ),
    (zone(SISTER), []),
    (zone(SISTER, mx="s1x.n-v1.mx.microsoft."), [("error", "gives `sister.example.com`")]),
    (zone(SISTER, one="k.example.net."), [("error", "gives `sister.example.com`")]),
    (
        zone(SISTER, text=", MS=ms9"),
        [("error", "`MS=ms9` is what `office` (Microsoft 365) gives `sister.example.com`")],
    ),
    (zone(SISTER, text=", MS=ms8"), []),
    (zone(OWN, mx="anything.n-v1.mx.microsoft.", one="odd.n-v1.dkim.mail.microsoft."), []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_what_is_made_for_another_domain_is_told_once(
    text: str, expected: list[tuple[str, str]], check_zone: CheckZone
) -> None:
    found = [each for each in check_zone(text) if each.severity != "info"]

    assert [(each.rule, each.severity) for each in found] == [(RULE, severity) for severity, _ in expected]
    assert all(words in each.message for each, (_, words) in zip(found, expected, strict=True))


TOKENS = [
    ("{token}.mx.example", "a-b-example.mx.example", "a.b.example", ""),
    ("{token}.mx.example", "a-b-example.mx.example", "a-b.example", ""),
    ("{token}.mx.example", "ab-example01c.mx.example", "a-b.example", ""),
    ("{token}.mx.example", "ab-example0.mx.example", "a-b.example", "ab-example0"),
    ("{token}.mx.example", f"{'a' * 40}.mx.example", f"{'a' * 50}.example", ""),
    ("{token}.mx.example", f"{'a' * 20}.mx.example", f"{'a' * 50}.example", "a" * 20),
    ("{token}.mx.example", "mueller-example.mx.example", "xn--mller-kva.example", ""),
    ("{token}.mx.example", "home-example.mx.example", "xn--mller-kva.example", "home-example"),
    ("k1.{domain}.keys.example", "k1.b.example.keys.example", "b.example", ""),
    ("k1.{domain}.keys.example", "k1.c.example.keys.example", "b.example", "c.example"),
    ("k1.{dashed}.keys.example", "k1.b-example.keys.example", "b.example", ""),
    ("k1.{dashed}.keys.example", "k1.bexample.keys.example", "b.example", "bexample"),
    ("k1.*.keys.example", "k1.c-example.keys.example", "b.example", ""),
    ("k1.{domain}.keys.example", "of.somebody.else", "b.example", ""),
]


class Known(Ours):
    """Two domains; which names were asked for is noted."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def has(self, name: str) -> bool:
        self.asked.append(name)
        return name == "home.example."

    def spelled(self, text: str) -> str:
        return "two-words.example." if text == "twowordsexample" else ""


@pytest.mark.parametrize(("pattern", "name", "domain", "token"), TOKENS)
def test_whom_a_name_is_made_for(pattern: str, name: str, domain: str, token: str) -> None:
    found = foreign([pattern], f"{name}.", f"{domain}.", Known())

    assert (found.token if found else "") == token
    if found:
        assert found.domain == ("home.example." if token == "home-example" else "")


def test_a_token_of_hyphens_alone_is_looked_through_in_bounds() -> None:
    known = Known()
    found = foreign(["{token}.mx.example"], f"{'-'.join('abcdefghijklm')}.mx.example", "z.example.", known)

    assert found is not None
    assert len(known.asked) < 600


def test_a_token_without_the_hyphens_of_its_domain_is_found_all_the_same() -> None:
    found = foreign(["{token}.mx.example"], "twowords-example02i.mx.example", "z.example.", Known())

    assert found is not None
    assert found.domain == "two-words.example."
    assert found.is_sure
