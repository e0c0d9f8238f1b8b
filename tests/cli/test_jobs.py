"""`--jobs`: however many processes share the files, what is said is the same, in the same order."""

import json
import pickle
from pathlib import Path

import pytest

from linter.cli.options import CheckOptions
from linter.report.counts import Counts
from linter.report.json_format import json_report
from linter.run import shares
from linter.run.check import Checker
from linter.run.files import find_files
from linter.run.outcome import Outcome
from linter.run.parts import Part, groups, parts
from linter.run.resolvers import Resolvers
from linter.run.shares import Share, judge, shares_of

from .conftest import Run

MAIL = """\
'':
  - type: MX
    value: {preference: 10, exchange: mx.%s.}
  - type: TXT
    value: v=spf1 include:_spf.shared.example %s
_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@shared.example}
shared: !include part/shared.yaml
"""
SHARED = "type: TXT\nvalue: v=spf1 nclude:x.example -all\n"
POLICY = (
    "_spf: {type: TXT, value: v=spf1 a:mx.shared.example -all}\n'': {type: MX, value: {preference: 0, exchange: .}}\n"
)


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Ten zones that need each other, one of them in two files, and a broken one."""
    (tmp_path / "part").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "part" / "shared.yaml").write_text(SHARED)
    for number in range(8):
        (tmp_path / f"zone{number}.example.yaml").write_text(MAIL % (f"zone{(number + 1) % 8}.example", "+all"))
    (tmp_path / "shared.example.yaml").write_text(POLICY)
    split = tmp_path / "split.example."
    split.mkdir()
    (split / "split.yaml").write_text("'': {type: MX, value: {preference: 10, exchange: mx.zone1.example.}}\n")
    (split / "www.yaml").write_text("www: {type: TXT, value: v=spf1 ?all}\n")
    (tmp_path / "torn.example.yaml").write_text("a: [\n")
    return tmp_path


def report(outcome: Outcome) -> str:
    """All that is said of an outcome."""
    return json_report(outcome.findings, Counts(outcome.files, outcome.zones, outcome.records))


@pytest.mark.parametrize("arguments", [("-f", "json"), ("--profile", "strict"), ("--select", "spf", "-f", "json")])
def test_the_number_of_processes_changes_nothing(estate: Path, mailzone: Run, arguments: tuple[str, ...]) -> None:
    alone = mailzone("check", "--jobs", "1", *arguments, ".")

    assert alone.status == 1
    assert "spf-pass-all" in alone.out
    for jobs in ("2", "3", "64"):
        assert mailzone("check", "--jobs", jobs, *arguments, ".") == alone


def test_a_share_says_the_same_in_any_process(estate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(estate)
    (group,) = groups(CheckOptions(), find_files(["."]))
    for part in [part for part in parts(group) if len(part.files) > 1]:
        whole = Checker(group.policy.rules, group.policy.settings)
        whole.check(part.files, part.estate(Resolvers([]).of(group.policy.settings, part.folder)))
        gathered = Checker(group.policy.rules, group.policy.settings)
        work = [Share(files, part, group.policy, []) for files in shares_of(part, 3)]
        given = [pickle.loads(pickle.dumps(judge(pickle.loads(pickle.dumps(share))))) for share in work]
        gathered.gather(given, part.estate(Resolvers([]).of(group.policy.settings, part.folder)))

        assert len(work) == min(3, len(part.files))
        assert report(gathered.outcome()) == report(whole.outcome())


def test_files_of_one_zone_stay_together(estate: Path) -> None:
    files = [str(path) for path in sorted(estate.rglob("*.yaml")) if path.parent.name != "part"]

    for jobs in range(2, 13):
        shares = shares_of(Part(files, files, ""), jobs)
        assert sorted(path for share in shares for path in share) == sorted(files)
        assert all(shares)
        assert len(shares) <= jobs
        assert [len([path for path in share if "split.example." in path]) for share in shares].count(1) == 0


def test_small_repositories_start_no_process(estate: Path) -> None:
    files = [str(path) for path in estate.glob("*.yaml")]

    assert shares_of(Part(files, files, ""), 0) == [files]
    assert shares_of(Part(files[:1], files, ""), 5) == [files[:1]]


def test_many_small_zones_are_worth_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "processors", lambda: 2)
    files = [str(tmp_path / f"zone{number}.example.yaml") for number in range(400)]
    for path in files:
        Path(path).write_text(POLICY)

    assert [len(share) for share in shares_of(Part(files, files, ""), 0)] == [200, 200]


def test_dependents_are_judged_after_the_shares(tmp_path: Path, mailzone: Run) -> None:
    """Two of three files are checked; the third includes a record of one of them that is gone."""
    (tmp_path / "a.example.yaml").write_text("spf: {type: TXT, value: v=spf2 -all}\n")
    (tmp_path / "b.example.yaml").write_text("www: {type: A, value: 198.51.100.1}\n")
    (tmp_path / "c.example.yaml").write_text("'': {type: TXT, value: v=spf1 include:spf.a.example -all}\n")

    alone = mailzone("check", "--jobs", "1", "-f", "json", "a.example.yaml", "b.example.yaml")
    shared = mailzone("check", "--jobs", "2", "-f", "json", "a.example.yaml", "b.example.yaml")

    assert shared == alone
    assert "c.example.yaml" in [finding["path"] for finding in json.loads(alone.out)["findings"]]


def test_what_refuses_a_share_refuses_the_run(estate: Path, mailzone: Run) -> None:
    (estate / "mailzone.lock").write_text("names: [\n")

    alone = mailzone("check", "--jobs", "1", ".")
    shared = mailzone("check", "--jobs", "2", ".")

    assert alone.status == shared.status == 2
    assert shared.err == alone.err


@pytest.mark.parametrize("word", ["0", "-1", "many", "1.5", "257", "٣"])
def test_a_wrong_number_is_refused(mailzone: Run, word: str) -> None:
    ran = mailzone("check", f"--jobs={word}", ".")

    assert ran.status == 2
    assert f"expected auto or a number from 1 to 256, not `{word}`" in ran.err
