"""A zone of a few lines checked under all rules, for cases that do not fit a manual."""

import sys
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from linter.config.load import load_settings
from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.lookup.served_recording import Replay
from linter.rules.manual import FILE, Block
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.examples import Neighbours
from linter.source.text import Source
from tests.profiles import profile_of

CheckZone: TypeAlias = Callable[..., tuple[Finding, ...]]
Expected: TypeAlias = list[tuple[str, int, str]]
"""What must be found, in order: the rule, the line, words of the message or the help."""


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No verdict and no example of a manual depends on the day: whoever asks for it fails."""

    for name in ("time", "time_ns", "gmtime", "localtime", "strftime"):
        monkeypatch.setattr(time, name, refusing(getattr(time, name)))


def refusing(clock: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the module `time` that answers the tests' own libraries and no code of the package."""

    def asked(*arguments: object) -> Any:
        if str(sys._getframe(1).f_globals.get("__name__", "")).startswith("linter"):
            raise AssertionError("a rule has asked for the time")
        return clock(*arguments)

    return asked


@pytest.fixture
def check_zone(tmp_path: Path) -> CheckZone:
    """`check_zone(text, name="example.com.yaml", config="", dns="")`: all findings at the recommended profile.

    As in a manual, `# file: b.example.yaml` opens another file of the same repository. `config` is a
    .mailzone.yaml: it may switch on what is off, name a profile, or say what the provider permits. `dns` is a
    file of recorded answers, `live` one of what the servers serve; for what `dns` does not hold the neighbours
    answer, unless `neighbours=False`. Each call has a repository of its own.
    """
    numbers = count()

    def check(
        text: str,
        name: str = "example.com.yaml",
        config: str = "",
        dns: str = "",
        neighbours: bool = True,
        live: str = "",
    ) -> tuple[Finding, ...]:
        folder = tmp_path / f"repository{next(numbers)}"
        files = Block("yaml", text if text.startswith(FILE) else f"{FILE} {name}\n{text}").files()
        for file, content in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(content)
        settings = Settings()
        if config:
            (folder / ".mailzone.yaml").write_text(config)
            settings = load_settings(str(folder / ".mailzone.yaml"))
        rules = ActiveRules(profile_of(settings.profile, settings.folder), settings.rules, (), ())
        checker = Checker(rules, settings)
        if live:
            recording = read_recording(Source("live.yaml", live))
            assert recording.faults == ()
            checker.served = Replay(recording).of
        paths = [str(folder / file) for file in files if file.endswith(".yaml")]
        recorded = [Recorded([read_recording(Source("mailzone.lock", dns))])] if dns else []
        checker.check(paths, Estate(paths, str(folder), [*recorded, *([Neighbours()] if neighbours else [])]))
        outcome = checker.outcome()
        assert not outcome.problems
        return outcome.findings

    return check


def said(findings: Iterable[Finding]) -> Expected:
    """Findings as (rule, line, message and help)."""
    return [
        (each.rule, each.span.source.position(each.span.start).line, f"{each.message} ({each.help})")
        for each in findings
    ]


def assert_said(findings: Iterable[Finding], expected: Expected) -> None:
    """These findings and no others, each with the expected words."""
    found = said(findings)
    assert [(rule, line) for rule, line, _ in expected] == [(rule, line) for rule, line, _ in found], found
    for (_, _, words), (_, _, message) in zip(expected, found, strict=True):
        assert words in message
