"""What `mailzone compare` takes on the command line."""

import argparse

from linter.source.typed import Any

from .shared_options import duration, number, rate, seconds

_DESCRIPTION = (
    "Ask the name servers of each zone what they serve, and compare it with the files: records that are missing or "
    "different, or that no file declares; servers that disagree, do not have a zone or do not answer; delegations that "
    "differ. The records that mail depends on are compared (docs/compare.md lists them); with --all, all records. "
    "Without PATH: the zones of the configuration, or the current folder."
)
_EPILOG = (
    "Exit status: 0 all declared records were compared, with no finding at or above --fail-on; 1 findings at or above "
    "it, or something is still unknown (except with --allow-unknown or --fail-on never); 2 no server answered any "
    "query, or the command could not do its work. `mailzone compare --record live.answers` keeps the answers: with "
    "--answers they are compared again without network, and `mailzone check --answers live.answers` judges them with "
    "all rules."
)


def add_compare(commands: "argparse._SubParsersAction[Any]") -> argparse.ArgumentParser:
    """Add the command to those of the program; what it shares with `check` is added by the caller."""
    compare: argparse.ArgumentParser = commands.add_parser(
        "compare",
        help="compare zone files with live DNS",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    compare.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    _add_whom_and_what(compare)
    _add_bounds(compare)
    compare.add_argument(
        "--record",
        metavar="FILE",
        help="write the answers into FILE, as recorded answers; `-` is standard output, and the findings then go "
        "to standard error unless -f says something else",
    )
    compare.add_argument(
        "--answers",
        action="append",
        default=[],
        metavar="FILE",
        help="compare with recorded answers, and ask no server; may be given several times",
    )
    return compare


def _add_whom_and_what(compare: argparse.ArgumentParser) -> None:
    """Whom to ask, and for how much."""
    compare.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this server; may be given several times (default: those that the parent zone delegates each zone to)",
    )
    compare.add_argument(
        "--resolver",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this resolver where zones are delegated to (default: the system's)",
    )
    compare.add_argument(
        "--one-address",
        action="store_true",
        help="ask only the first address of each server that answers, not every address",
    )
    compare.add_argument(
        "--allow-unknown",
        action="store_true",
        help="exit 0 even if some declared records are still unknown",
    )
    _add_what(compare)


def _add_what(compare: argparse.ArgumentParser) -> None:
    """What is asked for, and how."""
    compare.add_argument("--all", action="store_true", help="compare every record set, not only those for mail")
    compare.add_argument(
        "--names",
        action="append",
        default=[],
        metavar="GLOB",
        help="compare only the record sets of these names, of every type: `*._domainkey.example.com`; may be given "
        "several times",
    )
    compare.add_argument(
        "--transfer",
        action="store_true",
        help="make the servers send whole zones (AXFR), to see every name that no file declares",
    )
    compare.add_argument("--key", metavar="FILE", help="sign transfers with the TSIG key in FILE")
    compare.add_argument(
        "--policies",
        action="store_true",
        help="fetch each MTA-STS policy over HTTPS, and compare it with the MX records that are served",
    )


def _add_bounds(compare: argparse.ArgumentParser) -> None:
    """How hard to try."""
    compare.add_argument("--timeout", type=seconds, default=3.0, metavar="SECONDS", help="for one try (default: 3)")
    compare.add_argument(
        "--tries",
        type=number,
        default=3,
        metavar="N",
        help="for one query; a lost one is repeated sooner, and a few more times (default: 3)",
    )
    compare.add_argument("--concurrency", type=number, default=64, metavar="N", help="queries at once (default: 64)")
    compare.add_argument(
        "--per-second",
        type=rate,
        default=2000,
        metavar="N",
        help="queries to one address per second (default: 2000)",
    )
    compare.add_argument(
        "--max-time",
        type=duration,
        default=1800.0,
        metavar="SECONDS",
        help="stop asking after this time, and say what is still unknown (default: 1800)",
    )
