"""The command line: which commands there are and what they take."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from linter import __version__
from linter.records.text.fault import did_you_mean, one_of, quoted
from linter.source.pattern import Pattern
from linter.source.typed import Any

from .compare_arguments import add_compare
from .init_arguments import add_init, add_providers
from .intent_arguments import add_intent
from .lock_arguments import add_lock
from .options import MOST_JOBS, SCHEMAS, SHELLS, CheckOptions
from .plan_arguments import add_plan
from .review_arguments import add_review
from .shared_options import add_answers, add_executor, add_policy, add_report, add_stdin_filename, add_today
from .spf_arguments import add_spf
from .streams import columns_of

_FLAG = Pattern(r"(?<![^\s,\[])--?[a-z][a-z-]*")
_EPILOG = "Exit status: 0 clean, 1 findings at or above --fail-on, 2 the command could not do its work."


def _formatter(prog: str) -> argparse.HelpFormatter:
    """The layout of help, with its width: argparse's own way of finding it loads shutil, 3 ms with all its codecs."""
    return argparse.HelpFormatter(prog, width=columns_of(sys.stdout, os.environ) - 2)


class _Parser(argparse.ArgumentParser):
    """A parser that takes PATHs behind options, and names what was probably meant."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": _formatter, **settings})
        self.of_commands: Mapping[str, argparse.ArgumentParser] = {}

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # Private, and the only place where a choice is refused; where Python renames it, a test fails and the message
        # is argparse's own.
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, _unknown(str(value), [str(each) for each in action.choices]))

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, but that PATHs may stand behind options, and that an unknown option has the nearest."""
        found, left = self.parse_known_args(args, namespace)
        end = left.index("--") if "--" in left else len(left)
        words = [*left[:end], *left[end + 1 :]]
        flags = [word for word in left[:end] if word[:1] == "-" and word != "-"]
        if flags:
            named = self.of_commands.keys() & {*(args or ())}
            known = sorted(flag for command in named for flag in self._flags(command))
            self.error(_unknown(flags[0].partition("=")[0], known, "option"))
        if words and not hasattr(found, "paths"):
            self.error(f"{quoted(words[0])} is one argument too many; --help lists the arguments")
        if words:  # argparse takes PATHs only where they all stand together
            found.paths = [*found.paths, *words]
        return found

    def _flags(self, command: str) -> list[str]:
        """The options of a command, as its help has them."""
        return _FLAG.findall(self.of_commands[command].format_help())


def _unknown(word: str, known: list[str], what: str = "") -> str:
    """What to say of a word that is none of the known ones."""
    meant = did_you_mean(word, known)
    if what:
        return f"{quoted(word)} is not an {what}{meant or '; --help lists them'}"
    return f"{quoted(word)} is unknown; expected one of {one_of(known)}{meant}"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace | CheckOptions:
    """Parse, or leave with status 2 and a usage line, as argparse does."""
    options = CheckOptions() if "check" in arguments else argparse.Namespace()
    parsed: argparse.Namespace | CheckOptions = whole_parser().parse_args(arguments, namespace=options)
    return parsed


