"""The examples in pages of rules, executed: Bad yields what its marks announce, Good nothing."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from zlib import crc32

from linter.config.load import load_profile, load_settings
from linter.config.settings import ActiveRules, Choice, Profile, Settings
from linter.finding import LOCK, RECORDING, Finding, Witness
from linter.lookup.answer import FOUND, UNKNOWN, Answer, Resolver
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.lookup.served import Served
from linter.lookup.served_recording import Replay
from linter.rules import pages
from linter.rules.manual import Section, as_written, marks, sections
from linter.rules.rule import Rule, declared_in
from linter.source.frozen import Frozen
from linter.source.text import Source

from .check import Checker
from .configurations import assemblies
from .estate import Estate
from .example_fixes import untrue_fixes
from .files import files_by_view

LOCK_NAME = "mailzone.lock"
"""The day on which examples are judged."""


class Example(Frozen):
    """One block of a page: the files of a repository by their names, and the world around it.

    `heading` is "Bad" or "Good". `config` is the repository's `.mailzone.yaml`, `dns` what is recorded of names that no
    file declares, `live` what the zones' servers say. `beside` are all rules of the module that `rule` is of.
    """

    rule: Rule
    heading: str
    number: int
    files: dict[str, str]
    config: str
    dns: str
    live: str
    beside: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule.name}-{self.heading}-{self.number}"


def examples(module: ModuleType, *headings: str) -> tuple[Example, ...]:
    """The examples of every rule that a module declares, from the page `NAME.md` beside the module.

    Without headings, those under Bad and Good. Raises ValueError for a rule without a page, or a page without both.
    """
    rules = declared_in(module.__name__)
    if not rules:
        raise ValueError(f"{module.__name__} declares no rule")
    return examples_of(rules, *headings)


def examples_of(rules: tuple[Rule, ...], *headings: str) -> tuple[Example, ...]:
    """The examples of rules, from the pages beside the modules of their functions. Raises ValueError as `examples`."""
    found: list[Example] = []
    for rule in rules:
        folder = Path(getattr(sys.modules.get(rule.check.__module__), "__file__", None) or "").parent
        page = folder / f"{rule.name}.md"
        if not page.is_file():
            raise ValueError(f"{rule.name} has no page: there is no file {page}")
        parts = sections(pages.without_heading(page.read_text(encoding="utf-8"), rule.name))
        lacking = {"Bad", "Good"} - {section.heading for section in parts}
        if lacking:
            raise ValueError(f"{page} has no `## {min(lacking)}`")
        found += (
            each for heading in headings or ("Bad", "Good") for each in examples_under(heading, rule, parts, rules)
        )
    return tuple(found)


def examples_under(
    heading: str, rule: Rule, page: Iterable[Section], beside: tuple[Rule, ...] = ()
) -> Iterator[Example]:
    """The examples of a page under one heading. Raises ValueError where there is not one block of zones."""
    for number, section in enumerate((each for each in page if each.heading == heading), 1):
        zones = [block for block in section.blocks if block.language == "yaml"]
        if len(zones) != 1:
            raise ValueError(f"{rule.name}: expected one yaml block under `## {heading}`, found {len(zones)}")
        config, dns, live = (_text(section, language) for language in ("config", "dns", "live"))
        yield Example(rule, heading, number, zones[0].files(), config, dns, live, beside)


def _text(section: Section, language: str) -> str:
    return next((block.text for block in section.blocks if block.language == language), "")


def untrue(example: Example, folder: Path) -> list[str]:
    """What an example says and does not hold, in lines; none where it is true. Its files are written into `folder`."""
    judged = findings(example, folder)
    found = [(_place(each, folder), each) for each in judged]
    wrong = []
    for mark in marks({**example.files, ".mailzone.yaml": example.config}):
        place = (mark.file, mark.line, mark.rule or example.rule.name)
        fits = (pair for pair in found if pair[0] == place and mark.words in f"{pair[1].message} ({pair[1].help})")
        pair = next(fits, None)
        if pair is None:
            wrong.append(f"{mark.file}:{mark.line}: no finding of {place[2]} with the words {mark.words!r}")
        else:
            found.remove(pair)
    wrong += (f"{file}:{line}: unmarked finding of {rule}: {each.message}" for (file, line, rule), each in found)
    wrong += untrue_fixes(judged, lambda texts: _found_with(example, folder, texts))
    if example.heading == "Bad" and not any(marks({**example.files, ".mailzone.yaml": example.config})):
        wrong.append("no line is marked")
    return wrong


def _found_with(example: Example, folder: Path, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """What is found in an example where some of its files hold other texts."""
    named = {os.path.relpath(path, folder): text for path, text in texts.items()}
    config = named.pop(".mailzone.yaml", example.config)
    with TemporaryDirectory() as place:
        return findings(example._replace(files=example.files | named, config=config), Path(place))


def _place(finding: Finding, folder: Path) -> tuple[str, int, str]:
    source = finding.span.source
    return os.path.relpath(source.path, folder), source.position(finding.span.start).line, finding.rule


_STRICT: list[Profile] = []


def _strict() -> Profile:
    """The profile under which examples are judged, read once."""
    if not _STRICT:
        _STRICT.append(load_profile("strict"))
    return _STRICT[0]


def findings(example: Example, folder: Path, kind: type[Checker] = Checker) -> tuple[Finding, ...]:
    """What all rules find in an example's files, as a repository of their own in `folder`."""
    for name, text in example.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(as_written(name, text))
    settings = Settings()
    if example.config:
        (folder / ".mailzone.yaml").write_text(example.config)
        settings = load_settings(str(folder / ".mailzone.yaml"))
        settings = settings._replace(allowed=load_profile(settings.profile, settings.folder).allowed)
    # A rule that is off everywhere but in its own page is switched on for it.
    chosen = dict(settings.rules)
    if example.rule.severity == "off":
        chosen.setdefault(example.rule.name, Choice("warning"))
    checker = kind(ActiveRules(_strict(), chosen, others=example.beside), settings)
    checker.served = served(example.live)
    lock = recorded(example.files.get(LOCK_NAME, ""), str(folder / LOCK_NAME))
    checker.used = lambda: {witness: frozenset(names) for each in lock for witness, names in each.used.items()}
    paths = [str(folder / name) for name in example.files if name.endswith(".yaml")]
    resolvers: tuple[Resolver, ...] = (*lock, *recorded(example.dns), Neighbours())
    assembly = next(iter(assemblies([str(folder)])), None)
    views = files_by_view(settings.views, settings.folder)
    checker.check(paths, Estate(paths, str(folder), resolvers, assembly, bool(settings.zones), None, views))
    checker.judge_recordings(set())
    outcome = checker.outcome()
    if outcome.problems or outcome.crashes:
        raise ValueError(f"{example}: {(*outcome.problems, *outcome.crashes)}")
    return outcome.findings


