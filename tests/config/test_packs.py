"""The packs that come along extend the recommended profile, and each of their settings says who asks for it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.config.load import load_profile
from linter.config.settings import ActiveRules
from linter.rules.registry import all_rules
from linter.source.inputs import shipped

FOLDER = Path(shipped("policies", "profiles"))
BUILT_IN = ("minimal", "recommended", "strict")
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.yaml")) if path.stem not in BUILT_IN}
PACKS: dict[str, dict[str, Any]] = {name: yaml.safe_load(path.read_text()) for name, path in FILES.items()}
SOURCES = tuple(yaml.safe_load((FOLDER.parent / "sources.yaml").read_text()))
MILDER = {"off": 3, "info": 2, "warning": 1, "error": 0}


def test_the_packs_of_receivers_and_governments_come_along() -> None:
    expected = {"bulk-sender", "cisa-bod-18-01", "uk-gov", "nl-internet", "bsi-tr-03182", "m3aawg-parked"}

    assert expected <= set(PACKS)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_can_be_read_and_extends_the_recommended_profile(name: str) -> None:
    assert PACKS[name]["extends"] == "recommended"
    assert PACKS[name]["description"]
    assert set(load_profile(name).rules) == set(PACKS[name]["rules"])


@pytest.mark.parametrize("name", PACKS)
def test_every_setting_cites_a_source_that_is_explained(name: str) -> None:
    for rule, choice in PACKS[name]["rules"].items():
        reason = choice["reason"]
        known = any(re.match(rf"{re.escape(each)}: ?", reason) for each in SOURCES)
        assert known or re.match(r"RFC [0-9]+ section [0-9.]+: ", reason), (rule, reason)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_asks_for_more_than_the_profile_it_extends(name: str) -> None:
    usual = {rule.name: rule.severity for rule in all_rules()}
    active = {each.rule.name: each.severity for each in ActiveRules(load_profile(name)).every()}

    for rule, choice in PACKS[name]["rules"].items():
        chosen = "off" if choice["severity"] is False else choice["severity"]
        assert active.get(rule, "off") == chosen
        assert MILDER[chosen] <= MILDER[usual[rule]] or chosen == "off"
