"""`overrides`, and what a configuration says in the place of options: read, refused at its place, and obeyed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, mailzone  # noqa: F401
from tests.config.test_load import config, refused

ZONE = "www: {type: TXT, value: v=spf1 foo -all}\nmail: {type: TXT, value: v=spf1 bar -all}\n"
RULE = "spf-unknown-mechanism"


def write(folder: Path, text: str) -> None:
    (folder / ".git").mkdir(exist_ok=True)
    for name in ("zones", "old"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "a.example.yaml").write_text(ZONE)
    (folder / ".mailzone.yaml").write_text(text)


def found(run: Run, *arguments: str) -> list[str]:
    ran = run("check", ".", "-f", "json", *arguments)
    assert ran.status in (0, 1), ran
    return [f"{each['path']} {each['name']} {each['severity']}" for each in json.loads(ran.out)["findings"]]


ALL = [f"{folder}/a.example.yaml {name}.a.example. error" for folder in ("old", "zones") for name in ("www", "mail")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("overrides: [{paths: [old], rules: {%s: off}}]", ALL[2:]),
        ("overrides: [{paths: ['old/*.yaml'], rules: {spf: off}, reason: they leave}]", ALL[2:]),
        ("overrides: [{paths: ['**/a.example.yaml'], rules: {spf: off}}]", []),
        ("overrides: [{names: [mail.a.example], rules: {%s: off}}]", [ALL[0], ALL[2]]),
        ("overrides: [{names: ['*.A.Example.'], rules: {%s: off}}]", []),
        ("overrides: [{names: [mail.a.example], paths: [zones], rules: {%s: off}}]", ALL[:3]),
        ("overrides: [{paths: ['*'], rules: {%s: off}}, {paths: [old], rules: {%s: error}}]", ALL[:2]),
        ("overrides: [{paths: [old], rules: {%s: off}, until: 2026-11-30}]", ALL[2:]),
        ("overrides: [{paths: [nowhere], rules: {%s: off}}]", ALL),
        ("rules: {%s: off}\noverrides: [{paths: [old], rules: {%s: error}}]", ALL[:2]),
        ("rules: {spf: off}\noverrides: [{paths: [old], rules: {%s: {severity: error}}}]", ALL[:2]),
        ("rules: {spf: off}", []),
        ("rules: {spf: off, %s: error}", ALL),
        ("select: [dmarc]", []),
        ("ignore: spf", []),
        ("ignore: ['dmarc, spf-unknown']", []),
    ],
)
def test_they_say_which_findings_count(tmp_path: Path, mailzone: Run, text: str, left: list[str]) -> None:  # noqa: F811
    write(tmp_path, text.replace("%s", RULE))

    assert found(mailzone, "--today", "2026-11-30") == left


def test_the_command_line_wins(tmp_path: Path, mailzone: Run) -> None:  # noqa: F811
    write(
        tmp_path,
        f"ignore: [spf]\nselect: [dmarc]\nfail-on: never\noverrides: [{{paths: ['*'], rules: {{{RULE}: off}}}}]",
    )

    assert found(mailzone) == []
    assert found(mailzone, "--select", "spf", "--ignore", "dmarc") == []
    assert found(mailzone, "--select", RULE, "--ignore", "dmarc") == ALL
    assert mailzone("check", ".", "--select", RULE, "--ignore", "dmarc").status == 0
    assert mailzone("check", ".", "--select", RULE, "--ignore", "dmarc", "--fail-on", "error").status == 1


def test_what_is_overridden_is_counted(tmp_path: Path, mailzone: Run) -> None:  # noqa: F811
    write(tmp_path, f"overrides: [{{paths: [old], rules: {{{RULE}: off}}, reason: they leave}}]")
    ran = mailzone("check", ".", "-f", "sarif")
    results = json.loads(ran.out)["runs"][0]["results"]

    assert [each.get("suppressions") for each in results if "suppressions" in each] == [
        [{"kind": "external", "justification": "they leave"}]
    ] * 2
    assert "2 overridden" in mailzone("check", ".").out
    assert "2 overridden" in mailzone("check", ".", "--jobs", "2").out


def test_an_override_that_has_ended_is_told(tmp_path: Path, mailzone: Run) -> None:  # noqa: F811
    write(tmp_path, f"overrides:\n  - {{paths: [old], rules: {{{RULE}: off}}, until: 2026-11-29}}\n")
    ran = mailzone("check", ".", "-f", "concise", "--today", "2026-11-30")

    assert ".mailzone.yaml:2:" in ran.out
    assert "warning[unused-ignore] this override has ended with `2026-11-29`" in ran.out
    assert ran.out.count(RULE) == 4


def test_a_broken_file_is_an_error_whatever_is_overridden(tmp_path: Path, mailzone: Run) -> None:  # noqa: F811
    write(tmp_path, "ignore: [source]\nrules: {source: off}\noverrides: [{paths: ['*'], rules: {yaml-syntax: off}}]\n")
    (tmp_path / "old" / "a.example.yaml").write_text("www: [\n")

    ran = mailzone("check", ".", "-f", "concise")
    assert ran.status == 1
    assert "old/a.example.yaml:2:1: error[yaml-syntax]" in ran.out


@pytest.mark.parametrize(("word", "status"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_what_fails_may_be_said_once_for_all(tmp_path: Path, mailzone: Run, word: str, status: int) -> None:  # noqa: F811
    write(tmp_path, f"fail-on: {word}\nrules: {{{RULE}: warning}}\n")

    assert mailzone("check", ".").status == status


def test_recorded_answers_may_be_named(tmp_path: Path, mailzone: Run) -> None:  # noqa: F811
    answers = "version: 1\nanswers:\n  gone.example.net: nxdomain\n"
    write(tmp_path, "answers: [recorded/answers.yaml]\n")
    (tmp_path / "recorded").mkdir()
    (tmp_path / "recorded" / "answers.yaml").write_text(answers)
    zone = "'': {type: TXT, value: v=spf1 include:gone.example.net -all}\n"
    (tmp_path / "zones" / "a.example.yaml").write_text(zone)

    assert "spf-include-without-record" in mailzone("check", "zones", "-f", "concise").out
    assert "gone.example.net" in mailzone("spf", "a.example", "zones").out
    assert "unknown" not in mailzone("spf", "a.example", "zones").out
    (tmp_path / "none.lock").write_text("version: 1\nanswers: {}\n")
    assert "spf-include-without-record" not in mailzone("check", "zones", "--answers", "none.lock").out
    (tmp_path / "recorded" / "answers.yaml").unlink()
    assert mailzone("check", "zones").status == 2


@pytest.mark.parametrize(
    ("text", "there", "message"),
    [
        ("select: [sfp]", "sfp", "`sfp` is not a rule nor a family; did you mean `spf`?"),
        ("ignore: dmrac", "dmrac", "`dmrac` is not a rule nor a family; did you mean `dmarc`?"),
        ("fail-on: errors", "errors", "did you mean `error`?"),
        ("answers: [/etc/passwd]", "/etc/passwd", "`/etc/passwd` lies outside the repository"),
        ("baseline: ../../../x", "../../../x", "lies outside the repository"),
        ("baseline: ''", "''", ""),
        ("overrides: {}", "{}", "expected a list"),
        ("overrides: [{paths: [a]}]", "{paths: [a]}", "`rules` is missing"),
        ("overrides: [{paths: [a], rules: {}}]", "{}", ""),
        ("overrides: [{paths: [a], rules: {sfp-syntax: off}}]", "sfp-syntax", "did you mean `spf-syntax`?"),
        ("overrides: [{paths: [a], rules: {spf: eror}}]", "eror", "did you mean `error`?"),
        ("overrides: [{pahts: [a], rules: {spf: off}}]", "pahts", "did you mean it by `pahts`?"),
        ("overrides: [{paths: ['../a'], rules: {spf: off}}]", "'../a'", "may point outside the repository"),
        ("overrides: [{paths: [], rules: {spf: off}}]", "[]", "an empty list"),
        ("overrides: [{names: [a], rules: {spf: off}, until: 2027-02-29}]", "2027-02-29", "`2027-02-29` is not a day"),
        ("overrides: [{names: [a], rules: {spf: off}, until: soon}]", "soon", "`soon` is not a day"),
        ("overrides: [{names: [a], rules: {spf: off}, until: 2027}]", "2027", ""),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, text: str, there: str, message: str) -> None:
    (tmp_path / ".git").mkdir()
    found = refused(tmp_path, text)

    assert [(each[1], message in each[2]) for each in found][:1] == [(there, True)], found


def test_an_override_of_neither_files_nor_names_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "overrides: [{rules: {spf: off}}]")


def test_a_configuration_without_any_has_none(tmp_path: Path) -> None:
    made = config(tmp_path, "rules: {}\n")

    assert (made.overrides, made.defaults) == ((), None)
