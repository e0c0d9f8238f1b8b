"""Cases of the rules about DKIM that do not fit a manual: places, several values, and one cause found once."""

from typing import TypeAlias

import pytest

from linter.finding import Finding
from tests.records.dkim.test_key import RAW, pkcs1, spki, text
from tests.rules.conftest import CheckZone

Expected: TypeAlias = list[tuple[str, int, str]]

KEY, OTHER_KEY = text(spki(2048)), text(spki(2048, 3))
RECORD = f"v=DKIM1\\; k=rsa\\; p={KEY}"
SENDS = """'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
"""
STRICT = "profile: strict\n"
EMPTY = "v=DKIM1\\; p="


def at(name: str, *values: str) -> str:
    """A zone with these TXT values at one name, the first of them in line 4."""
    return f"{name}:\n  type: TXT\n  values:\n" + "".join(f"    - '{value}'\n" for value in values)


def said(findings: tuple[Finding, ...]) -> list[tuple[str, int, str]]:
    return [
        (each.rule, each.span.source.position(each.span.start).line, f"{each.message} ({each.help})")
        for each in findings
    ]


def assert_said(findings: tuple[Finding, ...], expected: Expected) -> None:
    found = said(findings)
    assert [(rule, line) for rule, line, _ in expected] == [(rule, line) for rule, line, _ in found], found
    for (_, _, words), (_, _, message) in zip(expected, found, strict=True):
        assert words in message


SELECTOR = "default._domainkey"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((RECORD,), []),
        ((f"p={KEY}",), []),
        (("v=DKIM1\\; p=",), []),
        ((f"v=DKIM1\\; k=ed25519\\; p={text(RAW)}",), [("dkim-ed25519-alone", 4, "no RSA key")]),
        ((f"v=DKIM1\\; k=rsa\\; p={text(pkcs1(2048))}\\;",), []),
        ((f"v=dkim1\\; k=rsa\\; p={KEY}",), [("dkim-syntax", 4, "must be exactly `v=DKIM1`")]),
        ((f"v=DKIM1\\; p={KEY}\\; p={KEY}",), [("dkim-syntax", 4, "only once")]),
        ((f"v=DKIM1\\; k=ed25519\\; p={KEY}",), [("dkim-key-undecodable", 4, "write `k=rsa`")]),
        ((f"v=DKIM1\\; k=rsa\\; p={KEY[:200]}",), [("dkim-key-undecodable", 4, "breaks off")]),
        (("v=DKIM1\\; k=rsa\\; foo=bar",), [("dkim-unknown-tag", 4, "`foo`"), ("dkim-key-missing", 4, "`p=`")]),
        (("v=spf1 -all",), [("dkim-key-missing", 4, "is published at a DKIM selector but is not a key")]),
        (("google-site-verification=abcDEF",), [("dkim-key-missing", 4, "move this to the name it belongs to")]),
        (("MS=ms12345678", "hello, world"), [("dkim-key-missing", 4, "MS="), ("dkim-key-missing", 5, "hello")]),
        ((" ",), [("dkim-key-missing", 4, "an empty text")]),
        (("t=y",), [("dkim-key-missing", 4, "")]),
        ((f"v=DKIM1\\; t=y:s\\; p={KEY}",), [("dkim-testing", 4, "only tested")]),
        (("v=DMARC1\\; p=none\\; rua=mailto:dmarc@reports.example.net",), []),  # for the rules about DMARC to say
    ],
    ids=lambda value: "|".join(each[:32] for each in value) if value and isinstance(value[0], str) else "",
)
def test_what_a_selector_holds(check_zone: CheckZone, values: tuple[str, ...], expected: Expected) -> None:
    findings = check_zone(at(SELECTOR, *values))

    assert_said(tuple(each for each in findings if "dmarc" not in each.rule), expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((f"v=DKIM1\\; k=rsa\\; p={KEY[:230]}", KEY[230:]), [("dkim-split-values", 4, "cut into 2 values")]),
        ((KEY[230:], f"v=DKIM1\\; k=rsa\\; p={KEY[:230]}"), [("dkim-split-values", 4, "cut into 2 values")]),
        (("v=DKIM1", "k=rsa", "t=y", f"p={KEY}"), [("dkim-split-values", 4, "cut into 4 values")]),
        ((RECORD, f"v=DKIM1\\; k=rsa\\; p={OTHER_KEY}"), [("dkim-multiple-records", 5, "under another selector")]),
        ((RECORD, "MS=ms12345678"), [("dkim-multiple-records", 5, "only one key")]),
        (("MS=ms12345678", RECORD), [("dkim-multiple-records", 4, "`default._domainkey.example.com`")]),
        ((RECORD, "v=DKIM1\\; k=rsa"), [("dkim-multiple-records", 5, "undefined")]),
        (
            (RECORD, f"v=DKIM1\\; k=rsa\\; p={text(spki(1024))}"),
            [("dkim-multiple-records", 5, ""), ("dkim-key-too-short", 5, "1024 bits")],
        ),
        ((RECORD, RECORD), [("record-duplicate", 5, "")]),
    ],
)
def test_several_values_at_a_selector(check_zone: CheckZone, values: tuple[str, ...], expected: Expected) -> None:
    assert_said(check_zone(at(SELECTOR, *values)), expected)


