"""Delegations that hide mail records, and wildcards that answer too much or too little."""

import pytest

from tests.rules.conftest import CheckZone

RULES = ("record-below-delegation", "wildcard-answers-policy", "wildcard-hidden")
MX = "{type: MX, value: {preference: 10, exchange: mx.example.net.}}"
NS = "{type: NS, value: ns.example.net.}"
SPF = "{type: TXT, value: 'v=spf1 ip4:192.0.2.25 -all'}"
DMARC = "{type: TXT, value: v=DMARC1; p=reject}"
A = "{type: A, value: 192.0.2.1}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"sub: [{NS}, {MX}]", [("record-below-delegation", "is delegated; its")]),
        (f"sub: {NS}\na.b.sub: {SPF}", [("record-below-delegation", "`a.b.sub.example.com` lies below")]),
        (
            f"sub: {NS}\ns._domainkey.sub: {{type: CNAME, value: k.example.net.}}",
            [("record-below-delegation", "CNAME")],
        ),
        (
            f"sub: {NS}\nsub.sub: {NS}\n_dmarc.sub.sub: {DMARC}",
            [("record-below-delegation", "below `sub.example.com`")],
        ),
        (f"sub: {NS}\nv.sub: {{type: TXT, value: token}}\nw.sub: {{type: CNAME, value: w.example.net.}}", []),
        (f"'': [{NS}, {MX}, {SPF}]\n_dmarc: {DMARC}", []),
        (f"'*': {NS}\nx: {MX}", []),
        (f"notsub: {MX}\nsub: {NS}", []),
        (f"sub: {{type: NS, value: x., octodns: {{ignored: true}}}}\nx.sub: {MX}", []),
        (f"'*': {DMARC}", [("wildcard-answers-policy", "`_dmarc.x.example.com`")]),
        (f"'*.sub': {DMARC}", [("wildcard-answers-policy", "`_dmarc.x.sub.example.com`")]),
        (f"'*': {DMARC}\n_dmarc: {DMARC}", []),
        (f"'*': {SPF}", []),
        ("'*._domainkey': {type: TXT, value: v=DKIM1; p=}", []),
        (f"'*': {MX}\nx: {SPF}", [("wildcard-hidden", "`x.example.com` does not get this MX")]),
        (
            f"'*': {MX}\nx: {SPF}\ny: {SPF}\nz: {SPF}",
            [("wildcard-hidden", "`x.example.com` and 2 other names do not get this MX")],
        ),
        (f"'*': {MX}\nx: [{SPF}, {MX}]\nwww: {A}", []),
        (f"'*': {MX}\nx: {{type: TXT, value: v=spf1 -all}}", []),
        (f"'*': {MX}\na.x: {SPF}\n'*.x': {MX}", [("wildcard-hidden", "`a.x.example.com`")]),
        (f"'*': {SPF}\nwww: {A}", [("wildcard-hidden", "`www.example.com` does not get this SPF")]),
        (f"'*': {SPF}\nwww: [{A}, {SPF}]\nalias: {{type: CNAME, value: x.example.net.}}\nd: {NS}", []),
        (f"'*': {SPF}\nwww: [{A}, {{type: TXT, value: x, octodns: {{ignored: true}}}}]", []),
        (f"'*': {SPF}\n_dmarc: {DMARC}\na.b: {A}", []),
    ],
)
def test_what_is_hidden_and_what_shows_through(
    check_zone: CheckZone, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [each for each in check_zone(text) if each.rule in RULES]

    assert [each.rule for each in found] == [rule for rule, _ in expected]
    assert all(words in each.message for each, (_, words) in zip(found, expected, strict=True))
