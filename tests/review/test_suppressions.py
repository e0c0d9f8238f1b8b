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