def test_pieces_in_two_records_of_one_name_are_one_key(check_zone: CheckZone) -> None:
    entries = [f"  - {{type: TXT, value: '{value}'}}\n" for value in (f"v=DKIM1\\; p={KEY[:230]}", KEY[230:])]

    (finding,) = check_zone(f"zone: example.com\nrecords:\n {SELECTOR}:\n{''.join(entries)}", "native.yaml")

    assert finding.rule == "dkim-split-values"
    assert [each.message for each in finding.related] == ["a piece of it"]


@pytest.mark.parametrize(
    ("bits", "config", "expected"),
    [
        (2048, "", ""),
        (1024, "", "warning"),
        (1023, "", "error"),
        (512, "", "error"),
        (1024, "rules: {dkim-key-too-short: {options: {minimum-bits: 1024}}}", ""),
        (768, "rules: {dkim-key-too-short: {options: {minimum-bits: 1024}}}", "error"),
        (2048, "rules: {dkim-key-too-short: {options: {minimum-bits: 3072}}}", "warning"),
        (512, "rules: {dkim-key-too-short: info}", "info"),
        (5120, "", ""),
        (4096, STRICT, ""),
    ],
)
def test_how_grave_a_short_key_is(check_zone: CheckZone, bits: int, config: str, expected: str) -> None:
    findings = check_zone(at(SELECTOR, f"v=DKIM1\\; k=rsa\\; p={text(spki(bits))}"), config=config)

    assert [(each.rule, each.severity) for each in findings] == ([("dkim-key-too-short", expected)] if expected else [])


@pytest.mark.parametrize("bits", [4104, 8192])
def test_a_key_beyond_4096_bits_is_a_strict_warning(check_zone: CheckZone, bits: int) -> None:
    findings = check_zone(at(SELECTOR, f"p={text(spki(bits))}"), config=STRICT)

    assert [(each.rule, each.severity) for each in findings] == [("dkim-key-too-long", "warning")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("selector1", "did you mean `selector1._domainkey.example.com`?"),
        ("_domainkey", "publish it at `SELECTOR._domainkey.example.com`"),
        ("s1.domainkey.shop", "did you mean `s1._domainkey.shop.example.com`?"),
        ("S1._DomainKeys", "did you mean `s1._domainkey.example.com`?"),
        ("_dmarc.shop", "did you mean"),
    ],
)
def test_a_key_at_a_wrong_name_is_one_finding_whatever_else_ails_it(
    check_zone: CheckZone, name: str, words: str
) -> None:
    findings = check_zone(at(name, f"v=DKIM1\\; k=rsa\\; t=y\\; p={text(spki(768))}"))

    (finding,) = [each for each in findings if "dmarc" not in each.rule]
    assert (finding.rule, finding.severity) == ("dkim-wrong-name", "warning")
    assert words in finding.help


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (at("'*._domainkey'", EMPTY), "`*._domainkey.example.com` is there already"),
        ("", "publish it at `*._domainkey.example.com` to revoke every key"),
    ],
)
def test_an_empty_key_at_the_domain_itself_belongs_to_the_wildcard(
    check_zone: CheckZone, other: str, words: str
) -> None:
    (finding,) = check_zone(at("''", EMPTY) + other)

    assert finding.rule == "dkim-wrong-name"
    assert words in finding.help


