"""`mailzone init`: a first configuration, written from what the zones show."""

import argparse
import sys

from linter.report.shown import shown_path
from linter.run.refused import Refused
from linter.run.starting import start
from linter.source.file import Unreadable

from .faults import refused
from .outputs import try_file, write_file
from .streams import say, write_lines


def init(options: argparse.Namespace) -> int:
    """Run `mailzone init`; the exit status, as its help says."""
    try:
        made = start(options, not options.print)
        if options.print:
            write_lines(made.text.splitlines(), sys.stdout)
            return 0
        try_file(made.path)
        write_file(made.path, made.text)
    except (Refused, Unreadable) as error:
        return refused(error)
    if not options.quiet:
        zones = f"{made.zones:,} zone{'s' if made.zones != 1 else ''}"
        say(f"wrote {shown_path(made.path)}: {zones}, {made.declared:,} of {made.names:,} names with mail declared")
    return 0
