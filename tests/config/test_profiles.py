"""Profiles extend one another, the nearer one winning, within bounds; every mistake in one has its place."""

from pathlib import Path
from typing import NamedTuple

import pytest

from linter.config import options
from linter.config.load import load_profile, load_settings
from linter.config.profiles import PROFILES
from linter.config.settings import ActiveRules, BadConfiguration, Choice
from linter.facts.allowed import Allowed, Listed
from linter.rules.rule import Rule
from linter.source.inputs import shipped

# Three rules whose names are contracts; what they judge does not matter here.
ONE, TWO, THREE = "yaml-syntax", "zone-value-shape", "not-a-zone"
SEVERITIES = "expected one of `error`, `warning`, `info`, `off`"
LISTED = ", ".join(f"`{name}`" for name in PROFILES)


class Limits(NamedTuple):
    """Options of a rule made up for these tests."""

    most_terms: int = 10
    greeting: str = "hello"
    strict: bool = False
    share: float = 0.5


@pytest.fixture
def rule_with_options(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule(ONE, "error", lambda _: (), "", (), options=Limits)
    monkeypatch.setattr(options, "rule_named", lambda name: rule if name == ONE else None)


def profile(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)


@pytest.mark.parametrize(
    "path", sorted(Path(shipped("policies", "profiles")).glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_profile_that_comes_along_is_what_its_file_says(path: Path) -> None:
    named = load_profile(path.stem)

    assert named.name == path.stem
    assert named == load_profile(path.name, str(path.parent))._replace(name=path.stem)


def test_the_minimal_profile_switches_all_but_errors_off() -> None:
    active = ActiveRules(load_profile("minimal"), {}, (), ())

    assert {each.severity for each in active.every()} == {"error"}


def test_a_profile_extends_another_and_wins(tmp_path: Path) -> None:
    profile(tmp_path, "base.yaml", f"floor: warning\nrules: {{{ONE}: info, {TWO}: {{severity: info}}}}\n")
    profile(tmp_path, "middle.yaml", f"extends: base.yaml\nrules: {{{THREE}: error}}\n")
    profile(tmp_path, "team.yaml", f"extends: ./middle.yaml\nfloor: info\nrules: {{{ONE}: off}}\n")

    found = load_profile("team.yaml", str(tmp_path))

    assert (found.name, found.floor) == ("team.yaml", "info")
    assert {name: choice.severity for name, choice in found.rules.items()} == {ONE: "off", TWO: "info", THREE: "error"}
    assert load_profile("middle.yaml", str(tmp_path)).floor == "warning"


@pytest.mark.usefixtures("rule_with_options")
def test_options_and_severity_of_one_rule_may_come_from_two_profiles(tmp_path: Path) -> None:
    base = f"rules: {{{ONE}: {{severity: warning, options: {{greeting: hi, strict: true}}}}}}\n"
    profile(tmp_path, "base.yaml", base)
    profile(tmp_path, "a.yaml", f"extends: base.yaml\nrules: {{{ONE}: info}}\n")
    profile(tmp_path, "b.yaml", f"extends: base.yaml\nrules: {{{ONE}: {{options: {{greeting: ho}}}}}}\n")

    assert load_profile("a.yaml", str(tmp_path)).rules[ONE] == Choice("info", {"greeting": "hi", "strict": True})
    assert load_profile("b.yaml", str(tmp_path)).rules[ONE] == Choice("warning", {"greeting": "ho", "strict": True})


def test_the_path_of_an_extended_profile_counts_from_the_one_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    profile(tmp_path, "policies/team.yaml", "extends: base.yml\n")
    profile(tmp_path, "policies/base.yml", f"extends: recommended\nrules: {{{ONE}: info}}\n")

    assert load_profile("policies/team.yaml", str(tmp_path)).rules[ONE].severity == "info"
    profile(tmp_path, "config.yaml", "profile: policies/team.yaml\n")
    assert load_settings(str(tmp_path / "config.yaml")).profile == "policies/team.yaml"


@pytest.mark.parametrize(
    ("text", "there", "message"),
    [
        ("extends: team.yaml", "team.yaml", "the profile `team.yaml` extends itself"),
        ("extends: ./team.yaml", "./team.yaml", "the profile `team.yaml` extends itself"),
        ("extends: other.yaml", "team.yaml", "the profile `team.yaml` extends itself"),
        ("extends: none.yaml", "none.yaml", "there is no file `"),
        (
            "extends: strikt",
            "strikt",
            f"there is no profile `strikt`; expected one of {LISTED}; did you mean `strict`?",
        ),
        ("extends: [strict]", "[strict]", "a list is here; expected text"),
        ("floor: off", "off", "`off` is unknown; expected one of `error`, `warning`, `info`"),
        ("zones: []", "zones", "`zones` is unknown; expected one of `description`, `extends`, `floor`, `rules`"),
        (f"rules: {{{ONE}: eror}}", "eror", f"`eror` is unknown; {SEVERITIES}"),
        (f"rules: {{{ONE}: {{options: {{x: 1}}}}}}", "x", f"`x` is not an option of `{ONE}`; it has none"),
        ("description: 1", "1", "`1` is a whole number to YAML; expected text"),
    ],
)
def test_a_mistake_in_a_profile_is_told_at_its_place(tmp_path: Path, text: str, there: str, message: str) -> None:
    profile(tmp_path, "team.yaml", text)
    profile(tmp_path, "other.yaml", "extends: team.yaml")

    with pytest.raises(BadConfiguration) as caught:
        load_profile("team.yaml", str(tmp_path))

    (fault,) = caught.value.faults
    assert fault.span.text == there
    assert fault.message.startswith(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("strikt", f"there is no profile `strikt`; expected one of {LISTED}; did you mean `strict`?"),
        ("zzz", f"there is no profile `zzz`; expected one of {LISTED}"),
        ("none.yaml", "there is no file `none.yaml`"),
        ("a/b", "there is no file `a/b`"),
        ("x\0.yaml", "there is no file `"),
    ],
)
def test_a_name_that_is_no_profile_is_told(name: str, message: str) -> None:
    with pytest.raises(LookupError) as caught:
        load_profile(name)

    assert str(caught.value.args[0]).startswith(message)


@pytest.mark.parametrize("name", ["/etc/hosts", "../secret.yaml", "link.yaml", "sub/../../secret.yaml"])
def test_a_document_names_no_profile_outside_its_repository(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yaml").write_text("secret")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "sub").mkdir()
    (repository / "link.yaml").symlink_to("../secret.yaml")

    profile(repository, "config.yaml", f"profile: {name}\n")
    profile(repository, "team.yaml", f"extends: {name}\n")

    with pytest.raises(BadConfiguration) as from_config:
        load_settings(str(repository / "config.yaml"))
    with pytest.raises(BadConfiguration) as from_profile:
        load_profile("team.yaml", str(repository))

    for caught in (from_config, from_profile):
        (fault,) = caught.value.faults
        assert (fault.span.text, fault.message) == (name, f"`{name}` lies outside the repository and is not read")


def test_a_configuration_in_a_folder_may_name_a_profile_elsewhere_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "zones").mkdir()
    profile(tmp_path, "team.yaml", "floor: error\n")

    profile(tmp_path / "zones", "config.yaml", "profile: ../team.yaml\n")
    assert load_settings(str(tmp_path / "zones" / "config.yaml")).profile == "../team.yaml"


def allowing(folder: Path, text: str) -> Allowed | None:
    (folder / "house.yaml").write_text(text)
    return load_profile("./house.yaml", str(folder)).allowed


def test_what_a_profile_allows_is_read_in_the_form_in_which_it_is_compared(tmp_path: Path) -> None:
    found = allowing(
        tmp_path,
        "allowed:\n  mx: [MX1.Example.NET., '*.bücher.example']\n"
        "  rua: ['mailto:Dmarc@example.com']\n  reason: page 4\n",
    )

    assert found is not None
    assert found.mx == Listed(("mx1.example.net", "*.xn--bcher-kva.example"), "house.yaml", "page 4")
    assert found.rua == Listed(("dmarc@example.com",), "house.yaml", "page 4")
    assert (found.includes, found.selectors, found.systems) == (None, None, None)


def test_a_list_takes_the_place_of_the_one_that_is_extended_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "wide.yaml").write_text("allowed: {mx: [a.example, b.example], selectors: [s1], reason: wide}\n")
    found = allowing(tmp_path, "extends: ./wide.yaml\nallowed: {mx: [a.example]}\n")

    assert found is not None
    assert found.mx == Listed(("a.example",), "house.yaml")
    assert found.selectors == Listed(("s1",), "wide.yaml", "wide")


def test_what_is_not_allowed_is_reported_below_any_floor_and_a_choice_stays(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("extends: minimal\nallowed: {mx: [a.example]}\n")
    assert load_profile("./house.yaml", str(tmp_path)).rules["policy"] == Choice("warning")

    (tmp_path / "house.yaml").write_text("extends: minimal\nallowed: {mx: [a.example]}\nrules: {policy: error}\n")
    assert load_profile("./house.yaml", str(tmp_path)).rules["policy"] == Choice("error")
    assert "policy" not in load_profile("minimal").rules


@pytest.mark.parametrize(
    ("text", "there", "message", "help_"),
    [
        ("allowed: {mxs: [a.example]}", "mxs", "did you mean `mx`?", ""),
        ("allowed: {mx: a.example}", "a.example", "`a.example` is not a list", ""),
        ("allowed: {mx: ['https://a.example/']}", "'https://a.example/'", "not a host name", "write `a.example`"),
        ("allowed: {mx: [a b]}", "a b", "`a b` is not a host name", ""),
        ("allowed: {includes: ['include:a.example']}", "'include:a.example'", "is not a name", "write `a.example`"),
        ("allowed: {rua: [dmarc]}", "dmarc", "`dmarc` is not an address", ""),
        ("allowed: {selectors: [s1._domainkey]}", "s1._domainkey", "is not a selector", "write `s1`"),
        ("allowed: {systems: [' ']}", "' '", "is not a name", ""),
        (
            "allowed: {mx: [" + "a.example, " * 1000 + "b.example]}",
            "b.example",
            "more than 1,000 entries",
            "write globs",
        ),
    ],
)
def test_an_entry_that_can_never_be_met_is_told(
    tmp_path: Path, text: str, there: str, message: str, help_: str
) -> None:
    with pytest.raises(BadConfiguration) as caught:
        allowing(tmp_path, text)

    (fault,) = caught.value.faults
    assert fault.span.text == there
    assert message in fault.message
    assert help_ in fault.help
