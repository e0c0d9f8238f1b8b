"""Every case of the SPF suites, evaluated over the suite's own worlds: by check_host, and by the command."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from linter.cli.main import main
from linter.facts.spf.check import Client, check_host

from .suite import OWN, SHARED, Case, own, read, shared

CASES = [*own(), *shared()]
NEEDS_SUITE = pytest.mark.skipif(not SHARED.exists(), reason=f"the published test suite is not in {SHARED}")
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@NEEDS_SUITE
def test_the_published_suite_is_read_whole() -> None:
    assert len(shared()) >= 203


def test_the_own_suite_is_read_whole_and_asks_for_every_result() -> None:
    found = own()

    assert len(found) == sum(path.read_text(encoding="utf-8").count("mailfrom:") for path in OWN)
    assert len({case.name for case in found}) == len(found)
    assert {case.results[0] for case in found} == {
        "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror",
    }  # fmt: skip


def test_the_own_suite_has_cases_for_every_section_about_evaluation() -> None:
    groups = [group for path in OWN for group in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
    sections = {str(case["spec"]).partition("/")[0] for group in groups for case in group["tests"].values()}

    assert sections >= {
        "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "3.5", "4.3", "4.4", "4.5", "4.6", "4.6.1", "4.6.2", "4.6.3", "4.6.4",
        "4.7", "4.8", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "6", "6.1", "6.2", "7.1", "7.2", "7.3",
    }  # fmt: skip


@by_case
def test_check_host_gives_a_result_that_the_suite_allows(case: Case) -> None:
    outcome = check_host(Client(case.host, case.sender, case.helo), case.domain, case.resolver)

    assert outcome.result in case.results
    if case.explanation is not None or outcome.result != "fail":
        assert outcome.explanation == (case.explanation or "")


@by_case
def test_the_command_says_the_same(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.yml"
    answers.write_text(json.dumps(case.answers), encoding="utf-8")
    client = ["--ip", case.host, f"--sender={case.sender}", f"--helo={case.helo}"]

    status = main(
        ["spf", "--no-config", "--answers", str(answers), *client, "-f", "json", "--", case.domain, str(tmp_path)]
    )

    ran = capsys.readouterr()
    assert ran.err == ""
    document = json.loads(ran.out)
    assert document["result"] in case.results
    assert status == (document["result"] in ("temperror", "permerror"))
    if case.explanation is not None:
        assert document.get("explanation", "") == case.explanation


def test_other_shapes_of_a_suite_are_read() -> None:
    cases = read(
        dedent("""
        ---
        ---
        tests:
          old-word: {host: 192.0.2.1, helo: h.example, mailfrom: a@Late.Example., result: [unknown, pass]}
          lax: {host: 192.0.2.1, helo: h.example, mailfrom: a@b.example, result: fail, strict: 0}
          harsh: {host: 192.0.2.1, helo: h.example, mailfrom: a@b.example, result: ambiguous, strict: 2}
          bare: {host: 192.0.2.1, helo: h.example, results: none}
        zonedata:
          Late.example: [A: 192.0.2.1, TIMEOUT]
          type.example.: [{MX: TIMEOUT}, {SPF: [v=spf, '1 mx']}, {A: 192.0.2.1}]
          own.example: [{SPF: v=spf1 -all}, {TXT: NONE}, {TIMEOUT: true}]
          map.example: {TXT: v=spf1 -all}
          word.example: TIMEOUT
          empty.example:
        """)
    )

    assert [(case.name, case.results, case.domain) for case in cases] == [
        ("old-word", ("permerror", "pass"), "Late.Example."),
        ("bare", ("none",), "h.example"),
    ]
    fails = dict.fromkeys(("A", "AAAA", "CNAME", "MX", "PTR", "TXT"))
    assert cases[0].world == {
        "late.example.": fails | {"A": ["192.0.2.1"]},
        "type.example.": {"MX": None, "TXT": [["v=spf", "1 mx"]], "A": ["192.0.2.1"]},
        "own.example.": fails,
        "map.example.": {"TXT": ["v=spf1 -all"]},
        "word.example.": fails,
        "empty.example.": {},
    }
