"""policies/bounces.yaml fits its schema and names rules that exist; codes are found in whatever people paste."""

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.providers.bounce_text import Code, Pasted, basic_in, code_in, plain, read_bounce
from linter.providers.bounces import bounces
from linter.providers.files import document_at, policies_folder
from linter.providers.schema import _TEXT, _facts
from linter.rules.known import names

DOCUMENT = document_at(os.path.join(policies_folder(), "bounces.yaml"))
KNOWN = bounces()
BOUNCES = KNOWN.meanings


def bounces_schema() -> dict[str, Any]:
    """The schema of policies/bounces.yaml."""
    code = {"type": "string", "pattern": r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}(-[0-9]{1,3})?$"}
    names = {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}}
    phrase = {"type": "string", "pattern": "^[a-z0-9'._-]+( [a-z0-9'._-]+)*$"}
    bounces = _facts(
        ("who", "meaning"),
        about={**names, "description": "topics: where the text is about others, this is not what it means"},
        vague={"type": "boolean", "description": "said only where the text says nothing"},
        codes={"type": "array", "items": code, "minItems": 1},
        who=_TEXT,
        basic={"type": "array", "items": {"type": "integer", "minimum": 200, "maximum": 599}},
        meaning=_TEXT,
        dns=_TEXT,
        causes=names,
        rules=names,
    )
    bounces["items"]["anyOf"] = [{"required": ["codes"]}, {"required": ["about"]}]
    topics = {"type": "array", "items": phrase, "minItems": 1, "uniqueItems": True, "description": "its phrases"}
    cause = {
        "type": "object",
        "properties": {"what": _TEXT, "rules": names},
        "required": ["what", "rules"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What bounces mean in terms of DNS",
        "type": "object",
        "properties": {
            "causes": {"type": "object", "additionalProperties": cause},
            "topics": {"type": "object", "propertyNames": names["items"], "additionalProperties": topics},
            "bounces": bounces,
        },
        "required": ["causes", "topics", "bounces"],
        "additionalProperties": False,
    }


def test_the_file_fits_its_schema() -> None:
    assert [error.message for error in Draft202012Validator(bounces_schema()).iter_errors(DOCUMENT)] == []


def test_every_rule_that_looks_for_a_cause_exists() -> None:
    named = {rule for bounce in BOUNCES for rule in bounce.rules}
    named |= {rule for held in DOCUMENT["causes"].values() for rule in held["rules"]}

    assert named - names() == set()


def test_every_cause_is_some_code_s_and_said_once() -> None:
    used = [cause for bounce in BOUNCES for cause in bounce.causes]

    assert {cause.what for cause in used} == {held["what"] for held in DOCUMENT["causes"].values()}
    for bounce in BOUNCES:
        assert len(bounce.causes) == len(set(bounce.causes))
        assert len(bounce.rules) == len(set(bounce.rules))


LOOKED_FOR = [
    (Code(5, 7, 24), "everywhere", {"spf-too-many-lookups", "spf-include-without-record", "spf-loop", "spf-syntax"}),
    (Code(5, 7, 24), "Gmail", {"spf-pass-all", "spf-range-too-wide"}),
    (Code(5, 7, 23), "everywhere", {"intent-sender-unauthorised", "provider-mismatch"}),
    (Code(4, 7, 27), "Gmail", {"spf-missing", "intent-sender-unauthorised", "spf-too-many-lookups"}),
    (Code(5, 7, 20), "everywhere", {"intent-dkim-missing", "dkim-key-undecodable", "provider-record-missing"}),
    (Code(4, 7, 31), "Gmail", {"dmarc-missing", "dmarc-split-values"}),
    (Code(4, 7, 32), "Gmail", {"intent-sender-unaligned"}),
    (Code(5, 7, 509), "Microsoft 365", {"intent-sender-unaligned", "dmarc-enforced-without-dkim"}),
    (Code(5, 4, 14), "Microsoft 365", {"intent-split-needs-route", "mx-split-between-systems"}),
    (Code(5, 7, 27), "everywhere", {"mx-null-but-sends"}),
    (Code(5, 7, 323), "Microsoft 365", {"tlsa-invalid"}),
]


@pytest.mark.parametrize(("code", "who", "rules"), LOOKED_FOR, ids=[f"{row[0].text}-{row[1]}" for row in LOOKED_FOR])
def test_the_rules_are_those_that_look_for_the_cause(code: Code, who: str, rules: set[str]) -> None:
    (bounce,) = (each for each in BOUNCES if each.who == who and each.means(code))

    named = {*bounce.rules, *(rule for cause in bounce.causes for rule in cause.rules)}
    assert rules <= named


def test_spf_that_fails_is_no_spf_in_error() -> None:
    (fails,) = (each for each in BOUNCES if each.who == "everywhere" and each.means(Code(5, 7, 23)))
    (errs,) = (each for each in BOUNCES if each.who == "everywhere" and each.means(Code(5, 7, 24)))

    rules = [{rule for cause in each.causes for rule in cause.rules} for each in (fails, errs)]
    assert rules[0].isdisjoint(rules[1])


def test_nobody_gives_one_code_two_meanings() -> None:
    said = [(bounce.who, pair) for bounce in BOUNCES for pair in bounce.codes]

    assert len(said) == len(set(said))


def test_every_topic_is_some_meaning_s_and_every_text_has_its_meaning() -> None:
    topics = {topic for bounce in BOUNCES for topic in bounce.about}
    by_text = [topic for bounce in BOUNCES if not bounce.codes for topic in bounce.about]

    assert topics == set(DOCUMENT["topics"])
    assert set(by_text) >= topics - {"outbound-spam", "line-feeds"}
    assert len(by_text) == len(set(by_text))


def test_every_phrase_is_found_in_a_text_that_has_it_and_belongs_to_one_topic() -> None:
    phrases = [phrase for held in DOCUMENT["topics"].values() for phrase in held]

    assert len(phrases) == len(set(phrases))
    for topic, held in DOCUMENT["topics"].items():
        for phrase in held:
            assert topic in read_bounce([f"550 5.7.1 Sorry: {phrase.upper()}."], KNOWN.topics).topics


def test_what_comes_from_memory_is_not_confirmed() -> None:
    doubted = [each for each in BOUNCES if each.evidence.source.startswith(("memory", "secondary"))]

    assert doubted
    assert not any(each.evidence.confirmed for each in doubted)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("550 5.7.23", Code(5, 7, 23)),
        ("5.7.515", Code(5, 7, 515)),
        ("550-5.7.26 This mail has been blocked because 192.0.2.25", Code(5, 7, 26)),
        ("<a@example.com>: host mx[192.0.2.25] said: 550 5.1.10 RESOLVER.ADR", Code(5, 1, 10)),
        ("(5.7.26)", Code(5, 7, 26)),
        ("192.0.2.25", None),
        ("5.7.26.1", None),
        ("5.7.2600", None),
        ("15.7.26", None),
        ("3.7.26", None),
        ("spf-missing", None),
        ("", None),
    ],
)
def test_a_code_is_found_in_what_was_pasted(words: str, expected: Code | None) -> None:
    assert code_in(words.split()) == expected


