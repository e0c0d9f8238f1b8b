"""`mailzone check` on clean files loads nothing heavy, and no rule that has nothing to judge."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import clean_environment, run_program

HEAVY = {"dns", "jsonschema", "rich", "asyncio", "multiprocessing", "dataclasses", "importlib.metadata", "difflib"}
HEAVY |= {"publicsuffixlist", "idna", "shutil", "json", "logging", "inspect", "pathlib", "signal", "typing", "warnings"}
IDLE = {
    f"linter.{name}"
    for name in (
        "cli.baselines",
        "config.globs",
        "rules.listing",
        "rules.pages",
        "source.replace",
        "source.schema_head",
    )
}
"""What of ours a check of clean files has no use for."""

CLEAN = """\
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.mail.example.net.
www:
  type: A
  value: 192.0.2.80
"""


PLAIN = CLEAN.replace(
    " {preference: 10, exchange: mx1.mail.example.net.}",
    "\n      preference: 10\n      exchange: mx1.mail.example.net.",
)
RETIRED = PLAIN.replace("dmarc@reports.example.net", "dmarc-rua@dmarc.service.gov.uk")
REAL = """\
'':
- type: MX
  values:
  - exchange: example-com.mail.protection.outlook.com.
    preference: 0
- type: TXT
  values:
  - v=spf1 include:spf.protection.outlook.com -all
www:
  type: A
  value: 192.0.2.80
"""
"""Without DMARC, so that the public suffix is asked for; at a vendor, so that its needs are looked at."""


def imported(folder: Path, *arguments: str, zone: str = CLEAN) -> set[str]:
    """The modules that a command imports; a check of one file, without arguments."""
    program = f"from linter.cli.main import main; import sys; main({[*arguments] or ['check', 'example.com.yaml']!r})"
    (folder / "example.com.yaml").write_text(zone)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        env=clean_environment(),
        check=True,
    )
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


NEEDLESS = {
    "re",
    "json",
    "enum",
    "collections",
    "functools",
    "types",
    "operator",
    "contextlib",
    "linter.report.formats",
}
"""What a run that says again what an earlier one has said can do without."""


def test_an_unchanged_run_loads_little(tmp_path: Path) -> None:
    # What the test's own interpreter needs to begin is not counted: there are finders of modules among it.
    (tmp_path / "example.com.yaml").write_text(CLEAN + "# \n" * 40_000)
    program = (
        "import sys; before = set(sys.modules); from linter.cli.main import main; status = main(['check', '.']);"
        "print(status, *set(sys.modules) - before, file=sys.stderr)"
    )
    environment = clean_environment() | {"MAILZONE_CACHE_DIR": str(tmp_path.with_name(f"{tmp_path.name}.cache"))}
    first, again = (
        subprocess.run(
            [sys.executable, "-S", "-c", program],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=True,
        )
        for _ in range(2)
    )

    assert first.stdout == again.stdout
    assert "linter.run.check" in first.stderr.split()
    loaded = set(again.stderr.split())
    assert {"linter.run.unchanged", "linter.cli.kept_run"} <= loaded
    assert NEEDLESS.isdisjoint(loaded)
    assert "linter.run.check" not in loaded


def ours(modules: set[str]) -> set[str]:
    """Those below the package."""
    return {name for name in modules if name.startswith("linter.")}


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    modules = imported(tmp_path)

    assert "linter.run.check" in modules
    assert {name for name in modules if name in HEAVY or name.partition(".")[0] in HEAVY} == set()
    assert IDLE.isdisjoint(modules)


def test_rules_without_work_are_not_loaded(tmp_path: Path) -> None:
    modules = imported(tmp_path)

    assert "linter.rules.zone.aliases" in modules
    assert {
        "linter.rules.dkim.keys",
        "linter.rules.mail.sending",
        "linter.rules.transport.mta_sts",
        "linter.records.dkim.record",
        "linter.rules.source.file",
        "linter.records.spf.record.diagnosis",
        "linter.source.schema",
    }.isdisjoint(modules)


NATIVE = "zone: example.com\nrecords:\n  www:\n    type: A\n    value: 192.0.2.80\n"


@pytest.mark.parametrize("zone", [PLAIN, REAL, RETIRED, NATIVE])
def test_neither_yaml_nor_a_parser_is_loaded_for_plain_blocks(tmp_path: Path, zone: str) -> None:
    modules = imported(tmp_path, zone=zone)

    assert ("linter.source.block_reader" in modules) is (zone == NATIVE)
    assert ("linter.zone.dialect" in modules) is (zone == NATIVE)
    assert {"yaml", "argparse", "json", "linter.run.assembly"}.isdisjoint(modules)
    assert {"linter.providers.catalogue", "linter.providers.model"}.isdisjoint(modules)


@pytest.mark.parametrize("option", ["-j", "--jobs"])
def test_a_number_of_processes_needs_no_parser(tmp_path: Path, option: str) -> None:
    assert "argparse" not in imported(tmp_path, "check", option, "1", "example.com.yaml")
    assert "argparse" in imported(tmp_path, "check", option, "auto", "example.com.yaml")


@pytest.mark.parametrize("arguments", [["schema", "config"], ["rules"]])
def test_what_is_said_of_all_rules_needs_none_of_them(tmp_path: Path, arguments: list[str]) -> None:
    modules = imported(tmp_path, *arguments)

    known = {f"linter.rules.{name}" for name in ("known", "listing", "manual", "pages", "rule", "severities")}
    assert {name for name in modules if name.startswith("linter.rules.")} <= known
    assert {"argparse", "typing"}.isdisjoint(modules)


@pytest.mark.parametrize("arguments", [["explain", "dkim-testing"], ["schema", "zone"]])
def test_what_is_only_printed_needs_no_parser(tmp_path: Path, arguments: list[str]) -> None:
    modules = imported(tmp_path, *arguments)

    assert {"yaml", "argparse", "difflib", "typing", "linter.finding", "linter.rules.registry"}.isdisjoint(modules)
    assert {"config", "facts", "lookup", "providers", "zone"}.isdisjoint(name.split(".")[1] for name in ours(modules))


def test_what_waits_for_the_end_of_the_process_is_done(tmp_path: Path) -> None:
    program = (
        "import atexit, sys; atexit.register(print, 'the end'); sys.argv = ['mailzone', 'schema', 'zone'];"
        "from linter.cli.main import entry; entry()"
    )
    done = run_program(program, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")
    assert done.stdout.endswith("}\nthe end\n")