def test_an_empty_key_at_a_name_that_looks_like_a_selector_belongs_there(check_zone: CheckZone) -> None:
    (finding,) = check_zone(at("selector1", EMPTY))

    assert finding.help == "did you mean `selector1._domainkey.example.com`?"


def test_a_key_that_a_selector_of_another_zone_leads_to_is_judged_as_a_key(check_zone: CheckZone) -> None:
    alias = "s1._domainkey:\n  type: CNAME\n  value: key1.mail.example.net.\n"
    key = at("key1.mail", f"v=DKIM1\\; p={text(spki(1024))}")

    findings = check_zone(f"# file: example.com.yaml\n{alias}# file: example.net.yaml\n{key}")

    assert [each.rule for each in findings] == ["dkim-key-too-short"]


def test_a_wildcard_of_the_zone_answers_for_selectors_so_its_key_is_not_misplaced(check_zone: CheckZone) -> None:
    assert [each for each in check_zone(at("'*'", EMPTY)) if each.rule.startswith("dkim")] == []


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        ("_domainkey", "o=~", ["domainkeys-leftover"]),
        ("_domainkey", "t=y\\; o=-\\; r=postmaster@example.com", ["domainkeys-leftover"]),
        ("_DOMAINKEY.shop", "o=-", ["domainkeys-leftover"]),
        ("_adsp._domainkey", "dkim=all", ["domainkeys-leftover"]),
        ("_adsp._domainkey", "dkim=discard", ["domainkeys-leftover"]),
        ("_policy._domainkey", "o=~", ["domainkeys-leftover"]),
        (SELECTOR, "v=DKIM1\\; o=~", ["domainkeys-leftover"]),
        ("_report._domainkey", "ra=dkim-reports\\; rp=100", []),
        ("_domainkey", "some words", []),
        ("a.b._domainkey", RECORD, []),
        ("aweber_key_a._domainkey", RECORD, []),
        ("_sel._domainkey", "v=DKIM1\\; k=rsa", ["dkim-key-missing"]),
        (SELECTOR, "selector1-example-com._domainkey.example.onmicrosoft.com", ["dkim-text-is-hostname"]),
        (SELECTOR, " S1.Dkim.Mail.Example.NET. ", ["dkim-text-is-hostname"]),
    ],
)
def test_names_below_domainkey(check_zone: CheckZone, name: str, value: str, rules: list[str]) -> None:
    assert [each.rule for each in check_zone(at(name, value))] == rules


def test_a_host_name_is_shown_with_the_cname_to_publish(check_zone: CheckZone) -> None:
    (finding,) = check_zone(at(SELECTOR, "s1.dkim.mail.example.net"))

    assert "`s1.dkim.mail.example.net`" in finding.message
    assert "CNAME" in finding.help
    assert "`s1.dkim.mail.example.net.`" in finding.help


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (at("'*._domainkey'", EMPTY), []),
        (at("'*._domainkey.shop'", EMPTY), []),
        (SENDS + at("'*._domainkey'", EMPTY), [("dkim-revoked", "without mail")]),
        (SENDS + at("'*._domainkey.shop'", EMPTY), []),
        (at("''", "v=spf1 include:_spf.mail.example.net -all") + at("'*._domainkey'", EMPTY), [("dkim-revoked", "")]),
        ("# file: _domainkey.example.com.yaml\n" + at("'*'", EMPTY), []),
        (SENDS + at("'*._domainkey'", RECORD), []),
        (at("s2024._domainkey", EMPTY), [("dkim-revoked", "delete the record")]),
        (at("s2024._domainkey", EMPTY, RECORD), [("dkim-multiple-records", "")]),
    ],
)
def test_a_revoked_key_is_right_only_for_all_selectors_of_a_domain_without_mail(
    check_zone: CheckZone, zone: str, expected: list[tuple[str, str]]
) -> None:
    findings = [each for each in check_zone(zone, config=STRICT) if each.rule.startswith("dkim")]
    usual = [each for each in check_zone(zone) if each.rule == "dkim-revoked"]

    assert usual == []
    assert [rule for rule, _ in expected] == [each.rule for each in findings]
    for (_, words), finding in zip(expected, findings, strict=True):
        assert words in finding.help


