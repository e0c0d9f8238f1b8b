"""What a command was asked to do, and the short way to it for command lines that need no parser."""

from linter.source.typed import TYPE_CHECKING, Any, Sequence

if TYPE_CHECKING:
    from types import SimpleNamespace

    from linter.run.loads import Cluster

_FLAGS = {
    "--no-progress": "no_progress",
    "--no-cache": "no_cache",
    "-q": "quiet",
    "--quiet": "quiet",
    "--no-config": "no_config",
    "--changed": "changed",
    "-v": "verbose",
    "--verbose": "verbose",
    "--statistics": "statistics",
    "--create-baseline": "create_baseline",
    "--prune-baseline": "prune_baseline",
    "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes",
    "--fix-only": "fix_only",
    "--diff": "diff",
}


MOST_JOBS = 256
SCHEMAS = ("zone", "config", "profile", "provider", "lock", "plan", "report")
"""What `mailzone schema` knows."""
SHELLS = ("bash", "zsh", "fish")
"""For which `mailzone completion` writes a script."""


class CheckOptions:
    """The options of `check` with their defaults; argparse fills in what the command line says."""

    command = "check"

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.config: str | None = None
        self.no_config = False
        self.profile: str | None = None
        self.select: list[str] = []
        self.ignore: list[str] = []
        self.format: list[str] = []
        self.answers: list[str] = []
        self.stdin_filename: str | None = None
        self.fail_on = ""
        self.jobs = 0
        self.executor: str | None = None
        self.cluster: Cluster | None = None
        self.today: str | None = None
        self.color = "auto"
        self.quiet = False
        self.no_progress = False
        self.no_cache = False
        self.changed = False
        self.verbose = False
        self.statistics = False
        self.baseline: str | None = None
        self.create_baseline = False
        self.prune_baseline = False
        self.since: str | None = None
        self.fix = False
        self.unsafe_fixes = False
        self.fix_only = False
        self.diff = False


def plain_options(arguments: Sequence[str]) -> "CheckOptions | SimpleNamespace | None":
    """The options of a command line with nothing but words, or simple flags of `check`; None where argparse is needed.

    A hook runs nothing else, and argparse with its parsers for all commands takes a tenth of its CPU time; of
    `explain` a third.
    """
    command, *words = arguments or [""]
    if command == "check":
        return _plain_check(arguments)
    if any(word.startswith("-") for word in words):
        return None
    from types import SimpleNamespace  # an unchanged check loads nothing that it can do without

    if command == "explain" and words:
        return SimpleNamespace(command=command, words=words, today=None)
    if command == "rules" and not words:
        policy: dict[str, Any] = {"config": None, "no_config": False, "profile": None, "select": [], "ignore": []}
        return SimpleNamespace(command=command, format="text", today=None, **policy)
    if command == "schema" and len(words) == 1 and words[0] in SCHEMAS:
        return SimpleNamespace(command=command, kind=words[0], today=None)
    return None


def _plain_check(arguments: Sequence[str]) -> CheckOptions | None:
    options = CheckOptions()
    words = iter(arguments[1:])
    for argument in words:
        if argument in _FLAGS:
            setattr(options, _FLAGS[argument], True)
        elif argument in ("-j", "--jobs"):
            number = next(words, "")
            if not (number.isascii() and number.isdigit() and 0 < int(number[:6]) <= MOST_JOBS):
                return None  # argparse knows the rest, and says what is wrong
            options.jobs = int(number)
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            options.paths.append(argument)
    return options
