"""What a run is configured to do: the settings of one configuration file, and the rules they switch on."""

import os
from collections.abc import Iterable, Iterator, Mapping

from linter.facts.demands import Demands
from linter.providers.publishing import Publishing
from linter.records.text.name import to_ascii
from linter.rules.known import SEVERITY_WORDS, families, is_named, matches, plugged
from linter.rules.rule import Rule
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault
from linter.source.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linter.facts.allowed import Allowed
    from linter.facts.transport.sts_policies import PolicyFile
    from linter.facts.triggers import Trigger
    from linter.intent.model import Intent
    from linter.providers.model import Provider
    from linter.rules.registry import Module

    from .overrides import Defaults, Override

INTERNAL = "internal"
"""The view whose zones are not public, whatever their names."""


class Choice(Frozen):
    """What somebody chose for a rule; None where nothing was said about it. `reason` is that of a pack, "" for none."""

    severity: str | None = None
    options: dict[str, Any] | None = None
    reason: str = ""


class Profile(Frozen):
    """A profile with those it extends folded in; `floor` switches milder rules off unless they are named.

    `allowed` are its lists of what is allowed, None where it has none.
    """

    name: str
    rules: Mapping[str, Choice]
    floor: str = "info"
    allowed: "Allowed | None" = None


class Settings(Frozen):
    """A configuration as read; `path` is "" where there is none, `zones` are globs relative to `folder`.

    `mta_sts` holds the MTA-STS policy files by absolute mail domain.
    `lock` is the path of the lock relative to `folder`, "" where nothing is said about it.
    `intent` is what `systems:` and `mail:` declare, None where neither is there. `views` are globs of files by the name
    of their view, relative to `folder`; `internal` are globs of zones that are not public.
    `exclude` are globs of files and folders that are left out where folders are searched. `servers` and `keys` say by
    globs of zones whom a comparison asks, as `--server` takes them, and with the key in which file, relative to
    `folder`. `demands` are what the profile and `rules` demand of every domain, `allowed` is what the profile allows.
    `providers` are those of one's own, `provider_files` the paths of their files from the working folder on.
    """

    path: str = ""
    folder: str = ""
    zones: tuple[str, ...] = ()
    profile: str = "recommended"
    rules: Mapping[str, Choice] = {}
    publishing: Publishing = Publishing()
    mta_sts: Mapping[str, "PolicyFile"] = {}
    lock: str = ""
    intent: "Intent | None" = None
    views: Mapping[str, tuple[str, ...]] = {}
    internal: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    servers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    demands: Demands = Demands()
    overrides: "tuple[Override, ...]" = ()
    defaults: "Defaults | None" = None
    source: Source | None = None
    allowed: "Allowed | None" = None
    providers: "tuple[Provider, ...]" = ()
    provider_files: tuple[str, ...] = ()

    def excludes(self, path: str) -> bool:
        """Whether a file, or a folder it lies in, is one that the configuration leaves out."""
        if not self.exclude:
            return False
        from .globs import is_matched  # few configurations leave anything out

        parts = os.path.relpath(path, self.folder or ".").split(os.sep)
        return parts[0] != os.pardir and any(is_matched(parts, glob) for glob in self.exclude)

    def keeps_inside(self, zone: str) -> bool:
        """Whether an absolute zone name is one of those that are not public."""
        if not self.internal:
            return False
        from fnmatch import fnmatchcase  # few configurations say which zones are not public

        name = zone.rstrip(".")
        return any(fnmatchcase(name, to_ascii(glob.lower().strip("."))[0]) for glob in self.internal)


