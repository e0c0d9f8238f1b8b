"""policies/bounces.yaml fits its schema and names rules that exist; codes are found in whatever people paste."""

import os

import pytest
from jsonschema import Draft202012Validator

from linter.providers.bounces import Code, basic_in, bounces, code_in, nearest_codes
from linter.providers.files import document_at, policies_folder
from linter.providers.schema import bounces_schema
from linter.rules.registry import NAMES

DOCUMENT = document_at(os.path.join(policies_folder(), "bounces.yaml"))
BOUNCES = bounces()


def test_the_file_fits_its_schema() -> None:
    assert [error.message for error in Draft202012Validator(bounces_schema()).iter_errors(DOCUMENT)] == []


def test_every_rule_that_looks_for_a_cause_exists() -> None:
    named = {rule for bounce in BOUNCES for rule in bounce.rules}
    named |= {rule for held in DOCUMENT["causes"].values() for rule in held["rules"]}

    assert named - NAMES == set()


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


@pytest.mark.parametrize(("words", "expected"), [("550", "550"), ("421 later", "421"), ("rfc7208", ""), ("1550", "")])
def test_a_basic_code(words: str, expected: str) -> None:
    assert basic_in([words]) == expected


def test_a_range_means_all_that_lie_in_it() -> None:
    banned = next(bounce for bounce in BOUNCES if bounce.means(Code(5, 7, 620)))

    assert [banned.means(Code(5, 7, detail)) for detail in (605, 606, 649, 650)] == [False, True, True, False]


def test_the_nearest_codes_are_of_the_same_subject() -> None:
    assert Code(5, 7, 750) in nearest_codes(Code(5, 7, 800), BOUNCES)
