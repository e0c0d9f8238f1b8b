"""What a change widens: that it is said, and that a change does not open its own gate."""

import json
from typing import Any

import pytest

from .conftest import Reviewed
from .pull_requests import ZONE, zone

BAD = zone("v=spf1 include:_spf.webhost.example nclude:a.example -all")
IGNORED = BAD.replace("nclude:a.example -all", "nclude:a.example -all  # mailzone: ignore[spf-unknown-mechanism] later")
OFF = "{spf-unknown-mechanism: off}"


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (
            {".mailzone.yaml": "rules: {}\n", ZONE: zone()},
            {".mailzone.yaml": f"rules: {OFF}\nexclude: [old]\ninternal: [x.example]\n"},
            {"rules", "exclude", "internal"},
        ),
        ({".mailzone.yaml": "{}\n", ZONE: zone()}, {".mailzone.yaml": "profile: minimal\n"}, {"profile", "rules"}),
        ({".mailzone.yaml": "{}\n", ZONE: zone()}, {".mailzone.yaml": "fail-on: never\n"}, {"fail-on"}),
        (
            {".mailzone.yaml": "{}\n", ZONE: BAD},
            {".mailzone.yaml": f"overrides: [{{paths: [zones/*], rules: {OFF}, reason: later}}]\n"},
            {"overrides", "overridden"},
        ),
        ({ZONE: BAD}, {ZONE: IGNORED}, {"ignored"}),
    ],
    ids=["configuration", "profile", "fail-on", "override", "comment"],
)
def test_what_is_widened_is_said(review: Reviewed, before: Any, after: Any, kinds: set[str]) -> None:
    document = review(before, after)
    assert {each["kind"] for each in document["suppressions"]} == kinds
    assert document["findings"] == {"new": [], "fixed": []}
    assert document["status"] == 0
    assert not document["nothing"]


def test_a_change_does_not_open_its_own_gate(review: Reviewed) -> None:
    document = review({".mailzone.yaml": "{}\n", ZONE: zone()}, {".mailzone.yaml": "fail-on: never\n", ZONE: BAD})
    assert document["status"] == 1


def test_a_fault_that_comes_with_its_comment_is_told(review: Reviewed) -> None:
    document = review(zone(), IGNORED)
    assert [each["kind"] for each in document["suppressions"]] == ["ignored"]
    assert document["findings"]["new"] == []


def test_a_rule_that_is_switched_on_finds_nothing_new(review: Reviewed) -> None:
    document = review({".mailzone.yaml": f"rules: {OFF}\n", ZONE: BAD}, {".mailzone.yaml": "rules: {}\n"})
    assert document["findings"] == {"new": [], "fixed": []}


def test_what_is_no_longer_held_back_is_not_new(review: Reviewed) -> None:
    document = review({ZONE: IGNORED}, {ZONE: BAD})
    assert document["findings"] == {"new": [], "fixed": []}
    assert document["suppressions"] == []


def test_a_baseline_that_is_written_holds_back(review: Reviewed) -> None:
    review.repository.commit({".mailzone.yaml": "{}\n", ZONE: BAD})
    assert review.run("check", "zones", "--create-baseline").status == 0
    review.repository.put({".mailzone.yaml": "baseline: .mailzone-baseline.yaml\n"})
    document = json.loads(review.run("review", "HEAD", "-f", "json").out)
    assert {each["kind"] for each in document["suppressions"]} == {"baseline"}
    assert document["findings"] == {"new": [], "fixed": []}


SUB = "zones/sub/b.example.yaml"
LISTED = "extends: recommended\nallowed: {mx: [mx.webhost.example]}\n"
OWN = {".mailzone.yaml": "profile: own.yaml\n", "own.yaml": LISTED}
SHORT = "rules: {dkim-key-too-short: {severity: error, options: {minimum-bits: %d}}}\n"
OVERRIDE = "overrides: [{paths: [zones/*], rules: {spf-unknown-mechanism: %s}, reason: later%s}]\n"


def messages(document: Any) -> list[str]:
    return [each["message"] for each in document["suppressions"] if each["kind"] != "overridden"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({".mailzone.yaml": SHORT % 2048}, {".mailzone.yaml": SHORT % 1024},
         ["`dkim-key-too-short` has `minimum-bits: 1024`, before 2048"]),
        ({".mailzone.yaml": SHORT % 1024}, {".mailzone.yaml": SHORT % 2048}, []),
        (OWN, {"own.yaml": "extends: recommended\nallowed: {mx: ['*']}\n"}, ["the profile allows `*` for `mx`"]),
        (OWN, {"own.yaml": "extends: recommended\n"}, ["the profile no longer says what is allowed for `mx`"]),
        (OWN, {"own.yaml": LISTED.replace("[mx", "[mx.webhost.example, mx")}, []),
        ({".mailzone.yaml": OVERRIDE % ("off", "")}, {".mailzone.yaml": OVERRIDE % ("warning", "")}, []),
        ({".mailzone.yaml": OVERRIDE % ("off", "")}, {".mailzone.yaml": OVERRIDE % ("off", ", until: 2999-12-31")}, []),
        ({".mailzone.yaml": OVERRIDE % ("off", ", until: 2998-12-31")},
         {".mailzone.yaml": OVERRIDE % ("off", ", until: 2999-12-31")},
         ["an override for `zones/*` makes `spf-unknown-mechanism` off: `later`"]),
    ],
    ids=["option", "stricter option", "allowed", "all allowed", "same allowed", "narrowed", "shorter", "longer"],
)  # fmt: skip
def test_what_lets_more_pass_is_told_in_words(review: Reviewed, before: Any, after: Any, said: list[str]) -> None:
    document = review({**before, ZONE: BAD}, after)
    assert messages(document) == said
    assert document["nothing"] is not bool(said)


@pytest.mark.parametrize(
    ("root", "before", "after"),
    [("minimal", "profile: strict\n", None), ("strict", None, "profile: minimal\n")],
    ids=["removed", "added"],
)
def test_a_configuration_that_leaves_zones_to_a_milder_one(
    review: Reviewed, root: str, before: str | None, after: str | None
) -> None:
    files = {".mailzone.yaml": f"profile: {root}\n", ZONE: zone(), SUB: zone()}
    nested = "zones/sub/.mailzone.yaml"
    document = review({**files, **({nested: before} if before else {})}, {nested: after})
    assert "the profile is `minimal`, before `strict`" in messages(document)
    assert document["findings"] == {"new": [], "fixed": []}


def test_a_configuration_that_goes_with_its_zones_widens_nothing(review: Reviewed) -> None:
    nested = "zones/sub/.mailzone.yaml"
    files = {".mailzone.yaml": "profile: minimal\n", nested: "profile: strict\n", ZONE: zone(), SUB: zone()}
    assert review(files, {nested: None, SUB: None})["suppressions"] == []


def test_a_baseline_counts_whatever_it_is_called(review: Reviewed) -> None:
    review.repository.commit({".mailzone.yaml": "baseline: known.yaml\n", "known.yaml": "", ZONE: BAD})
    assert review.run("check", "zones", "--create-baseline").status == 0
    document = json.loads(review.run("review", "HEAD", "-f", "json").out)
    assert {each["kind"] for each in document["suppressions"]} == {"baseline"}