BASIC = [
    ("550", "550"),
    ("421 later", "421"),
    ("rfc7208", ""),
    ("1550", ""),
    ("mx.example.net:587 said nothing", ""),
    ("port 587", ""),
    ("192.0.2.250", ""),
    ("550.", "550"),
    ("error 550: no", "550"),
    ("550-5.7.26 This", "550"),
    ("250 ok, then 554 no", "554"),
    ("250 ok", "250"),
]


@pytest.mark.parametrize(("words", "expected"), BASIC)
def test_a_basic_code(words: str, expected: str) -> None:
    assert basic_in([words]) == expected


def test_a_range_means_all_that_lie_in_it() -> None:
    banned = next(bounce for bounce in BOUNCES if bounce.means(Code(5, 7, 620)))

    assert [banned.means(Code(5, 7, detail)) for detail in (605, 606, 649, 650)] == [False, True, True, False]


TEXTS = [
    ("550 5.7.1 rejected by DMARC policy", {"dmarc"}),
    ("550 5.7.1 rejected by DMARC policy for example.net", {"dmarc"}),
    ("550 5.7.1 Message rejected: spf=fail dkim=pass dmarc=fail", {"spf", "dmarc"}),
    (
        "550-5.7.26 Unauthenticated email from a.example is not accepted due\n5.7.26 to domain's DMARC policy.",
        {"dmarc"},
    ),
    ("550-5.7.26 DKIM = did not pass\n550-5.7.26 SPF [a.example] with ip: [192.0.2.1] = did not pass", {"spf", "dkim"}),
    ("550 5.7.1 Unable to relay", {"relaying"}),
    ("554 5.7.1 <a@b.example>: Relay access denied", {"relaying"}),
    ("smtp-relay.example.com said: 550 5.7.1 no", set()),
    ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", {"reverse-dns"}),
    ("450 4.1.8 <a@b.example>: Sender address rejected: Domain not found", {"sender-domain", "recipient-domain"}),
    ("550 5.7.23 The message was rejected because of Sender Policy Framework violation", {"spf"}),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", {"blocklist"}),
    ("556 5.1.10 Recipient address rejected: Domain b.example does not accept mail (nullMX)", {"null-mx"}),
    ("550 5.7.1 see https://dmarc.example/why and dmarc.example.com", set()),
    ("550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds", {"line-feeds"}),
    ("Authentication-Results: spf=pass dkim=pass dmarc=pass 550 5.7.1 no", set()),
]


