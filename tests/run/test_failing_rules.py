"""A rule that fails costs its own findings: it is named, everything else is told, and the status is 2."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linter.cli.main import main
from linter.facts.facts import Facts
from linter.finding import Complaint
from linter.rules import registry
from linter.rules.rule import Check
from linter.rules.spf.ends import neutral_all
from linter.source.file import Unreadable

ZONE = """\
zone: {name}
records:
  '':
    - {{type: TXT, value: 'v=spf1 ?all'}}
    - {{type: MX, value: {{preference: 10, exchange: 192.0.2.25}}}}
  _dmarc: {{type: TXT, value: 'v=DMARC1; p=reject'}}
"""


def raising(facts: Facts) -> Iterator[Complaint]:
    yield from neutral_all(facts)
    raise ValueError("a\nvalue\u2028 with \x1b[31m" + "x" * 5000)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule spf-neutral-all fails after its first findings."""
    replace_check(monkeypatch, raising)


def replace_check(monkeypatch: pytest.MonkeyPatch, check: Check) -> None:
    (module,) = [module for module in registry.MODULES if module.path == "spf.ends"]
    rules = [each._replace(check=check) if each.check is neutral_all else each for each in registry.rules_of(module)]
    monkeypatch.setitem(registry._LOADED, module, tuple(rules))


def zones(folder: Path, number: int = 1) -> None:
    for place in range(number):
        (folder / f"z{place}.example.yaml").write_text(ZONE.format(name=f"z{place}.example"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_everything_else_is_told(
    failing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path, 4)

    status, out, err = run(capsys, "check", "-f", "json", "--jobs", jobs, ".")
    report = json.loads(out)

    assert status == 2
    assert {"mx-target-is-address", "spf-neutral-all"} == {finding["rule"] for finding in report["findings"]}
    (problem,) = report["problems"]
    assert (problem["rule"], problem["path"], problem["zone"]) == ("spf-neutral-all", "z0.example.yaml", "z0.example.")
    (line,) = err.splitlines()
    assert "the rule `spf-neutral-all` failed on `z0.example` (z0.example.yaml) and 3 more: ValueError: a" in line
    assert "report" in line
    assert len(line) < 600
    assert line.isprintable()


def test_the_text_does_not_read_as_clean(
    failing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path)

    status, out, _ = run(capsys, "check", "--select", "spf-neutral-all", ".")
    assert status == 2
    assert "1 warning, 1 problem: " in out

    replace_check(monkeypatch, lambda facts: [][1])
    status, out, _ = run(capsys, "check", "--select", "spf-neutral-all", ".")
    assert status == 2
    assert "nothing to report" not in out


def test_a_fact_that_fails_costs_the_rules_that_need_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path)
    (tmp_path / "bad.example.yaml").write_text("a: {type: MX, value: x}\nb: {type: A, value: 192.0.2.1}\n")

    def fails(facts: Facts) -> Any:
        raise RecursionError("too deep")

    monkeypatch.setattr(Facts, "texts", property(fails))
    status, out, err = run(capsys, "check", ".")

    assert status == 2
    assert "error[mx-target-is-address]" in out
    assert "error[zone-shape]" in out
    assert "the rule `spf-neutral-all` failed" in err
    assert "the rule `mx-target-is-address` failed" not in err


def test_a_module_that_cannot_be_imported_costs_its_rules_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path)
    (module,) = [module for module in registry.MODULES if module.path == "spf.ends"]
    monkeypatch.delitem(registry._LOADED, module, raising=False)
    monkeypatch.setitem(sys.modules, f"linter.rules.{module.path}", None)

    status, out, err = run(capsys, "check", ".")

    assert status == 2
    assert "error[mx-target-is-address]" in out
    assert "the rules of `spf.ends` failed" in err


def test_a_file_that_cannot_be_read_meanwhile_is_no_fault_of_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path)

    def gone(facts: Facts) -> Iterator[Complaint]:
        raise Unreadable("elsewhere.yaml", "no such file or directory")

    replace_check(monkeypatch, gone)
    status, out, err = run(capsys, "check", ".")

    assert status == 2
    assert "error[mx-target-is-address]" in out
    assert err == "mailzone: cannot read elsewhere.yaml: no such file or directory\n"


@pytest.mark.parametrize("fatal", [MemoryError, KeyboardInterrupt])
def test_what_ends_everything_still_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fatal: type[BaseException]
) -> None:
    monkeypatch.chdir(tmp_path)
    zones(tmp_path)

    def ends(facts: Facts) -> Iterator[Complaint]:
        raise fatal

    replace_check(monkeypatch, ends)
    with pytest.raises(fatal):
        main(["check", "."])


def test_where_it_was_raised_is_shown_on_request(
    failing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAILZONE_DEBUG", "1")
    zones(tmp_path)

    _, _, err = run(capsys, "check", ".")

    assert "in raising" in err
    assert all(line.startswith("mailzone: ") and line.isprintable() for line in err.splitlines())


SENDERS = """\
zone: z.example
systems: {one: {spf: 'ip4:192.0.2.1'}, two: {spf: 'ip4:192.0.2.2'}}
mail: {z.example: {sends: [one]}, sub.z.example: {sends: [two]}}
records:
  '': {type: TXT, value: 'v=spf1 ip4:192.0.2.1 -all'}
  sub: {type: TXT, value: 'v=spf1 ip4:192.0.2.2 -all'}
"""


def test_one_name_that_fails_costs_its_row_of_the_matrix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from linter.facts.mail.declared_mail import DeclaredMail

    (tmp_path / "z.example.yaml").write_text(SENDERS)
    monkeypatch.chdir(tmp_path)
    of = DeclaredMail.senders

    def senders(self: DeclaredMail, mail: Any) -> Any:
        if mail.name.text.startswith("sub."):
            raise KeyError("no")
        return of(self, mail)

    monkeypatch.setattr(DeclaredMail, "senders", senders)
    status, out, err = run(capsys, "senders", ".")

    assert status == 2
    assert "  one " in out
    assert "the row of `sub.z.example` failed on `z.example`" in err


def test_a_lock_drops_nothing_that_a_failed_rule_would_have_asked(
    failing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from linter.run import name_servers
    from linter.run.refresh import Heard

    monkeypatch.chdir(tmp_path)
    zones(tmp_path)
    zone = (tmp_path / "z0.example.yaml").read_text().replace("192.0.2.25", "mx.other.example.")
    (tmp_path / "z0.example.yaml").write_text(zone)
    old = "answers:\n  kept.example:\n    TXT: [old]\n"
    (tmp_path / "mailzone.lock").write_text(f"version: 1\n{old}")

    def asker(self: Any, bar: Any) -> Any:
        return lambda pairs: [Heard(pair, "nodata") for pair in pairs]

    monkeypatch.setattr(name_servers.Servers, "asker", asker)
    status, _, err = run(capsys, "lock", "--server", "127.0.0.1", "--no-progress", ".")

    assert status == 2
    assert err.count("the rule `spf-neutral-all` failed") == 1
    assert "kept.example" in (tmp_path / "mailzone.lock").read_text()
    assert "mx.other.example" in (tmp_path / "mailzone.lock").read_text()
