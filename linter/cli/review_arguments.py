"""What `mailzone review` takes on the command line."""

import argparse

from linter.report.formats import FORMATS as FINDINGS
from linter.source.typed import Any

from .shared_options import add_answers, add_form

FORMATS = tuple(dict.fromkeys(("text", "markdown", "json", *FINDINGS)))
"""A review in forms of its own, then those of findings: what is new, and what must not be merged."""
_EPILOG = (
    "Exit status: 0 the change may be merged, 1 it must not be, or it adds findings at or above --fail-on, "
    "2 the command could not do its work."
)


def add_review(commands: "argparse._SubParsersAction[Any]") -> argparse.ArgumentParser:
    """Add the command to those of the program."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "review",
        help="what a change between two git revisions means for mail",
        description="Compare two git revisions of the zones: what changes for mail, and what must not be merged "
        "together because caches lie between them. Without HEAD: the work tree.",
        epilog=_EPILOG,
    )
    parser.add_argument("base", metavar="BASE", help="the revision before: the commit where HEAD branched off")
    parser.add_argument("head", nargs="?", metavar="HEAD", help="the revision after (default: the work tree)")
    parser.add_argument("--exact", action="store_true", help="use BASE itself, not the commit where HEAD branched off")
    add_answers(parser, "that no zone declares, on both sides")
    add_form(parser, FORMATS)
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="",
        help="the mildest severity of a new finding that makes the exit status 1 (default: `fail-on` of the "
        "configurations, or error)",
    )
    return parser
