"""Every fix that a manual's Bad offers makes it as good as it says: its finding is gone, and nothing new is found."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from linter.edit.change import Edit, applied
from linter.edit.fixes import planned
from linter.finding import Finding
from linter.rules import pages, registry
from linter.rules.manual import sections
from linter.run.examples import Example, examples_under, findings

SAFE = frozenset(
    {
        "record-duplicate",
        "semicolons-escaped-inconsistently",
        "spf-duplicate-term",
        "spf-host-bits-set",
        "spf-shadowed-term",
        "unused-ignore",
    }
)
"""The rules all of whose fixes leave what is served as it is in meaning."""


@cache
def examples() -> tuple[Example, ...]:
    return tuple(
        each for rule in registry.all_rules() for each in examples_under("Bad", rule, sections(pages.manual(rule.name)))
    )


def key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.name, finding.message


def with_patches(finding: Finding, example: Example, folder: Path) -> Example:
    """The example with the fix of one of its findings."""
    files = dict(example.files)
    config = example.config
    assert finding.fix is not None
    by_file: dict[str, list[Edit]] = {}
    for patch in finding.fix.patches:
        by_file.setdefault(patch.path, []).append(Edit(patch.start, patch.end, patch.text))
    for path, edits in by_file.items():
        name = str(Path(path).relative_to(folder))
        text = applied(Path(path).read_text(), edits)
        if name == ".mailzone.yaml":
            config = text
        else:
            files[name] = text
    return example._replace(files=files, config=config)


@pytest.mark.parametrize("example", examples(), ids=str)
def test_a_fix_of_a_bad_example_makes_it_good(example: Example, tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    found = findings(example, folder)
    fixable = [finding for finding in found if finding.fix is not None]
    made = planned([finding.fix for finding in fixable if finding.fix is not None])
    for number, (finding, fix) in enumerate(zip(fixable, made, strict=True)):
        if fix is None:
            continue
        after_folder = tmp_path / str(number)
        after_folder.mkdir()
        patched = with_patches(finding._replace(fix=fix), example, folder)
        after = findings(patched, after_folder)
        now, before = Counter(map(key, after)), Counter(map(key, found))
        assert now[key(finding)] < before[key(finding)], (key(finding), fix.patches)
        new = [each for each in after if not before[key(each)]]
        assert [(key(each), key(finding)) for each in new] == []
        assert fix.is_safe or finding.rule not in SAFE
