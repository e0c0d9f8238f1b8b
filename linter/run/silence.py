"""What a configuration and the comments in files hold back of what was found; never that a file could not be read."""

from collections.abc import Iterable, Iterator

from linter.config.settings import ActiveRule, ActiveRules, Settings, words_of
from linter.facts.triggers import SEEN, SERVED
from linter.finding import Finding
from linter.report.suppressed import OVERRIDDEN, Suppressed
from linter.rules.known import is_named
from linter.rules.registry import UNREAD, rule_named
from linter.rules.rule import Rule
from linter.source.text import Source, SourceFault
from linter.source.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from .ignored import Ignored

_LIVE = frozenset({SERVED, SEEN})


class Silence:
    """The overrides of a configuration, and the comments of the files that were judged under it."""

    def __init__(self, rules: ActiveRules, settings: Settings, day: str) -> None:
        self._rules = rules
        self._settings = settings
        self._day = day
        self.commented: dict[str, Source] = {}
        """The files that were judged and hold comments about findings, by path."""
        self._overridden: dict[tuple[str, str, int, int, str], Suppressed] = {}
        self._ignored: Ignored | None = None

    def note(self, source: Source) -> None:
        """Take note of a file that was judged; most hold no such comment."""
        if "ailzone:" in source.text:
            self.commented[source.path] = source

    def gather(self, overridden: Iterable[Suppressed], commented: dict[str, Source]) -> None:
        """Take in what somebody else has judged."""
        self.commented |= commented
        for each in overridden:
            self._overridden.setdefault(_key(each.finding), each)

    def overriding(self, finding: Finding, rule: Rule) -> Finding | None:
        """A finding with the severity that the last override which fits gives it; None where it is off then."""
        if rule.name in UNREAD or any(is_named(rule, word) for word in self._rules.firm):
            return finding if finding.severity != "off" else None
        words = words_of(rule)
        for each in reversed(self._settings.overrides):
            severity = each.severity(words)
            is_over = each.until and each.until < self._day
            if severity and not is_over and each.fits(finding, self._settings.folder):
                if severity != "off":
                    return finding._replace(severity=severity)
                if finding.severity != "off":
                    self._overridden[_key(finding)] = Suppressed(finding, OVERRIDDEN, each.reason)
                return None
        return finding if finding.severity != "off" else None

    def overridden(self) -> tuple[Suppressed, ...]:
        """What overrides have switched off, once each."""
        return tuple(self._overridden.values())

    @property
    def is_needed(self) -> bool:
        """Whether there is anything that could be wrong with a comment or an override."""
        return bool(self.commented or self._settings.source or any(each.until for each in self._settings.overrides))

    def split(self, findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
        """The findings that count, and those that a comment holds back."""
        sources = {id(finding.span.source): finding.span.source for finding in findings}
        if not any("ailzone:" in source.text for source in sources.values()):
            return findings, ()
        return self._comments().split(findings)

    def faults(self, findings: tuple[Finding, ...], is_seen: bool, is_crashed: bool) -> Iterator[SourceFault]:
        """What is wrong with overrides and comments, once it is known what was found.

        `is_seen` is whether zones were judged as they are served. Where rules have crashed, no comment is unused.
        """
        for each in self._settings.overrides:
            if each.until and each.until < self._day:
                way_out = "delete it, or give it another day"
                told = f"this override has ended with `{each.until}`, and holds no more"
                yield SourceFault(each.span, "unused-ignore", told, way_out)
        comments = self._comments()
        comments.split(findings)
        ran = frozenset() if is_crashed else frozenset(self._ran(is_seen))
        yield from comments.faults(self.commented.values(), ran)
        if self._settings.source is not None and self._settings.source.path not in self.commented:
            yield from comments.faults([self._settings.source], frozenset())

    def _ran(self, is_seen: bool) -> Iterator[str]:
        """The rules that had their chance."""
        for active in self._rules.every():
            if is_seen or not _LIVE.issuperset(active.rule.when):
                yield active.rule.name

    def _comments(self) -> "Ignored":
        if self._ignored is None:
            from .ignored import Ignored  # few files hold such comments

            others = self._rules.others
            policies = (policy.source.path for policy in self._settings.mta_sts.values())
            self._ignored = Ignored(self._day, others, [self._settings.path], policies)
        return self._ignored


def with_unread(wanted: Iterable[ActiveRule]) -> list[ActiveRule]:
    """Rules that are to run, and always as errors those that say that a file was not read, whatever was chosen."""
    read = [active for active in wanted if active.rule.name not in UNREAD]
    unread = (rule for name in sorted(UNREAD) if (rule := rule_named(name)) is not None)
    return [*read, *(ActiveRule(rule, "error", False, {}) for rule in unread)]


def _key(finding: Finding) -> tuple[str, str, int, int, str]:
    return *finding.place, finding.message
