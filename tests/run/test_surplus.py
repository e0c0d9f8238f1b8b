"""At most fifty findings of one rule in one record set, the others as one that is known again whatever their number."""

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.source.text import Source
from tests.profiles import built_in


def findings(text: str) -> tuple[Finding, ...]:
    estate = Estate([], ".")
    estate.add(Source("example.com.yaml", text))
    checker = Checker(ActiveRules(built_in("recommended"), {}, (), ()), Settings())
    checker.check(["example.com.yaml"], estate)
    return checker.outcome().findings


def of(rule: str, text: str) -> list[Finding]:
    return [finding for finding in findings(text) if finding.rule == rule]


def records(number: int) -> str:
    values = "".join(f"  - v=spf1 ip4:192.0.2.{place} -all\n" for place in range(number))
    return f"a: {{type: A, value: 192.0.2.1}}\n'':\n  type: TXT\n  values:\n{values}"


@pytest.mark.parametrize(("number", "told"), [(50, 50), (51, 51), (52, 51), (200, 51)])
def test_what_is_more_is_one_finding_at_the_set(number: int, told: int) -> None:
    found = of("spf-multiple-records", records(number + 1))  # the first is the one that the others are too many beside

    assert len(found) == told
    more = [finding for finding in found if finding.identity]
    assert [finding.message for finding in more] == [f"and {number - 50} more in the TXT records of `example.com`"] * (
        number > 50
    )
    for finding in more:
        assert (finding.severity, finding.name, finding.type, finding.span.text) == (
            "error",
            "example.com.",
            "TXT",
            "''",
        )


def test_its_identity_does_not_hold_the_number() -> None:
    few, many = (
        next(finding for finding in of("spf-multiple-records", records(number)) if finding.identity)
        for number in (60, 90)
    )

    assert few.message != many.message
    assert few.identity == many.identity


def test_sets_are_counted_apart() -> None:
    text = "".join(f"n{place}: {{type: A, value: 192.0.2.300}}\n" for place in range(120))

    assert len(of("zone-shape", text)) == 120


def test_faults_of_a_file_are_counted_in_the_set_they_stand_in() -> None:
    values = "".join("  - 192.0.2.300\n" for _ in range(120))
    found = of("zone-shape", f"n: {{type: A, value: x}}\nm:\n  type: A\n  values:\n{values}")

    assert len(found) == 52
    assert [finding.message for finding in found if finding.identity] == [
        "and 70 more in the A records of `m.example.com`"
    ]


def test_no_finding_has_more_related_places_than_anybody_reads() -> None:
    found = of("spf-multiple-records", records(300))

    assert all(len(finding.related) <= 51 for finding in found)
