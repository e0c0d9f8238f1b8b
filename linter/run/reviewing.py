"""Two revisions as the sides of a review: what differs, what depends on that, and what rules find there."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from linter.config.settings import ActiveRules, Settings
from linter.facts.facts import Facts
from linter.finding import Finding
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.lookup.recorded import Recording
from linter.records.text.fault import quoted
from linter.report.suppressed import BASELINE, Suppressed
from linter.review.model import Review, Widened
from linter.review.reviewed import reviewed
from linter.review.side import Side
from linter.review.suppressions import Gate, governing, strictest, widened
from linter.rules.registry import rule_named
from linter.source.file import Unreadable, read_octets
from linter.source.frozen import Frozen
from linter.source.typed import Protocol

from .check import Checker
from .crashes import Crash
from .estate import Estate, ZoneFiles
from .files import Found
from .git import ask_git
from .governing import read_by
from .outcome import Outcome
from .parts import Part, groups, parts
from .planning import recorded_soa
from .policy import Options, Policy
from .recordings import recording_at
from .refused import Refused
from .resolvers import Resolvers, lock_path
from .revisions import Revision, is_bare, resolved, revision, root_of
from .wanted import wanted_files

WORK_TREE = "the work tree"
_MOST_LISTED = 200_000
_INCLUDE = b"!include"


class ReviewOptions(Options, Protocol):
    """What a command line says of a review."""

    base: str
    head: str | None
    exact: bool
    answers: list[str]
    paths: list[str]


class Reviewed(Frozen):
    """A review, what failed in mailzone itself, what the configurations say of `--fail-on`, "" for nothing.

    `unread` are (path, reason) of files that cannot be read and could be before.
    """

    review: Review
    crashes: tuple[Crash, ...]
    fail_on: str
    unread: tuple[tuple[str, str], ...]


class Moment:
    """The estates of one revision, or of the work tree where `at` is None, and which of their files are judged.

    `rules` are those that judge, by the path of the configuration, where they are not its own: both sides are judged by
    the rules after the change, or a rule that it switches off would fix what it no longer finds.
    """

    def __init__(
        self,
        label: str,
        options: ReviewOptions,
        at: Revision | None,
        root: str,
        rules: Mapping[str, ActiveRules] | None = None,
        is_alone: bool = False,
    ) -> None:
        self.label = label
        self.is_alone = is_alone
        self.at = at
        self.root = root
        self.options = at.options(options, []) if at is not None else options
        self.problems: list[tuple[str, str]] = []
        self._parts: list[tuple[Policy, Part, Estate, Checker]] = []
        self._resolvers = Resolvers(self.options.answers)
        here = at.placed(".") if at is not None else "."
        found = wanted_files(self.options, []) if os.path.isdir(here) else Found((), (), ())
        self.problems += found.problems
        for group in groups(self.options, found):
            path = group.policy.settings.path
            own = (rules or {}).get(self.below_root(path) if path else "", group.policy.rules)
            checker = self._resolvers.checker(group.policy._replace(rules=own))
            for part in parts(group):
                estate = part.estate(self._answering(group.policy.settings, part.folder), self._resolvers.seen)
                checker.tell(part.lost)
                self._parts.append((group.policy, part, estate, checker))

    def _answering(self, settings: Settings, folder: str) -> tuple[Resolver, ...]:
        if self.is_alone:
            return (*self._resolvers.answers, self._resolvers.snapshots)
        return self._resolvers.of(settings, folder)

    def below_root(self, path: str) -> str:
        """A path as it is below the root of the repository: the same on both sides."""
        top = self.at.place if self.at is not None else self.root
        return os.path.relpath(os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path)), top)

    def path_of(self, path: str) -> str:
        """The path in the work tree, for people."""
        return self.at.path_of(path) if self.at is not None else path

    def clean(self, text: str) -> str:
        """A sentence in which paths of the revision are those of the work tree."""
        return _clean(self.at, text)

    def files(self) -> dict[str, str]:
        """The files that may be zones, by their path below the root."""
        return {self.below_root(path): path for _, part, _, _ in self._parts for path in part.files}

    def others(self) -> Iterator[str]:
        """The files that have a say in others, as paths below the root: configurations, and what these read."""
        for policy, part, _, _ in self._parts:
            own = policy.settings.path, part.assembly.path if part.assembly is not None else ""
            for path in (*own, *read_by(policy.settings, part.folder)):
                if path and os.path.isfile(path):
                    yield self.below_root(path)

    def octets(self, path: str) -> bytes | None:
        """What a file below the root holds; None where there is none, or it cannot be read."""
        top = self.at.place if self.at is not None else self.root
        try:
            return read_octets(os.path.join(top, path))
        except Unreadable:
            return None

    def dependents(self, changed: frozenset[str]) -> set[str]:
        """The files that depend on changed ones, as paths below the root."""
        found: set[str] = set()
        for _, part, estate, checker in self._parts:
            own = [path for path in part.files if self.below_root(path) in changed]
            done: set[ZoneFiles] = set()
            for _ in checker.opened(own, estate, done, part.claims):
                pass
            checked = sorted({path for zone in done for path in zone.files})
            found.update(map(self.below_root, (*checked, *estate.dependents(checked).files)))
        return found

    def side(self, wanted: Callable[[str], bool], changed: frozenset[str]) -> Side:
        """The zones of the files that are wanted, judged by all rules that are switched on."""
        judged: list[tuple[bool, bool, Facts]] = []
        resolvers: list[Resolver] = []
        unread: set[str] = set()
        for _, part, estate, checker in self._parts:
            own = [path for path in part.files if wanted(self.below_root(path))]
            facts = list(_judged(checker, own, estate, part, unread))
            if facts:
                resolvers.append(estate.resolver)
            for each in facts:
                paths = {self.below_root(source.path) for source in each.zone.sources}
                judged.append((each.is_internal, paths.isdisjoint(changed), each))
        # Of a zone that several views or folders declare, the public one that changes counts.
        judged.sort(key=lambda row: row[:2], reverse=True)
        checkers = {checker: policy.settings for policy, _, _, checker in self._parts}
        outcomes = [
            checker.outcome() if self.is_alone else _without_known(checker.outcome(), settings)
            for checker, settings in checkers.items()
        ]
        self.problems += (problem for outcome in outcomes for problem in outcome.problems)
        self.crashes: tuple[Crash, ...] = tuple(crash for outcome in outcomes for crash in outcome.crashes)
        policies = {name: held for policy, _, _, _ in self._parts for name, held in policy.settings.mta_sts.items()}
        recordings = list(self._recordings())
        return Side(
            self.label,
            (facts for _, _, facts in judged),
            resolvers[0] if len(resolvers) == 1 else Chain(resolvers),
            (finding for outcome in outcomes for finding in outcome.findings),
            policies,
            lambda zone: recorded_soa(recordings, zone),
            self.path_of,
            self.clean,
            unread,
            (each for outcome in outcomes for each in outcome.suppressed),
        )

    def _recordings(self) -> Iterator[Recording]:
        locks = (lock_path(policy.settings, part.folder) for policy, part, _, _ in self._parts)
        for path in dict.fromkeys((*self.options.answers, *(() if self.is_alone else locks))):
            if os.path.isfile(path):
                yield recording_at(path)

    def gates(self) -> dict[str, Gate]:
        """By what is judged, by the configuration's path below the root."""
        found = {}
        for policy, _, _, _ in self._parts:
            settings: Settings = policy.settings
            path = self.below_root(settings.path) if settings.path else ""
            found[path] = Gate(settings, policy.rules, policy.profile)
        return found


