"""The vectors of the standards as whole zones: what receivers make of each, and what is found under all rules."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.facts.dmarc.policy import DmarcPolicies
from linter.facts.spf.check import Client, check_host
from linter.records.dmarc import record as dmarc
from tests.facts.recorded_world import world
from tests.facts.worlds import World, public_suffix
from tests.records.dkim.test_record import ED25519, ED25519_SPKI, KEY, rsa

from .conftest import CheckZone

SHEET = Path(__file__).parents[3] / "shared" / "FACTS.md"
COUNTS = {"V": 30, "D": 24, "K": 16}
"""How many vectors there are of SPF, DMARC and DKIM."""


class Spf(NamedTuple):
    """The TXT values of a domain, the result for a client in none of its networks, and the rules that speak."""

    texts: tuple[str, ...]
    result: str
    rules: list[str]


class Dmarc(NamedTuple):
    """One record, what receivers of RFC 7489 and of RFC 9989 apply, and the rules that speak."""

    text: str
    before: str | None
    policy: str | None
    rules: list[str]


SPF: dict[str, Spf] = {
    "V1": Spf(("v=spf1 -all",), "fail", []),
    "V2": Spf(("V=SPF1 -ALL",), "fail", []),
    "V3": Spf(("v=spf1",), "neutral", ["spf-missing-all"]),
    "V4": Spf((" v=spf1 -all",), "none", ["spf-version-misspelt"]),
    "V5a": Spf(("v=spf10 -all",), "none", ["spf-version-misspelt"]),
    "V5b": Spf(("v=spf1; -all",), "none", ["spf-version-misspelt"]),
    "V5c": Spf(("v=spf1,-all",), "none", ["spf-version-misspelt"]),
    "V6": Spf(("v=spf1  a   -all ",), "fail", []),
    "V7": Spf(('"v=spf1 a" "-all"',), "permerror", ["spf-syntax"]),
    "V8": Spf(("v=spf1 ip4:203.0.113.0/33 -all",), "permerror", ["spf-invalid-address"]),
    "V9": Spf(("v=spf1 ip4:203.0.113.0/032 -all",), "permerror", ["spf-invalid-address"]),
    "V10": Spf(("v=spf1 ip4:203.0.113 -all",), "permerror", ["spf-invalid-address"]),
    "V11": Spf(("v=spf1 a:203.0.113.5 -all",), "permerror", ["spf-address-as-host"]),
    "V12a": Spf(("v=spf1 a/24//64 -all",), "fail", []),
    "V12b": Spf(("v=spf1 a//64 -all",), "fail", []),
    "V13": Spf(("v=spf1 a/24/64 -all",), "permerror", ["spf-syntax"]),
    "V14a": Spf(("v=spf1 all:example.com",), "permerror", ["spf-syntax"]),
    "V14b": Spf(("v=spf1 all/8",), "permerror", ["spf-syntax"]),
    "V15": Spf(("v=spf1 redirect=a.example redirect=b.example",), "permerror", ["spf-duplicate-modifier"]),
    "V16": Spf(("v=spf1 a -all redirect=b.example",), "fail", ["spf-redirect-with-all"]),
    "V17": Spf(("v=spf1 -all include:x.example",), "fail", ["spf-term-after-all"]),
    "V18": Spf(("v=spf1 include=x.example -all",), "fail", ["spf-ineffective-modifier"]),
    "V19": Spf(("v=spf1 exists:%(ir).x.example -all",), "permerror", ["spf-invalid-macro"]),
    "V20": Spf(("v=spf1 exists:%{ir}.x.example -all",), "fail", []),
    "V21": Spf(("v=spf1 include:x.example, include:y.example -all",), "permerror", ["spf-syntax"]),
    "V22": Spf(("v=spf1 include:x.example;-all",), "permerror", ["spf-syntax"]),
    "V23": Spf(("v=spf1 ip6:2001:db8::/129",), "permerror", ["spf-invalid-address"]),
    "V24": Spf(("v=spf1 ip4:2001:db8::1 -all",), "permerror", ["spf-invalid-address"]),
    "V25": Spf(("v=spf1 mx:example.com -all foo=bar",), "fail", ["spf-ineffective-modifier"]),
    "V26": Spf(("v=spf1 foo=%x -all",), "permerror", ["spf-invalid-macro"]),
    "V27": Spf(("v=spf1 %{d}:x -all",), "permerror", ["spf-unknown-mechanism"]),
    "V28": Spf(
        ("v=spf1 include:_spf.example.com. ~all",), "softfail", ["spf-include-without-record", "spf-trailing-dot"]
    ),
    "V29": Spf(("v=spf1 ~all -all",), "softfail", ["spf-term-after-all"]),
    "V30": Spf(("v=spf1 -all", "v=spf1 ~all"), "permerror", ["spf-multiple-records"]),
}
DMARC: dict[str, Dmarc] = {
    "D1": Dmarc("v=DMARC1; p=none", "none", "none", ["dmarc-none-without-reports"]),
    "D2": Dmarc("v=DMARC1;p=reject;", "reject", "reject", []),
    "D3": Dmarc("v=DMARC1", None, None, ["dmarc-invalid-value"]),
    "D4": Dmarc("v=DMARC1; rua=mailto:d@example.net", "none", "none", ["dmarc-invalid-value"]),
    "D5": Dmarc("v=DMARC1; rua=mailto:d@example.net; p=reject", "reject", "reject", []),
    "D6": Dmarc("p=reject; v=DMARC1", None, None, ["dmarc-version"]),
    "D7": Dmarc("v=dmarc1; p=reject", None, None, ["dmarc-version"]),
    "D8": Dmarc("v=DMARC1 p=reject", None, None, ["dmarc-version"]),
    "D9": Dmarc("v=DMARC1; p=reject; pct=25", "reject at 25%", "reject", ["dmarc-historic-tag"]),
    "D10": Dmarc("v=DMARC1; p=reject; t=y", "reject", "quarantine", ["dmarc-historic-tag"]),
    "D11": Dmarc(
        "v=DMARC1; p=none; fo=0:1:d:s",
        "none",
        "none",
        ["dmarc-none-without-reports", "dmarc-failure-options", "dmarc-failure-options"],
    ),
    "D12": Dmarc(
        "v=DMARC1; p=none; fo=1 : d; ruf=mailto:f@example.net",
        "none",
        "none",
        ["dmarc-none-without-reports", "dmarc-failure-options"],
    ),
    "D13": Dmarc("v=DMARC1; p=none; rua=mailto:d@example.net!10m", "none", "none", ["dmarc-policy-none"]),
    "D14": Dmarc(
        "v=DMARC1; p=none; ri=3600; rf=afrf",
        "none",
        "none",
        ["dmarc-none-without-reports", "dmarc-historic-tag", "dmarc-historic-tag"],
    ),
    "D15": Dmarc("v=DMARC1; p=none;; rua=mailto:d@example.net", "none", "none", ["dmarc-policy-none", "dmarc-syntax"]),
    "D16": Dmarc("v=DMARC1; p=none; rua=d@example.net", "none", "none", ["dmarc-policy-none", "dmarc-invalid-uri"]),
    "D17": Dmarc(
        "v=DMARC1; p=none; rua=mailto:a@x.example;mailto:b@x.example",
        "none",
        "none",
        ["dmarc-policy-none", "dmarc-invalid-uri"],
    ),
    "D18": Dmarc("v=DMARC1\\\\; p=reject", None, None, ["dmarc-version"]),
    "D19": Dmarc("v=DMARC1; p=quarentine; rua=mailto:d@x.example", "none", "none", ["dmarc-invalid-value"]),
    "D20": Dmarc("v=DMARC1; p=quarentine", None, None, ["dmarc-invalid-value"]),
    "D21": Dmarc("v=DMARC1; p=reject; sp=", None, None, ["dmarc-syntax"]),
    "D22": Dmarc("v=DMARC1; p=reject; np=reject; psd=n", "reject", "reject", []),
    "D23": Dmarc("v=DMARC1; p=reject; adkim=strict", "reject", "reject", ["dmarc-invalid-value"]),
    "D24": Dmarc("“v=DMARC1; p=reject”", None, None, ["txt-non-ascii"]),
}
DKIM: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "K1": ((f"v=DKIM1; k=rsa; p={KEY}",), []),
    "K2": ((f"k=rsa; p={KEY}; v=DKIM1",), ["dkim-syntax"]),
    "K3": (("v=DKIM1; p=",), []),
    "K4": (("v=DKIM1; k=rsa",), ["dkim-key-missing"]),
    "K5": ((f"p={KEY}",), []),
    "K6": ((f"v=DKIM1; k=ed25519; p={ED25519}",), ["dkim-ed25519-alone"]),
    "K7": ((f"v=DKIM1; k=ed25519; p={ED25519_SPKI}",), ["dkim-key-undecodable"]),
    "K8": ((f"v=DKIM1; k=rsa; p={rsa(1024)}",), ["dkim-key-too-short"]),
    "K9": ((f"v=DKIM1; k=rsa; p={rsa(768)}",), ["dkim-key-too-short"]),
    "K10": ((f"v=DKIM1; t=y; p={KEY}",), ["dkim-testing"]),
    "K11": ((f"v=DKIM1; h=sha1; p={KEY}",), ["dkim-hash-unusable"]),
    "K12": ((f"v=DKIM1; p={KEY}; p={KEY}",), ["dkim-syntax"]),
    "K13": ((f"v=dkim1; p={KEY}",), ["dkim-syntax"]),
    "K14": ((f"v=DKIM1\\\\; k=rsa\\\\; p={KEY}",), ["dkim-syntax"]),
    "K15a": ((f"v=DKIM1; p={KEY[:99]}.{KEY[99:]}",), ["dkim-key-undecodable"]),
    "K15b": ((f'v=DKIM1; p={KEY[:99]}"{KEY[99:]}',), ["txt-quotes-in-value"]),
    "K15c": ((f"v=DKIM1; p={KEY[:99]}…",), ["dkim-key-undecodable"]),
    "K15d": ((f"v=DKIM1; p={KEY}==",), ["dkim-key-undecodable"]),
    "K16": (("v=DKIM1; p=", "v=DKIM1; k=rsa; p="), ["dkim-multiple-records"]),
}


def zone(name: str, *texts: str) -> str:
    return f"'{name}':\n  type: TXT\n  values:\n" + "".join(f"    - '{text}'\n" for text in texts)


@pytest.mark.parametrize("vector", SPF.values(), ids=SPF)
def test_spf(check_zone: CheckZone, vector: Spf) -> None:
    found = [each.rule for each in check_zone(zone("", *vector.texts)) if each.rule.startswith("spf-")]

    assert found == vector.rules


@pytest.mark.parametrize("vector", SPF.values(), ids=SPF)
def test_spf_is_evaluated(vector: Spf) -> None:
    names = {"example.com": {"TXT": list(vector.texts), "A": ["198.51.100.1"], "MX": ["10 example.com"]}}
    neighbours = {name: {"TXT": ["v=spf1 -all"]} for name in ("_spf.example.com", "x.example")}
    client = Client("192.0.2.3", "a@example.com", "example.com")

    assert check_host(client, "example.com", world(names | neighbours)).result == vector.result


@pytest.mark.parametrize("vector", DMARC.values(), ids=DMARC)
def test_dmarc(check_zone: CheckZone, vector: Dmarc) -> None:
    assert [each.rule for each in check_zone(zone("_dmarc", vector.text))] == vector.rules


@pytest.mark.parametrize("vector", DMARC.values(), ids=DMARC)
def test_dmarc_is_applied(vector: Dmarc) -> None:
    published = vector.text.replace("\\\\", "\\")
    policies = DmarcPolicies(World({"_dmarc.example.com.": (published,)}), public_suffix, dmarc.parse)
    before, now = policies.by_suffix_list("example.com."), policies.by_tree_walk("example.com.")
    share = f" at {before.record.pct}%" if before.record and before.record.pct is not None else ""
    policy = now.policy
    if now.record and now.record.t:  # one level lower (RFC 9989 section 4.7)
        policy = {"reject": "quarantine", "quarantine": "none"}.get(policy or "", policy)

    assert f"{before.policy}{share}" == str(vector.before)
    assert policy == vector.policy


@pytest.mark.parametrize(("texts", "expected"), DKIM.values(), ids=DKIM)
def test_dkim(check_zone: CheckZone, texts: tuple[str, ...], expected: list[str]) -> None:
    assert [each.rule for each in check_zone(zone("s1._domainkey", *texts))] == expected


@pytest.mark.parametrize(("letter", "table"), [("V", SPF), ("D", DMARC), ("K", DKIM)])
def test_no_vector_is_missing(letter: str, table: dict[str, object]) -> None:
    numbers = {int(each) for name in table for each in re.findall(rf"^{letter}([0-9]+)[a-z]?$", name)}

    assert numbers == set(range(1, COUNTS[letter] + 1))


def rows() -> list[tuple[str, list[str]]]:
    """The vectors of the sheet: their names and the texts that stand in backticks."""
    lines = SHEET.read_text(encoding="utf-8").splitlines()
    cells = [re.fullmatch(r"\| ([VDK][0-9]+) \| (.*?) \|.*", line) for line in lines]
    return [(row[1], re.findall("`(.+?)`", row[2])) for row in cells if row]


@pytest.mark.skipif(not SHEET.exists(), reason=f"the sheet of facts is not at {SHEET}")
def test_the_vectors_are_those_of_the_sheet() -> None:
    ours = {name: vector.texts for name, vector in SPF.items()}
    ours |= {name: (vector.text,) for name, vector in DMARC.items()} | {
        name: texts for name, (texts, _) in DKIM.items()
    }
    found = rows()

    assert [name for name, _ in found] == [
        f"{letter}{number + 1}" for letter in COUNTS for number in range(COUNTS[letter])
    ]
    for name, texts in found:
        known = " | ".join(text for key, held in ours.items() if re.sub("[a-z]$", "", key) == name for text in held)
        known = known.replace("\\\\", "\\").replace('" "', "⏎").replace("example.net", "example.com")
        for text in texts:
            # Keys are left out of the sheet, and V7 has a joint of strings.
            pattern = re.escape(text.strip('"')).replace("…", ".*")
            pattern = re.sub(r"<[^>]*>", ".*", pattern)
            assert re.search(pattern, known), (name, text, known)
