"""Options that several commands take, each with one name, one help and one default; and the numbers that they take."""

import argparse
from collections.abc import Sequence

from linter.records.text.fault import did_you_mean, quoted
from linter.report.formats import FORMATS
from linter.source.pattern import Pattern

from .options import CheckOptions

_ADDRESS = Pattern(r"(?:tcp|tls)://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
"""Where dask has schedulers: the two ways to one that it has without further packages."""


def add_configuration(parser: argparse.ArgumentParser) -> None:
    """Which configuration is read, if any."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-c", "--config", metavar="FILE", help="the configuration (default: the nearest .mailzone.yaml)")
    where.add_argument("--no-config", action="store_true", help="read no configuration")


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Which rules run."""
    add_configuration(parser)
    parser.add_argument("--profile", metavar="NAME", help="recommended, strict, a pack such as uk-gov, or a path")
    for name, what in (("select", "run only these rules"), ("ignore", "do not run these rules")):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="RULE[,RULE]",
            help=f"{what}; a family is a prefix: spf",
        )


def add_answers(parser: argparse.ArgumentParser, which: str = "that no zone declares") -> None:
    """Recorded answers for names, `which` in words."""
    parser.add_argument(
        "--answers",
        action="append",
        default=[],
        metavar="FILE",
        help=f"recorded answers for names {which}; may be given several times",
    )


def add_form(parser: argparse.ArgumentParser, forms: Sequence[str]) -> None:
    """The forms of a command that has its own, and where each is written; the first is the usual one."""
    parser.add_argument(
        "-f",
        "--format",
        action="append",
        metavar="NAME[=FILE]",
        help=f"{', '.join(forms[:-1])} or {forms[-1]}, to standard output or into FILE; may be given several times",
    )


def add_stdin_filename(parser: argparse.ArgumentParser) -> None:
    """The name of standard input."""
    parser.add_argument("--stdin-filename", metavar="NAME", help="the name of standard input")


def add_report(parser: argparse.ArgumentParser) -> None:
    """What commands take that report findings."""
    parser.add_argument(
        "-f",
        "--format",
        action="append",
        metavar="NAME[=FILE]",
        help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}, into FILE or to standard output (also `-`); may be given "
        "several times (default: text; in a GitHub workflow, annotations follow it)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default=CheckOptions().fail_on,
        help="the mildest severity that makes the exit status 1 (default: that of the configuration, or error)",
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary line")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every place and every skipped file")
    parser.add_argument(
        "--statistics", action="store_true", help="end with a table of the rules, even for few findings"
    )
    parser.add_argument("--no-progress", action="store_true", help="never draw a progress bar")


def add_executor(parser: argparse.ArgumentParser) -> None:
    """Other machines, for what outgrows this one."""
    parser.add_argument(
        "--executor",
        type=executor,
        metavar="dask=ADDRESS",
        help="have the workers of a dask cluster do the work, by the address of its scheduler: tcp://HOST:PORT or "
        "tls://HOST:PORT (needs the extra `mailzone[dask]`)",
    )


def add_today(parser: argparse.ArgumentParser) -> None:
    """The clock, for whatever judges or writes a date."""
    parser.add_argument(
        "--today",
        metavar="DATE",
        help="the day that counts as today, in UTC, such as 2026-11-23 (default: SOURCE_DATE_EPOCH, or today)",
    )


def executor(text: str) -> str:
    """The address in `--executor dask=ADDRESS`. Raises ArgumentTypeError."""
    kind, _, address = text.partition("=")
    if kind != "dask":
        meant = did_you_mean(kind, ["dask"])
        raise argparse.ArgumentTypeError(f"{quoted(kind)} is unknown; expected dask=tcp://HOST:PORT{meant}")
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[1]) < 65536:
        expected = "expected tcp://HOST:PORT or tls://HOST:PORT"
        raise argparse.ArgumentTypeError(f"{quoted(address)} is not the address of a scheduler; {expected}")
    return address


def seconds(text: str) -> float:
    """A time to wait for one try."""
    value = float(text)
    if not 0 < value <= 60:
        raise argparse.ArgumentTypeError(f"{text} is not a time to wait; expected up to 60 seconds")
    return value


def duration(text: str) -> float:
    """How long a run may take."""
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text} is not a time for a run; expected up to 86400 seconds")
    return value


def rate(text: str) -> int:
    """How many in a second."""
    value = int(text)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 1000000")
    return value


def number(text: str) -> int:
    """How often, or how many at once."""
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 1000")
    return value
