"""Rules that are said to judge their zone alone never lead elsewhere, and without them no finding is lost."""

from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.config.settings import ActiveRule, ActiveRules, Choice, Settings
from linter.facts import onward
from linter.facts.facts import Facts
from linter.facts.triggers import SPF_LOOKUPS, Trigger
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
            patch.setattr(Checked, "aside", lambda *_: None)
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


def test_the_rules_that_follow_hosts_alone_are_these() -> None:
    """A new one belongs here if it looks into other zones only by the hosts that its records name."""
    following = [
        rule.name
        for rule in all_rules()
        if rule.name not in alone.ALONE
        and not onward.FOLLOWED.isdisjoint(rule.when)
        and {*rule.when} <= onward.FOLLOWED
    ]

    assert sorted(following) == [
        "client-plaintext-only",
        "cname-loop",
        "dkim-target-missing",
        "dmarc-report-address-unreachable",
        "dmarc-report-unauthorised",
        "mx-target-ipv6-only",
        "mx-target-is-alias",
        "mx-target-missing",
        "mx-target-private",
        "mx-target-proxied",
        "spf-missing-for-mail-host",
        "srv-target-is-alias",
        "srv-target-missing",
    ]


@pytest.mark.parametrize(
    ("bound", "host"),
    [
        ("'': {type: MX, value: {preference: 10, exchange: %s}}\n", "mx.b.example."),
        ("_imap._tcp: {type: SRV, value: {priority: 1, weight: 1, port: 143, target: %s}}\n", "mx.b.example."),
        ("s._domainkey: {type: CNAME, value: %s}\n", "mx.b.example."),
        ("_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:a@%s'}\n", "mx.b.example"),
    ],
)
@pytest.mark.parametrize("over", ["", "c.example"])
def test_hosts_are_followed_where_they_lead_to_a_named_file(bound: str, host: str, over: str, tmp_path: Path) -> None:
    """Also over an alias in a third zone; and only there does what is said of them count."""
    way = host.replace("b.example", over) if over else host
    (tmp_path / "a.example.yaml").write_text(bound % way)
    (tmp_path / "b.example.yaml").write_text("www: {type: A, value: 50.0.0.1}\n")
    (tmp_path / "c.example.yaml").write_text("mx: {type: CNAME, value: mx.b.example.}\n")
    a, b, c = (str(tmp_path / f"{name}.example.yaml") for name in "abc")

    told_of_a = any(a in each for each in checked(tmp_path, [a, b, c], b, Watched))
    assert told_of_a or over
    assert_nothing_is_lost(tmp_path, 3)


def test_a_wrongly_followed_kind_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = " ".join(f"a:a{number}.b.example" for number in range(10))
    (tmp_path / "a.example.yaml").write_text("'': {type: TXT, value: v=spf1 include:s.b.example -all}\n")
    (tmp_path / "b.example.yaml").write_text(
        f"s: {{type: TXT, value: v=spf1 {terms} -all}}\n'*': {{type: A, value: 50.0.0.1}}\n"
    )
    assert_nothing_is_lost(tmp_path, 2)

    monkeypatch.setattr(onward, "FOLLOWED", onward.FOLLOWED | {SPF_LOOKUPS})

    a, b = (str(tmp_path / f"{name}.example.yaml") for name in "ab")
    assert checked(tmp_path, [a, b], b, Checker) != checked(tmp_path, [a, b], b, Unmarked)


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
