"""Patterns wait for their first use."""

import re

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
