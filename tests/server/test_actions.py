"""What is offered at a finding: its fix as edits of every file that it concerns."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from linter.finding import Finding
from linter.server.actions import fixes
from linter.source.text import Source, Span


class Patch(NamedTuple):
    """An edit as fixes have them."""

    path: str
    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """As much of a fix as is read."""

    why: str
    patches: tuple[Patch, ...]


class Fixable:
    """A finding that has a fix."""

    def __init__(self, finding: Finding, fix: Fix | None) -> None:
        self.rule, self.span, self.fix = finding.rule, finding.span, fix


def fixable(source: Source, fix: Fix | None) -> Any:
    found = Finding("spf-syntax", "error", "a fault", Span(source, 2, 3), "", "", (), "", "", "")
    return Fixable(found, fix)


@pytest.mark.parametrize(
    ("why", "title", "is_safe"),
    [("", "Fix spf-syntax", True), ("receivers read it", "Fix spf-syntax (receivers read it)", False)],
)
def test_a_fix_is_offered_with_what_it_changes(tmp_path: Path, why: str, title: str, is_safe: bool) -> None:
    other = tmp_path / "b.yaml"
    other.write_text("another")
    source = Source("a.yaml", "text")
    (offer,) = fixes(fixable(source, Fix(why, (Patch("a.yaml", 1, 2, "x"), Patch(str(other), 0, 1, "y")))), source)

    assert (offer.title, offer.is_safe) == (title, is_safe)
    own, elsewhere = offer.edits
    assert (own.source, own.start, own.end, own.text) == (source, 1, 2, "x")
    assert (elsewhere.source.text, elsewhere.span.text, elsewhere.text) == ("another", "a", "y")


@pytest.mark.parametrize("fix", [None, Fix("", ()), Fix("", (Patch("gone.yaml", 0, 1, "x"),))])
def test_what_cannot_be_made_is_not_offered(fix: Fix | None) -> None:
    source = Source("a.yaml", "text")

    assert list(fixes(fixable(source, fix), source)) == []