def recorded(dns: str, path: str = LOCK_NAME) -> tuple[Recorded, ...]:
    """What a `dns` block, or a lock, says about names that no file of the example declares."""
    if not dns:
        return ()
    recording = read_recording(Source(path, dns), None, LOCK)
    if recording.faults:
        raise ValueError(recording.faults[0].message)
    return (Recorded([recording]),)


def served(live: str) -> Callable[[str], Served | None]:
    """What a `live` block says that the servers of the example's zones serve."""
    if not live:
        return lambda zone: None
    recording = read_recording(Source("live.yaml", live))
    if recording.faults:
        raise ValueError(recording.faults[0].message)
    return Replay(recording).of


class Neighbours:
    """Answers for the SPF records that neither an example's zones nor its `dns` block hold; all else is unknown.

    Without it every example with an include would have to record what is beside its point.
    """

    def lookup(self, name: str, kind: str) -> Answer:
        """A record of one range at every name that begins as vendors begin theirs."""
        if kind == "TXT" and name.startswith(("_spf.", "spf.")):
            own = crc32(name.encode()) & 0xFFFF  # two of them never authorise the same addresses
            record = f"v=spf1 ip4:50.{own >> 8}.{own & 0xFF}.0/24 ?all"
            return Answer(FOUND, (record,), (), name, (), (Witness(RECORDING, "the neighbours"),))
        return Answer(UNKNOWN, owner=name)
