"""`check --fix`, `--unsafe-fixes`, `--fix-only`, `--diff`: what changes in files, and that nothing else does."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from .conftest import Run

HOST_BITS, NETWORK = "ip4:50.0.0.7/24", "ip4:50.0.0.0/24"
TYPO, TERM = "inclde:spf.ssmx.net", "include:spf.ssmx.net"
ZONE = f"""\
# the zone of a company
'':
  - {{type: MX,   value: {{preference: 0, exchange: .}}}}   # receives nothing

  - type: TXT
    values:
      - "v=spf1 {HOST_BITS}  {TYPO} -all"  # whoever sends
      - 'a token, it''s "odd"'
_dmarc:
    type:   TXT
    value: >-
      v=DMARC1\\; p=reject\\;
      rua=mailto:dmarc@reports.example.net
s1._domainkey: {{type: CNAME, value: s1.keys.example.net.}}
"""
SAFE = ZONE.replace(HOST_BITS, NETWORK)
ALL = SAFE.replace(TYPO, TERM)
FILE = "a.example.yaml"


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.write_text(ZONE)
    return path


@pytest.mark.parametrize(
    ("options", "text", "status"),
    [
        ((), ZONE, 1),
        (("--fix",), SAFE, 1),
        (("--fix", "--unsafe-fixes"), ALL, 0),
        (("--unsafe-fixes", "--fix-only"), ALL, 0),
        (("--fix-only",), SAFE, 0),
        (("--diff",), ZONE, 1),
        (("--fix", "--diff", "--unsafe-fixes"), ZONE, 1),
    ],
)
def test_only_what_is_asked_for_changes(
    mailzone: Run, zone: Path, options: tuple[str, ...], text: str, status: int
) -> None:
    ran = mailzone("check", FILE, *options)

    assert (zone.read_text(), ran.status) == (text, status)


def test_a_second_run_changes_nothing(mailzone: Run, zone: Path) -> None:
    mailzone("check", FILE, "--fix", "--unsafe-fixes")
    before = zone.stat()
    ran = mailzone("check", FILE, "--fix", "--unsafe-fixes")

    assert "0 fixed\n" in ran.out
    assert (zone.read_text(), zone.stat().st_ino) == (ALL, before.st_ino)


def test_the_summary_counts_what_is_fixed_and_what_can_be(mailzone: Run, zone: Path) -> None:
    assert "1 fixable with --fix, 1 more with --fix --unsafe-fixes\n" in mailzone("check", FILE).out
    assert "1 fixed, 1 fixable with --fix --unsafe-fixes\n" in mailzone("check", FILE, "--fix").out


@pytest.mark.parametrize(("mark", "newline"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_line_ends_and_a_byte_order_mark_stay(mailzone: Run, zone: Path, mark: bytes, newline: bytes) -> None:
    def octets(text: str) -> bytes:
        return mark + text.encode().replace(b"\n", newline)

    zone.write_bytes(octets(ZONE))
    mailzone("check", FILE, "--fix-only", "--unsafe-fixes")

    assert zone.read_bytes() == octets(ALL)


@pytest.mark.parametrize("end", ["", "\n", "\n\n# the end"])
def test_a_diff_is_what_git_applies(mailzone: Run, zone: Path, tmp_path: Path, end: str) -> None:
    zone.write_text(ZONE.rstrip("\n") + end)
    told = mailzone("check", FILE, "--diff", "--unsafe-fixes").out
    subprocess.run(["git", "apply", "-"], input=told.encode(), cwd=tmp_path, check=True)

    assert zone.read_text() == ALL.rstrip("\n") + end


def test_without_anything_to_fix_a_diff_is_empty(mailzone: Run, zone: Path) -> None:
    zone.write_text(ALL)
    ran = mailzone("check", FILE, "--diff", "--unsafe-fixes")

    assert (ran.out, ran.err, ran.status) == ("", "mailzone: 0 findings would be fixed\n", 0)


def test_what_does_not_count_is_not_fixed(mailzone: Run, zone: Path, tmp_path: Path) -> None:
    text = ZONE.replace("# whoever sends", "# mailzone: ignore[spf-host-bits-set] it is right so")
    zone.write_text(text)
    mailzone("check", FILE, "--fix-only")
    assert zone.read_text() == text

    zone.write_text(ZONE)
    mailzone("check", FILE, "--fix-only", "--ignore", "spf-host-bits-set")
    assert zone.read_text() == ZONE

    mailzone("check", FILE, "--create-baseline")
    mailzone("check", FILE, "--fix-only", "--baseline", "mailzone-baseline.json")
    assert zone.read_text() == ZONE, sorted(os.listdir(tmp_path))


def test_a_fix_that_makes_an_error_is_taken_back(mailzone: Run, zone: Path) -> None:
    """The moved term brings the record over the limit of lookups, which stops all mail."""
    terms = " ".join(f"exists:{letter}.x.example" for letter in "abcdefghij")
    text = ZONE.replace(f"{HOST_BITS}  {TYPO} -all", f"{terms} -all exists:z.x.example")
    zone.write_text(text)
    ran = mailzone("check", FILE, "--fix", "--unsafe-fixes")

    assert zone.read_text() == text
    assert "0 fixed\n" in ran.out


def test_several_faults_of_one_value_are_fixed_one_after_the_other(mailzone: Run, zone: Path) -> None:
    zone.write_text(ZONE.replace(f"{HOST_BITS}  {TYPO} -all", f"-all {HOST_BITS} {HOST_BITS} {TYPO} ip4=50.0.1.1"))
    mailzone("check", FILE, "--fix-only", "--unsafe-fixes")

    assert f'"v=spf1 {NETWORK} {TERM} ip4:50.0.1.1 -all"' in zone.read_text()


def test_a_file_that_changes_meanwhile_is_not_written_over(
    mailzone: Run, zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter.cli import fixes

    def changed(path: str, own: bool = False) -> None:
        zone.write_text("somebody: else\n")

    monkeypatch.setattr(fixes, "try_file", changed)
    ran = mailzone("check", FILE, "--fix")

    assert (ran.status, zone.read_text()) == (2, "somebody: else\n")
    assert "has changed since it was read, so nothing is fixed" in ran.err


def test_nothing_is_written_through_a_link(mailzone: Run, zone: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = zone.rename(tmp_path / "real" / "kept.yaml")
    zone.symlink_to(target)
    ran = mailzone("check", FILE, "--fix-only")

    assert (ran.status, target.read_text()) == (2, ZONE)
    assert "is a link, and nothing is written through one" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unsafe-fixes",),
        ("--fix", "-"),
        ("--fix", "--create-baseline"),
        ("--diff", "-f", "json"),
        ("--fix-only", "-f", "json"),
    ],
)
def test_what_contradicts_itself_is_refused(mailzone: Run, zone: Path, arguments: tuple[str, ...]) -> None:
    ran = mailzone("check", *arguments)

    assert (ran.status, ran.out, zone.read_text()) == (2, "", ZONE)


def test_a_report_after_fixes_is_of_the_files_as_they_are_then(mailzone: Run, zone: Path) -> None:
    told = json.loads(mailzone("check", FILE, "--fix", "-f", "json").out)

    (finding,) = [each for each in told["findings"] if each["severity"] == "error"]
    (edit,) = finding["fix"]["edits"]
    assert told["summary"]["fixed"] == 1
    text = zone.read_text()
    assert text[: edit["start"]] + edit["text"] + text[edit["end"] :] == ALL
    assert text.splitlines()[finding["line"] - 1][finding["column"] - 1 :].startswith(TYPO)


def test_the_file_of_another_zone_gets_what_it_lacks(mailzone: Run, zone: Path, tmp_path: Path) -> None:
    zone.write_text(ALL.replace("dmarc@reports.example.net", "dmarc@b.example"))
    other = tmp_path / "b.example.yaml"
    text = """\
