"""All cases of the openspf.org test suite for RFC 7208, evaluated by check_host over the suite's own worlds."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from linter.facts.spf_check import Client, check_host
from linter.lookup.answer import FOUND, TIMEOUT, Answer, Data, Exchange, Resolver
from linter.lookup.recorded import Known, Recorded, Recording

SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "rfc7208-tests.yml"
NEEDS_SUITE = pytest.mark.skipif(not SUITE.exists(), reason=f"the test suite is not at {SUITE}")


class Case(NamedTuple):
    """One case: what is asked, in which world, and the results the suite allows."""

    name: str
    world: Resolver
    test: dict[str, Any]

    @property
    def results(self) -> list[str]:
        """The results that the suite takes as right."""
        result = self.test["result"]
        return result if isinstance(result, list) else [result]


def absolute(name: str) -> str:
    return f"{name.lower().removesuffix('.')}."


def data(kind: str, value: Any) -> Data:
    if kind == "MX":
        return Exchange(value[0], absolute(value[1]))
    if kind in ("PTR", "CNAME"):
        return absolute(value)
    return "".join(value) if isinstance(value, list) else str(value)


def known(entries: list[Any]) -> Known:
    """One name of a world; the suite writes SPF for both types unless a TXT entry stands beside it."""
    values: dict[str, list[Data]] = {}
    fails = "TIMEOUT" in entries
    pairs = [pair for entry in entries if isinstance(entry, dict) for pair in entry.items()]
    has_txt = any(kind == "TXT" for kind, _ in pairs)
    for kind, value in pairs:
        if kind == "SPF" and not has_txt:
            values.setdefault("TXT", []).append(data(kind, value))
        if value != "NONE" and (kind != "SPF" or has_txt):
            values.setdefault(kind, []).append(data(kind, value))
    kinds = ("A", "AAAA", "MX", "TXT", "PTR", "SPF") if fails else ()
    answers = {kind: Answer(TIMEOUT) for kind in kinds}
    for kind, held in values.items():
        answers[kind] = Answer(FOUND, tuple(held), (None,) * len(held))  # type: ignore[arg-type]
    return Known("", answers)


def cases() -> list[Case]:
    if not SUITE.exists():
        return []
    found = []
    for group in yaml.safe_load_all(SUITE.read_text(encoding="utf-8")):
        names = {absolute(name): known(entries) for name, entries in group["zonedata"].items()}
        world = Recorded([Recording(names, True, ())])
        found += [Case(name, world, test) for name, test in group["tests"].items()]
    return found


CASES = cases()


@NEEDS_SUITE
def test_the_suite_is_read_whole() -> None:
    assert len(CASES) == 203


@NEEDS_SUITE
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_host_gives_a_result_that_the_suite_allows(case: Case) -> None:
    sender, helo = case.test["mailfrom"], case.test["helo"]
    domain = sender.rpartition("@")[2] or helo

    outcome = check_host(Client(case.test["host"], sender, helo), domain, case.world)

    assert outcome.result in case.results
    explanation = case.test.get("explanation", "DEFAULT")
    assert outcome.explanation == ("" if explanation == "DEFAULT" else explanation)
