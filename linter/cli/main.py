"""`mailzone`: from arguments to an exit status."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

from .options import plain_check


def entry() -> None:
    """The console script. Leaves the process with the exit status."""
    # Everything made here lives until the end, and the collector would walk it again and again:
    # on large files that is two thirds of the time.
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever runs this (`>&-`), who wants to see nothing
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # open until the end
    try:
        status = main(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    except RecursionError:
        status = _crashed("the input is nested too deeply")
    except MemoryError:
        status = _crashed("out of memory")
    except Exception as error:  # the last resort: whoever runs this in CI must not read a crash as clean
        status = _ended(error)
        if os.environ.get("MAILZONE_DEBUG"):
            raise
    sys.exit(status)


def _ended(error: Exception) -> int:
    """Say why the command has ended early: that its output goes nowhere, or a fault of its own."""
    from .streams import Unwritable, say

    if isinstance(error, Unwritable):
        say(f"cannot write standard output: {error.strerror}")
        return 2
    return _crashed(f"{type(error).__name__}: {error}")


def _crashed(reason: str) -> int:
    from .streams import say

    say(f"a fault in mailzone itself, please report it: {reason} (MAILZONE_DEBUG=1 shows where)")
    return 2


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status. Leaves through SystemExit on a usage error, as argparse does."""
    options: Any = plain_check(arguments)
    if options is None:
        from .arguments import parse_arguments

        options = parse_arguments(arguments)
    if options.command == "check":
        from .check import check

        return check(options)
    if options.command == "compare":
        from .compare import compare

        return compare(options)
    if options.command == "spf":
        from .spf import spf

        return spf(options)
    if options.command == "lock":
        from .lock import lock

        return lock(options)
    if options.command in ("senders", "records"):
        from .intent import records, senders

        return senders(options) if options.command == "senders" else records(options)
    from .reference import explain, list_rules, print_schema

    return {"rules": list_rules, "explain": explain, "schema": print_schema}[options.command](options)