class BadConfiguration(Exception):
    """A configuration that cannot be used; `faults` say why, each with its place."""

    def __init__(self, faults: tuple[SourceFault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


class ActiveRule(Frozen):
    """A rule that is switched on; `chosen` tells whether the severity is somebody's choice.

    `reason` is the pack whose choice it is and why, as "uk-gov: …"; "" where no pack says why.
    One that is "off" runs for what an override says of some files and names.
    """

    rule: Rule
    severity: str
    chosen: bool
    options: dict[str, Any]
    reason: str = ""

    @property
    def given(self) -> Any:
        """The options as the rule takes them; None for a rule that has none."""
        made = self.rule.options
        return made(**{name.replace("-", "_"): value for name, value in self.options.items()}) if made else None


class ActiveRules(Frozen):
    """The rules that run: the profile, then the configuration, then --select and --ignore.

    A rule that is selected by its full name runs even where the profile has it off. With `only` no other rules run than
    those that it names, whatever was selected; with `is_every` all run. `others` are rules of other people, which run
    beside ours. Ours are loaded when they are asked for. `overrides` may ask for rules that are off elsewhere;
    they have no say of rules that are `firm`: named one by one by whoever runs the command.
    """

    profile: Profile
    rules: Mapping[str, Choice] = {}
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    is_every: bool = False
    others: tuple[Rule, ...] = ()
    overrides: "tuple[Override, ...]" = ()
    firm: tuple[str, ...] = ()

    def every(self) -> Iterator[ActiveRule]:
        """All of them, in the order of their families."""
        from linter.rules.registry import own_rules  # who lists rules loads none

        return (active for rule in (*own_rules(), *self._others()) if (active := self.of(rule)) is not None)

    def _others(self) -> tuple[Rule, ...]:
        """The rules of other people: those of installed packages, and those handed in that are not among them."""
        held = plugged()
        names = {rule.name for rule in held}
        return (*held, *(rule for rule in self.others if rule.name not in names))

    def named(self, name: str) -> ActiveRule | None:
        """The rule of a name, where it runs."""
        return next((active for active in self.every() if is_named(active.rule, name)), None)

    def of_module(self, module: "Module") -> tuple[ActiveRule, ...]:
        """Those of one module, which is loaded now."""
        from linter.rules.registry import rules_of

        return self._running(rules_of(module))

    def of_others(self) -> tuple[ActiveRule, ...]:
        """Those of other people."""
        return self._running(self._others())

    def _running(self, rules: Iterable[Rule]) -> tuple[ActiveRule, ...]:
        return tuple(active for rule in rules if (active := self.of(rule)) is not None)

    def demands(self) -> Demands:
        """What they demand of every domain; no rule is loaded for that."""
        none, milder, address = (
            self._demanded(name)
            for name in ("dmarc-policy-none", "dmarc-policy-not-reject", "dmarc-expected-report-address-missing")
        )
        reports = (str(address.get("address", "")),) if address is not None else ()
        policy = "reject" if milder is not None else "quarantine" if none is not None else "none"
        return Demands(policy, tuple(filter(None, reports)))

    def _demanded(self, name: str) -> Mapping[str, Any] | None:
        """The options of a rule that was made at least a warning; None for any other."""
        choices = [choice for source in (self.rules, self.profile.rules) if (choice := source.get(name)) is not None]
        severity = next((choice.severity for choice in choices if choice.severity), "")
        if severity not in ("error", "warning") or name in self.ignore or name.partition("-")[0] in self.ignore:
            return None
        return {key: value for choice in reversed(choices) for key, value in (choice.options or {}).items()}

    def errors_let_pass(self) -> tuple[frozenset[str], frozenset[str]]:
        """The rules that are errors of themselves and are off here, and those that are milder.

        Without --select and --ignore only those can be of which the profile or the configuration speaks.
        """
        from linter.rules.registry import all_rules, rule_named

        chosen = (*self.profile.rules, *self.rules)
        named = (rule for name in chosen if (rule := rule_named(name)) is not None)
        is_any = self.select or self.ignore or self.only or (chosen and not set(families()).isdisjoint(chosen))
        rules = {rule.name: rule for rule in (all_rules() if is_any else named)}
        active = {rule.name: self.of(rule) for rule in rules.values() if rule.severity == "error"}
        off = frozenset(name for name, found in active.items() if found is None)
        off |= {name for name, found in active.items() if found and found.severity == "off"}
        return off, frozenset(name for name, found in active.items() if found and found.severity in ("warning", "info"))

    def of(self, rule: Rule) -> ActiveRule | None:
        """How a rule runs; None where it is off."""
        active = self._chosen(rule)
        return ActiveRule(rule, "info", False, {}) if active is None and self.is_every else active

    def _chosen(self, rule: Rule) -> ActiveRule | None:
        severity, chosen = _severity(rule, self.profile, self.rules)
        if severity == "off" and any(is_named(rule, word) for word in self.select):
            severity = rule.severity if rule.severity != "off" else "warning"
        words = words_of(rule)
        if severity == "off" and not any(each.severity(words) not in ("", "off") for each in self.overrides):
            return None
        if (self.select and not matches(rule, self.select)) or matches(rule, self.ignore):
            return None
        if self.only and not matches(rule, self.only):
            return None
        options: dict[str, Any] = {}
        for source in (self.profile.rules, self.rules):
            choice = _choice(rule, source)
            if choice and choice.options:
                options |= choice.options
        return ActiveRule(rule, severity, chosen, options, self._reason(rule))

    def _reason(self, rule: Rule) -> str:
        """Why the pack in force has a rule as it is, unless somebody else has chosen that."""
        own, listed = _choice(rule, self.rules), _choice(rule, self.profile.rules)
        if listed is None or not listed.reason or (own is not None and own.severity):
            return ""
        return f"{os.path.basename(self.profile.name)}: {listed.reason}"


def with_work(rules: Iterable[ActiveRule], present: "frozenset[Trigger]") -> Iterator[ActiveRule]:
    """The rules that have something to judge where these triggers hold."""
    return (active for active in rules if not present.isdisjoint(active.rule.when))


def words_of(rule: Rule) -> tuple[str, ...]:
    """What a configuration may call a rule: its name, one that it had before, its family; the closest first."""
    return (rule.name, *rule.aliases, rule.family)


def _choice(rule: Rule, choices: Mapping[str, Choice]) -> Choice | None:
    """What was chosen for a rule: by its name or one that it had before, else for its family.

    A family's severity does not switch on what is off without it.
    """
    if not choices:  # as most
        return None
    return next((choices[name] for name in (rule.name, *rule.aliases, rule.family) if name in choices), None)


def _is_by_family(rule: Rule, choices: Mapping[str, Choice]) -> bool:
    return not any(name in choices for name in (rule.name, *rule.aliases))


def _severity(rule: Rule, profile: Profile, rules: Mapping[str, Choice]) -> tuple[str, bool]:
    """The severity by the configuration, then by the profile, then its own; and whether somebody chose it."""
    below = SEVERITY_WORDS.index(rule.severity) > SEVERITY_WORDS.index(profile.floor)
    severity: str = "off" if below else rule.severity
    chosen = False
    for choices in (profile.rules, rules):
        choice = _choice(rule, choices)
        if choice and choice.severity and not (severity == "off" and _is_by_family(rule, choices)):
            severity, chosen = choice.severity, True
    return severity, chosen
