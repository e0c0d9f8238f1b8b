"""The rules that the documents show, written into a folder as they are, are true by their own pages."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from mailzone.testing import examples, untrue

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"<!-- rule -->\n```python\n(.*?)```\n", re.DOTALL)
PAGE = re.compile(r"<!-- page -->\n````markdown\n(.*?)````\n", re.DOTALL)


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/extending.md"])
def test_a_rule_that_is_shown_works(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / document).read_text()
    (function,), (page,) = SHOWN.findall(text), PAGE.findall(text)
    name = f"shown_in_{Path(document).stem.lower()}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(function)
    rule = page.partition("\n")[0].removeprefix("# ")
    (tmp_path / name / f"{rule}.md").write_text(page)
    monkeypatch.syspath_prepend(str(tmp_path))
    module = import_module(name)
    try:
        found = examples(module)
        said = [line for number, each in enumerate(found) for line in untrue(each, tmp_path / str(number))]
    finally:
        sys.modules.pop(name)

    assert ([each.heading for each in found], said) == (["Bad", "Good"], [])
