"""What `mailzone plan` takes on the command line."""

import argparse

from linter.source.typed import Any

from .shared_options import add_answers, add_form

FORMATS = ("text", "markdown", "json", "mermaid", "html", "ics")
_EPILOG = (
    "Exit status: 0 the plan is valid, 1 with --check and a step that must not be done, 2 the command could not do its "
    "work."
)


def add_plan(commands: "argparse._SubParsersAction[Any]") -> argparse.ArgumentParser:
    """Add the command to those of the program."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "plan",
        help="plan a move of mail in stages: records, waits, gates",
        description="Plan the move in PLAN.yaml: the steps of every stage, each with the records that it changes, the "
        "wait before the next, how to verify it and how to go back.",
        epilog=_EPILOG,
    )
    parser.add_argument("plan", nargs="?", default="PLAN.yaml", metavar="PLAN", help="the plan (default: PLAN.yaml)")
    parser.add_argument(
        "--check", action="store_true", help="only report forbidden steps, and exit with 1 if there are any"
    )
    parser.add_argument(
        "--write", metavar="DIR", help="write the zone files as they are after each step into DIR/01-…, DIR/02-…"
    )
    parser.add_argument(
        "--branches", action="store_true", help="make one git commit for each step, in a new branch plan/TITLE"
    )
    parser.add_argument("--letters", action="store_true", help="print letters to users, old host and vendor")
    _add_status(parser)
    _add_init(parser)
    add_answers(parser)
    add_form(parser, FORMATS)
    return parser


def _add_status(parser: argparse.ArgumentParser) -> None:
    """Whom to ask what is served."""
    parser.add_argument(
        "--status", action="store_true", help="ask the zones' servers which step they serve; offline with --answers"
    )
    parser.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="with --status: ask this server (default: those that each zone is delegated to)",
    )
    parser.add_argument(
        "--resolver",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="with --status: ask this resolver where zones are delegated to (default: the system's)",
    )


def _add_init(parser: argparse.ArgumentParser) -> None:
    """What a draft is made of."""
    parser.add_argument("--init", metavar="DOMAIN", help="write PLAN from the zones as they are, for a move of DOMAIN")
    parser.add_argument("--to", metavar="PROVIDER", help="with --init: the new one; `mailzone providers` lists them")
    parser.add_argument("--on", metavar="SUBDOMAIN", help="with --init: a subdomain for the first people")
    parser.add_argument("--people", type=int, default=0, metavar="N", help="with --init: how many people are first")