@pytest.mark.parametrize(("text", "topics"), TEXTS, ids=[text[:40] for text, _ in TEXTS])
def test_what_a_text_is_about(text: str, topics: set[str]) -> None:
    assert read_bounce(text.split(), KNOWN.topics).topics == topics


def meant(text: str) -> list[tuple[str, str]]:
    found = KNOWN.of(read_bounce([text], KNOWN.topics))
    return [(bounce.who, " ".join(sorted(bounce.about))) for bounce in found]


MEANT = [
    ("550 5.7.1 rejected by DMARC policy", [("by its text", "dmarc")]),
    ("550 rejected by DMARC policy", [("by its text", "dmarc")]),
    ("550 5.7.1 Unable to relay", [("Microsoft 365", "relaying")]),
    ("550 5.7.1", [("everywhere", ""), ("Microsoft 365", "relaying")]),
    ("550 5.7.1 no reverse DNS for 192.0.2.1", [("by its text", "reverse-dns")]),
    ("550 5.7.23 SPF violation", [("everywhere", "spf"), ("Microsoft 365", "spf")]),
    ("421 4.7.23 no PTR record", [("Gmail", "reverse-dns")]),
    ("550 5.1.8 Access denied, bad outbound sender AS(42004)", [("Microsoft 365", "outbound-spam")]),
    ("550 5.7.520 Access denied, Your organization does not allow external forwarding.", [("Microsoft 365", "")]),
    ("550 5.1.10 null MX", [("everywhere", "null-mx")]),
    ("550 5.4.14 Hop count exceeded - possible mail loop", [("Microsoft 365", "loop")]),
    ("550 5.4.999 user unknown", [("by its text", "recipient")]),
    ("550 5.4.999", []),
]


@pytest.mark.parametrize(("text", "expected"), MEANT, ids=[text[:40] for text, _ in MEANT])
def test_the_text_is_read_before_the_code(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("250 2.0.0 OK", 2),
        ("2.1.5", 2),
        ("250", 2),
        ("421", 4),
        ("421 5.7.1 later", 4),
        ("5.7.1", 5),
        ("250 2.1.0 Ok 550 5.7.1 no", 5),
        ("no code", 0),
    ],
)
def test_what_kind_of_answer_it_is(text: str, kind: int) -> None:
    assert read_bounce([text], KNOWN.topics).kind == kind


ABOUT_DNS = ["1.1", "1.2", "1.8", "4.1", "4.3", "4.4", "4.6", "4.7", *(f"7.{number}" for number in range(20, 28))]


@pytest.mark.parametrize("numbers", ABOUT_DNS)
@pytest.mark.parametrize("kind", [4, 5])
def test_every_standard_code_about_dns_has_an_entry(kind: int, numbers: str) -> None:
    code = Code(kind, *map(int, numbers.split(".")))

    assert any(bounce.who == "everywhere" and bounce.means(code) for bounce in BOUNCES)


def test_what_is_old_is_told_as_old() -> None:
    old = [bounce for bounce in BOUNCES if bounce.is_old]

    assert {bounce.evidence.source for bounce in old} == {"SISI"}


def test_a_long_text_is_read_as_far_as_it_is_a_bounce() -> None:
    assert read_bounce(["550 5.7.1", " " * 1_000_000, "dmarc"], KNOWN.topics).topics == frozenset()
    assert read_bounce(["550 5.7.1", " " * 10_000, "dmarc"], KNOWN.topics).topics == {"dmarc"}
    assert read_bounce(["550 5.7.1 spf   =   fail dkim = pass"], KNOWN.topics).topics == {"spf"}


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    pasted = read_bounce([text], KNOWN.topics)

    assert isinstance(pasted, Pasted)
    assert set(KNOWN.of(pasted)) <= set(BOUNCES)
    assert "  " not in plain(text)
