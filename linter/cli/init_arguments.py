"""What `mailzone init` and `mailzone providers` take on the command line."""

import argparse
from typing import Any

from .shared_options import add_answers, add_configuration

_INIT = (
    "Write a first `.mailzone.yaml` from what the zones show: where they are, and as far as MX, SPF, DKIM and SRV "
    "targets are recognised, the systems and the mail of each name, every line with what it rests on. What is not "
    "known is a comment to fill in. A file that is there is never written over. Without PATH: this folder."
)
_INIT_EPILOG = "Exit status: 0 it is written, 2 there is one already, there are no zones, or a file cannot be read."


def add_init(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    init = commands.add_parser(
        "init", help="write a first configuration from what is there", description=_INIT, epilog=_INIT_EPILOG
    )
    init.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    init.add_argument("--print", action="store_true", help="print it and write nothing")
    add_answers(init)
    init.add_argument(
        "--providers",
        action="append",
        default=[],
        metavar="FILE",
        help="a provider of your own, which is recognised and then named in the configuration; may be repeated",
    )
    init.add_argument("-q", "--quiet", action="store_true", help="say nothing of what was written")
    # There is no configuration yet, and one further above is not asked.
    init.set_defaults(config=None, no_config=True, profile=None, select=[], ignore=[], stdin_filename=None)


def add_providers(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    providers = commands.add_parser(
        "providers",
        help="list the vendors that are known, or what one needs",
        description="List the vendors that `provider:` may name, or show what one of them needs of a domain: to "
        "receive, to send, what only you know, what is done by hand, and who says so. Those that the nearest "
        "configuration declares under `providers:` are among them.",
        epilog="Exit status: 0, and 2 for a NAME that is not known or a faulty configuration.",
    )
    providers.add_argument("name", nargs="*", metavar="NAME", help="a vendor, by its key or what people call it")
    providers.add_argument("-f", "--format", choices=("text", "json"), default="text", help="default: text")
    add_configuration(providers)
    providers.set_defaults(profile=None, select=[], ignore=[])
