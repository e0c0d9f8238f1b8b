"""A zone and its servers line against line: what is missing, only served, or differs, up to a bound."""

import pytest

from linter.facts.drift.drift import drift
from linter.facts.drift.lines import TELLING, DriftLine, zone_drift
from linter.lookup.served import Pair, Said, Served

from ..zones import facts_of, txt

ZONE = txt("v=spf1 mx -all") + "m: {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n"
SPF, MX = ("example.com.", "TXT"), ("m.example.com.", "MX")
SAME = {SPF: Said("found", ('"v=spf1 mx -all"',)), MX: Said("found", ("1 mx.example.net.",))}
DMARC = {("_dmarc.example.com.", "TXT"): Said("found", ('"v=DMARC1; p=none"',))}


def lines(
    *servers: dict[Pair, Said], rules: tuple[str, ...] = TELLING, most: int = 99
) -> tuple[tuple[DriftLine, ...], frozenset[str]]:
    facts = facts_of(ZONE)
    said = {f"ns{number}": answers for number, answers in enumerate(servers)}
    facts.served = Served("example.com.", tuple(said), said, "probe")
    found = drift(facts)
    assert found is not None
    made = zone_drift(found, rules, most)
    return made.lines, made.declared


CASES: list[tuple[dict[Pair, Said], list[DriftLine]]] = [
    (SAME, []),
    ({**SAME, MX: Said("nodata")}, [DriftLine("-", *MX, ("1 mx.example.net.",))]),
    (
        {**SAME, SPF: Said("found", ('"v=spf1 a -all"',))},
        [DriftLine("~", *SPF, ("v=spf1 mx -all",), ("v=spf1 a -all",))],
    ),
    ({**SAME, **DMARC}, [DriftLine("+", "_dmarc.example.com.", "TXT", ("v=DMARC1; p=none",), (), True)]),
    (
        {**SAME, SPF: Said("found", ('"v=spf1 mx -all"', '"v=spf1 a -all"'))},
        [DriftLine("+", *SPF, ("v=spf1 a -all",), (), False)],
    ),
]


@pytest.mark.parametrize(("answers", "expected"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_what_differs_has_a_line(answers: dict[Pair, Said], expected: list[DriftLine]) -> None:
    found, declared = lines(answers)

    assert list(found) == expected
    assert declared == {line.name for line in expected if line.sign != "+" or line.name == "example.com."}


def test_views_of_servers_that_disagree_stand_beside_each_other() -> None:
    ((line,), _) = lines(SAME, {**SAME, SPF: Said("nodata")})

    assert (line.sign, line.name, line.kind) == ("~", *SPF)
    assert (len(line.texts), len(line.others)) == (1, 1)


@pytest.mark.parametrize(
    ("rules", "most", "number"), [(TELLING, 99, 3), (TELLING, 2, 2), (("drift-missing",), 99, 1), ((), 99, 0)]
)
def test_only_rules_that_are_on_have_lines_and_not_too_many(rules: tuple[str, ...], most: int, number: int) -> None:
    answers = {SPF: Said("found", ('"v=spf1 a -all"',)), MX: Said("nodata"), **DMARC}

    assert len(lines(answers, rules=rules, most=most)[0]) == number