def _clean(at: Revision | None, text: str) -> str:
    """A sentence in which paths of a revision are those of the work tree."""
    if at is None:
        return text
    here = os.path.relpath(at.root)
    return text.replace(os.path.join(at.place, ""), "" if here == os.curdir else os.path.join(here, ""))


def _without_known(outcome: Outcome, settings: Settings) -> Outcome:
    """What was found without what the baseline of its configuration has. Raises Refused."""
    path = settings.defaults.baseline if settings.defaults else ""
    if not path:
        return outcome
    from .baseline import require

    split = require(path, f"`baseline` of {settings.path}").split(outcome.findings)
    known = (Suppressed(finding, BASELINE) for finding in split.known)
    return outcome._replace(findings=split.new, suppressed=(*outcome.suppressed, *known))


def _judged(checker: Checker, paths: Iterable[str], estate: Estate, part: Part, unread: set[str]) -> Iterator[Facts]:
    """The facts of all zones of some files, judged; `unread` takes the names of those that cannot be read."""
    done: set[ZoneFiles] = set()
    for zone, document, index in checker.opened(paths, estate, done, part.claims):
        if index is None:
            checker.judge_document(document, estate, part.claims)
            if any(fault.kind != "not-a-zone" for fault in document.faults):
                unread.add(document.zone)
            continue
        checker.count(zone, index.values)
        facts = checker.facts(index, estate)
        checker.judge(facts)
        yield facts


