"""MTA-STS policy files are read by the domain they are for, from inside the repository, or refused at their place."""

import os
from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.config.settings import BadConfiguration, Settings
from linter.records.transport.mta_sts_policy_value import LARGEST

POLICY = "version: STSv1\nmode: enforce\nmx: mx.example.net\nmax_age: 604800\n"


def config(folder: Path, text: str) -> Settings:
    (folder / ".git").mkdir(exist_ok=True)
    (folder / ".mailzone.yaml").write_text(text)
    return load_settings(str(folder / ".mailzone.yaml"))


def refused(folder: Path, text: str) -> list[tuple[int, str, str]]:
    """(line, text there, message) of each mistake."""
    with pytest.raises(BadConfiguration) as caught:
        config(folder, text)
    return [
        (fault.span.source.position(fault.span.start).line, fault.span.text, fault.message)
        for fault in caught.value.faults
    ]


def test_policies_are_known_by_their_absolute_domain(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "one.txt").write_text(POLICY)

    found = config(tmp_path, "mta-sts:\n  Example.COM: p/one.txt\n  bücher.example.: ./p/../p/one.txt\n").mta_sts

    assert list(found) == ["example.com.", "xn--bcher-kva.example."]
    assert found["example.com."] is found["xn--bcher-kva.example."]
    assert found["example.com."].policy.mode == "enforce"
    assert found["example.com."].source.path == str(tmp_path / "p/one.txt")


@pytest.mark.parametrize("text", ["", "mta-sts: {}\n", "zones: ['*.yaml']\n"])
def test_without_policies_there_are_none(tmp_path: Path, text: str) -> None:
    assert config(tmp_path, text).mta_sts == {}


@pytest.mark.parametrize(
    ("entry", "there", "message"),
    [
        ("example.com: gone.txt", "gone.txt", "cannot read `gone.txt`: no such file or directory"),
        ("example.com: .git", ".git", "cannot read `.git`: is a directory"),
        ("example.com: ../x.txt", "../x.txt", "`../x.txt` lies outside the repository and is not read"),
        ("example.com: /etc/hostname", "/etc/hostname", "lies outside the repository"),
        ("example.com: link.txt", "link.txt", "lies outside the repository"),
        ("example.com: pipe", "pipe", "cannot read `pipe`: is not a regular file"),
        ('example.com: "a\\0b"', '"a\\0b"', "cannot read `a\\x00b`"),
        ("_mta-sts.example.com: p.txt", "_mta-sts.example.com", "is not the mail domain"),
        ("mta-sts.example.com: p.txt", "mta-sts.example.com", "is not the mail domain"),
        ("example: p.txt", "example", "`example` is not a mail domain"),
        ("a b.example: p.txt", "a b.example", "is not a mail domain"),
        ("192.0.2.1: p.txt", "192.0.2.1", "is not a mail domain"),
        ("EXAMPLE.com.: p.txt", "EXAMPLE.com.", "stands here twice"),
        ("example.net: 12", "12", "`12` is a whole number to YAML; expected text"),
        ("example.net: ''", "''", "expected the path of a policy file"),
        ("example.net: [p.txt]", "[p.txt]", "a list stands here; expected text"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_place(tmp_path: Path, entry: str, there: str, message: str) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (tmp_path / "x.txt").write_text(POLICY)
    (repository / "p.txt").write_text(POLICY)
    (repository / "link.txt").symlink_to(tmp_path / "x.txt")
    os.mkfifo(repository / "pipe")
    first = "" if entry.startswith("example.com") else "  example.com: p.txt\n"

    (found,) = refused(repository, f"mta-sts:\n{first}  {entry}\n")

    assert (found[0], found[1]) == (3 if first else 2, there)
    assert message in found[2]


def test_all_mistakes_are_told(tmp_path: Path) -> None:
    found = refused(tmp_path, "mta-sts:\n  a.example: gone\n  example: p\n  b.example: gone\n")

    assert [(line, there) for line, there, _ in found] == [(2, "gone"), (3, "example"), (4, "gone")]


@pytest.mark.parametrize(("size", "is_cut"), [(LARGEST, False), (LARGEST + 1, True), (LARGEST * 9, True)])
def test_no_more_is_read_than_senders_read(tmp_path: Path, size: int, is_cut: bool) -> None:
    (tmp_path / "p.txt").write_text((POLICY + "mx: a.example.net\n" * size)[:size])

    file = config(tmp_path, "mta-sts: {example.com: p.txt}\n").mta_sts["example.com."]

    assert file.is_cut is is_cut
    assert len(file.source.text) == LARGEST
    assert file.policy.mx[-1].text == "a.example.net"


def test_a_policy_that_is_not_utf_8_is_read_with_its_faults(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes(POLICY.replace("mx.", "m\u00fcx.").encode("latin-1"))
    (tmp_path / "q.txt").write_bytes(POLICY.encode("utf-16"))

    found = config(tmp_path, "mta-sts: {example.com: p.txt, example.net: q.txt}\n").mta_sts

    assert all(file.policy.faults for file in found.values())
