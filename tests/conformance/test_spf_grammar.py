"""The records of the openspf.org test suite for RFC 7208 have faults where the suite asks for a syntax error."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from linter.records import spf

SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "rfc7208-tests.yml"

# The scenarios whose permerror comes from several records, from another record or from a limit.
NOT_BY_SYNTAX = {
    "multitxt1",
    "multitxt2",
    "include-permerror",
    "include-none",
    "redirect-none",
    "redirect-loop",
    "include-loop",
    "mx-limit",
    "mech-over-limit",
    "include-over-limit",
    "void-over-limit",
}


class Scenario(NamedTuple):
    """One test of the suite: the results it allows and every TXT text at the domain it asks about."""

    name: str
    results: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The texts that receivers select."""
        return tuple(text for text in self.texts if spf.is_spf(text))


def _texts(entries: list[object]) -> tuple[str, ...]:
    """The TXT texts of a zone entry; the suite writes SPF for both types unless a TXT entry stands beside it."""
    by_type: dict[str, list[str]] = {"SPF": [], "TXT": []}
    for entry in entries:
        if isinstance(entry, dict):
            for kind in by_type.keys() & entry.keys():
                value = entry[kind]
                by_type[kind].append("".join(value) if isinstance(value, list) else str(value))
    return tuple(text for text in by_type["TXT"] or by_type["SPF"] if text != "NONE")


def _scenarios() -> list[Scenario]:
    if not SUITE.exists():
        return []
    found = []
    for group in yaml.safe_load_all(SUITE.read_text(encoding="utf-8")):
        zone = {str(name).lower(): entries for name, entries in group["zonedata"].items()}
        for name, test in group["tests"].items():
            domain = (test["mailfrom"] or test["helo"]).rpartition("@")[2].lower()
            results = test["result"] if isinstance(test["result"], list) else [test["result"]]
            found.append(Scenario(name, tuple(results), _texts(zone.get(domain, []))))
    return found


SCENARIOS = _scenarios()
NEEDS_SUITE = pytest.mark.skipif(not SCENARIOS, reason=f"the test suite is not at {SUITE}")


def _by_syntax(scenario: Scenario) -> bool:
    return scenario.results == ("permerror",) and scenario.name not in NOT_BY_SYNTAX


def _id(scenario: Scenario) -> str:
    return scenario.name


@NEEDS_SUITE
def test_the_suite_is_read_whole() -> None:
    assert len(SCENARIOS) > 190
    assert {scenario.name for scenario in SCENARIOS} >= NOT_BY_SYNTAX
    assert sum(map(_by_syntax, SCENARIOS)) > 50


@NEEDS_SUITE
@pytest.mark.parametrize("scenario", [found for found in SCENARIOS if _by_syntax(found)], ids=_id)
def test_a_syntax_error_is_a_fault(scenario: Scenario) -> None:
    (record,) = scenario.records
    parsed = spf.parse(record)
    assert parsed.faults
    assert not parsed.is_valid


@NEEDS_SUITE
@pytest.mark.parametrize("scenario", [found for found in SCENARIOS if not _by_syntax(found)], ids=_id)
def test_what_is_evaluated_has_no_fault(scenario: Scenario) -> None:
    for record in scenario.records:
        assert spf.parse(record).faults == ()


@NEEDS_SUITE
@pytest.mark.parametrize("scenario", [found for found in SCENARIOS if found.results == ("none",)], ids=_id)
def test_where_no_record_is_selected_none_is_one(scenario: Scenario) -> None:
    assert scenario.records == ()


@NEEDS_SUITE
def test_a_record_reads_back_from_its_canonical_text() -> None:
    for record in {record for scenario in SCENARIOS for record in scenario.records}:
        parsed = spf.parse(record)
        if parsed.is_valid:
            assert spf.to_text(spf.parse(spf.to_text(parsed))) == spf.to_text(parsed)
