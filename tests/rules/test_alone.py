"""Rules that are said to judge their zone alone never lead elsewhere, and without them no finding is lost."""

from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.config.settings import ActiveRule, ActiveRules, Choice, Settings
from linter.facts.facts import Facts
from linter.facts.triggers import Trigger
from linter.finding import Complaint
from linter.rules import alone
from linter.rules.registry import all_rules
from linter.run.check import Checker
from linter.run.dependents import Checked
from linter.run.estate import Estate
from linter.run.examples import Example, Neighbours, findings
from tests.profiles import built_in

from .test_manuals import examples
from .test_triggers import FOLDERS, told


class Strayed(BaseException):
    """A rule leads elsewhere that must not; no crash of a rule, which a checker would note and go on."""


class Watched(Checker):
    """Ends where a rule that is said to judge its zone alone has a related place outside the files of that zone."""

    def _hear(self, active: ActiveRule, complaint: Complaint, facts: Facts, about: Checked | None) -> None:
        own = facts.zone.sources
        strange = {each.span.source.path for each in complaint.related} - {source.path for source in own}
        if strange and active.rule.name in alone.ALONE and not any("!" in source.text for source in own):
            raise Strayed(active.rule.name, facts.zone.name, strange)
        super()._hear(active, complaint, facts, about)


class Unmarked(Checker):
    """Runs all rules over zones that were not named, too."""

    def judge(self, facts: Facts, about: Checked | None = None, present: frozenset[Trigger] | None = None) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Checked, "is_apart", lambda *_: False)
            super().judge(facts, about, present)


def checked(folder: Path, paths: list[str], named: str, kind: type[Checker]) -> list[str]:
    """What is found where one file of a folder is named, under all rules."""
    config = folder / ".mailzone.yaml"
    found = load_settings(str(config)) if config.exists() else Settings()
    checker = kind(ActiveRules(built_in("strict"), {rule.name: Choice("warning") for rule in all_rules()}), found)
    checker.check([named], Estate(paths, str(folder), (Neighbours(),)))
    assert not checker.outcome().crashes
    return told(checker.outcome().findings)


def assert_nothing_is_lost(folder: Path, most: int) -> None:
    """Whichever file is named, or each of as many as may be."""
    paths = sorted(str(path) for path in folder.rglob("*.yaml") if path.name != ".mailzone.yaml")
    for named in paths[:: len(paths) // most + 1]:
        assert checked(folder, paths, named, Watched) == checked(folder, paths, named, Unmarked), named


@pytest.mark.parametrize("example", [*examples("Bad"), *examples("Good")], ids=str)
def test_in_every_manual(example: Example, tmp_path: Path) -> None:
    findings(example, tmp_path, Watched)

    if len(example.files) > 1:
        assert_nothing_is_lost(tmp_path, len(example.files))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_in_every_example_and_corpus(folder: Path) -> None:
    assert_nothing_is_lost(folder, 12)


def test_a_wrong_mark_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests above are worth."""
    (tmp_path / "a.example.yaml").write_text("'': {type: MX, value: {preference: 10, exchange: mx.b.example.}}\n")
    (tmp_path / "b.example.yaml").write_text("www: {type: A, value: 50.0.0.1}\n")
    assert_nothing_is_lost(tmp_path, 2)

    monkeypatch.setattr(alone, "ALONE", alone.ALONE | {"mx-target-missing"})

    with pytest.raises(Strayed, match="mx-target-missing"):
        assert_nothing_is_lost(tmp_path, 2)
    a, b = (str(tmp_path / f"{name}.example.yaml") for name in "ab")
    assert checked(tmp_path, [a, b], b, Checker) != checked(tmp_path, [a, b], b, Unmarked)
