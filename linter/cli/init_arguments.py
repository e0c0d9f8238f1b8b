"""What `mailzone init` and `mailzone providers` take on the command line."""

import argparse

from linter.source.typed import Any

from .shared_options import add_answers, add_configuration

_INIT = (
    "Write a first `.mailzone.yaml` from the zones: where they are, and as far as MX, SPF, DKIM and SRV targets are "
    "recognised, the systems and the mail of each name, with the reason for every line. What is not known is a comment "
    "to fill in. An existing file is never overwritten. Without PATH: the current folder."
)
_INIT_EPILOG = "Exit status: 0 it is written, 2 it already exists, there are no zones, or a file cannot be read."


def add_init(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    init = commands.add_parser(
        "init", help="write a first configuration from the zones", description=_INIT, epilog=_INIT_EPILOG
    )
    init.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    init.add_argument("--print", action="store_true", help="print it and write nothing")
    add_answers(init)
    init.add_argument(
        "--providers",
        action="append",
        default=[],
        metavar="FILE",
        help="your own provider, which is recognised and then named in the configuration; may be repeated",
    )
    init.add_argument("-q", "--quiet", action="store_true", help="do not say what was written")
    # There is no configuration yet, and one further above is not asked.
    init.set_defaults(config=None, no_config=True, profile=None, select=[], ignore=[], stdin_filename=None)


def add_providers(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to those of the program."""
    providers = commands.add_parser(
        "providers",
        help="list the known vendors, or what one of them needs",
        description="List the vendors that `provider:` may name, or show what one of them needs: to receive, to "
        "send, the values that only you know, the steps to do by hand, and the sources. Those that the nearest "
        "configuration declares under `providers:` are included.",
        epilog="Exit status: 0, or 2 for an unknown NAME or a faulty configuration.",
    )
    providers.add_argument("name", nargs="*", metavar="NAME", help="a vendor, by its key or what people call it")
    providers.add_argument("-f", "--format", choices=("text", "json"), default="text", help="default: text")
    add_configuration(providers)
    providers.set_defaults(profile=None, select=[], ignore=[])
