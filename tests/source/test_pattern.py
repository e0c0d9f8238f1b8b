"""Patterns wait for their first use, and PyYAML's wait too."""

import re
import subprocess
import sys

import pytest

from linter.source.pattern import Pattern


def test_a_pattern_finds_what_the_compiled_one_finds() -> None:
    waiting, compiled = Pattern(r"(a+)b", re.IGNORECASE), re.compile(r"(a+)b", re.IGNORECASE)
    for _ in range(2):  # before and after its first use
        found = waiting.search("xAAb", 1)
        assert found is not None
        assert found.span(1) == (1, 3)
        assert waiting.sub("-", "ab aab") == compiled.sub("-", "ab aab")
        assert waiting.pattern == compiled.pattern


def test_a_pattern_has_no_other_methods() -> None:
    waiting = Pattern("a")
    with pytest.raises(AttributeError):
        _ = waiting.scanner  # type: ignore[attr-defined]
    assert waiting.match("a")
    with pytest.raises(AttributeError):
        _ = waiting.scanner  # type: ignore[attr-defined]


_CODE = """
import re
compiled = []
import re._compiler as compiler
compile_one = compiler.compile
compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or compile_one(pattern, flags)
compile_all = re.compile
import linter.source.yaml_reader
assert compiled == [], compiled
assert re.compile is compile_all
import yaml
assert yaml.safe_load("{a: 1, b: no, c: 2001-01-01, d: 1.5}")["b"] is False
assert yaml.safe_load("a: [1:20, 010, ~]") == {"a": [80, 8, None]}
assert len(compiled) > 2
"""


def test_pyyaml_compiles_its_patterns_when_it_uses_them() -> None:
    run = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
