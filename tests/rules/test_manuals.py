"""Every rule's manual is true: its Bad examples yield exactly their marks, its Good ones nothing at all."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.config.load import load_profile, load_settings
from linter.config.settings import ActiveRules, Choice, Settings
from linter.finding import Finding
from linter.lookup.answer import Resolver
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.lookup.served import Served
from linter.lookup.served_recording import Replay
from linter.rules import pages, registry
from linter.rules.manual import Block, as_written, marks, sections
from linter.rules.rule import Rule
from linter.run.assembly import assemblies
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.files import files_by_view
from linter.source.text import Source

from .neighbours import Neighbours

ROOT = Path(__file__).parents[2]
RULES = registry.all_rules()


class Example(NamedTuple):
    rule: Rule
    heading: str
    number: int
    files: dict[str, str]
    config: str
    dns: str
    live: str

    def __str__(self) -> str:
        return f"{self.rule.name}-{self.heading}-{self.number}"


def examples(heading: str) -> tuple[Example, ...]:
    return tuple(each_example(heading))


def each_example(heading: str) -> Iterator[Example]:
    for rule in RULES:
        found = [each for each in sections(pages.manual(rule.name)) if each.heading == heading]
        for number, section in enumerate(found, 1):
            zones = [block for block in section.blocks if block.language == "yaml"]
            config = next((block.text for block in section.blocks if block.language == "config"), "")
            dns = next((block.text for block in section.blocks if block.language == "dns"), "")
            live = next((block.text for block in section.blocks if block.language == "live"), "")
            assert len(zones) == 1, f"{rule.name}: one yaml block under each heading"
            yield Example(rule, heading, number, zones[0].files(), config, dns, live)


def all_files(example: Example) -> dict[str, str]:
    """The files of an example, its configuration among them."""
    return {**example.files, ".mailzone.yaml": example.config}


def recorded(dns: str) -> tuple[Recorded, ...]:
    """What a `dns` block says about names that no file of the example declares."""
    if not dns:
        return ()
    recording = read_recording(Source("mailzone.lock", dns))
    assert recording.faults == ()
    return (Recorded([recording]),)


def served(live: str) -> Callable[[str], Served | None]:
    """What a `live` block says that the servers of the example's zones serve."""
    if not live:
        return lambda zone: None
    recording = read_recording(Source("live.yaml", live))
    assert recording.faults == ()
    return Replay(recording).of


def findings(example: Example, folder: Path, kind: type[Checker] = Checker) -> tuple[Finding, ...]:
    """Check an example's files as a repository of their own, under all rules there are."""
    for name, text in example.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(as_written(name, text))
    settings = Settings()
    if example.config:
        (folder / ".mailzone.yaml").write_text(example.config)
        settings = load_settings(str(folder / ".mailzone.yaml"))
    # A rule that is off everywhere but in its own manual is switched on for it.
    chosen = dict(settings.rules)
    if example.rule.severity == "off":
        chosen.setdefault(example.rule.name, Choice("warning"))
    rules = ActiveRules(load_profile("strict"), chosen, (), ())
    checker = kind(rules, settings)
    checker.served = served(example.live)
    paths = [str(folder / name) for name in example.files if name.endswith(".yaml")]
    beyond: tuple[Resolver, ...] = (*recorded(example.dns), Neighbours())
    assembly = next(iter(assemblies([str(folder)])), None)
    views = files_by_view(settings.views, settings.folder)
    checker.check(paths, Estate(paths, str(folder), beyond, assembly, bool(settings.zones), None, views))
    outcome = checker.outcome()
    assert not outcome.problems
    return outcome.findings


@pytest.mark.parametrize("example", examples("Bad"), ids=str)
def test_a_bad_example_yields_exactly_its_marks(example: Example, tmp_path: Path) -> None:
    expected = sorted((mark.file, mark.line, mark.rule or example.rule.name) for mark in marks(all_files(example)))

    found = findings(example, tmp_path)

    seen = [
        (os.path.relpath(each.span.source.path, tmp_path), each.span.source.position(each.span.start).line, each.rule)
        for each in found
    ]
    assert expected
    assert expected == sorted(seen), [each.message for each in found]


@pytest.mark.parametrize("example", examples("Bad"), ids=str)
def test_a_mark_quotes_the_message_or_the_help(example: Example, tmp_path: Path) -> None:
    found = findings(example, tmp_path)

    for mark in marks(all_files(example)):
        said = [
            f"{each.message} ({each.help})"
            for each in found
            if each.span.source.position(each.span.start).line == mark.line
            and each.span.source.path.endswith(mark.file)
        ]
        assert any(mark.words in words for words in said), f"{mark.words!r} is not in {said}"


@pytest.mark.parametrize("example", examples("Good"), ids=str)
def test_a_good_example_is_clean_under_all_rules(example: Example, tmp_path: Path) -> None:
    assert [f"{each.rule}: {each.message}" for each in findings(example, tmp_path)] == []


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
