"""What `mailzone spf` takes on the command line."""

import argparse

from linter.source.typed import Any

from .shared_options import add_answers, add_configuration, add_form, add_stdin_filename

_EPILOG = (
    "Exit status: 0 the record can be evaluated (or --ip has a result), 1 receivers cannot evaluate it or it exceeds a "
    "limit (with --ip: permerror, temperror, or unknown here), 2 there is no such record or the command could "
    "not do its work. With --expect: 0 the result is the expected one, 1 it is another or unknown."
)


def add_spf(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    spf = commands.add_parser(
        "spf",
        help="show what an SPF record costs, or evaluate it",
        description="Show the tree of an SPF record with the cost of every term. With --ip, evaluate it as a receiver "
        "would. Without PATH: the zones of the configuration, or the current folder.",
        epilog=_EPILOG,
    )
    spf.add_argument("domain", metavar="DOMAIN", help="the domain of the record")
    spf.add_argument("paths", nargs="*", default=[], metavar="PATH", help="files and folders; - reads standard input")
    _add_questions(spf)
    add_answers(spf)
    add_form(spf, ("text", "json", "markdown", "html", "mermaid"))
    add_stdin_filename(spf)
    add_configuration(spf)
    # What the configuration says about rules is read, and of no effect here.
    spf.set_defaults(profile=None, select=[], ignore=[])


def _add_questions(spf: argparse.ArgumentParser) -> None:
    """What is asked of the record beside its tree."""
    spf.add_argument("--ip", metavar="ADDRESS", help="evaluate for a client with this address")
    spf.add_argument(
        "--sender",
        metavar="ADDRESS",
        help="its MAIL FROM, whose domain receivers check; '' for a bounce, where they check HELO (default: "
        "postmaster@DOMAIN)",
    )
    spf.add_argument("--helo", metavar="NAME", help="its HELO name (default: DOMAIN)")
    spf.add_argument(
        "--shorten",
        action="store_true",
        help="say how the record can need fewer lookups, with the count after each step",
    )
    spf.add_argument(
        "--expect",
        metavar="RESULT",
        help="exit with 0 only for this result of --ip: pass, fail, softfail, neutral, none, temperror or permerror",
    )
