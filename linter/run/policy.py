"""Which rules a command runs: configuration, profile, --select and --ignore together."""

from collections.abc import Iterable

from linter import RELEASED
from linter.config.load import find_config, load_profile, load_settings
from linter.config.settings import ActiveRules, BadConfiguration, Settings
from linter.finding import Finding
from linter.providers.in_force import use
from linter.records.text.fault import did_you_mean, quoted
from linter.report.counts import Gate
from linter.report.place import explained
from linter.rules.known import all_names, families, means_nothing
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.source.typed import Protocol

from .refused import Refused


class Options(Protocol):
    """What a command line says of configuration and rules, whatever the command."""

    config: str | None
    no_config: bool
    profile: str | None
    select: list[str]
    ignore: list[str]


class Scope(Frozen):
    """Where a command works: `here` is the folder in place of the working one; nothing is looked for above `top`.

    `beyond` is the configuration of what has none inside of `top`.
    """

    here: str = ""
    top: str = ""
    beyond: str = ""


NO_SCOPE = Scope()
"""The working folder, and all that is above it."""


class Policy(Frozen):
    """The settings in force and the rules they switch on; `day` is the present one, as "2026-11-23"."""

    settings: Settings
    rules: ActiveRules
    profile: str = "recommended"
    day: str = RELEASED

    def bounds(self, findings: Iterable[Finding]) -> dict[str, str]:
        """What `fail-on` of the configuration says of the files that findings are in; nothing where it says nothing."""
        bound = self.settings.defaults.fail_on if self.settings.defaults else ""
        return {finding.span.source.path: bound for finding in findings} if bound else {}

    @property
    def gate(self) -> Gate:
        """What a report says of it: where it comes from, and which errors it lets pass."""
        path = self.settings.path
        return Gate((path,) if path else (), (self.profile,), *self.rules.errors_let_pass())


def policy_for(options: Options, folder: str) -> Policy:
    """The policy for files in a folder. Raises Refused."""
    return policy_by(options, config_for(options, folder))


def policy_by(options: Options, path: str) -> Policy:
    """The policy by a configuration, "" for none. Raises Refused."""
    try:
        settings = load_settings(path) if path else Settings()
        name = options.profile or settings.profile
        profile = load_profile(name, "" if options.profile else settings.folder)
    except Unreadable as error:
        raise Refused(f"cannot read {error.path}: {error.reason}") from error
    except BadConfiguration as error:
        raise Refused(*map(explained, error.faults)) from error
    except LookupError as error:
        raise Refused(str(error)) from error
    firm, ignore = _words(options.select, "--select"), _words(options.ignore, "--ignore")
    defaults = settings.defaults
    select = firm or (defaults.select if defaults else ())
    ignore = ignore or (defaults.ignore if defaults else ())
    rules = ActiveRules(profile, settings.rules, select, ignore, overrides=settings.overrides, firm=firm)
    if select and next(rules.every(), None) is None:
        raise Refused("--select and --ignore leave no rule to run")
    use(settings.providers)
    settings = settings._replace(demands=rules.demands(), allowed=profile.allowed)
    return Policy(settings, rules, name, getattr(options, "today", None) or RELEASED)


def answers_for(options: object, settings: Settings) -> list[str]:
    """The recorded answers that count: those of the command line, else those of the configuration."""
    given: list[str] = getattr(options, "answers", [])
    return given or list(settings.defaults.answers if settings.defaults else ())


def config_for(options: Options, folder: str) -> str:
    """The path of the configuration for files in a folder; "" where there is none."""
    if options.no_config or options.config:
        return options.config or ""
    scope: Scope = getattr(options, "scope", NO_SCOPE)
    return find_config(folder, scope.top) or scope.beyond


def _words(given: list[str], option: str) -> tuple[str, ...]:
    words = tuple(word.strip() for each in given for word in each.split(",") if word.strip())
    for word in words:
        if means_nothing(word):
            meant = did_you_mean(word, [*families(), *all_names()]) or "; `mailzone rules` lists them"
            raise Refused(f"{option}: {quoted(word)} is neither a rule nor a family{meant}")
    return words