@contextmanager
def review_of(options: ReviewOptions) -> Iterator[Reviewed]:
    """The review that a command line asks for, as long as it is told. Raises Refused, Unreadable."""
    root = root_of("")
    if not root:
        raise Refused("git knows no repository here, or cannot be run")
    if options.head is None and is_bare(""):
        raise Refused("a bare repository has no work tree; name the revision after the change as well")
    tip = resolved(options.base)
    head = resolved(options.head) if options.head is not None else None
    base = tip if options.exact else _parting(tip, head or "HEAD", options)
    with ExitStack() as held:
        old_at = held.enter_context(revision(base))
        new_at = held.enter_context(revision(head)) if head is not None else None
        try:
            new = Moment(_label(options.head, head) if head else WORK_TREE, options, new_at, root)
            found = _against(_label(options.base, base), options, old_at, new)
        except Refused as error:
            raise Refused(*(_clean(new_at, line) for line in error.lines)) from error
        yield found


def _against(label: str, options: ReviewOptions, at: Revision, new: Moment) -> Reviewed:
    """A moment reviewed against the one before.

    A lock or a baseline that cannot be read before is left out, for the change may be what repairs it. Raises Refused.
    """
    rules = {path: gate.rules for path, gate in new.gates().items()}
    old, problems = _before(label, options, at, new.root, rules)
    try:
        return _reviewed(old, new, problems)
    except Refused as error:
        reason = f"{_clean(at, error.lines[0])}; its zones are read without lock and baseline"
        alone = Moment(label, old.options, at, new.root, rules, is_alone=True)
        return _reviewed(alone, new, [*problems, (label, reason)])


def _before(
    label: str, options: ReviewOptions, at: Revision, root: str, rules: Mapping[str, ActiveRules]
) -> tuple[Moment, list[tuple[str, str]]]:
    """The side before; where its configuration cannot be used, without it: the change may be what repairs it."""
    try:
        return Moment(label, options, at, root, rules), []
    except Refused as error:
        reason = _clean(at, str(error))
        made = at.options(options, [])
        made.config, made.no_config = None, True
        return Moment(label, made, at, root, rules), [(label, f"{reason}; its zones are read without a configuration")]