def test_a_fault_is_marked_where_it_stands_in_a_key_over_several_lines(check_zone: CheckZone) -> None:
    value = f'"v=DKIM1\\; k=rsa\\; p="\n    "{KEY[:200]}"\n    "{KEY[200:]}\\; t=y"'

    (finding,) = check_zone(f"{SELECTOR}:\n  type: TXT\n  value: '{value}'\n")

    assert finding.rule == "dkim-testing"
    assert finding.span.text == "t=y"
    assert finding.span.source.position(finding.span.start).line == 5


def test_the_faults_of_a_selector_name_it(check_zone: CheckZone) -> None:
    (finding,) = check_zone(at(SELECTOR, "v=DKIM1\\; k=rsa"))

    assert (finding.name, finding.type) == ("default._domainkey.example.com.", "TXT")


ASTRAY = "selector1_domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}\n"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (ASTRAY, ["did you mean `selector1._domainkey.example.com`?"]),
        (ASTRAY.replace("_domainkey:", ".domainkey:"), ["did you mean `selector1._domainkey.example.com`?"]),
        (ASTRAY.replace("1_domainkey:", "1._domainkeys.shop:"), ["`selector1._domainkey.shop.example.com`?"]),
        (ASTRAY + ASTRAY.replace("1_domainkey:", "1._domainkey:"), ["is there already; delete this one"]),
        # Somebody's own step on the way of a selector, and names that have nothing to do with it.
        (ASTRAY + "s._domainkey: {type: CNAME, value: selector1_domainkey.example.com.}\n", []),
        (ASTRAY.replace("selector1_domainkey:", "www:"), []),
        (ASTRAY.replace("selector1_domainkey:", "selector1._domainkey:"), []),
        (ASTRAY.replace("selector1_domainkey:", "_domainkey:"), []),
        (ASTRAY.replace("selector1-example-com._domainkey.", "domainkeys."), []),
    ],
)
def test_an_alias_to_a_vendors_key_at_a_name_that_is_no_selector(
    check_zone: CheckZone, zone: str, words: list[str]
) -> None:
    found = [each for each in check_zone(zone) if each.rule == "dkim-wrong-name"]

    assert [word in each.help for each, word in zip(found, words, strict=True)] == [True] * len(words)


HOST_NAME = "feedback.mail.example.net"


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ((HOST_NAME, RECORD), ["dkim-multiple-records"]),
        ((RECORD, HOST_NAME), ["dkim-multiple-records"]),
        ((HOST_NAME, EMPTY), ["dkim-multiple-records"]),
        ((HOST_NAME, f"v=DKIM1\\; k=rsa\\; p={KEY[:230]}", KEY[230:]), ["dkim-multiple-records", "dkim-split-values"]),
        ((HOST_NAME, "other.mail.example.net"), ["dkim-text-is-hostname", "dkim-text-is-hostname"]),
    ],
)
def test_a_host_name_beside_a_key_is_one_value_too_many(
    check_zone: CheckZone, values: tuple[str, ...], rules: list[str]
) -> None:
    listed = "".join(f"    - '{each}'\n" for each in values)
    found = check_zone(f"'{SELECTOR}':\n  type: TXT\n  values:\n{listed}")

    assert [each.rule for each in found] == rules


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("v=DKIM1", "k=rsa", f"p={KEY}"), "by chance only"),
        ((f"v=DKIM1\\; k=rsa\\; p={KEY[:230]}", KEY[230:]), "no complete key"),
    ],
)
def test_what_the_order_of_pieces_does(check_zone: CheckZone, values: tuple[str, ...], words: str) -> None:
    listed = "".join(f"    - '{each}'\n" for each in values)
    (found,) = check_zone(f"'{SELECTOR}':\n  type: TXT\n  values:\n{listed}")

    assert "in any order" in found.message
    assert words in found.message
