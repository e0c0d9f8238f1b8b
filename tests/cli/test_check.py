"""`mailzone check` keeps its contract: paths, formats, selections, configurations and exit statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import GATE, Run, clean_environment

CLEAN = """\
'':
  - type: MX
    value: {preference: 0, exchange: .}
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
"""
BAD = CLEAN.replace("v=spf1 -all", "v=spf1 nclude:spf.ssmx.net -all")
NEW_TERM = "include:spf.ssmx.net"
WEAK = CLEAN.replace("-all", "?all")


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.example.yaml").write_text(text)


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (CLEAN, (), 0),
        (BAD, (), 1),
        (WEAK, (), 0),
        (WEAK, ("--fail-on", "warning"), 1),
        (WEAK, ("--fail-on", "info"), 1),
        (BAD, ("--fail-on", "never"), 0),
        (BAD, ("--ignore", "spf"), 0),
        (BAD, ("--ignore", "spf-unknown-mechanism"), 0),
        (BAD, ("--select", "dmarc"), 0),
        (BAD, ("--select", "dmarc,spf"), 1),
        (BAD, ("--select", "dmarc", "--select", "spf-unknown"), 1),
        (WEAK, ("--profile", "minimal", "--fail-on", "info"), 0),
        ("a: [", (), 1),
    ],
)
def test_the_exit_status_follows_the_gravest_finding(
    mailzone: Run, tmp_path: Path, text: str, arguments: tuple[str, ...], status: int
) -> None:
    write(tmp_path, a=text)

    assert status == mailzone("check", *arguments).status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("chek",), "`chek` is unknown; expected one of `check`, `compare`, `spf`"),
        (("chek",), "did you mean `check`?"),
        (("check", "--fail_on=error"), "`--fail_on` is not an option; did you mean `--fail-on`?"),
        (("check", "--xyzzy"), "`--xyzzy` is not an option; --help lists them"),
        (("check", "missing.yaml"), "cannot read missing.yaml: no such file or directory"),
        (("check", "--select", "spf-unknwon-mechanism"), "did you mean `spf-unknown-mechanism`?"),
        (("check", "--ignore", "sfp"), "did you mean `spf`?"),
        (("check", "--profile", "strikt"), "did you mean `strict`?"),
        (("check", "--config", "none.yaml"), "cannot read none.yaml"),
        (("check", "-f", "yaml"), "there is no format `yaml`; expected one of `text`, `concise`, `grouped`, `json`"),
        (("check", "-f", "text", "-f", "json"), "two formats for standard output"),
        (("check", "--fail-on", "fatal"), "expected one of `error`, `warning`, `info` or `never`"),
        (("check", "-", "a.example.yaml"), "no other PATH goes with it"),
        (("check", "-f", "json=no/such/folder.json", "a.example.yaml"), "cannot write no/such/folder.json"),
        (("explain", "spf-unknown-mechansim"), "did you mean `spf-unknown-mechanism`?"),
        (("rules", "spf"), "`spf` is one argument too many; --help lists the arguments"),
        (("schema", "plans"), "expected one of `zone`, `config`, `profile`, `provider`, `lock`, `plan` or `report`"),
    ],
)
def test_what_cannot_be_done_is_said_and_exits_2(
    mailzone: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    write(tmp_path, a=CLEAN)

    ran = mailzone(*arguments)

    assert (ran.status, said in ran.err) == (2, True), ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.example.yaml", "-q", "b.example.yaml"),
        ("-q", "a.example.yaml", "--color", "never", "b.example.yaml"),
        ("--fail-on", "error", "--", "a.example.yaml", "b.example.yaml"),
        ("a.example.yaml", "-q", "--", "b.example.yaml"),
    ],
)
def test_paths_may_stand_behind_options(mailzone: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write(tmp_path, a=CLEAN, b=CLEAN)

    ran = mailzone("check", "-f", "json", *arguments)

    assert (ran.err, json.loads(ran.out)["summary"]["files"]) == ("", 2)


def test_a_path_that_is_not_there_leaves_no_report_that_reads_as_clean(mailzone: Run) -> None:
    assert mailzone("check", "missing.yaml").out == ""


def test_a_folder_without_zones_exits_2_rather_than_looking_clean(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services:\n  web:\n    image: nginx\n")

    ran = mailzone("check", ".")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mailzone: no zone file in `.`: 1 other YAML file skipped\n")


def test_a_file_that_is_no_zone_is_the_users_mistake_when_it_is_named(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services:\n  web:\n    image: nginx\n")

    ran = mailzone("check", "compose.yaml")

    assert (ran.status, ran.err) == (2, "mailzone: compose.yaml is not a zone: no names with records\n")


def test_one_unreadable_path_does_not_hide_the_findings_of_the_others(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BAD)

    ran = mailzone("check", "gone.yaml", "a.example.yaml")

    assert ran.status == 2
    assert "spf-unknown-mechanism" in ran.out
    assert ran.err == "mailzone: cannot read gone.yaml: no such file or directory\n"


def test_json_has_the_shape_of_the_contract(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BAD)

    report = json.loads(mailzone("check", "-f", "json", "./a.example.yaml").out)

    assert report["version"] == 1
    assert report["tool"]["name"] == "mailzone"
    assert report["summary"] == {"files": 1, "zones": 1, "records": 3, "error": 1, "warning": 0, "info": 0, **GATE}
    (finding,) = report["findings"]
    assert finding.pop("help")
    assert finding == {
        "rule": "spf-unknown-mechanism",
        "severity": "error",
        "message": "`nclude` is not a mechanism; did you mean `include`?",
        "path": "./a.example.yaml",
        "line": 5,
        "column": 19,
        "end_line": 5,
        "end_column": 38,
        "zone": "a.example.",
        "name": "a.example.",
        "type": "TXT",
        "reference": finding["reference"],
        "related": [],
        "fix": {
            "safe": False,
            "why": "receivers then read `include:spf.ssmx.net` in place of `nclude:spf.ssmx.net`",
            "edits": [
                {"path": "./a.example.yaml", "start": BAD.index("nclude"), "end": BAD.index(" -all"), "text": NEW_TERM}
            ],
        },
        "fingerprint": "49c2f82c37c87701",
        "evidence": [{"kind": "declared", "source": "./a.example.yaml", "seen": None, "confirmed": True}],
    }


def test_several_formats_can_be_written_in_one_run(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BAD)

    ran = mailzone("check", "-f", "text", "-f", "json=report.json", "a.example.yaml")

    assert "error[spf-unknown-mechanism]" in ran.out
    assert json.loads((tmp_path / "report.json").read_text())["summary"]["error"] == 1


def test_standard_input_is_a_zone_named_by_stdin_filename(mailzone: Run) -> None:
    ran = mailzone("check", "-", "--stdin-filename", "zones/x.example.yaml", "-f", "json", stdin=BAD)

    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["path"], finding["zone"], ran.status) == ("zones/x.example.yaml", "x.example.", 1)


def test_standard_input_without_a_name_is_checked_all_the_same(mailzone: Run) -> None:
    ran = mailzone("check", "-", stdin=BAD)

    assert ran.status == 1
    assert ran.out.startswith("<stdin>:5:19: error[spf-unknown-mechanism]")


def test_without_paths_the_zones_of_the_nearest_configuration_are_checked(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "zones").mkdir()
    write(tmp_path / "zones", a=BAD)
    write(tmp_path, b=BAD)
    (tmp_path / ".mailzone.yaml").write_text("zones: [zones/*.yaml]\n")

    ran = mailzone("check", "-f", "json")

    assert [each["path"] for each in json.loads(ran.out)["findings"]] == ["zones/a.example.yaml"]


def test_a_configuration_is_found_upward_from_the_checked_path(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    write(tmp_path / "deep" / "er", a=WEAK)
    (tmp_path / ".mailzone.yaml").write_text("rules: {spf-neutral-all: error}\n")

    assert mailzone("check", "deep/er").status == 1
    assert mailzone("check", "deep/er", "--no-config").status == 0
    (tmp_path / "deep" / ".mailzone.yaml").write_text("rules: {spf-neutral-all: off}\n")
    assert "nothing to report" in mailzone("check", "deep/er").out


def test_a_mistake_in_the_configuration_has_its_place(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    (tmp_path / ".mailzone.yaml").write_text("profile: strict\nrules:\n  spf-ptrr: error\n")

    ran = mailzone("check")

    assert ran.status == 2
    assert ran.err.startswith("mailzone: .mailzone.yaml:3:3: `spf-ptrr` is unknown; expected one of")
    assert "did you mean `spf-ptr`?" in ran.err


def test_the_text_report_reads_like_this(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BAD)

    ran = mailzone("check", "a.example.yaml")

    assert (
        ran.out
        == """\
