"""Cases of the rules about TTLs and the size of answers."""

import pytest

from linter.facts.txt_sets import is_token, octets_of
from tests.rules.conftest import CheckZone, Expected, assert_said

TTL, SIZE = "ttl-out-of-bounds", "txt-set-too-large"
DMARC = "value: 'v=DMARC1\\; p=reject'"


@pytest.mark.parametrize(
    ("zone", "config", "expected"),
    [
        (f"_dmarc:\n  type: TXT\n  ttl: 59\n  {DMARC}\n", "", [(TTL, 3, "59 seconds")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 60\n  {DMARC}\n", "", []),
        (f"_dmarc:\n  type: TXT\n  ttl: 0\n  {DMARC}\n", "", [(TTL, 3, "0 seconds")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 1\n  {DMARC}\n", "", [(TTL, 3, "1 second:")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 604800\n  {DMARC}\n", "", []),
        (f"_dmarc:\n  type: TXT\n  ttl: 604801\n  {DMARC}\n", "", [(TTL, 3, "604801 seconds")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 691200\n  {DMARC}\n", "", [(TTL, 3, "8 days")]),
        (f"_dmarc:\n  type: TXT\n  {DMARC}\n", "", []),
        ("www:\n  type: A\n  ttl: 5\n  value: 192.0.2.1\n", "", []),
        ("www:\n  type: TXT\n  ttl: 5\n  value: hello\n", "", []),
        ("www:\n  type: CNAME\n  ttl: 5\n  value: www.example.net.\n", "", []),
        ("s1._domainkey:\n  type: CNAME\n  ttl: 5\n  value: s1.example.net.\n", "", [(TTL, 3, "5 seconds")]),
        ("_mta-sts:\n  type: TXT\n  ttl: 5\n  value: v=STSv1\\; id=1\n", "", [(TTL, 3, "5 seconds")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 300\n  {DMARC}\n", "minimum: 600", [(TTL, 3, "600 seconds at least")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 7200\n  {DMARC}\n", "maximum: 3600", [(TTL, 3, "3600 seconds at most")]),
        (f"_dmarc:\n  type: TXT\n  ttl: 30\n  {DMARC}\n", "minimum: 30", []),
    ],
)
def test_ttls(check_zone: CheckZone, zone: str, config: str, expected: Expected) -> None:
    options = f"rules: {{{TTL}: {{options: {{{config}}}}}}}\n" if config else ""
    found = tuple(each for each in check_zone(zone, config=options) if not each.rule.startswith("mta-sts"))

    assert_said(found, expected)


def test_the_ttl_of_a_whole_file_is_told_once(check_zone: CheckZone) -> None:
    zone = f"zone: example.com\nttl: 30\nrecords:\n  _dmarc: {{type: TXT, {DMARC}}}\n"
    zone += f"  _dmarc.shop: {{type: TXT, {DMARC}}}\n  _dmarc.news: {{type: TXT, ttl: 20, {DMARC}}}\n"

    assert_said(check_zone(zone), [(TTL, 4, "30 seconds"), (TTL, 6, "20 seconds")])


@pytest.mark.parametrize(
    ("name", "texts", "octets"),
    [
        # Header 12, question 13 + 4, OPT 11; each record 12 and its strings with a length octet each.
        ("example.com.", [], 40),
        ("example.com.", [""], 40 + 12 + 1),
        ("example.com.", ["v=spf1 -all"], 40 + 12 + 12),
        ("example.com.", ["x" * 255], 40 + 12 + 256),
        ("example.com.", ["x" * 256], 40 + 12 + 258),
        ("example.com.", ["x" * 510], 40 + 12 + 512),
        ("example.com.", ["x" * 511], 40 + 12 + 514),
        ("example.com.", ["ü"], 40 + 12 + 3),
        ("a.example.com.", ["x", "y"], 42 + 14 + 14),
    ],
)
def test_the_octets_of_an_answer(name: str, texts: list[str], octets: int) -> None:
    assert octets_of(name, texts) == octets


def test_the_octets_are_those_that_dnspython_sends() -> None:
    import dns.message
    import dns.rrset

    texts = ["v=spf1 -all", "x" * 400]
    query = dns.message.make_query("example.com.", "TXT", use_edns=0)
    answer = dns.message.make_response(query)
    strings = ['"v=spf1 -all"', f'"{"x" * 255}" "{"x" * 145}"']
    answer.answer.append(dns.rrset.from_text("example.com.", 3600, "IN", "TXT", *strings))

    assert len(answer.to_wire()) == octets_of("example.com.", texts)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        # 40 and 24 for the SPF record leave 448 octets to 512, 1168 to 1232; 12 and a length octet per string go off.
        (434, []),
        (435, [(SIZE, 4, "513 bytes; RFC 7208 asks for 512")]),
        (1151, [(SIZE, 4, "1,232 bytes; RFC 7208 asks for 512")]),
        (1152, [(SIZE, 4, "1,233 bytes, 1 more than fit one packet")]),
        (66_000, [(SIZE, 4, "more than DNS can carry")]),
    ],
)
def test_sizes(check_zone: CheckZone, length: int, expected: Expected) -> None:
    found = check_zone(f"'':\n  type: TXT\n  values:\n    - v=spf1 -all\n    - {'x' * length}\n")

    assert_said(found, expected)
    severities = {434: [], 435: ["info"], 1151: ["info"], 1152: ["warning"], 66_000: ["error"]}
    assert severities[length] == [each.severity for each in found]


def test_the_same_value_twice_counts_once(check_zone: CheckZone) -> None:
    value = f"    - {'x' * 400}\n"
    found = check_zone(f"'':\n  type: TXT\n  values:\n    - v=spf1 -all\n{value}{value}")

    assert [each.rule for each in found] == ["record-duplicate"]


def test_names_without_mail_may_hold_what_they_like(check_zone: CheckZone) -> None:
    assert check_zone(f"www:\n  type: TXT\n  values:\n    - {'x' * 2000}\n") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("google-site-verification=abc", True),
        ("MS=ms12345678", True),
        ("docusign=05958488-4752-4ef2-95eb-aa7ba8a3bd0e", False),
        ("facebook-domain-verification=abc", True),
        ("apple-domain-verification=abc", True),
        ("atlassian-domain-verification=abc", True),
        ("_globalsign-domain-verification=abc", True),
        ("adobe-idp-site-verification=abc", True),
        ("ZOOM_verify_abc", True),
        ("v=spf1 include:verification.example -all", False),
        ("v=DMARC1; p=none", False),
        ("hello world", False),
        ("please verify: by phone", False),
        ("", False),
    ],
)
def test_verification_tokens(text: str, expected: bool) -> None:
    assert is_token(text) is expected
