"""A family is accepted wherever a rule is."""

from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.config.settings import ActiveRules, BadConfiguration, Settings
from tests.profiles import profile_of


def severities(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / ".mailzone.yaml").write_text(text)
    settings: Settings = load_settings(str(tmp_path / ".mailzone.yaml"))
    rules = ActiveRules(profile_of(settings.profile, settings.folder), settings.rules, (), ())
    return {each.rule.name: each.severity for each in rules.every()}


def test_a_family_is_switched_off_but_for_what_is_named(tmp_path: Path) -> None:
    found = severities(tmp_path, "rules: {spf: off, spf-ptr: error}\n")

    assert found["spf-ptr"] == "error"
    assert [name for name in found if name.startswith("spf-")] == ["spf-ptr"]


def test_a_family_of_names_that_begin_otherwise(tmp_path: Path) -> None:
    assert not {"srv-target-missing", "client-plaintext-only"} & severities(tmp_path, "rules: {clients: off}\n").keys()


def test_a_familys_severity_switches_nothing_on(tmp_path: Path) -> None:
    plain, found = severities(tmp_path, "rules: {}\n"), severities(tmp_path, "rules: {spf: warning}\n")

    assert found.keys() == plain.keys()
    assert {found[name] for name in found if name.startswith("spf-")} == {"warning"}


def test_a_family_goes_before_a_profile(tmp_path: Path) -> None:
    assert severities(tmp_path, "profile: strict\nrules: {mx: off}\n").get("mx-single-host") is None


def test_what_is_off_by_its_family_is_an_error_that_is_let_pass(tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text("rules: {mx: off, dkim: warning}\n")
    settings = load_settings(str(tmp_path / ".mailzone.yaml"))
    off, milder = ActiveRules(profile_of(settings.profile, ""), settings.rules).errors_let_pass()

    assert "mx-target-missing" in off
    assert "dkim-syntax" in milder


@pytest.mark.parametrize(("name", "meant"), [("spff", "`spf`"), ("dkmi", "`dkim`"), ("xyzzy", "")])
def test_a_word_that_is_neither(tmp_path: Path, name: str, meant: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        severities(tmp_path, f"rules: {{{name}: off}}\n")

    assert (f"did you mean {meant}?" in str(caught.value)) is bool(meant)
