"""`mailzone server`: what is found as somebody types, for editors."""

import argparse
import gc
import os
import sys

from .clock import clock_of
from .streams import say


def server(options: argparse.Namespace) -> int:
    """Run the server until the editor goes; 1 where it went without a word, 2 where the library is missing."""
    try:
        from linter.server.judge import Judge
        from linter.server.server import serve  # an extra: nothing else needs it
    except ImportError:
        say("the server needs the package pygls: `pip install 'mailzone[lsp]'`")
        return 2
    if sys.stdin is None:
        say("cannot read standard input: it is closed")
        return 2
    started = options.today
    is_present = started == clock_of(None, os.environ).day

    def day() -> str:
        return clock_of(None, os.environ).day if is_present else started

    gc.enable()  # an editor is open for weeks
    return 0 if serve(Judge(options, day), sys.stdin.buffer, sys.stdout.buffer) else 1
