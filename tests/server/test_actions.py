"""What is offered at a finding: its fix as edits of every file that it concerns."""

from pathlib import Path

import pytest

from linter.config.load import load_profile
from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding, Fix, Patch
from linter.run.given_text import judged_alone
from linter.run.policy import Policy
from linter.server.actions import fixes
from linter.server.judge import with_edits
from linter.source.text import Source, Span


def fixable(source: Source, fix: Fix | None) -> Finding:
    found = Finding("spf-syntax", "error", "a fault", Span(source, 2, 3), "", "", (), "", "", "")
    return found._replace(fix=fix)


@pytest.mark.parametrize(
    ("why", "title", "is_safe"),
    [("", "Fix spf-syntax", True), ("receivers read it", "Fix spf-syntax (receivers read it)", False)],
)
def test_a_fix_is_offered_with_what_it_changes(tmp_path: Path, why: str, title: str, is_safe: bool) -> None:
    other = tmp_path / "b.yaml"
    other.write_text("another")
    source = Source("a.yaml", "text")
    (offer,) = fixes(
        fixable(source, Fix(why, patches=(Patch("a.yaml", 1, 2, "x"), Patch(str(other), 0, 1, "y")))), source
    )

    assert (offer.title, offer.is_safe) == (title, is_safe)
    own, elsewhere = offer.edits
    assert (own.source, own.start, own.end, own.text) == (source, 1, 2, "x")
    assert (elsewhere.source.text, elsewhere.span.text, elsewhere.text) == ("another", "a", "y")


@pytest.mark.parametrize("fix", [None, Fix(), Fix(patches=(Patch("gone.yaml", 0, 1, "x"),))])
def test_what_cannot_be_made_is_not_offered(fix: Fix | None) -> None:
    source = Source("a.yaml", "text")

    assert list(fixes(fixable(source, fix), source)) == []


def test_the_fix_of_a_real_finding_is_offered(tmp_path: Path) -> None:
    path = str(tmp_path / "example.com.yaml")
    text = "'':\n  type: TXT\n  value: v=spf1 ip4:192.0.2.1 ip4:192.0.2.1 -all\n"
    policy = Policy(Settings(), ActiveRules(load_profile("recommended"), only=("spf-duplicate-term",)))
    outcome = with_edits(judged_alone(path, Source(path, text), policy))
    (finding,) = outcome.findings
    (offer,) = fixes(finding, finding.span.source)
    (edit,) = offer.edits

    assert (offer.title, offer.is_safe) == ("Fix spf-duplicate-term", True)
    assert text[: edit.start] + edit.text + text[edit.end :] == text.replace(" ip4:192.0.2.1 -all", " -all")