a.example.yaml:5:19: error[spf-unknown-mechanism]: `nclude` is not a mechanism; did you mean `include`?
   5 |     value: v=spf1 nclude:spf.ssmx.net -all
     |                   ^^^^^^^^^^^^^^^^^^^
     = help: write `include:spf.ssmx.net`
     = see RFC 7208 section 12

1 fixable with --fix --unsafe-fixes
judged without a configuration, by profile recommended
1 error: 3 records of 1 zone checked
"""
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_written_when_asked_for(
    mailzone: Run, tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], coloured: bool
) -> None:
    write(tmp_path, a=BAD)

    assert coloured == ("\x1b[" in mailzone("check", *arguments, env=environment).out)


def test_control_characters_of_a_zone_reach_no_terminal(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a="'':\n  type: TXT\n  value: \"v=spf1 \\e[31mred \\u202e -all\"\n")

    ran = mailzone("check", "a.example.yaml", env={"LANG": "C", "PYTHONIOENCODING": "utf-8"})

    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_a_pipe_that_closes_early_is_no_crash(tmp_path: Path) -> None:
    records = "".join(
        f"h{number}:\n  type: TXT\n  value: v=spf1 nclude:x{number}.example -all\n" for number in range(3000)
    )
    write(tmp_path, a=records)
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "linter", "check", "a.example.yaml"],
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    )
    os.close(writing)
    os.read(reading, 100)
    os.close(reading)
    _, err = process.communicate(timeout=120)

    assert (process.returncode, err) == (1, b"")


def test_an_ascii_terminal_gets_escapes_and_no_traceback(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a="'':\n  type: TXT\n  value: v=spf1 a:exämple.com –all\n")

    ran = mailzone("check", "a.example.yaml", env={"PYTHONIOENCODING": "ascii"})

    assert (ran.status, ran.err) == (1, "")


def test_findings_do_not_depend_on_the_other_paths_named(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BAD, b=WEAK, c=CLEAN)
    alone = [json.loads(mailzone("check", "-f", "json", f"{name}.example.yaml").out)["findings"] for name in "abc"]

    for order in ("abc", "cba", "bca"):
        together = json.loads(mailzone("check", "-f", "json", *(f"{name}.example.yaml" for name in order)).out)
        assert together["findings"] == [finding for findings in alone for finding in findings]
