"""Rules of other packages: which entries are found, what is refused, and that nothing comes from the folder checked."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.rules import known, pages, registry, rule
from linter.run.plugins import entries, load_plugins
from linter.run.refused import Refused

RULE = """
from mailzone import MX, WARNING, complaint, rule


@rule("{name}", WARNING, "Acme's handbook", when=MX)
def check(facts):
    yield from ()
"""
PAGE = "# {name}\n\nA fault.\n\n## Bad\n\n## Good\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed distributions."""
    monkeypatch.setattr(rule, "_DECLARED", {**rule._DECLARED})
    monkeypatch.setattr(known, "_PLUGGED", [])
    monkeypatch.setattr(pages, "_ELSEWHERE", {})
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.startswith("plug_"):
            del sys.modules[name]


def install(site: Path, points: str, module: str = "", code: str = "", page: str = "") -> None:
    info = site / f"{module or 'other'}-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(points)
    if module:
        (site / f"{module}.py").write_text(code)
    if page:
        (site / f"{page}.md").write_text(PAGE.format(name=page))


def test_a_module_is_a_plug_in_with_all_its_rules(site: Path) -> None:
    install(site, "[mailzone.rules]\nacme = plug_one\n", "plug_one", RULE.format(name="acme-mx"), "acme-mx")
    load_plugins([str(site)])
    found = registry.rule_named("acme-mx")
    assert found is not None
    assert (found.family, known.matches(found, ["acme"]), pages.summary("acme-mx")) == ("acme", True, "A fault.")
    assert found in registry.all_rules()
    assert "acme" in known.families()


@pytest.mark.parametrize("value", ["plug_one:RULES", "plug_one:RULES.first"])
def test_a_rule_and_an_iterable_of_rules_are_plug_ins_too(site: Path, value: str) -> None:
    code = RULE.format(name="acme-mx") + (
        "\nfrom linter.rules.rule import declared_in\n"
        "class _Rules(list):\n    first = property(lambda self: self[0])\n"
        "RULES = _Rules(declared_in(__name__))\n"
    )
    install(site, f"[mailzone.rules]\nacme = {value}\n", "plug_one", code, "acme-mx")
    load_plugins([str(site)])
    assert [each.name for each in known.plugged()] == ["acme-mx"]


@pytest.mark.parametrize(
    ("points", "code", "words"),
    [
        ("acme = plug_one", "raise RuntimeError('boom')", "cannot be loaded: RuntimeError: boom"),
        ("acme = plug_gone", "", "cannot be loaded: ModuleNotFoundError"),
        ("acme = plug_one:NONE", "", "cannot be loaded: AttributeError"),
        ("acme = plug_one:X", "X = [1]", "cannot be loaded: TypeError: expected a module, a Rule, or rules"),
        ("acme = not a module", "", "expected `module` or `module:attribute`"),
        ("acme = plug_one", "", "declares no rule"),
        ("acme = plug_one", RULE.format(name="spf-syntax"), "a rule cannot be called `spf-syntax`"),
        ("acme = plug_one", RULE.format(name="Acme"), "a rule cannot be called `Acme`"),
        ("acme = plug_one", RULE.format(name="acme-other"), "rule `acme-other` has no page `acme-other.md`"),
        ("spf = plug_one", RULE.format(name="acme-mx"), "a family cannot be called so"),
        ("a b = plug_one", RULE.format(name="acme-mx"), "a family cannot be called so"),
    ],
)
def test_what_cannot_be_used_is_refused_and_names_itself(site: Path, points: str, code: str, words: str) -> None:
    install(site, f"[mailzone.rules]\n{points}\n", "plug_one", code, "acme-mx")
    with pytest.raises(Refused) as caught:
        load_plugins([str(site)])
    assert words in str(caught.value)
    assert known.plugged() == ()


def test_two_packages_with_one_family_are_refused(site: Path) -> None:
    install(site, "[mailzone.rules]\nacme = plug_one\n", "plug_one", RULE.format(name="acme-mx"), "acme-mx")
    install(site, "[mailzone.rules]\nacme = plug_two\n", "plug_two", RULE.format(name="acme-spf"), "acme-spf")
    with pytest.raises(Refused, match="a family cannot be called so"):
        load_plugins([str(site)])


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ("[console_scripts]\nmailzone.rules = x\n", []),
        ("# [mailzone.rules]\n", []),
        (
            "[console_scripts]\na = b\n\n[mailzone.rules]\n# no\nacme=plug_one\n\n[other]\nb = c\n",
            [("acme", "plug_one")],
        ),
        ("[mailzone.rules]\r\nacme = plug_one:X\r\n", [("acme", "plug_one:X")]),
    ],
)
def test_only_the_lines_of_our_group_count(site: Path, points: str, found: list[tuple[str, str]]) -> None:
    install(site, points)
    assert [(entry.family, entry.value) for entry in entries([str(site)])] == found


def test_a_folder_that_is_not_there_has_no_entries(tmp_path: Path) -> None:
    assert list(entries([str(tmp_path / "gone")])) == []


def test_a_module_of_the_working_folder_is_not_taken(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository that is checked cannot stand in for an installed package."""
    checked = tmp_path / "checked"
    checked.mkdir()
    (checked / "plug_evil.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(checked)
    monkeypatch.syspath_prepend("")
    install(site, "[mailzone.rules]\nacme = plug_evil\n")
    with pytest.raises(Refused, match="ModuleNotFoundError"):
        load_plugins([str(site)])
