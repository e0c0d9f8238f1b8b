"""The records of the SPF suites have faults, and errors under the rules, just where the suites ask for one."""

import json

import pytest

from linter.records.spf import record as spf
from tests.rules.conftest import CheckZone

from .suite import SHARED, Case, own, shared

# The cases whose permerror comes from several records, from another record or from a limit.
NOT_BY_SYNTAX = {
    "multitxt1", "multitxt2", "include-permerror", "include-none", "redirect-none", "redirect-loop", "include-loop",
    "mx-limit", "mech-over-limit", "include-over-limit", "void-over-limit",
    "included-behind-a-match", "include-of-itself", "eleven-lookups",
    "two-records", "eleven-terms-that-ask", "redirect-counts", "eleven-mail-hosts", "three-answers-without-data",
    "include-of-nothing", "include-of-a-permerror", "redirect-to-nothing",
}  # fmt: skip
SYNTAX_RULES = {
    "spf-syntax", "spf-unknown-mechanism", "spf-invalid-address", "spf-invalid-macro", "spf-duplicate-modifier",
    "spf-address-as-host", "txt-non-ascii",
}  # fmt: skip

PUBLISHED = shared()
CASES = [*own(), *PUBLISHED]


def texts(case: Case) -> list[str]:
    """The TXT texts at the domain that a case asks about."""
    held = case.world.get(f"{case.domain.lower().removesuffix('.')}.", {}).get("TXT") or []
    return ["".join(text) if isinstance(text, list) else str(text) for text in held]


def records(case: Case) -> list[str]:
    """The texts that receivers select."""
    return list(dict.fromkeys(text for text in texts(case) if spf.is_spf(text)))


def is_by_syntax(case: Case) -> bool:
    return case.results == ("permerror",) and case.name not in NOT_BY_SYNTAX


by_syntax = pytest.mark.parametrize("case", [case for case in CASES if is_by_syntax(case)], ids=lambda case: case.name)
evaluated = pytest.mark.parametrize(
    "case", [case for case in CASES if not is_by_syntax(case)], ids=lambda case: case.name
)


@pytest.mark.skipif(not SHARED.exists(), reason=f"the published test suite is not in {SHARED}")
def test_the_published_suite_is_read_whole() -> None:
    assert len(PUBLISHED) >= 203
    assert {case.name for case in CASES} >= NOT_BY_SYNTAX
    assert sum(map(is_by_syntax, PUBLISHED)) > 50


@by_syntax
def test_a_syntax_error_is_a_fault(case: Case) -> None:
    (record,) = records(case)
    parsed = spf.parse(record)
    assert parsed.faults
    assert not parsed.is_valid


@evaluated
def test_what_is_evaluated_has_no_fault(case: Case) -> None:
    for record in records(case):
        assert spf.parse(record).faults == ()


def errors(check: CheckZone, case: Case) -> set[str]:
    """The rules about syntax that report an error where the records of a case stand in a zone."""
    zone = "'':\n  type: TXT\n  values:\n" + "".join(f"    - {json.dumps(text)}\n" for text in records(case))
    found = check(zone) if records(case) else ()
    return {each.rule for each in found if each.severity == "error"} & SYNTAX_RULES


@by_syntax
def test_a_syntax_error_is_an_error_under_the_rules(check_zone: CheckZone, case: Case) -> None:
    assert errors(check_zone, case)


@evaluated
def test_what_is_evaluated_has_no_error_under_the_rules(check_zone: CheckZone, case: Case) -> None:
    assert errors(check_zone, case) == set()


@pytest.mark.parametrize("case", [case for case in CASES if case.results == ("none",)], ids=lambda case: case.name)
def test_where_no_record_is_selected_none_is_one(case: Case) -> None:
    assert records(case) == []


def test_a_record_reads_back_from_its_canonical_text() -> None:
    for record in {record for case in CASES for record in records(case)}:
        parsed = spf.parse(record)
        if parsed.is_valid:
            assert spf.to_text(spf.parse(spf.to_text(parsed))) == spf.to_text(parsed)