def whole_parser() -> _Parser:
    """The parser of all commands."""
    parser = _Parser(
        prog="mailzone", description="Check the mail records of DNS before they are published.", epilog=_EPILOG
    )
    parser.add_argument("-V", "--version", action="version", version=f"mailzone {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="mailzone")
    _add_check(commands)
    compare = add_compare(commands)
    add_policy(compare)
    add_report(compare)
    add_executor(compare)
    add_spf(commands)
    add_lock(commands)
    add_intent(commands)
    add_init(commands)
    add_providers(commands)
    add_policy(add_plan(commands))
    add_policy(add_review(commands))
    _add_reference(commands)
    _add_clean(commands)
    for command in commands.choices.values():
        add_today(command)
    parser.of_commands = commands.choices
    return parser


def _add_reference(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """What is printed without a zone: rules, manuals, schemas."""
    rules = commands.add_parser("rules", help="list the rules", description="List the rules.")
    add_policy(rules)
    rules.add_argument("-f", "--format", choices=("text", "json"), default="text", help="how to list them")
    explain = commands.add_parser(
        "explain",
        help="print the manuals of rules, list a family, or explain a bounce",
        description="Print the manual of each RULE, list the rules of a family, or say what a bounce such as "
        "`550 5.7.23` means for DNS.",
    )
    explain.add_argument(
        "words",
        nargs="+",
        metavar="RULE|FAMILY|CODE",
        help="names of rules or families, or a bounce as it was received",
    )
    schema = commands.add_parser(
        "schema", help="print a JSON Schema", description="Print the JSON Schema of a kind of document."
    )
    schema.add_argument(
        "kind",
        metavar="KIND",
        choices=SCHEMAS,
        help="zone, config, profile, provider, lock, plan, or report (the output of -f json)",
    )
    _add_for_others(commands)


def _add_for_others(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """What shells and writers of rules use."""
    completed = commands.add_parser(
        "completion",
        help="print a script for shell completion",
        description="Print the script with which a shell completes commands, options and names of rules.",
        epilog="bash: source <(mailzone completion bash); zsh: into a file _mailzone of $fpath; "
        "fish: mailzone completion fish | source",
    )
    completed.add_argument("shell", metavar="SHELL", choices=SHELLS, help=one_of(SHELLS))
    served = commands.add_parser(
        "server",
        help="serve an editor: findings as you type, by the Language Server Protocol",
        description="Serve an editor over standard input and output by the Language Server Protocol: what is found as "
        "you type, what is known of a place, fixes and comments that hold findings back. Editors start it.",
        epilog="Exit status: 0 the editor has ended it, 1 the editor is gone, 2 the package pygls is missing.",
    )
    add_policy(served)
    add_answers(served)
    served.add_argument("--stdio", action="store_true", help="what some editors add; it is the only way")
    tested = commands.add_parser(
        "test-rules",
        help="run the examples in the pages of a package's rules",
        description="Run the Bad and Good examples in the pages of rules: those of an installed plug-in, or of a "
        "module that can be imported.",
        epilog="Exit status: 0 every example is true, 1 one is not, 2 the rules or their pages cannot be read.",
    )
    tested.add_argument("package", metavar="PACKAGE", help="a plug-in's family, a module, or `module:attribute`")


def _add_clean(commands: "argparse._SubParsersAction[_Parser]") -> None:
    commands.add_parser(
        "clean",
        help="empty the cache",
        description="Delete what earlier runs have left in the cache: MAILZONE_CACHE_DIR, else mailzone's folder "
        "among the user's caches.",
    )


def _add_check(commands: "argparse._SubParsersAction[_Parser]") -> None:
    check = commands.add_parser(
        "check",
        help="check zone files, offline",
        description="Check zone files, offline. Without PATH: the zones of the configuration, or the current folder.",
        epilog=_EPILOG,
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - reads standard input")
    check.add_argument(
        "--changed",
        action="store_true",
        help="each PATH is a changed file, whatever it contains; without PATH: the files that git has staged",
    )
    add_policy(check)
    _add_known(check)
    _add_fixes(check)
    add_report(check)
    _add_jobs(check)
    add_executor(check)
    add_answers(check)
    add_stdin_filename(check)
    check.add_argument("--no-cache", action="store_true", help="judge anew even where nothing has changed")


def _add_known(parser: argparse.ArgumentParser) -> None:
    """What is known and does not count."""
    parser.add_argument("--since", metavar="REF", help="report only findings that REF, or merge-base:REF, did not have")
    parser.add_argument("--baseline", metavar="FILE", help="findings in FILE are known and do not count")
    for name, what in (("create", "write all findings into it"), ("prune", "remove what is fixed from it")):
        parser.add_argument(f"--{name}-baseline", action="store_true", help=f"{what}: the file of --baseline")


def _add_fixes(parser: argparse.ArgumentParser) -> None:
    """What is changed in the files."""
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="make the fixes that change nothing for receivers")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="make those too that change what is served")
    fixes.add_argument("--fix-only", action="store_true", help="fix, and tell nothing of what remains")
    fixes.add_argument("--diff", action="store_true", help="write nothing; print what --fix would change")


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-j",
        "--jobs",
        type=jobs,
        default=CheckOptions().jobs,
        metavar="N",
        help="number of processes; auto uses as many as save time (default: auto)",
    )


def jobs(text: str) -> int:
    """The number behind `--jobs`; 0 for `auto`. Raises ArgumentTypeError."""
    if text == "auto":
        return 0
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:6]) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"expected auto or a number from 1 to {MOST_JOBS}, not {quoted(text)}")
    return int(text)
