"""What `mailzone senders` and `mailzone records` take on the command line."""

import argparse
from collections.abc import Sequence

from linter.source.typed import Any

from .shared_options import add_answers, add_configuration, add_form, add_stdin_filename

_SENDERS = (
    "Exit status: 0 no declared sender is known to fail DMARC, 1 a sender is, 2 nothing is declared or the command "
    "could not do its work."
)
_RECORDS = (
    "Exit status: 0 no record is known to be missing or to differ, 1 a record is, or must be looked up, 2 nothing is "
    "declared for DOMAIN or the command could not do its work. With --diff and --write, 0 also says that `mailzone "
    "check` finds no error in the zone."
)


def add_intent(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add both commands to those of the program."""
    senders = commands.add_parser(
        "senders",
        help="show SPF, DKIM and DMARC results of every declared sender",
        description="Show for every declared sender its SPF result, its DKIM keys, alignment, and the DMARC result of "
        "its mail. Without PATH: the zones of the configuration, or the current folder.",
        epilog=_SENDERS,
    )
    _add_common(senders, ("text", "markdown", "json", "html", "mermaid"))
    records = commands.add_parser(
        "records",
        help="list the records that the declared mail of a domain needs",
        description="List the records that the declared mail of a domain needs and that are missing or differ, and "
        "the steps outside DNS. Without PATH: the zones of the configuration, or the current folder.",
        epilog=_RECORDS,
    )
    records.add_argument("domain", metavar="DOMAIN", help="the declared name")
    _add_common(records, ("text", "yaml (to paste into the zone)", "json", "markdown", "html", "mermaid"))
    records.add_argument("--all", action="store_true", help="also list the records that are there")
    change = records.add_mutually_exclusive_group()
    change.add_argument("--diff", action="store_true", help="print the missing records as a diff of the zone's files")
    change.add_argument("--write", action="store_true", help="write them into the zone's files, then list what is left")


def _add_common(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument(
        "paths", nargs="*", default=[], metavar="PATH", help="files and folders; - reads standard input"
    )
    add_answers(parser)
    add_form(parser, formats)
    add_stdin_filename(parser)
    add_configuration(parser)
    parser.add_argument(
        "--profile", metavar="NAME", help="the profile that advice follows (default: the configured one)"
    )
    # What else is said about rules counts for what `records --write` says of them alone.
    parser.set_defaults(select=[], ignore=[])
