"""What `mailzone lock` takes on the command line."""

import argparse

from linter.source.typed import Any

from .shared_options import add_answers, add_configuration, number, seconds

_DESCRIPTION = (
    "Ask DNS for every name in foreign zones that the zones here depend on, and write the answers into the lock, so "
    "that every other command works without network. An answer that has not changed keeps the day it was seen on; "
    "after a month the day is updated. Names that are no longer needed are removed. Without PATH: the zones of the "
    "configuration, or the current folder."
)
_EPILOG = (
    "Exit status: 0 the lock is up to date, even if some servers gave no answer (their locked answers are kept, and "
    "standard error names them); with --check, 1 if something has changed, so that the lock would be written; 2 no "
    "server answered at all, or the command could not do its work. A nightly job runs `mailzone lock` and commits; a "
    "job that only warns runs `mailzone lock --check`."
)


def add_lock(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    brief = "record what DNS answers for names in foreign zones"
    lock = commands.add_parser("lock", help=brief, description=_DESCRIPTION, epilog=_EPILOG)
    lock.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    lock.add_argument("--check", action="store_true", help="write nothing; report what has changed since")
    lock.add_argument(
        "-f",
        "--format",
        action="append",
        metavar="NAME[=FILE]",
        help="the format of the report: text, json, markdown and all others of `check`",
    )
    lock.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this server; if several are given, the next one if one gives no answer (default: the system's)",
    )
    lock.add_argument("--timeout", type=seconds, default=3.0, metavar="SECONDS", help="for one try (default: 3)")
    lock.add_argument("--tries", type=number, default=3, metavar="N", help="for one query and server (default: 3)")
    lock.add_argument("--concurrency", type=number, default=64, metavar="N", help="queries at once (default: 64)")
    add_answers(lock, "that are not looked up")
    add_configuration(lock)
    lock.add_argument("-q", "--quiet", action="store_true", help="no summary line")
    lock.add_argument("--no-progress", action="store_true", help="never draw a progress bar")
    # What the configuration says about rules is read for the options of rules; every rule has its questions asked.
    lock.set_defaults(profile=None, select=[], ignore=[])
