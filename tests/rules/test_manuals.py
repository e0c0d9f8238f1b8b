"""Every rule's manual is true: its Bad examples yield exactly their marks, its Good ones nothing at all."""

from functools import cache
from pathlib import Path

import pytest

from linter.rules import pages, registry
from linter.rules.manual import Block, sections
from linter.rules.rule import Rule
from linter.run.examples import Example, examples_under, untrue

ROOT = Path(__file__).parents[2]
RULES = registry.all_rules()


@cache
def examples(heading: str) -> tuple[Example, ...]:
    return tuple(each for rule in RULES for each in examples_under(heading, rule, sections(pages.manual(rule.name))))


@pytest.mark.parametrize("example", [*examples("Bad"), *examples("Good")], ids=str)
def test_an_example_is_true_under_all_rules(example: Example, tmp_path: Path) -> None:
    assert untrue(example, tmp_path) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_manual_has_a_fault_a_reason_and_both_examples(rule: Rule) -> None:
    manual = sections(pages.manual(rule.name))
    summary, _, reason = manual[0].prose.partition("\n")

    assert summary.endswith("."), "the first line is a sentence"
    assert len(summary) <= 110
    assert len(reason.strip()) > 80, "a paragraph says why it matters"
    assert {"Bad", "Good"} <= {section.heading for section in manual}


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(pages.names()) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_begins_with_the_name_of_its_rule(rule: Rule) -> None:
    text = (ROOT / "docs" / "rules" / f"{rule.name}.md").read_text()

    assert text.startswith(f"# {rule.name}\n\n")
    assert text.removeprefix(f"# {rule.name}\n").strip() == pages.manual(rule.name)


@pytest.mark.parametrize("module", registry.MODULES, ids=lambda module: module.path)
def test_a_module_is_loaded_wherever_one_of_its_rules_has_work(module: registry.Module) -> None:
    of_records = {"MX", "CNAME", "SRV", "TLSA"}
    wanted = {trigger for rule in registry.rules_of(module) for trigger in rule.when}

    assert wanted - of_records if "records" in wanted else wanted == set(module.when)
    assert wanted <= set(module.when) | (of_records if "records" in wanted else set())


def test_every_module_of_rules_is_registered() -> None:
    folder = ROOT / "linter" / "rules"
    declaring = {
        path.relative_to(folder).with_suffix("").as_posix().replace("/", ".")
        for path in folder.glob("*/*.py")
        if "\n@rule(" in path.read_text() or "\n@fault_rules(" in path.read_text()
    }

    assert declaring == {module.path for module in registry.MODULES}


def test_blocks_without_a_file_name_are_one_zone() -> None:
    assert Block("yaml", "a: b\n").files() == {"example.com.yaml": "a: b\n"}