'':
  - {type: MX, value: {preference: 10, exchange: mx.b.example.}}
  - {type: TXT, value: v=spf1 mx -all}
mx:
  type: A
  value: 50.1.1.1
"""
    other.write_text(text)
    mailzone("check", FILE, "--fix-only", "--unsafe-fixes")

    assert other.read_text() == text.replace(
        "mx:\n", "a.example._report._dmarc:\n  type: TXT\n  value: 'v=DMARC1\\;'\nmx:\n"
    )


def test_parts_of_a_split_zone_and_included_files_are_fixed_where_they_are(mailzone: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a.example."
    folder.mkdir()
    own = f"x: {{type: TXT, value: v=spf1 {HOST_BITS} -all}}\n"
    (folder / "one.yaml").write_text(f"'':\n  type: TXT\n  value: !include value.txt.yaml\n{own}")
    (folder / "value.txt.yaml").write_text(f"v=spf1 {HOST_BITS} -all # mine\n")
    mailzone("check", ".", "--fix-only")

    assert NETWORK in (folder / "one.yaml").read_text()
    assert (folder / "value.txt.yaml").read_text() == f"v=spf1 {NETWORK} -all # mine\n"


def test_unused_ignores_go_with_their_lines(mailzone: Run, zone: Path) -> None:
    zone.write_text(
        ALL.replace("  # whoever sends", "  # mailzone: ignore[spf-ptr] once it had one").replace(
            "_dmarc:\n", "# mailzone: ignore[dmarc-policy-none, dmarc-missing] we know\n_dmarc:\n"
        )
    )
    mailzone("check", FILE, "--fix-only")

    assert zone.read_text() == ALL.replace("  # whoever sends", "")


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("  # mailzone: ignore[spf-ptr] why", ""),
        ("  # mailzone: ignore[spf-ptr] why # we said so", "  # we said so"),
        ("  # mailzone: ignore[spf-ptr, spf-syntax,spf-pass-all] why", ""),
        ("  # mailzone: ignore[spf-ptr , spf-host-bits-set] why", "  # mailzone: ignore[spf-host-bits-set] why"),
        ("  # mailzone: ignore[spf-host-bits-set , spf-ptr] why", "  # mailzone: ignore[spf-host-bits-set] why"),
    ],
)
def test_of_a_comment_only_what_is_unused_goes(mailzone: Run, zone: Path, comment: str, left: str) -> None:
    needs_host_bits = "spf-host-bits-set" in left
    text = ZONE if needs_host_bits else ALL
    zone.write_text(text.replace("  # whoever sends", comment))
    mailzone("check", FILE, "--fix-only")

    assert zone.read_text() == text.replace("  # whoever sends", left)


def test_with_changed_files_those_that_they_concern_are_fixed(mailzone: Run, zone: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("a: [1, 2]\n")
    mailzone("check", "--changed", FILE, "notes.yaml", "gone.yaml", "--fix-only")

    assert zone.read_text() == SAFE
    assert (tmp_path / "notes.yaml").read_text() == "a: [1, 2]\n"


def test_the_result_does_not_depend_on_the_number_of_processes(mailzone: Run, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"z{number}.example.yaml").write_text(ZONE)
    alone = mailzone("check", "--diff", "--unsafe-fixes", "-j", "1")

    assert mailzone("check", "--diff", "--unsafe-fixes", "-j", "3") == alone
    assert alone.out.count("+++ ") == 6


_POLICY = "_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=%sx@b.example}\n"
_RECEIVING = "'':\n  - {type: MX, value: {preference: 10, exchange: mx.c.example.}}\n"
_SILENT = "'':\n  - {type: MX, value: {preference: 0, exchange: .}}\n  - {type: TXT, value: v=spf1 -all}\n"


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("scheme", ["", "mailto:"])
def test_a_fix_that_uncovers_an_error_is_made_with_that_ones_fix(
    mailzone: Run, tmp_path: Path, scheme: str, processes: str
) -> None:
    """Addresses get their scheme, and only then is it found that the other zone does not accept the reports."""
    names = [f"z{number}.example" for number in range(45)]
    for name in names:
        (tmp_path / f"{name}.yaml").write_text(_SILENT + _POLICY % scheme)
    other = tmp_path / "b.example.yaml"
    other.write_text(_RECEIVING)
    ran = mailzone("check", "--fix-only", "--unsafe-fixes", "-j", processes)

    assert ran.err == f"mailzone: {len(names) * (1 if scheme else 2)} findings fixed\n"
    assert all((tmp_path / f"{name}.yaml").read_text() == _SILENT + _POLICY % "mailto:" for name in names)
    assert all(f"{name}._report._dmarc:" in other.read_text() for name in names)
    assert mailzone("check", "--fix-only", "--unsafe-fixes").err == "mailzone: 0 findings fixed\n"


def test_a_fix_that_uncovers_an_error_without_a_fix_is_taken_back(mailzone: Run, tmp_path: Path) -> None:
    text = _SILENT + _POLICY % ""
    zone, other = tmp_path / "a.example.yaml", tmp_path / "b.example.yaml"
    zone.write_text(text)
    other.write_text(_RECEIVING + "a.example._report._dmarc: {type: TXT, value: no permission}\n")
    mailzone("check", "--fix-only", "--unsafe-fixes")

    assert zone.read_text() == text
