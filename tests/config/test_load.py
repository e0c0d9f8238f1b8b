"""A configuration is read or refused with the place of every mistake; profiles extend one another, in bounds."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from linter.config import options
from linter.config.load import find_config, load_settings
from linter.config.profiles import PROFILES
from linter.config.right_forms import FORMS
from linter.config.settings import BadConfiguration, Choice, Settings
from linter.rules.rule import Rule
from linter.source.file import Unreadable
from linter.source.text import Position

# Three rules whose names are contracts; what they judge does not matter here.
ONE, TWO, THREE = "yaml-syntax", "zone-value-shape", "not-a-zone"


def config(folder: Path, text: str) -> Settings:
    (folder / ".mailzone.yaml").write_text(text)
    return load_settings(str(folder / ".mailzone.yaml"))


def refused(folder: Path, text: str) -> list[tuple[Position, str, str, str]]:
    """(line and column, text there, message, help) of each mistake."""
    with pytest.raises(BadConfiguration) as caught:
        config(folder, text)
    return [
        (fault.span.source.position(fault.span.start), fault.span.text, fault.message, fault.help)
        for fault in caught.value.faults
    ]


def test_all_of_a_configuration_is_read(tmp_path: Path) -> None:
    text = f"""
zones: [zones/*.yaml, "**/x.yaml"]
profile: strict
rules:
  {ONE}: warning
  {TWO}: {{severity: info, options: {{}}}}
  {THREE}: off
dns: {{target-dots: optional, cname-flattening: true}}
"""
    found = config(tmp_path, text)

    assert (found.path, found.folder) == (str(tmp_path / ".mailzone.yaml"), str(tmp_path))
    assert (found.zones, found.profile) == (("zones/*.yaml", "**/x.yaml"), "strict")
    assert found.rules == {ONE: Choice("warning"), TWO: Choice("info", {}), THREE: Choice("off")}
    assert (found.publishing.target_dots, found.publishing.cname_flattening) == ("optional", True)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}", "~"])
def test_an_empty_configuration_says_nothing(tmp_path: Path, text: str) -> None:
    found = config(tmp_path, text)

    assert (found.zones, found.profile, found.rules) == ((), "recommended", {})
    assert (found.publishing.target_dots, found.publishing.cname_flattening) == ("", None)


@pytest.mark.parametrize("written", ["off", "Off", "no", "false", "'off'"])
@pytest.mark.parametrize("form", ["{}", "{{severity: {}}}"])
def test_off_needs_no_quotes(tmp_path: Path, form: str, written: str) -> None:
    assert config(tmp_path, f"rules: {{{ONE}: {form.format(written)}}}").rules[ONE].severity == "off"


def test_anchors_and_merges_work_here_too(tmp_path: Path) -> None:
    found = config(tmp_path, f"rules:\n  {ONE}: &soft {{severity: info}}\n  {TWO}: *soft\n  {THREE}: {{<<: *soft}}\n")

    assert {choice.severity for choice in found.rules.values()} == {"info"}


LISTED = ", ".join(f"`{name}`" for name in PROFILES)
SEVERITIES = "expected one of `error`, `warning`, `info`, `off`"


@pytest.mark.parametrize(
    ("text", "place", "there", "message", "way_out"),
    [
        (
            "zone: [a]",
            (1, 1),
            "zone",
            "`zone` is unknown; expected one of `zones`, `exclude`, `views`, `internal`, `compare`, `profile`, "
            "`rules`, `lock`, `dns`, `mta-sts`, `systems`, `providers`, `mail`, `fail-on`, `select`, `ignore`, "
            "`answers`, `baseline`, `overrides`; did you mean `zones`?",
            "",
        ),
        ("zones: a", (1, 8), "a", "`a` is not a list", ""),
        ("zones:\n- a\n- 1\n", (3, 3), "1", "`1` is a whole number to YAML; expected text", "put it in quotes"),
        ("zones:", (1, 7), "", "empty value; expected a list", ""),
        ("profile: 1", (1, 10), "1", "`1` is a whole number to YAML; expected text", "put it in quotes"),
        ("profile: [strict]", (1, 10), "[strict]", "a list is here; expected text", ""),
        (
            "profile: recomended",
            (1, 10),
            "recomended",
            f"there is no profile `recomended`; expected one of {LISTED}; did you mean `recommended`?",
            "",
        ),
        ("rules: [a]", (1, 8), "[a]", "a list is here; expected a mapping", ""),
        ("rules:", (1, 7), "", "empty value; expected a mapping", ""),
        (
            f"rules:\n  {ONE}: eror\n",
            (2, 16),
            "eror",
            f"`eror` is unknown; {SEVERITIES}; did you mean `error`?",
            "",
        ),
        (f"rules:\n  {ONE}: on\n", (2, 16), "on", f"`on` is unknown; {SEVERITIES}", ""),
        (f"rules:\n  {ONE}: 1\n", (2, 16), "1", f"`1` is unknown; {SEVERITIES}", ""),
        (f"rules:\n  {ONE}: [error]\n", (2, 16), "[error]", "a list is here; expected a mapping or text", ""),
        (f"rules:\n  {ONE}:\n", (2, 15), "", f"empty value; {SEVERITIES}", ""),
        (
            f"rules:\n  {ONE}:\n    severty: error\n",
            (3, 5),
            "severty",
            "`severty` is unknown; expected one of `severity`, `options`; did you mean `severity`?",
            "",
        ),
        (
            f"rules:\n  {ONE}:\n    severity: ERROR\n",
            (3, 15),
            "ERROR",
            f"`ERROR` is unknown; {SEVERITIES}; did you mean `error`?",
            "",
        ),
        (f"rules: {{{ONE}: {{options: 1}}}}", (1, 32), "1", "`1` is not a mapping", ""),
        (f"rules: {{{ONE}: {{options: {{x: 1}}}}}}", (1, 33), "x", f"`x` is not an option of `{ONE}`; it has none", ""),
        ("dns: x", (1, 6), "x", "`x` is not a mapping", ""),
        (
            "dns: {target-dot: optional}",
            (1, 7),
            "target-dot",
            "`target-dot` is unknown; expected one of `target-dots`, `cname-flattening`; did you mean `target-dots`?",
            "",
        ),
        (
            "dns: {target-dots: no}",
            (1, 20),
            "no",
            "`no` is unknown; expected one of `required`, `optional`",
            "",
        ),
        ("dns: {cname-flattening: 1}", (1, 25), "1", "`1` is not `true` or `false`", ""),
        (
            "dns: {cname-flattening: 'true'}",
            (1, 25),
            "'true'",
            "`true` is text to YAML; expected `true` or `false`",
            "take the quotes away",
        ),
        ("lock: [a]", (1, 7), "[a]", "a list is here; expected text", ""),
        ("lock: ../x.lock", (1, 7), "../x.lock", "`../x.lock` lies outside the repository", ""),
        ("lock: /etc/passwd", (1, 7), "/etc/passwd", "`/etc/passwd` lies outside the repository", ""),
        ('lock: "a\\0b"', (1, 7), '"a\\0b"', "`a\\x00b` lies outside the repository", ""),
        ("[a]", (1, 1), "[a]", "a list is here; expected a mapping", ""),
        ("text", (1, 1), "text", "`text` is not a mapping", ""),
    ],
)
def test_a_mistake_is_told_at_its_place(
    tmp_path: Path, text: str, place: tuple[int, int], there: str, message: str, way_out: str
) -> None:
    told = [
        (*found[:3], "" if found[3].startswith("the right form is ") else found[3]) for found in refused(tmp_path, text)
    ]
    assert told == [(place, there, message, way_out)]


@pytest.mark.parametrize("form", [form for key, form in FORMS.items() if key not in ("extends", "lock", "mta-sts")])
def test_the_right_form_of_an_entry_is_one_that_is_read(tmp_path: Path, form: str) -> None:
    (tmp_path / ".mailzone.yaml").write_text(f"{form}\n")

    load_settings(str(tmp_path / ".mailzone.yaml"))


def test_a_rule_that_does_not_exist_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    ((place, there, message, _),) = refused(tmp_path, "rules:\n  yaml-sintax: off\n")

    assert (place, there) == ((2, 3), "yaml-sintax")
    assert message.startswith("`yaml-sintax` is unknown; expected one of `yaml-syntax`, ")
    assert message.endswith("; did you mean `yaml-syntax`?")


def test_all_mistakes_are_told(tmp_path: Path) -> None:
    text = f"zonse: []\nprofile: 1\nrules: {{{ONE}: eror, {TWO}: {{severity: x}}}}\ndns: {{target-dots: x}}\n"

    assert [there for _, there, _, _ in refused(tmp_path, text)] == ["zonse", "1", "eror", "x", "x"]


@pytest.mark.parametrize(
    ("text", "there"), [("rules: {\n", ""), ("zones: []\nzones: []\n", "zones"), ("a: *b\n", "*b"), ("\tx", "\t")]
)
def test_what_is_no_yaml_is_told_at_its_place(tmp_path: Path, text: str, there: str) -> None:
    assert [found for _, found, _, _ in refused(tmp_path, text)] == [there]


def test_octets_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_bytes(b"zones: [\xff]")

    with pytest.raises(BadConfiguration, match="0xff is not UTF-8"):
        load_settings(str(tmp_path / ".mailzone.yaml"))


def test_a_configuration_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        load_settings(str(tmp_path / "none.yaml"))


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


@pytest.mark.usefixtures("rule_with_options")
def test_options_of_a_rule_are_kept(tmp_path: Path) -> None:
    written = {"most-terms": 5, "greeting": "hi", "strict": True, "share": 1}

    assert config(tmp_path, yaml.safe_dump({"rules": {ONE: {"options": written}}})).rules[ONE] == Choice(None, written)


@pytest.mark.usefixtures("rule_with_options")
@pytest.mark.parametrize(
    ("text", "there", "message"),
    [
        (
            "most-term: 1",
            "most-term",
            f"`most-term` is not an option of `{ONE}`; expected one of `most-terms`, `greeting`, `strict`, `share`; "
            "did you mean `most-terms`?",
        ),
        (
            "most_terms: 1",
            "most_terms",
            f"`most_terms` is not an option of `{ONE}`; expected one of `most-terms`, `greeting`, `strict`, `share`; "
            "did you mean `most-terms`?",
        ),
        ("most-terms: '1'", "'1'", f"`most-terms` of `{ONE}` must be a whole number"),
        ("most-terms: true", "true", f"`most-terms` of `{ONE}` must be a whole number"),
        ("most-terms: 1.5", "1.5", f"`most-terms` of `{ONE}` must be a whole number"),
        ("greeting: 1", "1", f"`greeting` of `{ONE}` must be text"),
        ("greeting: [a]", "[a]", f"`greeting` of `{ONE}` must be text"),
        ("strict: 1", "1", f"`strict` of `{ONE}` must be `true` or `false`"),
        ("share: many", "many", f"`share` of `{ONE}` must be a number"),
        ("share:", "", f"`share` of `{ONE}` must be a number"),
    ],
)
def test_a_mistake_in_an_option_is_told_at_its_place(tmp_path: Path, text: str, there: str, message: str) -> None:
    ((_, found, said, _),) = refused(tmp_path, f"rules:\n  {ONE}:\n    options:\n      {text}\n")

    assert (found, said) == (there, message)


def test_the_nearest_configuration_upward_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / ".mailzone.yaml").write_text("")
    monkeypatch.chdir(tmp_path / "a")

    assert find_config("") == ".mailzone.yaml"
    assert find_config(".") == ".mailzone.yaml"
    assert find_config("b/c") == ".mailzone.yaml"
    assert find_config(str(tmp_path / "a" / "b")) == str(tmp_path / "a" / ".mailzone.yaml")
    # Behind a link, `..` leads elsewhere than the spelling says.
    (tmp_path / "z" / "y").mkdir(parents=True)
    (tmp_path / "z" / ".mailzone.yaml").write_text("")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "z" / "y")
    assert find_config("link") == "link/../.mailzone.yaml"
    monkeypatch.chdir(tmp_path / "a" / "b" / "c")
    assert Path(find_config("")).samefile(tmp_path / "a" / ".mailzone.yaml")


def test_where_there_is_no_configuration_none_is_found(tmp_path: Path) -> None:
    assert find_config(str(tmp_path)) == ""
