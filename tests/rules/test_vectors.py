"""The vectors of the standards as whole zones: what is found for each of them under the recommended rules."""

import pytest

from tests.rules.conftest import CheckZone

SPF: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "V1": (("v=spf1 -all",), []),
    "V2": (("V=SPF1 -ALL",), []),
    "V3": (("v=spf1",), ["spf-missing-all"]),
    "V4": ((" v=spf1 -all",), ["spf-version-misspelt"]),
    "V5a": (("v=spf10 -all",), ["spf-version-misspelt"]),
    "V5b": (("v=spf1; -all",), ["spf-version-misspelt"]),
    "V5c": (("v=spf1,-all",), ["spf-version-misspelt"]),
    "V6": (("v=spf1  a   -all ",), []),
    "V7": (('"v=spf1 a" "-all"',), ["spf-syntax"]),
    "V8": (("v=spf1 ip4:203.0.113.0/33 -all",), ["spf-invalid-address"]),
    "V9": (("v=spf1 ip4:203.0.113.0/032 -all",), ["spf-invalid-address"]),
    "V10": (("v=spf1 ip4:203.0.113 -all",), ["spf-invalid-address"]),
    "V11": (("v=spf1 a:203.0.113.5 -all",), ["spf-address-as-host"]),
    "V12a": (("v=spf1 a/24//64 -all",), []),
    "V12b": (("v=spf1 a//64 -all",), []),
    "V13": (("v=spf1 a/24/64 -all",), ["spf-syntax"]),
    "V14a": (("v=spf1 all:example.com",), ["spf-syntax"]),
    "V14b": (("v=spf1 all/8",), ["spf-syntax"]),
    "V15": (("v=spf1 redirect=a.example redirect=b.example",), ["spf-duplicate-modifier"]),
    "V16": (("v=spf1 a -all redirect=b.example",), ["spf-redirect-with-all"]),
    "V17": (("v=spf1 -all include:x.example",), ["spf-term-after-all"]),
    "V19": (("v=spf1 exists:%(ir).x.example -all",), ["spf-invalid-macro"]),
    "V20": (("v=spf1 exists:%{ir}.x.example -all",), []),
    "V21": (("v=spf1 include:x.example, include:y.example -all",), ["spf-syntax"]),
    "V22": (("v=spf1 include:x.example;-all",), ["spf-syntax"]),
    "V23": (("v=spf1 ip6:2001:db8::/129",), ["spf-invalid-address"]),
    "V24": (("v=spf1 ip4:2001:db8::1 -all",), ["spf-invalid-address"]),
    "V25": (("v=spf1 mx:example.com -all foo=bar",), ["spf-ineffective-modifier"]),
    "V26": (("v=spf1 foo=%x -all",), ["spf-invalid-macro"]),
    "V27": (("v=spf1 %{d}:x -all",), ["spf-unknown-mechanism"]),
    "V28": (("v=spf1 include:_spf.example.com. ~all",), ["spf-include-without-record"]),
    "V29": (("v=spf1 ~all -all",), ["spf-term-after-all"]),
    "V30": (("v=spf1 -all", "v=spf1 ~all"), ["spf-multiple-records"]),
}
DMARC: dict[str, tuple[str, list[str]]] = {
    "D1": ("v=DMARC1; p=none", ["dmarc-none-without-reports"]),
    "D2": ("v=DMARC1;p=reject;", []),
    "D3": ("v=DMARC1", ["dmarc-invalid-value"]),
    "D4": ("v=DMARC1; rua=mailto:d@example.net", ["dmarc-invalid-value"]),
    "D5": ("v=DMARC1; rua=mailto:d@example.net; p=reject", []),
    "D6": ("p=reject; v=DMARC1", ["dmarc-version"]),
    "D7": ("v=dmarc1; p=reject", ["dmarc-version"]),
    "D8": ("v=DMARC1 p=reject", ["dmarc-version"]),
    "D9": ("v=DMARC1; p=reject; pct=25", ["dmarc-historic-tag"]),
    "D10": ("v=DMARC1; p=reject; t=y", ["dmarc-historic-tag"]),
    "D11": (
        "v=DMARC1; p=none; fo=0:1:d:s",
        ["dmarc-none-without-reports", "dmarc-failure-options", "dmarc-failure-options"],
    ),
    "D12": (
        "v=DMARC1; p=none; fo=1 : d; ruf=mailto:f@example.net",
        ["dmarc-none-without-reports", "dmarc-failure-options"],
    ),
    "D13": ("v=DMARC1; p=none; rua=mailto:d@example.net!10m", ["dmarc-policy-none"]),
    "D14": (
        "v=DMARC1; p=none; ri=3600; rf=afrf",
        ["dmarc-none-without-reports", "dmarc-historic-tag", "dmarc-historic-tag"],
    ),
    "D15": ("v=DMARC1; p=none;; rua=mailto:d@example.net", ["dmarc-policy-none", "dmarc-syntax"]),
    "D16": ("v=DMARC1; p=none; rua=d@example.net", ["dmarc-policy-none", "dmarc-invalid-uri"]),
    "D17": ("v=DMARC1; p=none; rua=mailto:a@x.example;mailto:b@x.example", ["dmarc-policy-none", "dmarc-invalid-uri"]),
    "D18": ("v=DMARC1\\\\; p=reject", ["dmarc-version"]),
    "D19": ("v=DMARC1; p=quarentine; rua=mailto:d@x.example", ["dmarc-invalid-value"]),
    "D20": ("v=DMARC1; p=quarentine", ["dmarc-invalid-value"]),
    "D21": ("v=DMARC1; p=reject; sp=", ["dmarc-syntax"]),
    "D22": ("v=DMARC1; p=reject; np=reject; psd=n", []),
    "D23": ("v=DMARC1; p=reject; adkim=strict", ["dmarc-invalid-value"]),
    "D24": ("“v=DMARC1; p=reject”", ["txt-non-ascii"]),
}


def zone(name: str, *texts: str) -> str:
    return f"'{name}':\n  type: TXT\n  values:\n" + "".join(f"    - '{text}'\n" for text in texts)


@pytest.mark.parametrize(("texts", "expected"), SPF.values(), ids=SPF)
def test_spf(check_zone: CheckZone, texts: tuple[str, ...], expected: list[str]) -> None:
    found = [each.rule for each in check_zone(zone("", *texts)) if each.rule.startswith("spf-")]

    assert found == expected


@pytest.mark.parametrize(("text", "expected"), DMARC.values(), ids=DMARC)
def test_dmarc(check_zone: CheckZone, text: str, expected: list[str]) -> None:
    assert [each.rule for each in check_zone(zone("_dmarc", text))] == expected


def test_two_records_at_one_selector_k16(check_zone: CheckZone) -> None:
    found = check_zone(zone("s1._domainkey", "v=DKIM1; p=", "v=DKIM1; k=rsa; p="))

    assert [each.rule for each in found] == ["dkim-multiple-records"]
