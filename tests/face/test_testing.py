"""What other people test their rules with: a module of rules with its pages beside it, written as they would."""

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from mailzone.testing import examples, untrue

MODULE = '''
"""Rules of the Acme company."""

from collections.abc import Iterator

from mailzone import MX, WARNING, Complaint, Facts, complaint, rule


@rule("acme-foreign-mx", WARNING, "Acme's handbook, page 12", when=MX)
def foreign_mx(facts: Facts) -> Iterator[Complaint]:
    for record in facts.records("MX"):
        for value in record.values:
            if not str(value).endswith("unreachable"):
                yield complaint(record.name_span, "mail leaves Acme", help="use Acme's hosts", at=record)
'''
PAGE = """# acme-foreign-mx

Mail of Acme is received elsewhere.

It must not be, as the handbook says on page 12.

## Bad

```yaml
"":  # <- mail leaves
  - {type: MX, value: {preference: 10, exchange: mx.example.net.}}
  - {type: TXT, value: v=spf1 mx -all}
s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:reports@acme-reports.org}
```

## Good

```yaml
"": {type: TXT, value: v=spf1 -all}
_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:reports@acme-reports.org}
```
"""
_NUMBERS = count()


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / f"acme{next(_NUMBERS)}"
    folder.mkdir()
    (folder / "__init__.py").write_text(MODULE)
    (folder / "acme-foreign-mx.md").write_text(PAGE)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    sys.modules.pop(folder.name, None)


def imported(folder: Path) -> ModuleType:
    return import_module(folder.name)


def lines(folder: Path, tmp_path: Path) -> list[str]:
    return [
        line for number, each in enumerate(examples(imported(folder))) for line in untrue(each, tmp_path / str(number))
    ]


def test_a_page_that_is_true(acme: Path, tmp_path: Path) -> None:
    assert [str(each) for each in examples(imported(acme))] == ["acme-foreign-mx-Bad-1", "acme-foreign-mx-Good-1"]
    assert lines(acme, tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("  # <- mail leaves", "", "unmarked finding of acme-foreign-mx"),
        ("mail leaves", "mail stays", "no finding of acme-foreign-mx with the words 'mail stays'"),
        ("p=reject; rua", "p=rejekt; rua", "unmarked finding of dmarc-invalid-value"),
        ("# <- mail", "# <- [spf-missing] mail", "no finding of spf-missing"),
    ],
)
def test_a_page_that_is_not_true(acme: Path, tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in PAGE
    (acme / "acme-foreign-mx.md").write_text(PAGE.replace(before, after))

    assert any(words in line for line in lines(acme, tmp_path))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (None, "acme-foreign-mx has no page"),
        (PAGE.partition("## Good")[0], "has no `## Good`"),
        (PAGE.replace("## Bad", "## Worse"), "has no `## Bad`"),
        (PAGE.replace("```yaml", "```text", 1), "expected one yaml block"),
    ],
)
def test_a_page_that_cannot_be_tested(acme: Path, page: str | None, words: str) -> None:
    if page is None:
        (acme / "acme-foreign-mx.md").unlink()
    else:
        (acme / "acme-foreign-mx.md").write_text(page)

    with pytest.raises(ValueError, match=words):
        examples(imported(acme))


def test_a_rule_that_fails_is_not_passed_over(acme: Path, tmp_path: Path) -> None:
    (acme / "__init__.py").write_text(MODULE.replace("str(value)", "value.nothing"))

    with pytest.raises(ValueError, match="has no attribute"):
        lines(acme, tmp_path)


def test_a_module_without_rules_tests_nothing() -> None:
    with pytest.raises(ValueError, match="declares no rule"):
        examples(import_module("mailzone"))
