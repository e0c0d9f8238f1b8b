"""What is not among the lists of a profile is found wherever it is; what is listed, or needs no entry, is not."""

from pathlib import Path

import pytest

from linter.rules.registry import rule_named
from linter.run.check import Checker
from linter.run.examples import Example, findings

RULE = rule_named("policy-mx-not-allowed")
ZONE = """
'':
  - type: MX
    values:
      - {preference: 10, exchange: MX1.Example.net.}
      - {preference: 20, exchange: mx.example.org.}
  - {type: TXT, value: v=spf1 include:_Spf.example.net include:own.example.com redirect=_spf.example.org}
own: {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}
parked: {type: MX, value: {preference: 0, exchange: .}}
_dmarc:
  type: TXT
  value: v=DMARC1; p=reject; rua=mailto:A%40@example.com,mailto:Dmarc@Example.com!10m; ruf=mailto:x@example.org
_smtp._tls: {type: TXT, value: "v=TLSRPTv1; rua=https://tls.example.net/v1"}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
s2.eu._domainkey.mail: {type: CNAME, value: s2.keys.example.net.}
old._domainkey: {type: TXT, value: v=DKIM1; p=}
"""


def said(folder: Path, allowed: str, config: str = "", zone: str = ZONE) -> list[str]:
    """The words in the first backticks of what is found about lists, in the order of the file."""
    assert RULE is not None
    files = {"example.com.yaml": zone, "house.yml": f"allowed: {allowed}\n"}
    found = findings(Example(RULE, "Bad", 1, files, f"profile: house.yml\n{config}", "", ""), folder, Checker)
    return [each.message.split("`")[1] for each in found if each.rule.startswith("policy-")]


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("{}", []),
        ("{mx: ['*.example.net']}", ["mx.example.org"]),
        ("{mx: [mx1.example.net., mx.EXAMPLE.org]}", []),
        ("{mx: ['mx*']}", []),
        ("{mx: []}", ["mx1.example.net", "mx.example.org"]),
        ("{includes: [_spf.example.net]}", ["_spf.example.org"]),
        ("{includes: ['_spf.*']}", []),
        ("{rua: [dmarc@example.com]}", ["a@@example.com", "x@example.org", "https://tls.example.net/v1"]),
        ("{rua: ['*@example.com', 'mailto:X@example.org', 'https://tls.example.net/*']}", []),
        ("{selectors: [s1]}", ["s2.eu"]),
        ("{selectors: ['s*']}", []),
        ("{systems: [office]}", []),
    ],
)
def test_what_is_not_listed_is_found(tmp_path: Path, allowed: str, expected: list[str]) -> None:
    assert said(tmp_path, allowed) == expected


SYSTEMS = "systems:\n  office: {provider: google-workspace}\n  bulk: {provider: mailgun}\n"
VENDORS = """
'':
  - {type: MX, value: {preference: 1, exchange: smtp.google.com.}}
  - {type: TXT, value: v=spf1 include:_spf.google.com include:mailgun.org -all}
"""


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("{systems: [google-workspace, mailgun]}", []),
        ("{systems: [Office, bulk]}", []),
        ("{systems: [office]}", ["bulk", "mailgun"]),
        ("{systems: []}", ["office", "bulk", "google-workspace", "google-workspace", "mailgun"]),
    ],
)
def test_a_system_is_approved_by_its_name_or_its_vendors_key(tmp_path: Path, allowed: str, expected: list[str]) -> None:
    assert said(tmp_path, allowed, SYSTEMS, VENDORS) == expected


def test_a_finding_names_the_profile_and_its_reason(tmp_path: Path) -> None:
    assert RULE is not None
    files = {"example.com.yaml": ZONE, "house.yml": "allowed: {mx: ['*.exampel.org'], reason: page 4}\n"}
    found = findings(Example(RULE, "Bad", 1, files, "profile: house.yml\n", "", ""), tmp_path)
    (one,) = [each for each in found if "`mx.example.org`" in each.message and each.rule == RULE.name]

    assert one.message.endswith("(house.yml: page 4)")
    assert [(each.kind, each.source) for each in one.evidence] == [("pack", "house.yml: page 4")]
    assert one.span.text == "mx.example.org."
    assert "use `*.exampel.org` if that was meant" in one.help
