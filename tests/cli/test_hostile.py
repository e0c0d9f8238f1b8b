"""Odd and hostile input gets a clear finding or status 2, never a traceback, a hang or a wrong "clean"."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, clean_environment, run_program

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("name", "octets", "rule"),
    [
        ("binary", bytes(range(256)) * 64, "yaml-syntax"),
        ("null-bytes", b"www:\n  type: A\n  value: 192.0.2.1\x00\n", "yaml-syntax"),
        ("utf-16", "www: {type: A, value: 192.0.2.1}\n".encode("utf-16"), "yaml-syntax"),
        ("latin-1", "www: {type: TXT, value: é}\n".encode("latin-1"), "yaml-syntax"),
        ("deep", b"[" * 50_000, "yaml-limits"),
        ("deep-mapping", b"{a: " * 50_000, "yaml-limits"),
        ("bomb", BOMB.encode(), "yaml-limits"),
        ("large", b"#" * (30 * 1024 * 1024), "yaml-limits"),
        ("unfinished", b"www: {type: A, value: [", "yaml-syntax"),
        ("tabs", b"www:\n\ttype: A\n", "yaml-syntax"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_a_zone_says_why(
    mailzone: Run, tmp_path: Path, name: str, octets: bytes, rule: str
) -> None:
    (tmp_path / f"{name}.example.yaml").write_bytes(octets)

    ran = mailzone("check", "-f", "json", f"{name}.example.yaml")

    findings = json.loads(ran.out)["findings"]
    assert [rule] == [finding["rule"] for finding in findings]
    assert (ran.status, ran.err) == (1, "")


@pytest.mark.parametrize("octets", [b"", b"# nothing\n", b"\n", b"---\n"])
def test_an_empty_file_that_is_named_is_no_clean_zone(mailzone: Run, tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "empty.example.yaml").write_bytes(octets)

    ran = mailzone("check", "empty.example.yaml")

    assert (ran.status, ran.err.startswith("mailzone: empty.example.yaml is not a zone")) == (2, True)


def test_a_pipe_is_refused_at_once(mailzone: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.example.yaml")

    ran = mailzone("check", "pipe.example.yaml")

    assert (ran.status, "is not a regular file" in ran.err) == (2, True)


def test_a_loop_of_links_is_refused(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").symlink_to("b.example.yaml")
    (tmp_path / "b.example.yaml").symlink_to("a.example.yaml")

    ran = mailzone("check", ".")

    assert (ran.status, "Traceback" in ran.err) == (2, False)
    assert "a.example.yaml" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file, so nothing is unreadable to it")
def test_an_unreadable_file_is_named(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("")
    (tmp_path / "a.yaml").chmod(0)

    ran = mailzone("check", "a.yaml")

    assert (ran.status, ran.err) == (2, "mailzone: cannot read a.yaml: permission denied\n")


@pytest.mark.parametrize(
    "value",
    [
        "v=spf1 " + "a " * 10_000 + "-all",
        "v=spf1 include:" + "a." * 30_000 + "example -all",
        "v=spf1 " + "%{" * 30_000,
        "v=DMARC1; " + "p=none;" * 9_000,
        "v=DMARC1; rua=" + "mailto:a@example.com," * 3_000,
        "v=DKIM1; p=" + "A" * 64_000,
        "v=DKIM1; " + ";" * 64_000,
        '"' * 64_000,
        "\\;" * 32_000,
        "v=spf1 😀 \u202e \u0000".replace("\u0000", "\ufffd"),
    ],
    ids=lambda value: value[:20],
)
def test_a_hostile_record_is_judged_like_any_other(mailzone: Run, tmp_path: Path, value: str) -> None:
    names = {"": value, "_dmarc": value, "selector._domainkey": value}
    zone = {name: {"type": "TXT", "value": text} for name, text in names.items()}
    (tmp_path / "hostile.example.yaml").write_text(json.dumps(zone))

    ran = mailzone("check", "hostile.example.yaml")

    assert ran.status in (0, 1)
    assert ran.err == ""


def test_memory_stays_bounded_on_an_alias_bomb(tmp_path: Path) -> None:
    (tmp_path / "bomb.example.yaml").write_text(BOMB)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29));"
    program = f"{limited} from linter.cli.main import main; sys.exit(main(['check', 'bomb.example.yaml']))"

    done = run_program(program, tmp_path)

    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("redirection", "status", "error"),
    [
        (">&-", 1, ""),
        (">&- 2>&-", 1, ""),
        ("| head -c 1 >&2", 1, "e"),
        (">/dev/full", 2, "mailzone: cannot write standard output: No space left on device\n"),
    ],
)
def test_output_that_nobody_takes(redirection: str, status: int, error: str, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text("a: {type: TXT, value: v=spf1 nclude:x.example -all}\n")
    script = f'set -o pipefail; "$0" -m linter check . {redirection}'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (status, error)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "command", ["check -f json", "spf example.com .", "rules", "explain spf-ptr", "schema zone", "explain 550 5.7.23"]
)
def test_a_full_disk_is_no_fault_of_the_tool(tmp_path: Path, command: str) -> None:
    (tmp_path / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")

    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "linter", *command.split()],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(),
            timeout=60,
            check=False,
        )

    expected = "mailzone: cannot write standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, expected)
