"""What a help says to write, written in the manuals' Bad examples at the marked place, removes the finding."""

from pathlib import Path

import pytest

from linter.finding import Finding
from linter.records.text.fault import proposed
from linter.run.examples import Example, findings

from .test_manuals import examples


def keys(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in found]


@pytest.mark.parametrize("example", examples("Bad"), ids=str)
def test_what_a_help_says_to_write_removes_the_finding_and_makes_no_error(example: Example, tmp_path: Path) -> None:
    before = findings(example, tmp_path / "before")

    for number, finding in enumerate(before):
        written = proposed(finding.help)
        path = Path(finding.span.source.path)
        name = path.relative_to(tmp_path / "before").as_posix()
        if written is None or name not in example.files:
            continue
        text = finding.span.source.text
        changed = text[: finding.span.start] + written + text[finding.span.end :]
        after = findings(example._replace(files={**example.files, name: changed}), tmp_path / str(number))

        key = (finding.rule, finding.message)
        assert keys(after).count(key) < keys(before).count(key), changed
        end = finding.span.start + len(written)
        made = [each for each in after if each.span.end >= finding.span.start and each.span.start <= end]
        # What is wrong elsewhere may have been hidden by the fault that is gone.
        new = [each for each in made if each.severity == "error" and (each.rule, each.message) not in keys(before)]
        assert keys(tuple(new)) == [], changed