def _reviewed(old: Moment, new: Moment, problems: list[tuple[str, str]]) -> Reviewed:
    both = (old, new)
    files = [moment.files() for moment in both]
    if not files[0] and not files[1] and not any(moment.problems for moment in both):
        raise Refused(
            "no zone file on either side; run this in the folder of the zones, or name them in .mailzone.yaml"
        )
    names = {*files[0], *files[1]}
    others = {*old.others(), *new.others(), *_named(old, names), *_named(new, names)}
    changed = frozenset(path for path in {*names, *others} if old.octets(path) != new.octets(path))
    is_whole = not changed.isdisjoint(others)
    wanted = changed if is_whole else changed.union(*(moment.dependents(changed) for moment in both))
    sides = [moment.side(lambda path: is_whole or path in wanted, changed) for moment in both]
    families = {
        finding.rule: rule.family
        for side in sides
        for finding in side.findings
        if (rule := rule_named(finding.rule)) is not None
    }
    gates = old.gates(), new.gates()
    wider: tuple[Widened, ...] = widened(*gates, files[1]) if is_whole else ()
    unread = tuple(_unread(new, old))
    said = [(path, f"on the side of {old.label}: {reason}") for path, reason in _unread(old, new)]
    found = reviewed(sides[0], sides[1], wider, families, (*problems, *said, *unread))
    fixed = (finding for finding in found.fixed if not is_whole or _is_judged(finding, new.root, gates[1]))
    found = found._replace(fixed=tuple(fixed))
    bound = strictest(gate.fail_on for held in gates for gate in held.values())
    return Reviewed(found, (*old.crashes, *new.crashes), bound, unread)


def _is_judged(finding: Finding, root: str, gates: Mapping[str, Gate]) -> bool:
    """Whether the rule of a finding still runs where it was found; one that no longer does has fixed nothing."""
    rule = rule_named(finding.rule)
    gate = governing(os.path.relpath(os.path.realpath(finding.span.source.path), root), gates)
    return rule is None or gate is None or gate.rules.of(rule) is not None


def _unread(moment: Moment, other: Moment) -> Iterator[tuple[str, str]]:
    """The files that cannot be read at one moment and could be, or were not there, at the other; and why."""
    known = {(other.below_root(path), reason) for path, reason in other.problems}
    for path, reason in moment.problems:
        if (moment.below_root(path), reason) not in known:
            yield moment.path_of(path), reason


def _named(moment: Moment, names: set[str]) -> Iterator[str]:
    """What else of a revision's files has a say: what configurations name, and what zones include."""
    texts = [moment.octets(path) or b"" for path in moment.others()]
    texts += (held for path in names if _INCLUDE in (held := moment.octets(path) or b""))
    naming = b"\n".join(texts)
    for path in _beside(moment, names) if naming else ():
        if os.fsencode(os.path.basename(path)) in naming:
            yield path


def _beside(moment: Moment, names: set[str]) -> Iterator[str]:
    """The files of a revision that are no zones."""
    top, count = moment.at.place if moment.at is not None else "", 0
    for folder, folders, held in os.walk(top) if top else ():
        folders[:] = [each for each in folders if not each.startswith(".git")]
        for file in held:
            count += 1
            path = os.path.relpath(os.path.join(folder, file), top)
            if count < _MOST_LISTED and path not in names and not file.startswith(".git"):
                yield path


def _parting(tip: str, head: str, options: ReviewOptions) -> str:
    """Where the head has left the base. Raises Refused."""
    said = ask_git("", "merge-base", head, tip)
    if said is not None:
        return said.decode("ascii", "replace").strip()
    way_out = "; --exact compares with it as it is"
    if ask_git("", "rev-parse", "--is-shallow-repository") == b"true\n":
        way_out = (
            "; the clone is shallow: `fetch-depth: 0` of actions/checkout, or `git fetch --unshallow`, has all of it"
        )
    shown = options.head or "HEAD"
    raise Refused(f"git finds no commit where {quoted(options.base, 80)} and {quoted(shown, 80)} have parted{way_out}")


def _label(word: str | None, commit: str) -> str:
    return f"{word} ({commit[:10]})" if word and not commit.startswith(word) else commit[:10]
