"""Unified diffs: what `git apply` makes of one is the new text, and small files are told as difflib tells them."""

import difflib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.report import unified_diff
from linter.report.unified_diff import diff_lines

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "d\n", "\n", "e: f\n", "x\x0cy\n"]), max_size=30)
ENDS = st.sampled_from(["", "end", "end\n", "z"])


def as_difflib(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(unified_diff._lines(old), unified_diff._lines(new), "a/f.yaml", "b/f.yaml")
    found: list[str] = []
    for line in lines:
        found += [line.removesuffix("\n")] if line.endswith("\n") else [line, "\\ No newline at end of file"]
    return found


@settings(deadline=None)
@given(LINES, ENDS, LINES, ENDS)
def test_small_files_are_told_as_difflib_tells_them(old: list[str], end: str, new: list[str], last: str) -> None:
    before, after = "".join(old) + end, "".join(new) + last

    assert list(diff_lines("f.yaml", before, after)) == as_difflib(before, after)


def applied(folder: Path, old: str, new: str) -> str:
    (folder / "f.yaml").write_bytes(old.encode())
    told = "".join(f"{line}\n" for line in diff_lines("f.yaml", old, new))
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=told.encode(), cwd=folder, check=True, capture_output=True
    )
    return (folder / "f.yaml").read_bytes().decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("k: v\n" * 9000, "k: v\n" * 4000 + "k: w\n" + "k: v\n" * 4990),
        ("".join(f"{row}\n" for row in range(9000)), "".join(f"{row * (row % 2)}\n" for row in range(9000))),
        ("".join(f"{row}\n" for row in range(9000)), "".join(f"{row}\n" for row in range(9000) if row % 7)),
        ("".join(f"{row % 3}\n" for row in range(9000)), "0\n1\n2\n"),
        ("a\n" * 5000, "b\n" * 5000 + "c"),
        ("a\n" * 5000 + "end", "a\n" * 5000 + "end\n"),
    ],
)
def test_of_large_files_git_makes_the_new_text(tmp_path: Path, old: str, new: str) -> None:
    assert applied(tmp_path, old, new) == new


@settings(deadline=None, max_examples=60)
@given(LINES, ENDS, LINES, ENDS)
def test_the_walk_over_large_files_is_right_for_any_text(old: list[str], end: str, new: list[str], last: str) -> None:
    before, after = "".join(old) + end, "".join(new) + last
    blocks = list(unified_diff._walked(unified_diff._lines(before), unified_diff._lines(after)))
    lines, now = unified_diff._lines(before), unified_diff._lines(after)
    made: list[str] = []
    reached = 0
    for a, b, c, d in blocks:
        made += lines[reached:a] + now[c:d]
        reached = b
    assert made + lines[reached:] == now
