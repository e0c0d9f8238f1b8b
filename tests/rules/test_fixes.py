"""Which rules have fixes that are safe, and that pages are held to what the fixes of their Bad examples do."""

from functools import cache
from pathlib import Path

import pytest

from linter.rules import pages, registry
from linter.rules.manual import sections
from linter.rules.spf import ranges
from linter.run.examples import Example, examples_under, findings, untrue
from linter.zone.rewriting import rewrite_text

SAFE = {
    "record-duplicate",
    "semicolons-escaped-inconsistently",
    "spf-duplicate-term",
    "spf-host-bits-set",
    "spf-shadowed-term",
    "unused-ignore",
}
"""All else that the pages show changes what is served, and says how."""


@cache
def examples() -> tuple[Example, ...]:
    return tuple(
        each for rule in registry.all_rules() for each in examples_under("Bad", rule, sections(pages.manual(rule.name)))
    )


def test_only_fixes_that_change_nothing_for_receivers_are_safe(tmp_path: Path) -> None:
    fixes: dict[str, set[bool]] = {}
    for number, example in enumerate(examples()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for finding in findings(example, folder):
            if finding.fix is not None:
                fixes.setdefault(finding.rule, set()).add(finding.fix.is_safe)

    assert {rule for rule, are_safe in fixes.items() if True in are_safe} == SAFE
    assert len(fixes) > 25


@pytest.mark.parametrize(
    ("fix", "wrong"),
    [
        ("v=spf1 ip4:192.0.2.77/24 -all ", "is still found after its fix"),
        ("v=spf1 +all", "makes a finding of spf-pass-all"),
        ("\x07", "cannot be made"),
    ],
)
def test_a_page_with_an_untrue_fix_is_untrue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fix: str, wrong: str
) -> None:
    example = next(each for each in examples() if each.rule.name == "spf-host-bits-set")
    assert untrue(example, tmp_path) == []

    monkeypatch.setattr(
        ranges, "rewrite_text", lambda value, stretches: rewrite_text(value, [(0, len(value.text), fix)])
    )

    assert any(wrong in each for each in untrue(example, tmp_path))
