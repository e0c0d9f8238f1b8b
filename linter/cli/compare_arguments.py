"""What `mailzone compare` takes on the command line."""

import argparse
from typing import Any

from .shared_options import duration, number, rate, seconds

_DESCRIPTION = (
    "Ask the name servers of each zone what they serve, and compare it with the files: records that are missing or "
    "different, that no file declares, servers that disagree, lack a zone or answer nothing, and "
    "delegations that differ. Compared are the records that mail depends on, as the README lists them, or all with "
    "--all. Without PATH: the zones of the configuration, else this folder."
)
_EPILOG = (
    "Exit status: 0 all that is declared was compared, and nothing at or above --fail-on found; 1 findings at or above "
    "it, or something stayed unknown (but for --allow-unknown and --fail-on never); 2 no server answered any "
    "question, or the command could not do its work. `mailzone compare --record live.answers` keeps what was seen: "
    "with --answers it is compared again without network, and `mailzone check --answers live.answers` judges it by "
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
        help="write what was seen into FILE, as recorded answers; `-` is standard output, and what was found then goes "
        "to standard error unless -f says something else",
    )
    compare.add_argument(
        "--answers",
        action="append",
        default=[],
        metavar="FILE",
        help="compare with what was recorded, and ask no server; may be given several times",
    )
    return compare


def _add_whom_and_what(compare: argparse.ArgumentParser) -> None:
    """Whom to ask, and for how much."""
    compare.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this server, several times for several (default: those that the zone above delegates each zone to)",
    )
    compare.add_argument(
        "--resolver",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this resolver whom zones are delegated to (default: the system's)",
    )
    compare.add_argument(
        "--one-address",
        action="store_true",
        help="of each server ask the first address that answers, not each of them",
    )
    compare.add_argument(
        "--allow-unknown",
        action="store_true",
        help="exit 0 although some declared records stayed unknown",
    )
    _add_what(compare)


def _add_what(compare: argparse.ArgumentParser) -> None:
    """What is asked for, and how."""
    compare.add_argument("--all", action="store_true", help="compare every record set, not those for mail alone")
    compare.add_argument(
        "--names",
        action="append",
        default=[],
        metavar="GLOB",
        help="compare the record sets of these names alone, of every type: `*._domainkey.example.com`; may be given "
        "several times",
    )
    compare.add_argument(
        "--transfer",
        action="store_true",
        help="have the servers send whole zones (AXFR), so that every name that no file declares is seen",
    )
    compare.add_argument("--key", metavar="FILE", help="sign transfers with the TSIG key in FILE")
    compare.add_argument(
        "--policies",
        action="store_true",
        help="fetch each MTA-STS policy over HTTPS, and judge it against the MX records that are served",
    )


def _add_bounds(compare: argparse.ArgumentParser) -> None:
    """How hard to try."""
    compare.add_argument("--timeout", type=seconds, default=3.0, metavar="SECONDS", help="for one try (default: 3)")
    compare.add_argument(
        "--tries",
        type=number,
        default=3,
        metavar="N",
        help="for one question; one that is lost is repeated sooner, and a few times more (default: 3)",
    )
    compare.add_argument("--concurrency", type=number, default=64, metavar="N", help="questions at once (default: 64)")
    compare.add_argument(
        "--per-second",
        type=rate,
        default=2000,
        metavar="N",
        help="questions to one address in a second (default: 2000)",
    )
    compare.add_argument(
        "--max-time",
        type=duration,
        default=1800.0,
        metavar="SECONDS",
        help="ask nothing more after so long, and say what stayed unknown (default: 1800)",
    )
