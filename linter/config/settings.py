"""What a run is configured to do: the settings of one configuration file, and the rules they switch on."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from linter.facts.zone_facts import Publishing
from linter.rules.registry import Entry, entries, matches
from linter.source.frozen import Frozen
from linter.source.text import SourceFault

if TYPE_CHECKING:
    from linter.facts.sts_policies import PolicyFile
    from linter.intent.model import Intent

SEVERITY_WORDS = ("error", "warning", "info", "off")


class Choice(Frozen):
    """What somebody chose for a rule; None where nothing was said about it."""

    severity: str | None = None
    options: dict[str, Any] | None = None


class Profile(Frozen):
    """A profile with those it extends folded in; `floor` switches milder rules off unless they are named."""

    name: str
    rules: Mapping[str, Choice]
    floor: str = "info"


class Settings(Frozen):
    """A configuration as read; `path` is "" where there is none, `zones` are globs relative to `folder`.

    `mta_sts` holds the MTA-STS policy files by absolute mail domain.
    `lock` is the path of the lock relative to `folder`, "" where nothing is said about it.
    `internal` are globs of zones that are not public; `servers` and `keys` say by globs of zones whom a comparison
    asks, as `--server` takes them, and with the key in which file, relative to `folder`.
    `intent` is what `systems:` and `mail:` declare, None where neither is there.
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
    internal: tuple[str, ...] = ()
    servers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


class BadConfiguration(Exception):
    """A configuration that cannot be used; `faults` say why, each with its place."""

    def __init__(self, faults: tuple[SourceFault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


class ActiveRule(Frozen):
    """A rule that is switched on; `chosen` tells whether the severity is somebody's choice."""

    entry: Entry
    severity: str
    chosen: bool
    options: dict[str, Any]


def active_rules(
    profile: Profile, rules: Mapping[str, Choice], select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[ActiveRule, ...]:
    """The rules that run: the profile, then the configuration, then --select and --ignore.

    A rule that is selected by its full name runs even where the profile has it off.
    """
    active = []
    for entry in entries():
        severity, chosen = _severity(entry, profile, rules.get(entry.name))
        if severity == "off" and entry.name in select:
            severity = entry.severity if entry.severity != "off" else "warning"
        if severity == "off" or (select and not matches(entry, select)) or matches(entry, ignore):
            continue
        options: dict[str, Any] = {}
        for source in (profile.rules, rules):
            choice = source.get(entry.name)
            if choice and choice.options:
                options |= choice.options
        active.append(ActiveRule(entry, severity, chosen, options))
    return tuple(active)


def _severity(entry: Entry, profile: Profile, choice: Choice | None) -> tuple[str, bool]:
    if choice and choice.severity:
        return choice.severity, True
    listed = profile.rules.get(entry.name)
    if listed and listed.severity:
        return listed.severity, True
    if entry.severity == "off":
        return "off", False
    below = SEVERITY_WORDS.index(entry.severity) > SEVERITY_WORDS.index(profile.floor)
    return ("off" if below else entry.severity), False
